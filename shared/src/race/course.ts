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
  /** Where the loops lie, as fractions of the lap; evenly spread where the circuit does not say. */
  readonly fractions: readonly number[];
  /** Where the pit lane leaves and joins the track; `undefined` where nobody says. */
  readonly pitLane: { readonly entry: number; readonly exit: number } | undefined;
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
    fractions: fractionsOf(circuit),
    pitLane: pitLaneOf(circuit),
    minimumLapMs:
      circuit.minimumLapMs ?? Math.max(SHORTEST_LAP_MS, (circuit.lengthMetres ?? 0) / FASTEST_METRES_PER_MS),
  };
}

function fractionsOf({ loops, lengthMetres = 0 }: Manifest['circuit']): readonly number[] {
  const even = loops.map((_, index) => index / loops.length);
  const known = loops.map(({ metres }, index) => (index === 0 ? 0 : (metres ?? Number.NaN) / lengthMetres));
  // In the order of the lap, or they say nothing.
  const isOrdered = known.every(
    (fraction, index) => index === 0 || (fraction > (known[index - 1] as number) && fraction < 1),
  );
  return isOrdered ? known : even;
}

function pitLaneOf({ pitLane, lengthMetres = 0 }: Manifest['circuit']): Course['pitLane'] {
  if (pitLane?.entryMetres === undefined || pitLane.exitMetres === undefined || lengthMetres === 0) return undefined;
  return { entry: (pitLane.entryMetres / lengthMetres) % 1, exit: (pitLane.exitMetres / lengthMetres) % 1 };
}
