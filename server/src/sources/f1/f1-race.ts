import type { RaceFact } from '@pitboard/shared/protocol/race-event.ts';
import type { ImportedRace } from '../import/imported-race.ts';
import { settleManifest } from '../import/settle-manifest.ts';
import { fromTheGridOn } from './early-facts.ts';
import type { StampedLine } from './f1-lines.ts';
import { baseManifest } from './f1-manifest.ts';
import { F1Session } from './f1-session.ts';
import { guessStart, isTime, lapsAheadOf, saysStart } from './first-laps.ts';
import { unpackData } from './packed-data.ts';
import { byRank } from './topics.ts';

/** Lines that a listener wrote down may stand in another order by so much; further back the clock was put right. */
const DISORDER_MS = 10_000;
const LONGEST_AT_MS = 864_000_000;

/**
 * The session of a recording; `undefined` where its timing names no car.
 * @param lines in order of arrival
 * @param epochOffsetMs from their clock to the wall clock, where that is known
 */
export function raceOfLines(
  lines: readonly StampedLine[],
  epochOffsetMs: number | undefined,
): ImportedRace | undefined {
  const facts: RaceFact[] = [];
  const session = new F1Session((fact) => facts.push(fact), { epochOffsetMs, lapsAhead: lapsAheadOf(lines) });
  const isTold = lines.some(saysStart);
  const startMs = isTold ? undefined : guessStart(lines);
  let nowMs = lines.find(({ atMs }) => isTime(atMs))?.atMs ?? 0;
  for (const { topic, packed, atMs } of statesFirst(lines)) {
    if (isTime(atMs)) nowMs = atMs < nowMs && atMs > nowMs - DISORDER_MS ? nowMs : atMs;
    if (startMs !== undefined && nowMs >= startMs && session.startedAtMs === undefined) {
      session.take({ topic: 'SessionStatus', data: { Status: 'Started' }, atMs: startMs, isState: false });
    }
    session.take({ topic, data: unpackData(packed), atMs: nowMs, isState: atMs === undefined });
  }
  session.finish(nowMs);
  const isTimed = lines.some(({ topic }) => topic === 'TimingData' || topic === 'TimingAppData');
  const hasCars = isTimed && facts.some(({ type }) => type === 'entry-updated');
  if (!hasCars) return undefined;
  const isEmpty = !facts.some(isLap);
  if (isEmpty) facts.push(...withoutPlaces(facts, nowMs));
  const zeroMs = session.startedAtMs ?? facts[0]?.atMs ?? 0;
  const manifest = baseManifest();
  const notes = [
    ...manifest.dataNotes,
    ...(startMs === undefined ? [] : [START_NOTE]),
    ...(isEmpty ? [NO_LAP_NOTE] : []),
  ];
  return settleManifest({ ...manifest, dataNotes: notes }, fromTheGridOn(timed(facts, zeroMs)));
}

/** A car drove a lap in it, or has a best one. */
export function hasLaps({ events }: ImportedRace): boolean {
  return events.some(isLap);
}

function isLap({ type }: RaceFact): boolean {
  return type === 'passing' || type === 'best-lap-reported';
}

/** Cars that are only named have no places: nobody saw them start. Where the feed has them in an order, that is the grid. */
function withoutPlaces(facts: readonly RaceFact[], atMs: number): readonly RaceFact[] {
  if (facts.some(({ type }) => type === 'order-reported')) return [];
  const cars = facts.flatMap((fact) => (fact.type === 'entry-updated' ? [fact.entry.car] : []));
  const reason = 'No lap of it is in the files';
  return [...new Set(cars)].map((car) => ({ type: 'car-not-starting', atMs, car, reason }));
}

const NO_LAP_NOTE = {
  subject: 'laps',
  kind: 'missing',
  text: 'The files name cars, but none of them ends a lap: there is no order and there are no times.',
} as const;

const START_NOTE = {
  subject: 'start',
  kind: 'information',
  text: 'The files do not tell when the session started: that is worked out from the laps, and so are the total times.',
} as const;

/** States at the time of joining come in any order; the session is read before its cars. */
function statesFirst(lines: readonly StampedLine[]): readonly StampedLine[] {
  const end = lines.findIndex(({ atMs }) => atMs !== undefined);
  const states = lines.slice(0, end < 0 ? lines.length : end);
  return states.length < 2 ? lines : [...states.sort(byRank), ...lines.slice(states.length)];
}

/** Session times, in order of time: facts of one moment stay as they were told. */
function timed(facts: readonly RaceFact[], zeroMs: number): readonly RaceFact[] {
  const timedFacts = facts.map((fact) => {
    const atMs = Math.round(fact.atMs - zeroMs);
    return { ...fact, atMs: Math.min(LONGEST_AT_MS, Math.max(-LONGEST_AT_MS, atMs)) };
  });
  return timedFacts.sort((one, other) => one.atMs - other.atMs);
}
