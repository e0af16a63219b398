import type { LoopId } from '../domain/names.ts';
import type { Manifest } from '../protocol/manifest.ts';

/** The loops of a lap, ready to look up. */
export type Course = {
  /** Loops of a lap; the finish line is loop 0. */
  readonly loops: number;
  readonly loopIndex: ReadonlyMap<LoopId, number>;
  readonly sectors: number;
  /** The sector that a loop ends, 0 for the first; −1 for a loop within a sector. */
  readonly sectorEndedBy: readonly number[];
  readonly minimumLapMs: number;
};

/** [L4] Shorter than a lap of the shortest kart track: less than this between two crossings is a double read. */
const SHORTEST_LAP_MS = 15_000;
/** [L4] 400 km/h: no car averages that over a lap. */
const FASTEST_METRES_PER_MS = 400 / 3600;

const courses = new WeakMap<Manifest['circuit'], Course>();

/** The course of a manifest. Made once a circuit. */
export function courseOf(manifest: Manifest): Course {
  let course = courses.get(manifest.circuit);
  if (course === undefined) {
    course = createCourse(manifest.circuit);
    courses.set(manifest.circuit, course);
  }
  return course;
}

function createCourse(circuit: Manifest['circuit']): Course {
  const sectorEndedBy: number[] = [];
  let sectors = 0;
  for (const loop of circuit.loops) sectorEndedBy.push(loop.kind === 'sector' ? sectors++ : -1);
  // The finish line stands first in the list and ends the last sector.
  sectorEndedBy[0] = sectors++;
  return {
    loops: circuit.loops.length,
    loopIndex: new Map(circuit.loops.map((loop, index) => [loop.id, index])),
    sectors,
    sectorEndedBy,
    minimumLapMs:
      circuit.minimumLapMs ?? Math.max(SHORTEST_LAP_MS, (circuit.lengthMetres ?? 0) / FASTEST_METRES_PER_MS),
  };
}
