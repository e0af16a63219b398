import type { StampedLine } from './f1-lines.ts';
import { parseDuration } from './f1-values.ts';
import { unpackData } from './packed-data.ts';
import { entriesOf } from './state-tree.ts';

/** A standing start costs so much against a lap. */
const STANDING_START_MS = 7000;

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

/** Where no topic tells of a start: a fast lap before the first car ended its first. */
export function guessStart(lines: readonly StampedLine[]): number | undefined {
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

/** A stamp that is there and could be read. */
export function isTime(atMs: number | undefined): atMs is number {
  return atMs !== undefined && !Number.isNaN(atMs);
}
