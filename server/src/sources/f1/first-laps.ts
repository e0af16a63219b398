import { medianOf } from '../import/median.ts';
import type { StampedLine } from './f1-lines.ts';
import { parseDuration } from './f1-values.ts';
import { unpackData } from './packed-data.ts';
import { entriesOf } from './state-tree.ts';

/** A standing start costs so much against a lap. */
const STANDING_START_MS = 7000;
const UNKNOWN_LAP_MS = 120_000;
/** No race of this series is longer. */
const MOST_LAPS = 100;

/** A line that says the session started. */
export function saysStart({ topic, packed }: StampedLine): boolean {
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
export function lapsAheadOf(lines: readonly StampedLine[]): number | undefined {
  return findRow(lines, 'BestLapTime', (row) => {
    const [count, lap] = [row.get('NumberOfLaps'), new Map(entriesOf(row.get('BestLapTime'))).get('Lap')];
    if (typeof count !== 'number' || typeof lap !== 'number' || row.has('RacingNumber')) return undefined;
    return count === lap || count === lap + 1 ? count - lap : undefined;
  });
}

/**
 * Where no topic tells of a start: a fast lap before the first car ended its first, or, for who came later, as many usual
 * laps before the end of the first lap that was heard.
 */
export function guessStart(lines: readonly StampedLine[]): number | undefined {
  const first = findRow(lines, 'NumberOfLaps', (row, atMs) => {
    const count = row.get('NumberOfLaps');
    return typeof count === 'number' && !row.has('RacingNumber') && isTime(atMs) ? { count, atMs } : undefined;
  });
  if (first === undefined) return undefined;
  const lapsMs: number[] = [];
  findRow(lines, 'LastLapTime', (row) => {
    const text = new Map(entriesOf(row.get('LastLapTime'))).get('Value');
    const lapMs = typeof text === 'string' ? parseDuration(text) : undefined;
    if (lapMs !== undefined && lapMs > 0) lapsMs.push(lapMs);
    return undefined;
  });
  const usualMs = medianOf(lapsMs);
  if (usualMs === undefined) return first.atMs - UNKNOWN_LAP_MS;
  const before = Math.min(Math.max(first.count, 1), MOST_LAPS) - 1;
  const fastestMs = lapsMs.reduce((least, lapMs) => Math.min(least, lapMs));
  return first.atMs - fastestMs - STANDING_START_MS - before * usualMs;
}

/** A stamp that is there and could be read. */
export function isTime(atMs: number | undefined): atMs is number {
  return atMs !== undefined && !Number.isNaN(atMs);
}
