import { f1Files } from '@pitboard/server/sources/f1/f1-files.ts';
import { createF1Reader } from '@pitboard/server/sources/f1/f1-protocol.ts';
import { createFeedCollector } from '@pitboard/server/sources/feed/collect-feed.ts';
import type { Imported, ImportedRace } from '@pitboard/server/sources/import/imported-race.ts';
import type { RaceEvent, RaceEventType } from '@pitboard/shared/protocol/race-event.ts';

/** A message of an invented session: ms since the recording began, which is at noon. */
export type ScriptLine = readonly [atMs: number, topic: string, data: unknown];

export const NOON_MS = Date.UTC(2031, 4, 4, 12);
/** The cars start this long after the recording begins. */
export const START_MS = 600_000;

export const INFO = {
  Meeting: {
    Name: 'Harbour Grand Prix',
    Location: 'Port Elm',
    Country: { Name: 'Elmland' },
    Circuit: { ShortName: 'Elm Docks' },
  },
  Key: 77,
  Type: 'Race',
  Name: 'Race',
  StartDate: '2031-05-04T14:08:00',
  GmtOffset: '02:00:00',
  Path: '2031/harbour/race/',
};
const DRIVERS = {
  '7': {
    RacingNumber: '7',
    Tla: 'OKE',
    FirstName: 'Ada',
    LastName: 'Oker',
    TeamName: 'Elm Racing',
    TeamColour: 'a1b2c3',
    CountryCode: 'ELM',
    Line: 1,
  },
  '21': { RacingNumber: '21', Tla: 'BRI', FullName: 'Bo de BRIE', TeamName: "Bo's Boys", TeamColour: '', Line: 2 },
  '4': { RacingNumber: '4', Tla: 'CYR', FirstName: 'Cy', LastName: 'Cyrus', TeamName: 'Elm Racing', Line: 3 },
};
export const CARS = ['7', '21', '4'] as const;

/** Sector times in ms of each lap; of the first lap the first one is from the start signal. */
export type Drive = { readonly car: string; readonly laps: readonly (readonly [number, number, number])[] };

export const DRIVES: readonly Drive[] = [
  {
    car: '7',
    laps: [
      [30_100, 28_410, 21_305],
      [25_117, 28_205, 21_101],
      [25_003, 28_110, 21_017],
      [25_223, 28_340, 21_400],
    ],
  },
  {
    car: '21',
    laps: [
      [30_600, 28_622, 21_401],
      [25_250, 28_201, 21_050],
      [24_911, 28_005, 20_901],
      [25_001, 28_000, 21_000],
    ],
  },
  {
    car: '4',
    laps: [
      [31_350, 28_910, 21_777],
      [25_707, 28_717, 21_727],
      [25_613, 28_555, 21_321],
      [25_555, 28_888, 21_999],
    ],
  },
];

export function seconds(ms: number): string {
  return (ms / 1000).toFixed(3);
}

export function lapText(ms: number): string {
  const rest = ms % 60_000;
  return `${Math.floor(ms / 60_000)}:${seconds(rest).padStart(6, '0')}`;
}

const FEED_LAG_MS = 350;
/** Stamps come late by up to so much, as the feed's do. */
const JITTERS = [0, 61, 17, 122, 88, 9, 140, 33, 72];

/** When each car crossed each loop of the script's drives: ms since the start, in order `S1 S2 SF` of each lap. */
export function crossingsOf(drives: readonly Drive[]): ReadonlyMap<string, readonly number[]> {
  return new Map(
    drives.map(({ car, laps }) => {
      let atMs = 0;
      return [
        car,
        laps.flat().map((ms) => {
          atMs += ms;
          return atMs;
        }),
      ];
    }),
  );
}

/**
 * What the feed says of these drives, gaps at the line included; stamps jitter.
 * @param firstJitter where the row of delays begins
 */
export function driveLines(drives: readonly Drive[], firstJitter = 0): ScriptLine[] {
  const lines: ScriptLine[] = [];
  const crossings = crossingsOf(drives);
  let count = firstJitter;
  const stamp = (atMs: number) => START_MS + atMs + FEED_LAG_MS + (JITTERS[count++ % JITTERS.length] as number);
  for (const { car, laps } of drives) {
    laps.forEach((sectors, lap) => {
      const place = lap * 3;
      const at = (loop: number) => crossings.get(car)?.[place + loop] as number;
      const [one, two, three] = sectors;
      const emptied = { '1': { Value: '' }, '2': { Value: '' } };
      if (lap > 0)
        lines.push([stamp(at(0)), 'TimingData', row(car, { Sectors: { '0': { Value: seconds(one) }, ...emptied } })]);
      lines.push([stamp(at(1)), 'TimingData', row(car, { Sectors: { '1': { Value: seconds(two) } } })]);
      const line = stamp(at(2));
      const leaderMs = Math.min(...[...crossings.values()].map((own) => own[place + 2] as number));
      const gapMs = at(2) - leaderMs;
      const claim = gapMs === 0 ? `LAP ${lap + 2}` : `+${seconds(gapMs)}`;
      lines.push([line - 90, 'TimingData', row(car, { GapToLeader: claim })]);
      const lapMs = one + two + three;
      const time = lap === 0 ? {} : { LastLapTime: { Value: lapText(lapMs) } };
      lines.push([
        line,
        'TimingData',
        row(car, { NumberOfLaps: lap + 1, Sectors: { '2': { Value: seconds(three) } }, ...time }),
      ]);
    });
  }
  return lines;
}

export function row(car: string, change: Record<string, unknown>): unknown {
  return { Lines: { [car]: change } };
}

