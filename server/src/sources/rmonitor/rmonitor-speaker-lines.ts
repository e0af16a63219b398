import type { TrackFlag } from '@pitboard/shared/domain/flag.ts';
import { UNKNOWN_CIRCUIT } from '@pitboard/shared/domain/names.ts';
import type { Entry, Manifest } from '@pitboard/shared/protocol/manifest.ts';
import { kindOfRun } from './session-name.ts';

/** Text stands in quotes, numbers bare, what is absent empty. */
export function rmonitorLine(command: string, ...fields: readonly (string | number | undefined)[]): string {
  const written = fields.map((field) => (typeof field === 'string' ? `"${field}"` : String(field ?? '')));
  return [`$${command}`, ...written].join(',');
}

/** Text as this protocol can carry it: Latin-1 without quotes, which cannot be escaped, cut to its length. */
export function rmonitorText(text: string, longest: number): string {
  const plain = text
    .replace(/["“”„]/g, "'")
    .replace(/[^\x20-\xFF]/gu, (letter) => letter.normalize('NFD').replace(/\p{M}/gu, ''))
    .replace(/[^\x20-\x7E\xA0-\xFF]/gu, '?');
  return plain.slice(0, longest).trim();
}

/** `HH:MM:SS`; hours may go beyond 24, a part of a second is cut off. */
export function clockText(ms: number): string {
  const seconds = Math.floor(Math.max(0, ms) / 1000);
  return `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}

/** `HH:MM:SS.mmm`. */
export function timeText(ms: number): string {
  return `${clockText(ms)}.${String(Math.floor(Math.max(0, ms)) % 1000).padStart(3, '0')}`;
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}

/** Six characters wide. The protocol has no word for a neutralisation but yellow. */
export function flagText(flag: TrackFlag): string {
  switch (flag) {
    case 'green':
    case 'white':
      return 'Green ';
    case 'yellow':
    case 'double-yellow':
    case 'slow-zone':
    case 'virtual-safety-car':
    case 'full-course-yellow':
    case 'code-60':
    case 'safety-car':
      return 'Yellow';
    case 'red':
      return 'Red   ';
    case 'chequered':
      return 'Finish';
  }
}

const KIND_WORDS = { race: 'Race', qualifying: 'Qualifying', practice: 'Practice', 'warm-up': 'Warm-up' } as const;

/** The name of a run. What kind of session it is, is told by nothing else: where its own name says otherwise, in brackets. */
export function runName({ session, kind }: Manifest): string {
  const name = rmonitorText(session, 40);
  return kind === 'race' || kindOfRun(name) === kind ? name : `${name.slice(0, 27)} (${KIND_WORDS[kind]})`;
}

const METRES_A_MILE = 1609.344;

/** Circuit and classes: what stands above the table. The event stands for a circuit that nobody has told. */
export function headLines({ event, circuit, classes }: Manifest): readonly string[] {
  const names = classes.length === 0 ? [''] : classes.map(({ name }) => name);
  const { lengthMetres } = circuit;
  const name = circuit.name === UNKNOWN_CIRCUIT ? event : circuit.name;
  const length = lengthMetres === undefined ? [] : [(lengthMetres / METRES_A_MILE).toFixed(3)];
  return [
    ...names.map((className, index) => rmonitorLine('C', index + 1, rmonitorText(className, 40))),
    rmonitorLine('E', 'TRACKNAME', rmonitorText(name, 40)),
    ...length.map((miles) => rmonitorLine('E', 'TRACKLENGTH', miles)),
  ];
}

/** Both lines of a competitor. `status` stands where IMSA has it. */
export function entryLines(entry: Entry, { classes }: Manifest, status: string | undefined): readonly string[] {
  const regNo = rmonitorText(entry.car, 8);
  // Where there are no classes, all cars are in the nameless one.
  const classNo = classes.length === 0 ? 1 : classes.findIndex(({ id }) => id === entry.class) + 1;
  const [first, last] = crewNames(entry);
  const vehicle = rmonitorText([entry.make, entry.model].filter((part) => part !== undefined).join(' '), 50);
  const nation = rmonitorText(entry.drivers.length === 1 ? (entry.drivers[0]?.nationality ?? '') : vehicle, 50);
  const team = rmonitorText(entry.team ?? '', 50);
  return [
    rmonitorLine('A', regNo, regNo, 0, first, last, status ?? nation, classNo),
    rmonitorLine('COMP', regNo, regNo, classNo, first, last, status ?? nation, team),
  ];
}

/** A driver has two names; a crew is told as clubs do, one list of surnames in both fields: `Vogt /` and `Sund / Berg`. */
function crewNames({ drivers, team = '' }: Entry): readonly [string, string] {
  const [driver, ...others] = drivers;
  if (driver === undefined) return ['', rmonitorText(team, 30)];
  if (others.length === 0) return [rmonitorText(driver.firstName ?? '', 30), rmonitorText(driver.lastName, 30)];
  const rest = others.map(({ lastName }) => lastName).join(' / ');
  return [`${rmonitorText(driver.lastName, 28)} /`, rmonitorText(rest, 30)];
}
