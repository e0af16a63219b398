import type { TrackFlag } from '@pitboard/shared/domain/flag.ts';
import { UNKNOWN_CIRCUIT } from '@pitboard/shared/domain/names.ts';
import { FLAG_WORDS } from '@pitboard/shared/format/flag-words.ts';
import { formatClock, formatLapTime } from '@pitboard/shared/format/lap-time.ts';
import type { Manifest } from '@pitboard/shared/protocol/manifest.ts';
import type { ResultCar, SessionResult } from './session-result.ts';

const WIDTH = 100;
const MOST_FLAGS = 12;

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
  const lines = [[...new Set(names), ...moment].join(' · '), figuresOf(result), fastestOf(result), flagsOf(result)];
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

/** Each flag with its moments, while there are few; else how often each was shown. */
function flagsOf({ flags: all }: SessionResult): string {
  // What was shown before the start says little of the race.
  const first = all.findLastIndex(({ atMs }) => atMs <= 0);
  const flags = all.slice(Math.max(0, first));
  if (flags.length === 0) return '';
  const word = (flag: TrackFlag) => FLAG_WORDS.en[flag].toLowerCase().replace(/ flag$/, '');
  const moments = flags.map(({ flag, atMs }) => `${word(flag)} ${formatClock(Math.max(0, atMs))}`).join(', ');
  if (flags.length <= MOST_FLAGS && moments.length < WIDTH - 'Flags: '.length) return `Flags: ${moments}`;
  const times = new Map<TrackFlag, number>();
  for (const { flag } of flags) times.set(flag, (times.get(flag) ?? 0) + 1);
  return `Flags: ${[...times].map(([flag, often]) => `${word(flag)}${often > 1 ? ` ${often} times` : ''}`).join(', ')}`;
}

/** What stands below a result: penalties, places that differ from those on the road, what marks mean, what was left out. */
export function resultNotes({ classification, skipped }: SessionResult): readonly string[] {
  const notes: string[] = [];
  const penalties = classification.filter(({ penaltyMs }) => penaltyMs > 0);
  if (penalties.length > 0) {
    const added = penalties.map(({ car, penaltyMs }) => `#${car} ${formatLapTime(penaltyMs)} s`);
    notes.push(`* time added: ${added.join(', ')}`);
  }
  const moved = classification.filter(({ position, positionOnRoad }) => isMoved(position, positionOnRoad));
  if (moved.length > 0) {
    notes.push(`On the road: ${moved.map(({ car, positionOnRoad }) => `#${car} was ${positionOnRoad}`).join(', ')}`);
  }
  const marks = new Set(classification.map(({ status }: ResultCar) => status));
  const words = Object.entries(STATUS_WORDS).flatMap(([status, text]) =>
    marks.has(status as ResultCar['status']) ? [text] : [],
  );
  if (words.length > 0) notes.push(words.join(', '));
  if (skipped.lines > 0) {
    const reasons = Object.entries(skipped.reasons).map(([reason, lines]) => `${reason} (${lines})`);
    notes.push(`${count(skipped.lines, 'line')} left out: ${reasons.join(', ')}`);
  }
  return notes.map((note) => shorten(note));
}

function isMoved(position: number | undefined, positionOnRoad: number | undefined): boolean {
  return positionOnRoad !== undefined && position !== positionOnRoad;
}

function count(number: number, word: string): string {
  return `${number} ${word}${number === 1 ? '' : 's'}`;
}

function shorten(text: string): string {
  const letters = [...text];
  return letters.length <= WIDTH ? text : `${letters.slice(0, WIDTH - 1).join('')}…`;
}
