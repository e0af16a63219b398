import type { ResultStatus } from '@pitboard/shared/domain/status.ts';
import { formatGapTime } from '@pitboard/shared/format/gap.ts';
import { formatLapTime } from '@pitboard/shared/format/lap-time.ts';
import type { Entry, Manifest } from '@pitboard/shared/protocol/manifest.ts';
import { resultNotes, resultTitle } from './result-words.ts';
import type { ResultCar, SessionResult } from './session-result.ts';
import { type Column, textTable } from './text-table.ts';

type TableOptions = {
  /** The moment that the result is of; `undefined` for the end. */
  readonly atMs: number | undefined;
  /** Without colours. */
  readonly isPlain: boolean;
};

const WIDTH = 100;

const STATUS_MARKS: Readonly<Record<ResultStatus, string>> = {
  classified: '',
  'not-classified': 'NC',
  'did-not-finish': 'DNF',
  'did-not-start': 'DNS',
  disqualified: 'DSQ',
};

/** A result for people: title, an aligned table of at most 100 columns, and what is to be said of it. */
export function resultTable(result: SessionResult, manifest: Manifest, { atMs, isPlain }: TableOptions): string {
  const [title = '', ...summary] = resultTitle(result, manifest, atMs);
  const [head = '', ...rows] = textTable(columnsOf(result, manifest), result.classification, WIDTH);
  const notes = resultNotes(result, atMs);
  const style = (code: number, text: string) => (isPlain ? text : `\u001b[${code}m${text}\u001b[0m`);
  return [style(1, title), ...summary, '', style(2, head), ...rows, ...(notes.length === 0 ? [] : ['', ...notes])].join(
    '\n',
  );
}

function columnsOf({ session, classification }: SessionResult, manifest: Manifest): readonly Column<ResultCar>[] {
  const entries = new Map(manifest.entries.map((entry) => [entry.car, entry]));
  const hasClasses = new Set(classification.map((car) => car.class)).size > 1;
  const hasTeams = manifest.entries.some(({ team }) => team !== undefined);
  const isRace = session.kind === 'race';
  const columns: (Column<ResultCar> | false)[] = [
    { head: 'Pos', text: ({ position }) => String(position ?? ''), align: 'right' },
    { head: 'Car', text: ({ car }) => car, align: 'right' },
    hasClasses && { head: 'Class', text: (car) => car.class ?? '', align: 'left', most: 12 },
    hasClasses && { head: 'PIC', text: ({ classPosition }) => String(classPosition ?? ''), align: 'right' },
    { head: hasTeams ? 'Team' : 'Driver', text: ({ car }) => nameOf(entries.get(car)), align: 'left', fills: true },
    { head: 'Laps', text: ({ laps }) => String(laps), align: 'right' },
    { head: isRace ? 'Time / gap' : 'Gap', text: (car) => timeOf(car, isRace), align: 'right' },
    { head: 'Best lap', text: ({ bestLapMs }) => timeText(bestLapMs), align: 'right' },
    { head: 'on', text: ({ bestLap }) => String(bestLap ?? ''), align: 'right' },
    { head: 'Stops', text: ({ pitStops }) => String(pitStops), align: 'right' },
  ];
  return columns.filter((column) => column !== false);
}

function nameOf(entry: Entry | undefined): string {
  return entry?.team ?? entry?.drivers.map(({ lastName }) => lastName).join(' / ') ?? '';
}

function timeText(ms: number | undefined): string {
  return ms === undefined ? '' : formatLapTime(ms);
}

function timeOf(car: ResultCar, isRace: boolean): string {
  const { status, position, gapMs, lapsDown, totalTimeMs, penaltyMs } = car;
  const mark = penaltyMs > 0 ? '*' : '';
  if (status !== 'classified') return `${STATUS_MARKS[status]}${mark}`;
  if (position === 1) return isRace ? `${timeText(totalTimeMs)}${mark}` : '';
  if (lapsDown !== undefined && lapsDown > 0) return `${lapsDown} ${lapsDown === 1 ? 'lap' : 'laps'}${mark}`;
  return gapMs === undefined ? mark : `${formatGapTime(gapMs)}${mark}`;
}
