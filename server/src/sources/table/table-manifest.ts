import { UNKNOWN_CIRCUIT } from '@pitboard/shared/domain/names.ts';
import type { Loop, Manifest } from '@pitboard/shared/protocol/manifest.ts';
import type { TableClock } from './table-clock.ts';
import type { TableCompetitor } from './table-entries.ts';
import type { ToldRace } from './table-lap-facts.ts';
import type { TableSession } from './table-race.ts';

/** What has to be said of how the facts of a table are known. */
export function notesOf(
  { isBridged }: ToldRace,
  clock: TableClock | undefined,
  hasFlags: boolean,
): Manifest['dataNotes'] {
  const notes: Manifest['dataNotes'] = [
    { subject: 'source', kind: 'information', text: 'Made of a table, by the names of its columns.' },
    { subject: 'grid', kind: 'missing', text: 'The table does not tell the grid.' },
  ];
  if (!hasFlags)
    notes.push({
      subject: 'flags',
      kind: 'missing',
      text: 'The table has no flags; the end is that of the first car to do the most laps.',
    });
  if (clock === undefined)
    notes.push({ subject: 'gaps', kind: 'information', text: 'Race times are the sums of the lap times.' });
  if (clock?.isStartEstimated)
    notes.push({
      subject: 'start',
      kind: 'information',
      text: 'The start is not stated: a usual lap before the first crossing.',
    });
  if (isBridged)
    notes.push({
      subject: 'laps',
      kind: 'information',
      text: 'Laps that the table leaves out are bridged by the usual lap of the car.',
    });
  return notes;
}

type Made = {
  readonly competitors: ReadonlyMap<string, TableCompetitor>;
  readonly loops: readonly Loop[];
  readonly clock: TableClock | undefined;
  readonly notes: Manifest['dataNotes'];
  readonly hasChart: boolean;
};

export function manifestOf(table: TableSession, { competitors, loops, clock, notes, hasChart }: Made): Manifest {
  const classes = new Map(
    [...competitors.values()].flatMap(({ classId, className }) =>
      classId === undefined ? [] : [[classId, className ?? classId] as const],
    ),
  );
  return {
    event: table.event,
    session: table.session,
    kind: table.kind,
    ...(table.season === undefined ? {} : { season: table.season }),
    ...(clock?.startEpochMs === undefined ? {} : { startEpochMs: clock.startEpochMs }),
    circuit: { name: UNKNOWN_CIRCUIT, loops: [{ id: 'SF', kind: 'finish' }, ...loops] },
    classes: [...classes].slice(0, 50).map(([id, name]) => ({ id, name })),
    grid: [],
    championships: [],
    ...(hasChart ? { rules: { officialOrder: 'feed' as const } } : {}),
    dataNotes: notes,
    entries: [...competitors.values()].slice(0, 500).map(({ entry }) => entry),
  };
}