/** A car as the first message has it. */
export function wholeRow(car: string, line: number): Record<string, unknown> {
  return {
    RacingNumber: car,
    Line: line,
    Position: String(line),
    InPit: true,
    Retired: false,
    Stopped: false,
    Status: 80,
    GapToLeader: '',
    IntervalToPositionAhead: { Value: '' },
    Sectors: [{ Value: '', Segments: [{ Status: 0 }] }, { Value: '' }, { Value: '' }],
    Speeds: { FL: { Value: '' } },
    BestLapTime: { Value: '' },
    LastLapTime: { Value: '' },
  };
}

/** Everything before the start, and the start. */
export function openingLines(info: Record<string, unknown> = INFO): ScriptLine[] {
  return [
    [0, 'SessionInfo', info],
    [10, 'DriverList', DRIVERS],
    [20, 'SessionStatus', { Status: 'Inactive' }],
    [30, 'TimingData', { Lines: Object.fromEntries(CARS.map((car, index) => [car, wholeRow(car, index + 1)])) }],
    [40, 'TrackStatus', { Status: '1', Message: 'AllClear' }],
    [
      START_MS - 60_000,
      'TimingData',
      { Lines: Object.fromEntries(CARS.map((car) => [car, { InPit: false, Status: 64 }])) },
    ],
    [START_MS, 'SessionStatus', { Status: 'Started' }],
  ];
}

/** An invented race over four laps, flagged off and closed. */
export function raceLines(...more: readonly ScriptLine[]): ScriptLine[] {
  const homeMs = START_MS + 310_000;
  return inOrder([
    ...openingLines(),
    [50, 'LapCount', { CurrentLap: 1, TotalLaps: 4 }],
    ...driveLines(DRIVES),
    [homeMs + 60_000, 'SessionStatus', { Status: 'Finalised' }],
    [homeMs + 61_000, 'SessionStatus', { Status: 'Ends' }],
    ...more,
  ]);
}

export function inOrder(lines: readonly ScriptLine[]): ScriptLine[] {
  return lines.toSorted((one, other) => one[0] - other[0]);
}

function clockText(atMs: number): string {
  const pad = (value: number, digits = 2) => String(Math.floor(value)).padStart(digits, '0');
  return `${pad(atMs / 3_600_000)}:${pad((atMs / 60_000) % 60)}:${pad((atMs / 1000) % 60)}.${pad(atMs % 1000, 3)}`;
}

export function utcText(atMs: number): string {
  return new Date(NOON_MS + atMs).toISOString().replace('Z', '4321Z');
}

/** A file for each topic, as the archive has them. */
export function asStreams(lines: readonly ScriptLine[]): readonly { readonly name: string; readonly text: string }[] {
  const topics = [...new Set(lines.map(([, topic]) => topic))];
  return topics.map((topic) => {
    const own = lines.filter((line) => line[1] === topic);
    const text = own.map(([atMs, , data]) => `${clockText(atMs)}${JSON.stringify(data)}\r\n`).join('');
    return { name: `${topic}.jsonStream`, text: `\uFEFF${text}` };
  });
}

/** Lines `["Topic", data, "stamp"]`. */
export function asJson(lines: readonly ScriptLine[]): string {
  return lines.map(([atMs, topic, data]) => `${JSON.stringify([topic, data, utcText(atMs)])}\n`).join('');
}

/** The same as Python prints it. */
export function asPython(lines: readonly ScriptLine[]): string {
  return lines.map(([atMs, topic, data]) => `${pythonOf([topic, data, utcText(atMs)])}\n`).join('');
}

export function pythonOf(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(pythonOf).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    return `{${Object.entries(value)
      .map(([key, each]) => `${pythonOf(key)}: ${pythonOf(each)}`)
      .join(', ')}}`;
  }
  if (typeof value === 'string') {
    const text = value.replace(/\\/g, '\\\\').replace(/\n/g, '\\n');
    return text.includes("'") && !text.includes('"') ? `"${text}"` : `'${text.replace(/'/g, "\\'")}'`;
  }
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  return value === null || value === undefined ? 'None' : String(value);
}

type File = { readonly name: string; readonly text: string };

export function importFiles(files: readonly File[], pieceBytes = 4096): Imported {
  const opened = f1Files.open();
  for (const { name, text } of files) {
    const reader = opened.open(name);
    const bytes = Buffer.from(text);
    for (let from = 0; from < bytes.length; from += pieceBytes) reader.write(bytes.subarray(from, from + pieceBytes));
    reader.end();
  }
  return opened.finish();
}

/** The one race of these lines. */
export function importLines(lines: readonly ScriptLine[]): ImportedRace {
  const race = importFiles(asStreams(lines)).races[0];
  if (race === undefined) throw new Error('no race');
  return race;
}

/** What a listener hears of these lines, in facts as they are told. */
export function listen(lines: readonly ScriptLine[]): ReturnType<typeof createFeedCollector> {
  const collector = createFeedCollector(() => undefined);
  const reader = createF1Reader(collector);
  for (const line of lines) reader.read(Buffer.from(asJson([line])), NOON_MS + line[0]);
  return collector;
}

export function eventsOf<T extends RaceEventType>(
  race: ImportedRace,
  type: T,
): readonly Extract<RaceEvent, { type: T }>[] {
  return race.events.filter((event): event is Extract<RaceEvent, { type: T }> => event.type === type);
}

/** The facts of one kind, by the fields that matter. */
export function told<T extends RaceEventType>(race: ImportedRace, type: T): readonly Record<string, unknown>[] {
  return eventsOf(race, type).map(({ seq: _, type: __, ...fields }) => fields);
}
