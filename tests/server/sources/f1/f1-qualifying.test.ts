import { classify } from '@pitboard/shared/race/classification.ts';
import { createRaceTimeline } from '@pitboard/shared/timeline/race-timeline.ts';
import { describe, expect, it } from 'vitest';
import {
  CARS,
  eventsOf,
  INFO,
  importLines,
  inOrder,
  lapText,
  openingLines,
  row,
  type ScriptLine,
  START_MS,
  seconds,
  told,
} from './feed-script.ts';

const QUALIFYING = { ...INFO, Type: 'Qualifying', Name: 'Qualifying' };
const status = (ms: number, said: string): ScriptLine => [START_MS + ms, 'SessionStatus', { Status: said }];
const car = (ms: number, number: string, data: Record<string, unknown>): ScriptLine => [
  START_MS + ms,
  'TimingData',
  row(number, data),
];

/** Out of the garage, a lap against the clock, and in again; the count goes up with the way out too. */
function run(
  number: string,
  fromMs: number,
  { count, lapMs }: { readonly count: number; readonly lapMs: number },
): ScriptLine[] {
  const lineMs = fromMs + 90_000;
  return [
    car(fromMs, number, {
      InPit: false,
      PitOut: true,
      Status: 608,
      NumberOfLaps: count,
      Sectors: { '0': { Value: '' }, '1': { Value: '' }, '2': { Value: '' } },
    }),
    car(lineMs, number, { NumberOfLaps: count + 1, Sectors: { '2': { Value: '25.000' } } }),
    car(lineMs + 25_000, number, {
      Sectors: { '0': { Value: seconds(25_000) }, '1': { Value: '' }, '2': { Value: '' } },
    }),
    car(lineMs + 50_000, number, { Sectors: { '1': { Value: seconds(25_000) } } }),
    car(lineMs + lapMs, number, {
      NumberOfLaps: count + 2,
      Sectors: { '2': { Value: seconds(lapMs - 50_000) } },
      LastLapTime: { Value: lapText(lapMs) },
      BestLapTime: { Value: lapText(lapMs), Lap: count + 1 },
    }),
    car(lineMs + lapMs + 60_000, number, { InPit: true }),
  ];
}

function lines(...more: readonly ScriptLine[]): ScriptLine[] {
  const clear = Object.fromEntries(CARS.map((number) => [number, { BestLapTime: { Value: '', _deleted: ['Lap'] } }]));
  return inOrder([
    ...openingLines(QUALIFYING).filter(([atMs]) => atMs < START_MS - 70_000 || atMs === START_MS),
    [25, 'TimingData', { SessionPart: 0, NoEntries: [0, 0, 0], Lines: {} }],
    [26, 'TimingData', { SessionPart: 1, NoEntries: { '0': 3, '1': 2, '2': 1 } }],
    ...run('7', 10_000, { count: 1, lapMs: 75_000 }),
    ...run('21', 20_000, { count: 1, lapMs: 74_500 }),
    ...run('4', 30_000, { count: 1, lapMs: 74_000 }),
    status(300_000, 'Finished'),
    [
      START_MS + 310_000,
      'TimingData',
      { SessionPart: 2, Lines: { ...clear, '7': { KnockedOut: true, BestLapTime: { Value: '', _deleted: ['Lap'] } } } },
    ],
    status(311_000, 'Inactive'),
    status(400_000, 'Started'),
    ...run('21', 410_000, { count: 4, lapMs: 73_000 }),
    ...run('4', 420_000, { count: 4, lapMs: 73_500 }),
    status(700_000, 'Finished'),
    status(760_000, 'Finalised'),
    status(761_000, 'Ends'),
    ...more,
  ]);
}

