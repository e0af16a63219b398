import { deflateRawSync } from 'node:zlib';
import { officialResult } from '@pitboard/shared/race/official-result.ts';
import { createRaceTimeline } from '@pitboard/shared/timeline/race-timeline.ts';
import { describe, expect, it } from 'vitest';
import {
  DRIVES,
  driveLines,
  eventsOf,
  importLines,
  inOrder,
  openingLines,
  raceLines,
  row,
  type ScriptLine,
  START_MS,
  told,
  wholeRow,
} from './feed-script.ts';

const on =
  (topic: string) =>
  (ms: number, data: unknown): ScriptLine => [START_MS + ms, topic, data];
const status = on('SessionStatus');
const track = on('TrackStatus');
const car = (ms: number, number: string, data: Record<string, unknown>): ScriptLine => [
  START_MS + ms,
  'TimingData',
  row(number, data),
];

function resultOf(lines: readonly ScriptLine[]) {
  const race = importLines(lines);
  const timeline = createRaceTimeline(race.manifest);
  timeline.append(race.events);
  const view = timeline.viewAt(timeline.headAtMs);
  return { view, result: officialResult(view) };
}

describe('J. Formula 1: the race', () => {
  it('[J15] visits to the pit lane are told from the start on; who starts from the lane makes no stop', () => {
    const lines = raceLines(
      [START_MS - 50_000, 'TimingData', row('21', { InPit: true })],
      car(9_000, '21', { InPit: false }),
      car(90_000, '4', { InPit: true, Status: 80 }),
      car(90_010, '4', { InPit: true }),
      car(115_000, '4', { InPit: false, PitOut: true }),
      car(315_000, '7', { InPit: true }),
    );
    const race = importLines(lines);
    expect(told(race, 'pit-entry').filter((event) => event.car !== '7')).toEqual([{ atMs: 90_000 - 350, car: '4' }]);
    expect(told(race, 'pit-exit')).toEqual([
      { atMs: 9_000 - 350, car: '21' },
      { atMs: 115_000 - 350, car: '4' },
    ]);
    const { result } = resultOf(lines);
    expect(result.map((line) => [line.car, line.pitStops])).toEqual([
      ['21', 0],
      ['7', 0],
      ['4', 1],
    ]);
  });
  it('[J15] a late listener hears of visits as they happen, and not of one that was under way', () => {
    const stop = [
      car(100_000, '7', { InPit: true }),
      car(120_000, '7', { InPit: false }),
      car(101_000, '4', { ...wholeRow('4', 3), NumberOfLaps: 1 }),
    ];
    const deltas = raceLines(...stop).filter(([atMs]) => atMs > START_MS - 1000);
    expect(told(importLines(deltas), 'pit-entry')).toEqual([{ atMs: 99_650, car: '7' }]);
  });
  it('[J17] tyres are told with compound, age and whether they are new, once each, when the compound is known', () => {
    const stints = on('TimingAppData');
    const lines = (topic: string, wrap: (set: unknown) => unknown) => [
      [
        START_MS - 5000,
        topic,
        wrap([{ Compound: 'MEDIUM', New: 'false', TotalLaps: 3, StartLaps: 3, TyresNotChanged: '0' }]),
      ] as ScriptLine,
      [START_MS + 80_000, topic, wrap({ '0': { TotalLaps: 4 } })] as ScriptLine,
      [START_MS + 100_000, topic, wrap({ '1': { Compound: 'UNKNOWN', New: 'true', StartLaps: 0 } })] as ScriptLine,
      [START_MS + 105_000, topic, wrap({ '1': { Compound: 'HARD' } })] as ScriptLine,
      [START_MS + 106_000, topic, wrap({ '0': { Compound: 'SOFT' } })] as ScriptLine,
      [START_MS + 200_000, topic, wrap({ '2': { Compound: 'HARD', New: 'true', TyresNotChanged: '1' } })] as ScriptLine,
    ];
    const facts = [
      { atMs: -5000, car: '7', compound: 'medium', fresh: false, ageLaps: 3 },
      { atMs: 105_000, car: '7', compound: 'hard', fresh: true, ageLaps: 0 },
    ];
    const app = importLines(
      raceLines(...lines('TimingAppData', (set) => ({ Lines: { '7': { Stints: set } } })), stints(300, {})),
    );
    expect(told(app, 'tyres-changed')).toEqual(facts);
    const series = importLines(raceLines(...lines('TyreStintSeries', (set) => ({ Stints: { '7': set } }))));
    expect(told(series, 'tyres-changed')).toEqual(facts);
  });
  it('[J18] cars stop, go on, retire and come back as the feed says, from the start on', () => {
    const race = importLines(
      raceLines(
        [START_MS - 9000, 'TimingData', row('4', { Stopped: true })],
        [START_MS - 8000, 'TimingData', row('4', { Stopped: false })],
        car(100_000, '4', { Stopped: true }),
        car(101_000, '4', { Stopped: false }),
        car(110_000, '21', { Retired: true, Stopped: true }),
        car(111_000, '21', { Retired: true }),
        car(112_000, '21', { Retired: false, Stopped: false }),
      ),
    );
    const kinds = ['car-stopped', 'car-resumed', 'car-retired', 'car-reinstated'];
    const events = race.events.filter(({ type, atMs }) => kinds.includes(type) && atMs < 200_000);
    expect(events.map((event) => [event.type, event.atMs, 'car' in event ? event.car : ''])).toEqual([
      ['car-stopped', 100_000, '4'],
      ['car-resumed', 101_000, '4'],
      ['car-retired', 110_000, '21'],
      ['car-reinstated', 112_000, '21'],
    ]);
  });
  it('[J18] when the race is closed, who is not home is out, and who never left the garage did not start', () => {
    const short = [DRIVES[0], DRIVES[1], { ...DRIVES[2], laps: DRIVES[2]?.laps.slice(0, 2) ?? [] }] as typeof DRIVES;
    const lines = inOrder([
      ...openingLines(),
      [30, 'TimingData', row('55', wholeRow('55', 4))],
      ...driveLines(short),
      car(170_000, '4', { Stopped: true }),
      status(305_000, { Status: 'Finished' }),
      status(380_000, { Status: 'Finalised' }),
    ]);
    const { result, view } = resultOf(lines);
    expect(result.map((line) => [line.car, line.status, line.laps])).toEqual([
      ['7', 'classified', 4],
      ['21', 'classified', 4],
      ['4', 'did-not-finish', 2],
      ['55', 'did-not-start', 0],
    ]);
    expect(view.state.cars.find((each) => each.car === '4')?.outcome).toMatchObject({ atMs: 380_000 });
    const flagged = inOrder([...lines, ...['7', '21'].map((each) => car(304_000, each, { Status: 1088 }))]);
    expect(resultOf(flagged).result.map((line) => line.status)).toEqual([
      'classified',
      'classified',
      'did-not-finish',
      'did-not-start',
    ]);
    const unclosed = lines.filter(([, , data]) => JSON.stringify(data) !== '{"Status":"Finalised"}');
    expect(eventsOf(importLines(unclosed), 'car-retired')).toEqual([]);
  });
  it('[J49] a race whose end nobody tells is over with its distance, or when nobody crosses the line any more', () => {
    const short = [DRIVES[0], DRIVES[1], { ...DRIVES[2], laps: DRIVES[2]?.laps.slice(0, 2) ?? [] }] as typeof DRIVES;
    const driven = [...openingLines(), ...driveLines(short), car(170_000, '4', { Stopped: true })];
    const distance: ScriptLine = [50, 'LapCount', { CurrentLap: 1, TotalLaps: 4 }];
    const later = (ms: number) => car(ms, '21', { Sectors: { '0': { Value: '99.000' } } });
    const outcomeOf = (...more: readonly ScriptLine[]) => {
      const { view, result } = resultOf(inOrder([...driven, ...more]));
      return [view.state.chequeredAtMs !== undefined, result.at(-1)?.status];
    };
    expect(outcomeOf(distance)).toEqual([true, 'not-classified']);
    expect(outcomeOf(distance, later(560_000))).toEqual([true, 'did-not-finish']);
    expect(outcomeOf(later(560_000))).toEqual([true, 'did-not-finish']);
    expect(outcomeOf(later(400_000))).toEqual([false, 'classified']);
    expect(outcomeOf(later(560_000), status(320_000, { Status: 'Aborted' }))).toEqual([false, 'classified']);
  });
  it('[J9] places on the map and messages enter nobody; who is on the list of drivers alone did not start', () => {
    const places = { Position: [{ Entries: { '7': { X: 10, Y: 10 }, '241': { X: 20, Y: 20 } } }] };
    const listed: ScriptLine = [60, 'DriverList', { '55': { RacingNumber: '55', Tla: 'SIL', LastName: 'Silent' } }];
    const lines = raceLines(
      listed,
      [START_MS + 20_000, 'Position.z', deflateRawSync(JSON.stringify(places)).toString('base64')],
      on('RaceControlMessages')(30_000, {
        Messages: [{ Utc: '2031', Category: 'Other', Message: 'CAR 99 (ABC) NOTED' }],
      }),
    );
    const race = importLines(lines);
    expect(race.manifest.entries.map(({ car: number }) => number)).toEqual(['4', '7', '21', '55']);
    expect(told(race, 'position').map(({ car: number }) => number)).toEqual(['7']);
    expect(told(race, 'race-control-message')).toEqual([
      { atMs: 30_000, text: 'CAR 99 (ABC) NOTED', category: 'information' },
    ]);
    expect(told(race, 'car-not-starting').map(({ car: number }) => number)).toEqual(['55']);
  });
  it('[J18] a flag that is told late, and laps counted on the way to the grid, put nobody out', () => {
    const toGrid = ['7', '21', '4'].map(
      (each) => [START_MS - 30_000, 'TimingData', row(each, { NumberOfLaps: 3 })] as ScriptLine,
    );
    const lines = raceLines(...toGrid, status(340_000, { Status: 'Finished' }));
    const { result } = resultOf(lines);
    expect(result.map((line) => [line.status, line.laps])).toEqual(Array(3).fill(['classified', 4]));
    expect(eventsOf(importLines(lines), 'car-retired')).toEqual([]);
    expect(eventsOf(importLines(lines), 'passing').filter(({ loop }) => loop === 'SF')).toHaveLength(12);
  });
  it('[J19] the best laps of the feed are told', () => {
    const race = importLines(raceLines(car(154_000, '7', { BestLapTime: { Value: '1:14.423', Lap: 2 } })));
    expect(told(race, 'best-lap-reported')).toEqual([{ atMs: 154_000, car: '7', lapTimeMs: 74_423, lapNumber: 2 }]);
  });
  it('[J19] a best lap that gives way to a slower one, or to none, was deleted, and so was a quicker lap that never became one', () => {
    const slower = importLines(
      raceLines(
        car(154_000, '7', { BestLapTime: { Value: '1:14.423', Lap: 2 } }),
        car(230_000, '7', { BestLapTime: { Value: '1:14.130', Lap: 3 } }),
        car(240_000, '7', { BestLapTime: { Value: '1:14.423', Lap: 2 } }),
      ),
    );
    expect(told(slower, 'lap-invalidated')).toMatchObject([{ atMs: 240_000, car: '7', lapNumber: 3 }]);
    const none = importLines(
      raceLines(
        car(154_000, '7', { BestLapTime: { Value: '1:14.423', Lap: 2 } }),
        car(170_000, '7', { BestLapTime: { Value: '', _deleted: ['Lap'] } }),
      ),
    );
    expect(told(none, 'lap-invalidated')).toMatchObject([{ atMs: 170_000, car: '7', lapNumber: 2 }]);
    const uncounted = importLines(raceLines(car(154_000, '7', { BestLapTime: { Value: '1:14.423', Lap: 2 } })));
    expect(told(uncounted, 'lap-invalidated')).toMatchObject([{ car: '7', lapNumber: 3 }]);
  });
  it('[J19] race control names deleted laps by their time, else by their number', () => {
    const control = on('RaceControlMessages');
    const say = (ms: number, text: string) =>
      control(ms, { Messages: { [ms]: { Utc: `2031-05-04T12:${ms}`, Category: 'Other', Message: text } } });
    const race = importLines(
      raceLines(
        say(250_000, 'CAR 7 (OKE) TIME 1:14.130 DELETED - TRACK LIMITS AT TURN 3 LAP 4 14:13:20'),
        say(250_001, 'CAR 7 (OKE) TIME 1:14.130 DELETED - TRACK LIMITS AT TURN 5 LAP 4 14:13:30'),
        say(250_002, 'CAR 21 (BRI) LAP DELETED - TRACK LIMITS AT TURN 3 LAP 2 14:13:20 (PIT)'),
        say(250_003, 'CAR 99 (XXX) LAP DELETED - TRACK LIMITS AT TURN 3 LAP 2 14:13:20'),
      ),
    );
    expect(told(race, 'lap-invalidated')).toEqual([
      { atMs: 250_000, car: '7', lapNumber: 3, reason: 'TRACK LIMITS AT TURN 3' },
      { atMs: 250_002, car: '21', lapNumber: 2, reason: 'TRACK LIMITS AT TURN 3' },
    ]);
  });
  it('[J20] the state of the track is its flag; the virtual safety car stands until all is clear', () => {
    const states = ['2', '6', '7', '4', '3', '1', '5', '1'].map((state, index) =>
      track(10_000 + index, { Status: state }),
    );
    expect(told(importLines(raceLines(...states)), 'flag-changed').map(({ flag }) => flag)).toEqual(
      ['green', 'yellow', 'virtual-safety-car', 'safety-car', 'green', 'red', 'green', 'chequered'].slice(0, 7),
    );
  });
  it('[J20] the chequered flag is told once, by whoever says it first, and a race knows no other after it', () => {
    const checks: readonly ScriptLine[][] = [
      [status(299_000, { Status: 'Finished' })],
      [car(299_000, '7', { Status: 1088 })],
      [
        [
          START_MS + 299_000,
          'RaceControlMessages',
          { Messages: [{ Utc: 'x', Category: 'Flag', Flag: 'CHEQUERED', Scope: 'Track', Message: 'CHEQUERED FLAG' }] },
        ],
      ],
    ];
    for (const lines of [...checks, checks.flat()]) {
      const race = importLines(
        raceLines(...lines, status(300_000, { Status: 'Finished' }), track(301_000, { Status: '2' })),
      );
      expect(told(race, 'flag-changed')).toEqual([
        { atMs: 40 - START_MS, flag: 'green' },
        { atMs: 299_000, flag: 'chequered' },
      ]);
      expect(eventsOf(race, 'race-control-message').length).toBeLessThan(2);
    }
  });
  it('[J20] without a topic for the track, race control tells its state', () => {
    const control = (ms: number, fields: Record<string, unknown>): ScriptLine => [
      START_MS + ms,
      'RaceControlMessages',
      { Messages: { [ms]: { Utc: String(ms), Message: 'X', ...fields } } },
    ];
    const lines = raceLines(
      control(1000, { Category: 'SafetyCar', Status: 'DEPLOYED', Mode: 'SAFETY CAR' }),
      control(2000, { Category: 'Flag', Flag: 'RED', Scope: 'Track' }),
      control(3000, { Category: 'Flag', Flag: 'GREEN', Scope: 'Track' }),
      control(4000, { Category: 'SafetyCar', Status: 'DEPLOYED', Mode: 'VIRTUAL SAFETY CAR' }),
    );
    const without = lines.filter(([, topic]) => topic !== 'TrackStatus');
    expect(told(importLines(without), 'flag-changed').map(({ flag }) => flag)).toEqual([
      'safety-car',
      'red',
      'green',
      'virtual-safety-car',
    ]);
    expect(told(importLines(lines), 'flag-changed').map(({ flag }) => flag)).toEqual(['green']);
  });
  it('[J21] a race is stopped and started again as often as it is, and over at its end', () => {
    const race = importLines(
      raceLines(
        status(100_000, { Status: 'Aborted' }),
        status(110_000, { Status: 'Started' }),
        status(120_000, { Status: 'Aborted' }),
        status(130_000, { Status: 'Started' }),
        status(299_000, { Status: 'Finished' }),
      ),
    );
    expect(told(race, 'session-phase')).toEqual([
      { atMs: 0, phase: 'running' },
      { atMs: 100_000, phase: 'suspended' },
      { atMs: 110_000, phase: 'running' },
      { atMs: 120_000, phase: 'suspended' },
      { atMs: 130_000, phase: 'running' },
      { atMs: 370_000, phase: 'finished' },
      { atMs: 371_000, phase: 'closed' },
    ]);
    expect(race.manifest.startEpochMs).toBeDefined();
  });
  it('[J22] the distance may change, and two hours may end a race with a lap to go', () => {
    const race = importLines(
      raceLines([START_MS + 90_000, 'LapCount', { TotalLaps: 3 }], [START_MS + 91_000, 'LapCount', { CurrentLap: 2 }]),
    );
    expect(race.manifest.distance).toEqual({ laps: 3, lapsAfterTime: 1 });
  });
  it('[J8] the wall clock is that of the newest times, for old ones are told late', () => {
    const row0 = { Utc: '2031-05-04T11:58:57.000Z', TrackStatus: 'AllClear' };
    const series: ScriptLine[] = [
      [0, 'SessionData', { Series: [], StatusSeries: [row0] }],
      [
        START_MS,
        'SessionData',
        { StatusSeries: { '1': { Utc: '2031-05-04T12:10:00.000Z', SessionStatus: 'Started' } } },
      ],
    ];
    const race = importLines(raceLines(...series));
    expect(told(race, 'session-phase')[0]).toEqual({
      atMs: 0,
      phase: 'running',
      startEpochMs: Date.UTC(2031, 4, 4, 12, 10),
    });
  });
  it('[J22] the clock is told as it runs; that of a race that has not begun stands at nothing', () => {
    const clock = (ms: number, data: unknown): ScriptLine => [START_MS + ms, 'ExtrapolatedClock', data];
    const race = importLines(
      raceLines(
        clock(-9000, { Utc: '2031-05-04T12:09:51.000Z', Remaining: '00:00:00', Extrapolating: false }),
        clock(-8000, { Remaining: '02:00:00' }),
        clock(1000, { Remaining: '01:59:59', Extrapolating: true }),
        clock(1001, { Remaining: '01:59:59' }),
      ),
    );
    expect(told(race, 'clock')).toEqual([
      { atMs: -8000, running: false, remainingMs: 7_200_000 },
      { atMs: 1000, running: true, remainingMs: 7_199_000 },
    ]);
    expect(race.events.find(({ type }) => type === 'session-phase')).toMatchObject({
      startEpochMs: Date.UTC(2031, 4, 4, 12, 10),
    });
  });
});
