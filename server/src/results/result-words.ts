import { UNKNOWN_CIRCUIT } from '@pitboard/shared/domain/names.ts';
import { formatGapTime } from '@pitboard/shared/format/gap.ts';
import { formatClock, formatLapTime } from '@pitboard/shared/format/lap-time.ts';
import type { Manifest } from '@pitboard/shared/protocol/manifest.ts';
import { flagSummary } from './flag-summary.ts';
import type { ResultCar, SessionResult } from './session-result.ts';

const WIDTH = 100;
const MOST_LINES = 4;

const STATUS_WORDS = {
  'not-classified': 'NC: not classified',
  'did-not-finish': 'DNF: did not finish',
  'did-not-start': 'DNS: did not start',
  disqualified: 'DSQ: disqualified',
} as const;

/** What stands above a result, line by line: the session, then what it was in figures, its best lap and its flags. */
export function resultTitle(result: SessionResult, manifest: Manifest, atMs: number | undefined): readonly string[] {
  const { series, event, session, circuit } = manifest;
  const isTold = series === undefined || event.toLowerCase().includes(series.toLowerCase());
  const names = [
    ...(isTold ? [] : [series]),
    event,
    session,
    ...(circuit.name === UNKNOWN_CIRCUIT ? [] : [circuit.name]),
  ];
  const moment = atMs === undefined ? [] : [`as it stood at ${formatClock(atMs)}`];
  const lines = [
    [...new Set(names), ...moment].join(' · '),
    figuresOf(result),
    fastestOf(result),
    flagSummary(result.flags, atMs),
  ];
  return lines.filter((line) => line !== '').map((line) => shorten(line));
}

function figuresOf({ classification, leadChanges }: SessionResult): string {
  const [first] = classification;
  const parts = [count(classification.length, 'car')];
  if (first !== undefined) parts.push(count(first.laps, 'lap'));
  if (leadChanges !== undefined) parts.push(count(leadChanges, 'lead change'));
  return parts.join(', ');
}

function fastestOf({ fastestLap }: SessionResult): string {
  if (fastestLap === undefined) return '';
  const { car, driver, lapTimeMs, lap } = fastestLap;
  const onLap = lap === undefined ? '' : ` on lap ${lap}`;
  return `Fastest lap: #${car}${driver === undefined ? '' : ` ${driver}`} ${formatLapTime(lapTimeMs)}${onLap}`;
}

/** What stands below a result: penalties, places that differ from those on the road, what marks mean, what was left out. */
export function resultNotes({ classification, skipped }: SessionResult, atMs: number | undefined): readonly string[] {
  const penalties = classification.filter(({ penaltyMs }) => penaltyMs > 0);
  const added = penalties.map(({ car, penaltyMs }) => `#${car} ${formatGapTime(penaltyMs)}`);
  // At a moment nobody has moved anybody: the order is that of the newest loop, the one on the road that of the line.
  const moved = atMs === undefined ? movedCars(classification) : [];
  const marks = new Set(classification.map(({ status }: ResultCar) => status));
  const words = Object.entries(STATUS_WORDS).flatMap(([status, text]) =>
    marks.has(status as ResultCar['status']) ? [text] : [],
  );
  const reasons = Object.entries(skipped.reasons).map(([reason, lines]) => `${reason} (${lines})`);
  return [
    ...wrapped('* time added: ', added),
    ...wrapped(
      'On the road: ',
      moved.map(({ car, positionOnRoad }) => `#${car} was ${positionOnRoad}`),
    ),
    ...wrapped('', words),
    ...wrapped(`${count(skipped.lines, 'line')} left out: `, skipped.lines > 0 ? reasons : []),
  ];
}

/** Who was shut out, and the fewest without whom the others stand as on the road: those who were moved, not who moved up by it. */
function movedCars(classification: readonly ResultCar[]): readonly ResultCar[] {
  type Run = readonly ResultCar[];
  const longest = (runs: readonly Run[]) => runs.reduce((best, run) => (run.length > best.length ? run : best), []);
  const onRoad = (car: ResultCar | undefined) => car?.positionOnRoad ?? 0;
  const runs: Run[] = [];
  for (const car of classification.filter(({ position }) => position !== undefined)) {
    runs.push([...longest(runs.filter((run) => onRoad(run.at(-1)) < onRoad(car))), car]);
  }
  const stays = new Set(longest(runs));
  return classification.filter((car) => car.positionOnRoad !== undefined && !stays.has(car));
}

/** A list on as many lines as it takes, within reason. */
function wrapped(head: string, items: readonly string[]): readonly string[] {
  const lines: string[] = [];
  for (const [index, item] of items.entries()) {
    const text = index === items.length - 1 ? item : `${item}, `;
    const line = lines.at(-1);
    if (line === undefined) lines.push(`${head}${text}`);
    else if (`${line}${text}`.trimEnd().length <= WIDTH) lines.splice(-1, 1, `${line}${text}`);
    else if (lines.length < MOST_LINES) lines.push(`${' '.repeat(head.length)}${text}`);
    else return [...lines.slice(0, -1), `${line.trimEnd()} …`].map((each) => shorten(each.trimEnd()));
  }
  return lines.map((line) => shorten(line.trimEnd()));
}

function count(number: number, word: string): string {
  return `${number} ${word}${number === 1 ? '' : 's'}`;
}

function shorten(text: string): string {
  const letters = [...text];
  return letters.length <= WIDTH ? text : `${letters.slice(0, WIDTH - 1).join('')}…`;
}
