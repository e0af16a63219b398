import type { RaceEvent, RaceEventOf } from '@pitboard/shared/protocol/race-event.ts';
import type { ImportedRace } from '../import/imported-race.ts';

/** A flag that is reported so soon after the leader's crossing is taken to have fallen at it. */
const FLAG_TOLERANCE_MS = 3000;

/**
 * The race with its chequered flag where the timing computer counted it, which only a whole recording can tell: one that
 * was taken back while laps went on is only a message, and one that the leader did not take at the crossing just before
 * it falls after that.
 */
export function withoutEarlyFlags(race: ImportedRace): ImportedRace {
  const isTakenBack = flagsTakenBack(race.events);
  const flag = race.events.findLast((event) => isChequered(event) && !isTakenBack.has(event));
  const flagMs = flag === undefined ? undefined : flagAfterLeader(race, flag);
  if (isTakenBack.size === 0 && flagMs === flag?.atMs) return race;
  const events = race.events.map((event): RaceEvent => {
    if (event === flag && flagMs !== undefined) return { ...event, atMs: flagMs };
    if (!isTakenBack.has(event)) return event;
    const text = 'The chequered flag was shown, and taken back.';
    return { type: 'race-control-message', seq: event.seq, atMs: event.atMs, text, category: 'flag' };
  });
  return { ...race, events };
}

function isChequered(event: RaceEvent): boolean {
  return event.type === 'flag-changed' && event.flag === 'chequered';
}

/** Flags after which another one was shown and laps were counted under it. */
function flagsTakenBack(events: readonly RaceEvent[]): ReadonlySet<RaceEvent> {
  const takenBack = new Set<RaceEvent>();
  let flag: RaceEvent | undefined;
  let isOver = false;
  for (const event of events) {
    if (isChequered(event)) {
      if (flag !== undefined && isOver) takenBack.add(flag);
      flag = event;
      isOver = false;
    } else if (event.type === 'flag-changed') {
      isOver = flag !== undefined;
    } else if (event.type === 'passing' && isOver && flag !== undefined) {
      takenBack.add(flag);
      flag = undefined;
      isOver = false;
    }
  }
  return takenBack;
}

/** When the flag fell: not before the leader's crossing, if the leader was counted another lap. */
function flagAfterLeader({ manifest, events }: ImportedRace, flag: RaceEvent): number {
  if (manifest.kind !== 'race') return flag.atMs;
  const withdrawn = new Set(events.map((event) => (event.type === 'passing-withdrawn' ? event.withdrawnSeq : 0)));
  let leader: RaceEventOf<'passing'> | undefined;
  const more = new Set<string>();
  for (const event of events) {
    if (event.type !== 'passing' || event.loop !== 'SF' || withdrawn.has(event.seq)) continue;
    if (event.atMs > flag.atMs) more.add(event.car);
    else if (leader === undefined || isAhead(event, leader)) leader = event;
  }
  if (leader === undefined || !more.has(leader.car)) return flag.atMs;
  return Math.max(flag.atMs, leader.atMs + FLAG_TOLERANCE_MS + 1);
}

function isAhead(one: RaceEventOf<'passing'>, other: RaceEventOf<'passing'>): boolean {
  const laps = (one.lapNumber ?? 0) - (other.lapNumber ?? 0);
  return laps > 0 || (laps === 0 && one.atMs < other.atMs);
}
