import type { Sheet } from './al-kamel-sheets.ts';
import type { ResultRow } from './result-row.ts';
import { bestFirst } from './sheet-session.ts';

/** What a result is taken from, the best first; time cards list who took part. */
const SOURCES: readonly Sheet['kind'][] = ['results', 'class-results', 'laps'];

/** One result of several sheets: the one that counts, and what others know besides of its cars. */
export function resultOfSheets(sheets: readonly Sheet[]): readonly ResultRow[] {
  const [main, ...others] = bestFirst(sheets).toSorted(
    (one, other) => SOURCES.indexOf(one.kind) - SOURCES.indexOf(other.kind),
  );
  if (main === undefined) return [];
  return [...main.results.values()].map((row) =>
    others.reduce((known, { results }) => completed(known, results.get(row.car)), row),
  );
}

function completed(row: ResultRow, other: ResultRow | undefined): ResultRow {
  if (other === undefined) return row;
  return {
    ...row,
    bestLapMs: row.bestLapMs ?? other.bestLapMs,
    bestLap: row.bestLap ?? other.bestLap,
    class: row.class || other.class,
    team: row.team || other.team,
    vehicle: row.vehicle || other.vehicle,
    tyres: row.tyres || other.tyres,
    drivers: row.drivers.length > 0 ? row.drivers : other.drivers,
  };
}
