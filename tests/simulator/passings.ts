import type { RaceEvent, RaceEventOf } from '@pitboard/shared/protocol/race-event.ts';

export type Passing = RaceEventOf<'passing'>;

export function passingsOf(events: readonly RaceEvent[]): Passing[] {
  return events.filter((event) => event.type === 'passing');
}

/** Passings by car or by loop, each in order of time. */
export function grouped(passings: readonly Passing[], by: 'car' | 'loop'): ReadonlyMap<string, readonly Passing[]> {
  const groups = new Map<string, Passing[]>();
  for (const passing of passings) {
    const group = groups.get(passing[by]);
    if (group === undefined) groups.set(passing[by], [passing]);
    else group.push(passing);
  }
  return groups;
}
