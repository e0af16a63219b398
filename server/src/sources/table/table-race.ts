import type { TrackFlag } from '@pitboard/shared/domain/flag.ts';
import type { SessionKind } from '@pitboard/shared/domain/status.ts';
import type { RaceFact } from '@pitboard/shared/protocol/race-event.ts';
import type { ImportedRace } from '../import/imported-race.ts';
import { lapChart, ordersAtLine } from '../import/lap-chart.ts';
import { endOfRace } from '../import/race-end.ts';
import { findClock, type TableClock } from './table-clock.ts';
import { tableCompetitors } from './table-entries.ts';
import { factsOfLaps } from './table-lap-facts.ts';
import { lapsOf, type TableLaps } from './table-laps.ts';
import { manifestOf, notesOf } from './table-manifest.ts';
import { passingsOf } from './table-passings.ts';
import type { TableRow } from './table-row.ts';

/** The officials speak when all are home. */
const CHART_AFTER_MS = 1000;
/** A car that is not seen for this long has retired. */
const GIVEN_UP_MS = 600_000;

/** A change of flag, by the table's own clock. */
export type TableFlag = Pick<TableRow, 'elapsedMs' | 'timeMs' | 'moment'> & { readonly flag: TrackFlag };

export type TableSession = {
  readonly rows: readonly TableRow[];
  readonly flags: readonly TableFlag[];
  readonly event: string;
  readonly session: string;
  readonly kind: SessionKind;
  readonly season?: number | undefined;
};

/** The session that the lines of a table tell, and the lines that had to be left out. */
export type TableRace = ImportedRace & { readonly problems: TableLaps['problems'] };

export function raceOfTable(table: TableSession): TableRace {
  const isRace = table.kind === 'race';
  const clock = findClock(table.rows, isRace);
  const competitors = tableCompetitors(table.rows);
  const hasLoops = table.rows.some(({ loop }) => loop !== undefined);
  const isPassings =
    clock !== undefined &&
    (hasLoops || table.rows.every((row) => row.lap === undefined && row.lapTimeMs === undefined));
  const told = isPassings
    ? passingsOf(table.rows, clock, competitors)
    : factsOfLaps(lapsOf(table.rows, clock), { clock, competitors });
  const flags = flagFacts(table, clock, told.facts);
  const flagMs = flags.find((fact) => fact.type === 'flag-changed' && fact.flag === 'chequered')?.atMs;
  const facts: RaceFact[] = [startOf(clock), ...flags];
  const end = endOfRace(told.lasts, { flagMs, givenUpMs: GIVEN_UP_MS });
  // Out of a race nobody retires, and the flag ends nothing that is not over.
  const ending = isRace ? end.facts : end.facts.filter(({ type }) => type === 'session-phase');
  facts.push(...ending.filter(({ type }) => type === 'flag-changed'), ...told.facts);
  facts.push(...ending.filter(({ type }) => type !== 'flag-changed'));
  const chart = isRace ? lapChart(told.charted) : undefined;
  facts.push(...(isRace ? ordersAtLine(told.charted) : []));
  if (chart !== undefined)
    facts.push({ type: 'order-reported', atMs: Math.min(end.endMs + CHART_AFTER_MS, 864_000_000), cars: [...chart] });
  facts.sort((one, other) => one.atMs - other.atMs);
  const notes = notesOf(told, clock, flags.length > 0);
  return {
    manifest: manifestOf(table, { competitors, loops: told.loops, clock, notes, hasChart: chart !== undefined }),
    events: facts.map((fact, index) => ({ seq: index + 1, ...fact })),
    problems: told.problems,
  };
}

function startOf(clock: TableClock | undefined): RaceFact {
  const startEpochMs = clock?.startEpochMs;
  return { type: 'session-phase', atMs: 0, phase: 'running', ...(startEpochMs === undefined ? {} : { startEpochMs }) };
}

/** Flags of a table of flags, else of a column that says which one each crossing saw. */
function flagFacts(
  { rows, flags }: TableSession,
  clock: TableClock | undefined,
  told: readonly RaceFact[],
): RaceFact[] {
  const stated = flags.flatMap(({ flag, ...at }) => {
    const atMs = at.elapsedMs ?? at.timeMs ?? (at.moment === undefined ? undefined : clock?.momentMs(at.moment));
    return atMs === undefined ? [] : [{ atMs, flag }];
  });
  const seen = rows.flatMap((row) => {
    const atMs = clock?.atMs(row);
    return row.flag === undefined || atMs === undefined ? [] : [{ atMs, flag: row.flag }];
  });
  const changes = (stated.length > 0 ? stated : seen).toSorted((one, other) => one.atMs - other.atMs);
  const facts: RaceFact[] = [];
  let shown: TrackFlag | undefined;
  const endMs = told.reduce((latest, { atMs }) => Math.max(latest, atMs), 0);
  for (const { atMs, flag } of changes) {
    if (flag === shown || shown === 'chequered' || atMs > endMs) continue;
    // What the first crossing saw was out from the start.
    const isFirst = shown === undefined && stated.length === 0 && flag !== 'chequered';
    facts.push({ type: 'flag-changed', atMs: isFirst || Math.abs(atMs) > 864_000_000 ? 0 : atMs, flag });
    shown = flag;
  }
  return facts;
}
