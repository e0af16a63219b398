import type { Loop } from '@pitboard/shared/protocol/manifest.ts';
import { medianOf } from './median.ts';
import { idOf } from './names.ts';

/** What a loop of a timing system is to Pitboard; a `loop` lies on the track, between two crossings of the line. */
export type LoopMeaning =
  | { readonly kind: 'finish' | 'pit-in' | 'pit-out' }
  | { readonly kind: 'loop'; readonly id: string };

const FINISH = /^(?:sf|s\/f|s-f|fl|f|finish|finish ?line|start.?finish|start.?ziel|ziel|ziellinie|line|linie|0)$/i;
const PIT_IN = /^(?:pit.?(?:in|entry)|pi|(?:boxen)?.?einfahrt|box.?in)$/i;
const PIT_OUT = /^(?:pit.?(?:out|exit)|po|(?:boxen)?.?ausfahrt|box.?out)$/i;
const MOST_LOOPS = 60;
/** Enough to tell where on the lap a loop lies. */
const MOST_TIMES = 1000;

/**
 * What loops mean by their names, `''` being the finish line. Where none is called that, the last one with a number is: the
 * last sector ends there. More loops than a manifest can hold mean nothing.
 */
export function loopMeanings(names: readonly string[]): ReadonlyMap<string, LoopMeaning> {
  const hasFinish = names.some((name) => name === '' || FINISH.test(name));
  const line = hasFinish ? undefined : lastSector(names);
  const meanings = new Map<string, LoopMeaning>();
  const ids = new Set(['SF']);
  for (const name of names) {
    if (name === '' || FINISH.test(name) || name === line) meanings.set(name, { kind: 'finish' });
    else if (PIT_IN.test(name)) meanings.set(name, { kind: 'pit-in' });
    else if (PIT_OUT.test(name)) meanings.set(name, { kind: 'pit-out' });
    else if (ids.size <= MOST_LOOPS) {
      const id = loopId(name, ids);
      ids.add(id);
      meanings.set(name, { kind: 'loop', id });
    }
  }
  return meanings;
}

/** `Sector 2` → `S2`. */
function loopId(name: string, taken: ReadonlySet<string>): string {
  const sector = /^(?:s|sector|sektor) ?(\d)$/i.exec(name)?.[1];
  const id = sector === undefined ? idOf(name) || 'loop' : `S${sector}`;
  if (!taken.has(id)) return id;
  let count = 2;
  while (taken.has(`${id.slice(0, 58)}-${count}`)) count++;
  return `${id.slice(0, 58)}-${count}`;
}

function lastSector(names: readonly string[]): string | undefined {
  const onTrack = names.filter((name) => !PIT_IN.test(name) && !PIT_OUT.test(name));
  const numbered = onTrack.flatMap((name) => {
    const number = /(\d{1,3})$/.exec(name)?.[1];
    return number === undefined ? [] : [{ name, number: Number(number) }];
  });
  return numbered.sort((one, other) => other.number - one.number)[0]?.name ?? onTrack[0];
}

/** Learns where on the lap loops lie, from when cars cross them. */
export type LoopPlaces = {
  /** @param sinceLineMs since the car last crossed the line, or the start */
  note(id: string, sinceLineMs: number): void;
  /** In the order in which a lap crosses them. */
  loops(): readonly Loop[];
};

export function createLoopPlaces(): LoopPlaces {
  const times = new Map<string, number[]>();
  return {
    note: (id, sinceLineMs) => {
      const known = times.get(id) ?? [];
      times.set(id, known);
      if (known.length < MOST_TIMES) known.push(sinceLineMs);
    },
    loops: () => {
      const placed = [...times].map(([id, ms]) => ({ id, ms: medianOf(ms) ?? 0 }));
      placed.sort((one, other) => one.ms - other.ms);
      return placed.map(({ id }): Loop => ({ id, kind: /^[SI]\d$/i.test(id) ? 'sector' : 'intermediate' }));
    },
  };
}
