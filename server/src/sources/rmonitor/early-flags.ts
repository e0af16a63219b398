import type { RaceEvent } from '@pitboard/shared/protocol/race-event.ts';
import type { ImportedRace } from '../import/imported-race.ts';

/**
 * A race is flagged off once. Where the timekeeper showed the flag, took it back and let the race go on, only the last
 * time counts; of the others a message stays. Only a recording that is whole can tell.
 */
export function withoutEarlyFlags(race: ImportedRace): ImportedRace {
  const isEarly = earlyFlags(race.events);
  if (isEarly.size === 0) return race;
  const events = race.events.map((event): RaceEvent => {
    if (!isEarly.has(event)) return event;
    const text = 'The chequered flag was shown, and taken back.';
    return { type: 'race-control-message', seq: event.seq, atMs: event.atMs, text, category: 'flag' };
  });
  return { ...race, events };
}

/** Flags after which another one was shown and laps were counted under it. */
function earlyFlags(events: readonly RaceEvent[]): ReadonlySet<RaceEvent> {
  const early = new Set<RaceEvent>();
  let flag: RaceEvent | undefined;
  let isTakenBack = false;
  for (const event of events) {
    if (event.type === 'flag-changed' && event.car === undefined) {
      if (event.flag === 'chequered') {
        if (flag !== undefined && isTakenBack) early.add(flag);
        flag = event;
        isTakenBack = false;
      } else {
        isTakenBack = flag !== undefined;
      }
    } else if (event.type === 'passing' && isTakenBack && flag !== undefined) {
      early.add(flag);
      flag = undefined;
      isTakenBack = false;
    }
  }
  return early;
}
