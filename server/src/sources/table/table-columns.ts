/** What a column of somebody's own table can say. */
export type ColumnRole =
  | 'car'
  | 'driver'
  | 'team'
  | 'class'
  | 'make'
  | 'model'
  | 'lap'
  | 'lapTime'
  | 'bestLap'
  | 'elapsed'
  | 'time'
  | 'timeOfDay'
  | 'lapStart'
  | 'loop'
  | 'position'
  | 'pit'
  | 'inLap'
  | 'outLap'
  | 'pitInTime'
  | 'pitOutTime'
  | 'pitTime'
  | 'flag'
  | 'void'
  | 'session'
  | 'speed';

/** How a plain number in a column of times is meant. */
export type TimeUnit = 'seconds' | 'ms';

export type Column = { readonly name: string; readonly unit: TimeUnit | undefined };

export type TableColumns = {
  /** The column of each role; of several names for one role the first of the list below. */
  readonly of: ReadonlyMap<ColumnRole, Column>;
  /** Columns that together tell which session a line is of. */
  readonly sessions: readonly Column[];
  /** Columns of sector times, in order. */
  readonly sectors: readonly Column[];
};

/** Names of columns in English and German, without capitals, accents and all that is no letter or digit; the surer ones first. */
const NAMES: Readonly<Record<Exclude<ColumnRole, 'session'>, string>> = {
  car: 'number carnumber carno carnr racenumber racingnumber startnumber startnummer startnr stnr drivernumber vehiclenumber bib nr no num car auto fahrzeugnummer kart kartnumber',
  driver: 'driver drivername fahrer fahrername pilot driverid drivercode name competitor teilnehmer',
  team: 'team teamname entrant bewerber mannschaft constructor driverorteam',
  class: 'class klasse classname category kategorie',
  make: 'make manufacturer hersteller marke',
  model: 'model modell vehicle fahrzeug car',
  lap: 'lap lapnumber lapno lapnr runde rundennummer rundennr laps runden',
  lapTime: 'laptime rundenzeit lapduration lastlap lastlaptime letzterunde',
  bestLap: 'bestlap bestlaptime fastestlap fastestlaptime besterunde besterundenzeit schnellsterunde bestzeit',
  elapsed:
    'elapsed elapsedtime timeelapsed sessiontime sessionelapsed racetime totaltime total gesamtzeit rennzeit gesamt cumulative cumulativetime sitzungszeit',
  time: 'time zeit',
  timeOfDay: 'timeofday uhrzeit hour clock clocktime tageszeit timestamp datetime zeitstempel passingtime',
  lapStart: 'lapstarttime lapstart rundenbeginn',
  loop: 'loop timingloop timeline timingpoint messpunkt messstelle schleife sector sektor checkpoint split line linie',
  position: 'position pos place platz platzierung rank rang',
  pit: 'pit inpit box boxenstopp pitstop crossingfinishlineinpit',
  inLap: 'inlap pitin in einfahrt boxeneinfahrt',
  outLap: 'outlap pitout ispitoutlap out ausfahrt boxenausfahrt',
  pitInTime: 'timeinlap pitintime pitentry pitentrytime',
  pitOutTime: 'timeoutlap pitouttime pitexit pitexittime',
  pitTime: 'pittime pitduration pitlanetime boxenzeit',
  flag: 'flag flagge flagatfl type',
  void: 'void deleted invalid isvoid isdeleted ungultig geloscht gestrichen',
  speed: 'speed kph kmh geschwindigkeit topspeed vmax',
};
const SESSIONS =
  'season year saison jahr round raceid race rennen event grandprix meeting meetingkey session sessionkey heat lauf'.split(
    ' ',
  );
const TIMES: readonly ColumnRole[] = [
  ...([
    'lapTime',
    'bestLap',
    'elapsed',
    'time',
    'timeOfDay',
    'lapStart',
    'pitInTime',
    'pitOutTime',
    'pitTime',
  ] as const),
];
const MOST_SECTORS = 9;

/** What the columns with these names say; unknown ones say nothing. */
export function tableColumnsOf(names: readonly string[]): TableColumns {
  const plain = names.map((name) => ({ name, ...withUnit(plainName(name)) }));
  const find = (words: readonly string[], isTime: boolean, taken: ReadonlySet<string>): Column | undefined => {
    for (const word of words) {
      const exact = plain.find((each) => each.whole === word && !taken.has(each.name));
      if (exact !== undefined) return { name: exact.name, unit: undefined };
      const measured = isTime ? plain.find((each) => each.stem === word && !taken.has(each.name)) : undefined;
      if (measured !== undefined) return { name: measured.name, unit: measured.unit };
    }
    return undefined;
  };
  const of = new Map<ColumnRole, Column>();
  const taken = new Set<string>();
  for (const [role, words] of Object.entries(NAMES) as [ColumnRole, string][]) {
    const column = find(words.split(' '), TIMES.includes(role), taken);
    if (column === undefined) continue;
    of.set(role, column);
    taken.add(column.name);
  }
  const sessions = SESSIONS.flatMap((word) => find([word], false, taken) ?? []);
  return { of, sessions, sectors: sectorsOf(find, taken) };
}

type Find = (words: readonly string[], isTime: boolean, taken: ReadonlySet<string>) => Column | undefined;

/** `S1`, `Sector 1`, `sector1_time`, `Sektor 1 (s)`: from the first on, without a hole. */
function sectorsOf(find: Find, taken: ReadonlySet<string>): readonly Column[] {
  const sectors: Column[] = [];
  for (let number = 1; number <= MOST_SECTORS; number++) {
    const words = ['s', 'sector', 'sektor', 'split'].flatMap((word) => [`${word}${number}`, `${word}${number}time`]);
    const column = find([...words, `sektor${number}zeit`, `durationsector${number}`], true, taken);
    if (column === undefined) break;
    sectors.push(column);
  }
  return sectors;
}

function plainName(name: string): string {
  return name
    .toLowerCase()
    .replace(/ß/g, 'ss')
    .normalize('NFKD')
    .replace(/[^a-z0-9]+/g, '');
}

type Measured = { readonly whole: string; readonly stem: string | undefined; readonly unit: TimeUnit | undefined };

/** `laptimems` is a lap time in ms. */
function withUnit(whole: string): Measured {
  const ms = /^(.{2,}?)(?:in)?(?:ms|msec|millis|milliseconds|millisekunden)$/.exec(whole);
  if (ms !== null) return { whole, stem: ms[1], unit: 'ms' };
  const seconds = /^(.{2,}?)(?:in)?(?:s|sec|secs|seconds|sek|sekunden)$/.exec(whole);
  return { whole, stem: seconds?.[1], unit: seconds === null ? undefined : 'seconds' };
}