describe('J. Formula 1: knock-out sessions', () => {
  it('[J16] the way out of the garage ends no lap that anybody timed, and the laps bear the numbers of the feed', () => {
    const race = importLines(lines());
    const own = race.events.filter(
      (event) =>
        'car' in event &&
        event.car === '21' &&
        ['passing', 'pit-exit', 'pit-entry', 'best-lap-reported'].includes(event.type),
    );
    expect(
      own
        .slice(0, 8)
        .map((event) => [
          event.type,
          'loop' in event ? event.loop : '',
          'lapNumber' in event ? event.lapNumber : '',
          'lapTimeMs' in event ? event.lapTimeMs : '',
        ]),
    ).toEqual([
      ['passing', 'SF', 0, ''],
      ['pit-exit', '', '', ''],
      ['passing', 'SF', 1, ''],
      ['passing', 'S1', '', ''],
      ['passing', 'S2', '', ''],
      ['passing', 'SF', 2, 74_500],
      ['best-lap-reported', '', 2, 74_500],
      ['pit-entry', '', '', ''],
    ]);
  });
  it('[J16] a lap that ends in the lane is told there, and once', () => {
    const inLane = car(245_000, '21', { Sectors: { '2': { Value: '30.000' } }, LastLapTime: { Value: '1:20.000' } });
    const race = importLines(lines(inLane));
    const laps = eventsOf(race, 'passing').filter(({ car: each, loop }) => each === '21' && loop === 'SF');
    expect(laps.map(({ lapNumber, lapTimeMs, inPitLane }) => [lapNumber, lapTimeMs, inPitLane])).toEqual([
      [0, undefined, true],
      [1, undefined, undefined],
      [2, 74_500, undefined],
      [3, 80_000, true],
      [4, undefined, undefined],
      [5, 73_000, undefined],
    ]);
  });
  it('[J16] where the count is that of the laps done, it is their number too', () => {
    const ahead = lines().map(([atMs, topic, data]): ScriptLine => {
      const text = JSON.stringify(data);
      const count = /"NumberOfLaps":(\d+)/.exec(text)?.[1];
      if (topic !== 'TimingData' || count === undefined) return [atMs, topic, data];
      return [atMs, topic, JSON.parse(text.replace(/"Lap":\d+/, `"Lap":${count}`))];
    });
    const laps = eventsOf(importLines(ahead), 'passing').filter(
      ({ car: each, loop }) => each === '21' && loop === 'SF',
    );
    expect(laps.map(({ lapNumber }) => lapNumber)).toEqual([1, 2, 3, 4, 5, 6]);
  });
  it('[J16] rows tell the kind of a session that nothing else names', () => {
    const [knockOut, practice] = [
      lines(),
      lines([START_MS + 1, 'TimingData', row('7', { TimeDiffToFastest: '+0.1' })]),
    ].map((all) =>
      importLines(
        all.filter(
          ([, topic, data]) =>
            topic !== 'SessionInfo' && (all.length === lines().length || !JSON.stringify(data).includes('SessionPart')),
        ),
      ),
    );
    expect(knockOut?.manifest.kind).toBe('qualifying');
    expect(practice?.manifest.kind).toBe('practice');
  });
  it('[J23] parts begin as the feed says, with the cars that it has not knocked out', () => {
    const race = importLines(lines());
    expect(race.manifest).toMatchObject({
      kind: 'qualifying',
      parts: [{ name: 'Q1', advancing: 2 }, { name: 'Q2', advancing: 1 }, { name: 'Q3' }],
    });
    expect(told(race, 'session-phase')).toEqual([
      { atMs: 0, phase: 'running', part: 1 },
      { atMs: 400_000, phase: 'running', part: 2, cars: ['4', '21'] },
      { atMs: 760_000, phase: 'finished' },
      { atMs: 761_000, phase: 'closed' },
    ]);
    expect(told(race, 'flag-changed').map(({ atMs, flag }) => [atMs, flag])).toEqual([
      [40 - START_MS, 'green'],
      [300_000, 'chequered'],
      [700_000, 'chequered'],
    ]);
  });
  it('[J23] the result goes by the part that a car got to and its best there; bests that are cleared for a new part are not deleted', () => {
    const race = importLines(lines());
    const timeline = createRaceTimeline(race.manifest);
    timeline.append(race.events);
    const result = classify(timeline.viewAt(timeline.headAtMs));
    expect(result.map((line) => [line.position, line.car, line.bestLapTimeMs, line.bestLap])).toEqual([
      [1, '21', 73_000, 5],
      [2, '4', 73_500, 5],
      [3, '7', 75_000, 2],
    ]);
    expect(eventsOf(race, 'lap-invalidated')).toEqual([]);
  });
  it('[J48] a late listener hears what cars that are out did in a part that is over, and how many laps', () => {
    const [info, drivers] = openingLines(QUALIFYING);
    const best = (ms: number, lap: number) => ({ Value: lapText(ms), Lap: lap });
    const bests = { '7': [best(75_000, 2)], '21': [best(74_500, 2)], '4': [best(74_000, 2)] };
    const state = Object.entries(bests).map(([number, list], index) => [
      number,
      {
        RacingNumber: number,
        Line: 3 - index,
        NumberOfLaps: 4,
        InPit: true,
        KnockedOut: number === '7',
        BestLapTime: { Value: '' },
        BestLapTimes: [...list, { Value: '' }, { Value: '' }],
      },
    ]);
    const race = importLines([
      info as ScriptLine,
      drivers as ScriptLine,
      [25, 'TimingData', { SessionPart: 2, NoEntries: [3, 2, 1] }],
      status(-1, 'Started'),
      [START_MS, 'TimingData', { Lines: Object.fromEntries(state) }],
      ...run('21', 10_000, { count: 4, lapMs: 73_000 }),
      ...run('4', 20_000, { count: 4, lapMs: 73_500 }),
      // A lap of the first part is deleted when the second one is on.
      car(200_000, '7', { BestLapTimes: { '0': best(75_300, 3) } }),
      status(300_000, 'Finished'),
      status(310_000, 'Ends'),
    ]);
    expect(told(race, 'best-lap-reported').filter(({ car: each }) => each === '7')).toEqual([
      { atMs: 1, car: '7', lapTimeMs: 75_000, lapNumber: 2, part: 1 },
      { atMs: 200_001, car: '7', lapTimeMs: 75_300, lapNumber: 3, part: 1 },
    ]);
    expect(told(race, 'lap-invalidated')).toMatchObject([{ car: '7', lapNumber: 2 }]);
    const timeline = createRaceTimeline(race.manifest);
    timeline.append(race.events);
    const result = classify(timeline.viewAt(timeline.headAtMs));
    expect(result.map((line) => [line.car, line.status, line.laps])).toEqual([
      ['21', 'classified', 5],
      ['4', 'classified', 5],
      ['7', 'classified', 3],
    ]);
  });
  it('[J23] parts are named for the sprint, known from the series too, and a stopped part goes on as the same', () => {
    const sprint = lines(
      [START_MS + 100, 'SessionData', { Series: [{ Utc: 'x', QualifyingPart: 1 }] }],
      status(200_000, 'Aborted'),
      status(210_000, 'Started'),
    ).map(
      ([atMs, topic, data]): ScriptLine => [
        atMs,
        topic,
        topic === 'SessionInfo' ? { ...QUALIFYING, Name: 'Sprint Shootout' } : data,
      ],
    );
    const race = importLines(sprint);
    expect(race.manifest.parts?.map(({ name }) => name)).toEqual(['SQ1', 'SQ2', 'SQ3']);
    expect(
      told(race, 'session-phase')
        .map(({ phase, part }) => [phase, part])
        .slice(0, 4),
    ).toEqual([
      ['running', 1],
      ['suspended', undefined],
      ['running', 1],
      ['running', 2],
    ]);
  });
  it('[J23] however often a session is started, it has ten parts at most', () => {
    const again = Array.from({ length: 14 }, (_, index) => [
      status(800_000 + index * 10, 'Started'),
      status(800_005 + index * 10, 'Finished'),
    ]).flat();
    const parts = told(importLines(lines(...again)), 'session-phase').map(({ part }) => Number(part ?? 0));
    expect(Math.max(...parts)).toBe(10);
  });
  it('[J23] a practice session has no parts', () => {
    const practice = lines().map(
      ([atMs, topic, data]): ScriptLine => [
        atMs,
        topic,
        topic === 'SessionInfo' ? { ...QUALIFYING, Type: 'Practice', Name: 'Practice 1' } : data,
      ],
    );
    const race = importLines(practice);
    expect(race.manifest).toMatchObject({ kind: 'practice', session: 'Practice 1' });
    expect(race.manifest.parts).toBeUndefined();
    expect(told(race, 'session-phase')[0]).toEqual({ atMs: 0, phase: 'running' });
  });
});
