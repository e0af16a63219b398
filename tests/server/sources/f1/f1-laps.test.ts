import type { ImportedRace } from '@pitboard/server/sources/import/imported-race.ts';
import { officialResult } from '@pitboard/shared/race/official-result.ts';
import { createRaceTimeline } from '@pitboard/shared/timeline/race-timeline.ts';
import { describe, expect, it } from 'vitest';
import {
  asJson,
  CARS,
  crossingsOf,
  DRIVES,
  driveLines,
  eventsOf,
  INFO,
  importFiles,
  importLines,
  inOrder,
  lapText,
  openingLines,
  raceLines,
  row,
  type ScriptLine,
  START_MS,
  told,
  wholeRow,
} from './feed-script.ts';

type Passing = { readonly car: string; readonly loop: string; readonly atMs: number; readonly lapNumber?: number };

/** Crossings of one car in order. */
function passingsOf(lines: readonly ScriptLine[], car: string): readonly Passing[] {
  return eventsOf(importLines(lines), 'passing').filter((event) => event.car === car) as readonly Passing[];
}

/** How far the cars are apart at every loop, against the first of them. */
function gapsOf(lines: readonly ScriptLine[], loop: string): readonly (readonly [string, number])[] {
  const passings = eventsOf(importLines(lines), 'passing').filter((event) => event.loop === loop);
  return CARS.flatMap((car) => {
    const own = passings.filter((event) => event.car === car);
    return own.map(
      (event, lap) =>
        [
          car,
          event.atMs -
            Math.min(...CARS.map((other) => passings.filter((each) => each.car === other)[lap]?.atMs ?? Infinity)),
        ] as const,
    );
  });
}

function trueGaps(place: number): readonly (readonly [string, number])[] {
  const crossings = crossingsOf(DRIVES);
  return CARS.flatMap((car) =>
    [0, 1, 2, 3].map((lap) => {
      const at = (other: string) => crossings.get(other)?.[lap * 3 + place] as number;
      return [car, at(car) - Math.min(...CARS.map(at))] as const;
    }),
  );
}

const change = (lines: readonly ScriptLine[], edit: (line: ScriptLine) => readonly ScriptLine[]) =>
  inOrder(lines.flatMap(edit));
const has = ([, topic, data]: ScriptLine, text: string) =>
  topic === 'TimingData' && JSON.stringify(data).includes(text);
const at = (ms: number, car: string, data: Record<string, unknown>): ScriptLine => [
  START_MS + ms,
  'TimingData',
  row(car, data),
];

