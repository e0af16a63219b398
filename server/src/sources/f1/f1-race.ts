import type { RaceFact } from '@pitboard/shared/protocol/race-event.ts';
import type { ImportedRace } from '../import/imported-race.ts';
import { settleManifest } from '../import/settle-manifest.ts';
import type { StampedLine } from './f1-lines.ts';
import { baseManifest } from './f1-manifest.ts';
import { F1Session } from './f1-session.ts';
import { parseDuration } from './f1-values.ts';
import { unpackData } from './packed-data.ts';
import { entriesOf } from './state-tree.ts';
import { byRank } from './topics.ts';

/** Lines that a listener wrote down may stand in another order by so much; further back the clock was put right. */
const DISORDER_MS = 10_000;
const LONGEST_AT_MS = 864_000_000;
/** A standing start costs so much against a lap. */
const STANDING_START_MS = 7000;

/**
 * The session of a recording; `undefined` where no car ended a lap in it.
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
  if (!facts.some(({ type }) => type === 'passing' || type === 'best-lap-reported')) return undefined;
  const zeroMs = session.startedAtMs ?? facts[0]?.atMs ?? 0;
  const manifest = baseManifest();
  const notes = startMs === undefined ? manifest.dataNotes : [...manifest.dataNotes, START_NOTE];
  return settleManifest({ ...manifest, dataNotes: notes }, timed(facts, zeroMs));
}

const START_NOTE = {
  subject: 'start',
  kind: 'information',
  text: 'The files do not tell when the session started: a fast lap before the first lap ended.',
} as const;

function isTime(atMs: number | undefined): atMs is number {
  return atMs !== undefined && !Number.isNaN(atMs);
}

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

function saysStart({ topic, packed }: StampedLine): boolean {
  if (topic !== 'SessionStatus' && topic !== 'SessionData') return false;
  const fields = new Map(entriesOf(unpackData(packed)));
  if (topic === 'SessionStatus') return fields.get('Status') === 'Started';
  return entriesOf(fields.get('StatusSeries')).some(
    ([, row]) => new Map(entriesOf(row)).get('SessionStatus') === 'Started',
  );
}

type Row = ReadonlyMap<string, unknown>;

/** Changes of single cars in `TimingData` that hold a key, in order of arrival, until one is what is sought. */
function findRow<T>(
  lines: readonly StampedLine[],
  key: string,
  find: (row: Row, atMs: number | undefined) => T | undefined,
): T | undefined {
  for (const { topic, packed, atMs } of lines) {
    if (topic !== 'TimingData' || !packed.includes(key)) continue;
    for (const [, row] of entriesOf(new Map(entriesOf(unpackData(packed))).get('Lines'))) {
      const found = find(new Map(entriesOf(row)), atMs);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

/** The first best lap that comes with its end tells how far the count of laps is ahead of the numbers. */
function lapsAheadOf(lines: readonly StampedLine[]): number | undefined {
  return findRow(lines, 'BestLapTime', (row) => {
    const [count, lap] = [row.get('NumberOfLaps'), new Map(entriesOf(row.get('BestLapTime'))).get('Lap')];
    if (typeof count !== 'number' || typeof lap !== 'number' || row.has('RacingNumber')) return undefined;
    return count === lap || count === lap + 1 ? count - lap : undefined;
  });
}

/** Where no topic tells of a start: a fast lap before the first car ended its first. */
function guessStart(lines: readonly StampedLine[]): number | undefined {
  const firstLapMs = findRow(lines, 'NumberOfLaps', (row, atMs) =>
    row.has('NumberOfLaps') && !row.has('RacingNumber') && isTime(atMs) ? atMs : undefined,
  );
  if (firstLapMs === undefined) return undefined;
  let fastestMs = Number.POSITIVE_INFINITY;
  findRow(lines, 'LastLapTime', (row) => {
    const text = new Map(entriesOf(row.get('LastLapTime'))).get('Value');
    const lapMs = typeof text === 'string' ? parseDuration(text) : undefined;
    if (lapMs !== undefined && lapMs > 0) fastestMs = Math.min(fastestMs, lapMs);
    return undefined;
  });
  return firstLapMs - (Number.isFinite(fastestMs) ? fastestMs + STANDING_START_MS : 120_000);
}