describe('J. Formula 1: laps', () => {
  it('[J8] session time is zero when the session starts, whatever came before', () => {
    const race = importLines(raceLines());
    expect(told(race, 'session-phase')[0]).toMatchObject({ atMs: 0, phase: 'running' });
    expect(told(race, 'flag-changed')[0]).toEqual({ atMs: 40 - START_MS, flag: 'green' });
    expect(eventsOf(race, 'passing').every(({ atMs }) => atMs > 0)).toBe(true);
  });
  it('[J8] a recording that began late has its start from the series, one that tells none from a lap, and says so', () => {
    const whole = raceLines();
    const series: ScriptLine = [
      START_MS + 120_000,
      'SessionData',
      {
        Series: [],
        StatusSeries: [
          { Utc: '2031-05-04T12:00:00.000Z', TrackStatus: 'AllClear' },
          { Utc: '2031-05-04T12:10:00.000Z', SessionStatus: 'Started' },
        ],
      },
    ];
    const clock: ScriptLine = [
      START_MS + 119_000,
      'ExtrapolatedClock',
      { Utc: '2031-05-04T12:11:59.000Z', Remaining: '01:58:00', Extrapolating: true },
    ];
    const late = importLines(inOrder([...whole.filter(([atMs]) => atMs > START_MS + 100_000), clock, series]));
    expect(told(late, 'session-phase')[0]).toMatchObject({ atMs: 0, phase: 'running' });
    const [lateEnd, end] = [late, importLines(whole)].map((race) => eventsOf(race, 'passing').at(-1));
    expect(Math.abs((lateEnd?.atMs ?? 0) - (end?.atMs ?? 1000))).toBeLessThan(150);
    const alone = importLines(whole.filter(([, topic]) => topic === 'TimingData'));
    expect(eventsOf(alone, 'passing').filter(({ loop }) => loop === 'SF')).toHaveLength(12);
    expect(alone.manifest.dataNotes.map(({ subject }) => subject)).toContain('start');
    expect(
      Math.abs(
        (eventsOf(alone, 'passing').at(-1)?.atMs ?? 0) - (eventsOf(importLines(whole), 'passing').at(-1)?.atMs ?? 0),
      ),
    ).toBeLessThan(3000);
    const lateAlone = importLines(whole.filter(([atMs, topic]) => topic === 'TimingData' && atMs > START_MS + 100_000));
    const homeMs = eventsOf(lateAlone, 'passing').at(-1)?.atMs ?? 0;
    expect(Math.abs(homeMs - (end?.atMs ?? 0))).toBeLessThan(8000);
  });
  it('[J10] stamps jitter, and the cars are apart to the millisecond all the same, at the line and at the ends of sectors', () => {
    for (let jitter = 0; jitter < 9; jitter++) {
      const shaken = inOrder([...openingLines(), ...driveLines(DRIVES, jitter)]);
      expect(gapsOf(shaken, 'SF')).toEqual(trueGaps(2));
    }
    const lines = raceLines();
    const sectors = gapsOf(lines, 'S2').filter((_, index) => index % 4 > 0);
    expect(sectors).toEqual(trueGaps(1).filter((_, index) => index % 4 > 0));
  });
  it('[J10] without claimed gaps all stamps of a car together place it', () => {
    const lines = raceLines().filter((line) => !has(line, 'GapToLeader":"+'));
    const truth = trueGaps(2);
    const differences = gapsOf(lines, 'SF').map(([, gapMs], index) => Math.abs(gapMs - (truth[index]?.[1] ?? 0)));
    // One stamp alone may be up to 140 ms late.
    expect(Math.max(...differences)).toBeLessThanOrEqual(140);
    expect(Math.max(...differences.filter((_, index) => index % 4 === 3))).toBeLessThanOrEqual(60);
  });
  it('[J10] a stamp that is seconds late moves nothing; a chain that parts from the stamps for good is given up', () => {
    const late = change(raceLines(), (line) =>
      has(line, '"4":{"NumberOfLaps":3') ? [[line[0] + 3000, line[1], line[2]]] : [line],
    );
    expect(gapsOf(late, 'SF')).toEqual(trueGaps(2));
    const wrong = change(raceLines(), (line) =>
      has(line, '"4":{"NumberOfLaps":3')
        ? [[line[0], line[1], JSON.parse(JSON.stringify(line[2]).replace('1:15.489', '1:55.489'))]]
        : [line],
    );
    expect(gapsOf(wrong, 'SF')).toEqual(trueGaps(2));
  });
  it('[J10] a car whose first claim was wrong is put right by two that agree', () => {
    const wrong = change(raceLines(), (line) => {
      const isFirst = has(line, 'GapToLeader') && line[0] < START_MS + 100_000 && has(line, '"21"');
      return isFirst ? [[line[0], line[1], row('21', { GapToLeader: '+0.700' })]] : [line];
    });
    const gaps = gapsOf(wrong, 'SF')
      .filter(([car]) => car === '21')
      .map(([, ms]) => ms);
    const truth = trueGaps(2)
      .filter(([car]) => car === '21')
      .map(([, ms]) => ms);
    expect(gaps[0]).not.toBe(truth[0]);
    expect(gaps.slice(2)).toEqual(truth.slice(2));
  });
  it('[J11] the line ends laps as the feed counts them, with its times; the first lap of a race has none', () => {
    const laps = eventsOf(importLines(raceLines()), 'passing').filter(({ car, loop }) => car === '7' && loop === 'SF');
    expect(laps.map(({ lapNumber, lapTimeMs }) => [lapNumber, lapTimeMs])).toEqual([
      [1, undefined],
      [2, 74_423],
      [3, 74_130],
      [4, 74_963],
    ]);
    expect(
      passingsOf(raceLines(), '7')
        .map(({ loop }) => loop)
        .join(' '),
    ).toBe('S1 S2 SF S1 S2 SF S1 S2 SF S1 S2 SF');
    const [first, second] = passingsOf(raceLines(), '7');
    expect((second?.atMs ?? 0) - (first?.atMs ?? 0)).toBe(28_410);
  });
  it('[J11] a lap time may come just before its lap or just after, and the same state twice is one lap', () => {
    const split = (shiftMs: number) =>
      change(raceLines(), (line) => {
        if (!has(line, 'LastLapTime":{"Value":"1')) return [line];
        const [car, fields] = Object.entries(
          (line[2] as { Lines: Record<string, Record<string, unknown>> }).Lines,
        )[0] as [string, Record<string, unknown>];
        const { LastLapTime, ...rest } = fields;
        return [
          [line[0], line[1], row(car, rest)],
          [line[0] + shiftMs, line[1], row(car, { LastLapTime })],
          [line[0] + 20, line[1], row(car, { NumberOfLaps: rest.NumberOfLaps })],
        ];
      });
    const laps = told(importLines(raceLines()), 'passing');
    const byTime = (events: readonly Record<string, unknown>[]) => events.map((event) => JSON.stringify(event)).sort();
    expect(byTime(told(importLines(split(60)), 'passing'))).toEqual(byTime(laps));
    expect(byTime(told(importLines(split(-40)), 'passing'))).toEqual(byTime(laps));
  });
  it('[J12] a lap and a sector as long as those before are not told again, and count all the same', () => {
    const drives = DRIVES.map((drive) => ({
      ...drive,
      laps: [drive.laps[0], drive.laps[1], drive.laps[1], drive.laps[1]] as typeof drive.laps,
    }));
    const lines = inOrder([...openingLines(), ...driveLines(drives)]);
    const seen = new Set<string>();
    const untold = change(lines, (line) => {
      const text = JSON.stringify(line[2]);
      const repeats = /"(\d+)":\{"(NumberOfLaps":\d|Sectors":\{"0)/.exec(text);
      if (repeats === null || line[1] !== 'TimingData' || line[0] < START_MS) return [line];
      const key = `${repeats[1]} ${repeats[2]?.startsWith('S') ? 'S1' : 'SF'}`;
      const isRepeat = seen.has(key) || (key.endsWith('SF') && !text.includes('LastLapTime'));
      if (isRepeat === false) seen.add(key);
      if (!seen.has(key) || isRepeat === false) return [line];
      return [
        [
          line[0],
          line[1],
          JSON.parse(text.replace(/,?"LastLapTime":\{[^}]*\}/, '').replace(/"0":\{"Value":"[^"]*"\},/, '')),
        ],
      ];
    });
    expect(untold.filter((line) => has(line, 'LastLapTime":{"Value":"1'))).toHaveLength(3);
    expect(told(importLines(untold), 'passing')).toEqual(told(importLines(lines), 'passing'));
  });
  it('[J13] claimed gaps are passed on at the line, when their kind changes, and every ten seconds at most else', () => {
    const claims: ScriptLine[] = [];
    for (let ms = 100_000; ms < 140_000; ms += 1000)
      claims.push(at(ms, '21', { GapToLeader: `+1.${ms / 1000}`, IntervalToPositionAhead: { Value: '+0.5' } }));
    const race = importLines(
      raceLines(...claims, at(141_000, '21', { GapToLeader: '1L' }), at(142_000, '21', { GapToLeader: '' })),
    );
    const gaps = told(race, 'gap-reported').filter(
      ({ car, to, atMs }) => car === '21' && to === 'leader' && Number(atMs) >= 100_000 && Number(atMs) < 143_000,
    );
    expect(gaps).toEqual([
      { atMs: 100_000, car: '21', to: 'leader', ms: 1100 },
      { atMs: 110_000, car: '21', to: 'leader', ms: 1110 },
      { atMs: 120_000, car: '21', to: 'leader', ms: 1120 },
      { atMs: 130_000, car: '21', to: 'leader', ms: 1130 },
      { atMs: 141_000, car: '21', to: 'leader', laps: 1 },
      { atMs: 142_000, car: '21', to: 'leader' },
    ]);
    expect(told(race, 'gap-reported').filter(({ to }) => to === 'car-ahead')).toHaveLength(1);
    expect(
      told(importLines(raceLines()), 'gap-reported')
        .filter(({ car }) => car === '7')
        .every(({ ms }) => ms !== undefined),
    ).toBe(true);
  });
  it('[J13] once the flag is out every claim may be the last, and is passed on', () => {
    const finished: ScriptLine = [START_MS + 300_000, 'SessionStatus', { Status: 'Finished' }];
    const claims = [1, 2, 3].map((second) => at(320_000 + second, '4', { GapToLeader: `+${second}.000` }));
    const gaps = told(importLines(raceLines(finished, ...claims)), 'gap-reported').slice(-3);
    expect(gaps.map(({ ms }) => ms)).toEqual([1000, 2000, 3000]);
  });
  it('[J14] the order is that of the feed; cars of unknown place are left out, and two on one line wait', () => {
    const race = importLines(
      raceLines(
        at(50_000, '21', { Line: 1 }),
        at(50_100, '7', { Line: 2 }),
        at(200_000, '88', { NumberOfLaps: 3, Position: '' }),
        at(200_100, '4', { Line: 2 }),
        at(200_200, '7', { Line: 3 }),
      ),
    );
    const orders = told(race, 'order-reported').map(({ atMs, cars }) => [atMs, (cars as string[]).join(' ')]);
    expect(orders.slice(0, 3)).toEqual([
      [30 - START_MS, '7 21 4'],
      [50_100, '21 7 4'],
      [200_200, '21 4 7'],
    ]);
    const timeline = createRaceTimeline(race.manifest);
    timeline.append(race.events);
    expect(timeline.viewAt(timeline.headAtMs).state.order.slice(0, 3)).toEqual(['21', '4', '7']);
  });
  it('[J14] the last order of the feed is the official one, whatever the road says', () => {
    const race = importLines(
      raceLines(
        [START_MS + 299_000, 'SessionStatus', { Status: 'Finished' }],
        at(320_000, '4', { Line: 1 }),
        at(320_001, '7', { Line: 3 }),
      ),
    );
    const timeline = createRaceTimeline(race.manifest);
    timeline.append(race.events);
    expect(told(race, 'order-reported').at(-1)).toEqual({ atMs: 371_000, cars: ['4', '21', '7'] });
    expect(officialResult(timeline.viewAt(timeline.headAtMs)).map(({ car }) => car)).toEqual(['4', '21', '7']);
  });
  it('[J14] an order that knows a part of the cars only is no official one', () => {
    const deltas = raceLines(
      [START_MS + 299_000, 'SessionStatus', { Status: 'Finished' }],
      at(320_000, '4', { Line: 3 }),
      at(320_001, '7', { Line: 2 }),
    ).filter(([atMs]) => atMs > START_MS - 1000);
    const race = importLines(deltas);
    const timeline = createRaceTimeline(race.manifest);
    timeline.append(race.events);
    expect(told(race, 'order-reported')).toEqual([]);
    expect(officialResult(timeline.viewAt(timeline.headAtMs)).map(({ car }) => car)).toEqual(['21', '7', '4']);
  });
  it('[J28] the bits of a status tell who is out where nothing else has', () => {
    const deltas = raceLines(
      at(200_000, '88', { Status: 28 }),
      at(210_000, '89', { Status: 20 }),
      at(211_000, '89', { Status: 64 }),
    ).filter(([atMs]) => atMs > START_MS - 1000);
    const race = importLines(deltas);
    expect(told(race, 'car-retired')).toEqual([{ atMs: 200_000, car: '88' }]);
    expect(told(race, 'car-stopped')).toEqual([{ atMs: 210_000, car: '89' }]);
    expect(told(race, 'car-resumed')).toEqual([{ atMs: 211_000, car: '89' }]);
  });
  it('[J28] the states that a late listener is told come in any order', () => {
    const rows = Object.fromEntries(CARS.map((car, index) => [car, { ...wholeRow(car, index + 1), NumberOfLaps: 2 }]));
    const series = { StatusSeries: [{ Utc: '2031-05-04T12:10:00.000Z', SessionStatus: 'Started' }] };
    const states = [
      ['TimingData', { Lines: rows }],
      ['SessionStatus', { Status: 'Started' }],
      ['SessionData', series],
      ['SessionInfo', INFO],
    ].map((state) => `${JSON.stringify([...state, ''])}\n`);
    const text = states.join('') + asJson(inOrder(driveLines(DRIVES)).filter(([atMs]) => atMs > START_MS + 160_100));
    const race = importFiles([{ name: 'a.txt', text }]).races[0] as ImportedRace;
    const laps = eventsOf(race, 'passing').filter(({ car, loop }) => car === '7' && loop === 'SF');
    expect(laps.map(({ lapNumber }) => lapNumber)).toEqual([3, 4]);
    expect(Math.abs((laps[1]?.atMs ?? 0) - 303_331)).toBeLessThan(200);
  });
  it('[J28] stops that nobody heard are those that the feed counts, and none is counted twice', () => {
    const rows = { '7': { NumberOfPitStops: 2 }, '21': { NumberOfPitStops: 1, InPit: true }, '4': {} };
    const whole = Object.entries(rows).map(([car, row], index) => [
      car,
      { ...wholeRow(car, index + 1), InPit: false, NumberOfLaps: 2, ...row },
    ]);
    const lines: ScriptLine[] = [
      ...openingLines().slice(0, 2),
      [START_MS, 'SessionStatus', { Status: 'Started' }],
      [START_MS + 160_000, 'TimingData', { Lines: Object.fromEntries(whole) }],
      [START_MS + 170_000, 'TimingData', row('21', { InPit: false, PitOut: true })],
      [START_MS + 180_000, 'TimingData', row('7', { InPit: true, NumberOfPitStops: 3 })],
      [START_MS + 200_000, 'TimingData', row('7', { InPit: false, PitOut: true })],
      // A row that the listener missed: the car was in twice before.
      [START_MS + 210_000, 'TimingData', row('4', { InPit: true, NumberOfPitStops: 3 })],
      [START_MS + 230_000, 'TimingData', row('4', { InPit: false })],
      ...driveLines(DRIVES).filter(([atMs]) => atMs > START_MS + 240_000),
    ];
    const race = importLines(lines);
    expect(told(race, 'stops-reported')).toEqual([
      { atMs: 160_000, car: '7', stops: 2 },
      { atMs: 160_000, car: '21', stops: 1 },
      { atMs: 210_000, car: '4', stops: 2 },
    ]);
    const timeline = createRaceTimeline(race.manifest);
    timeline.append(race.events);
    const stops = officialResult(timeline.viewAt(timeline.headAtMs)).map((line) => [line.car, line.pitStops]);
    expect(new Map(stops as [string, number][])).toEqual(
      new Map([
        ['7', 3],
        ['21', 1],
        ['4', 3],
      ]),
    );
  });
  it('[J28] a late listener counts no laps that it did not hear, but those of a car that is out', () => {
    const states: ScriptLine[] = openingLines().slice(0, 3);
    const rows = Object.fromEntries(
      CARS.map((car, index) => [
        car,
        { ...wholeRow(car, index + 1), InPit: false, NumberOfLaps: 2, BestLapTime: { Value: '1:14.400', Lap: 2 } },
      ]),
    );
    const out = { ...wholeRow('88', 4), NumberOfLaps: 1, Retired: true, Stopped: true };
    const late = inOrder([
      ...states.map(([, topic, data], index): ScriptLine => [START_MS + 160_000 + index, topic, data]),
      [START_MS, 'SessionStatus', { Status: 'Started' }],
      [START_MS + 160_010, 'TimingData', { Lines: { ...rows, '88': out } }],
      ...driveLines(DRIVES).filter(([atMs]) => atMs > START_MS + 160_100),
    ]);
    const race = importLines(late);
    const laps = eventsOf(race, 'passing').filter(({ loop }) => loop === 'SF');
    expect(laps.filter(({ car }) => car === '7').map(({ lapNumber, lapTimeMs }) => [lapNumber, lapTimeMs])).toEqual([
      [3, 74_130],
      [4, 74_963],
    ]);
    expect(laps.filter(({ car }) => car === '88')).toMatchObject([{ lapNumber: 1, atMs: 160_010 }]);
    expect(told(race, 'car-retired')[0]).toMatchObject({ car: '88', atMs: 160_010 });
    expect(told(race, 'best-lap-reported').filter(({ car }) => car === '7')[0]).toMatchObject({
      lapTimeMs: 74_400,
      lapNumber: 2,
    });
    expect(lapText(74_400)).toBe('1:14.400');
  });
});
