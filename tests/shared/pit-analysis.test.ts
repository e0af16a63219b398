import { driveTimesOf } from '@pitboard/shared/analysis/drive-time.ts';
import { flagPhase, raceSpeedShare, raceTimeMs } from '@pitboard/shared/analysis/flag-phase.ts';
import { netOrder } from '@pitboard/shared/analysis/pit-cycle.ts';
import { expectedStop, learntPitLossMs, pitLossMs } from '@pitboard/shared/analysis/pit-loss.ts';
import { usualPitTimeMs } from '@pitboard/shared/analysis/pit-time.ts';
import { rejoinOf } from '@pitboard/shared/analysis/rejoin.ts';
import { stintsOf } from '@pitboard/shared/analysis/stints.ts';
import { TRACK_FLAGS } from '@pitboard/shared/domain/flag.ts';
import type { RaceView } from '@pitboard/shared/race/race-view.ts';
import { createRaceTimeline } from '@pitboard/shared/timeline/race-timeline.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aManifest, numbered } from '../builders.ts';
import { aLineOf, driveWithStops } from '../pit-race.ts';
import { aRace, type RaceScript } from '../race-script.ts';
import { randomRace } from '../random-race.ts';

const CREW = [
  { car: '1', startingDriver: 'ann', drivers: ['ann', 'bob'].map((id) => ({ id, lastName: id })) },
  { car: '2', drivers: [] },
  { car: '3', drivers: [] },
];

describe('P. Pit', () => {
  it('[P8] what a stop has cost is measured by the pace of its own time and stays, whatever laps follow', () => {
    // Dry laps of 90 s, a stop, then a wet race of 120 s a lap.
    const race = aRace().start();
    driveWithStops(race, '1', { fromS: 0, laps: 6, stops: { 5: 40 } });
    const endS = 570;
    for (let lap = 1; lap <= 20; lap++) race.cross('1', 'SF', endS + 120 * lap);
    const visit = race.timeline().history.visits.get('1')?.[0];
    expect(visit && pitLossMs(race.view(481), visit)).toBe(30_000);
    expect(visit && pitLossMs(race.view(3000), visit)).toBe(30_000);
    expect(learntPitLossMs(race.view(3000))).toBe(30_000);
  });

  it('[P8] a drive-through teaches nothing about stops', () => {
    const race = aRace().start();
    race.fact({ ...aPenalty(), atMs: 300_000, state: 'given' }, { ...aPenalty(), atMs: 380_000, state: 'served' });
    driveWithStops(race, '1', { fromS: 0, laps: 12, stops: { 5: 20, 9: 50 } });
    expect(learntPitLossMs(race.view(500))).toBeUndefined();
    expect(learntPitLossMs(race.view(1200))).toBe(40_000);
  });

  it('[P8] where the rules ask for stops, others teach nothing', () => {
    const race = aRace({ pitRules: { mandatoryStops: 1, windowOpensMs: 600_000 } }).start();
    driveWithStops(race, '1', { fromS: 0, laps: 14, stops: { 4: 100, 9: 50 } });
    expect(learntPitLossMs(race.view(500))).toBeUndefined();
    expect(learntPitLossMs(race.view(1400))).toBe(40_000);
  });

  it('[P8] in-lap and out-lap are each compared with the driver who drove them', () => {
    // Ann laps in 90 s and Bob in 94, four laps each; Ann brings the car in and Bob takes it out.
    const race = aRace({ entries: CREW })
      .start()
      .driver('1', 'bob', 361)
      .driver('1', 'ann', 737)
      .driver('1', 'bob', 840);
    let line = 0;
    for (const lapS of [0, 90, 90, 90, 90, 94, 94, 94, 94, 100, 114]) {
      line += lapS;
      race.cross('1', 'SF', line);
    }
    const visit = race.pitIn('1', 830).pitOut('1', 860).timeline().history.visits.get('1')?.[0];
    expect(visit && pitLossMs(race.view(1000), visit)).toBe(30_000);
  });

  it('[P12] a stint counts its laps by the worst flag that each saw', () => {
    const race = aRace().start().flag('safety-car', 100).flag('green', 130).flag('yellow', 500);
    driveWithStops(race, '1', { fromS: 0, laps: 6, stops: { 4: 40 } });
    // Each lap once: four in the stint that the stop ended, the one of the stop with it.
    expect(stintsOf(race.view(600), '1').map((stint) => stint.lapsByFlag)).toEqual([
      { green: 3, 'safety-car': 1 },
      { green: 1, yellow: 1 },
    ]);
    expect(stintsOf(race.view(150), '1').map((stint) => stint.lapsByFlag)).toEqual([{ green: 1 }]);
  });

  it('[P14] a stop just made counts before a loop shows it, for the car and against it', () => {
    const rules = { mandatoryStops: 1, windowOpensMs: 0, windowClosesMs: 500_000 };
    const race = aLineOf([0, 5, 10, 30, 40], 20_000, { pitRules: rules }).pitIn('1', 95).pitOut('1', 120);
    const net = (seconds: number) => netOrder(race.view(seconds)).map(({ car, netGapMs }) => [car, netGapMs]);
    const paid = [
      ['2', 0],
      ['1', 0],
      ['3', 5000],
      ['4', 25_000],
      ['5', 35_000],
    ];
    // 25 s in the lane against 20 owed by all others: even with car 2, from the exit on as after the next loop.
    expect(net(131).toSorted()).toEqual(paid.toSorted());
    race.cross('2', 'S1', 140).cross('1', 'S1', 160).cross('3', 'S1', 145).cross('4', 'S1', 165).cross('5', 'S1', 175);
    expect(net(176).toSorted()).toEqual(paid.toSorted());
  });

  it('[P14] a visit outside the window pays for nothing', () => {
    const rules = { mandatoryStops: 1, windowOpensMs: 400_000, windowClosesMs: 500_000 };
    const net = (opens: number) => {
      const race = aLineOf([0, 5, 10], 20_000, { pitRules: { ...rules, windowOpensMs: opens } }).pitIn('1', 95);
      return netOrder(race.view(102)).find(({ car }) => car === '2')?.netGapMs;
    };
    // In the lane car 1 is foreseen 20 s down, and owes those 20 or, outside the window, another stop.
    expect(net(90_000)).toBe(5000);
    expect(net(400_000)).toBe(0);
  });

  it('[P14] who is home owes nothing, and laps behind stay time', () => {
    const race = aLineOf([0, 5, 10, 30], 20_000, { pitRules: { mandatoryStops: 1 } });
    race.cross('1', 'SF', 181).cross('2', 'SF', 187).flag('chequered', 181).cross('3', 'SF', 192);
    const net = netOrder(race.view(280)).map(({ car, netGapMs }) => [car, netGapMs]);
    // Car 4 is a lap down, 99 s after car 1 came by, and still owes its stop.
    expect(net).toEqual([
      ['1', 0],
      ['2', 6000],
      ['3', 11_000],
      ['4', 119_000],
    ]);
  });

  it('[P14] nor does one for a penalty', () => {
    const race = aLineOf([0, 5, 10], 20_000, { pitRules: { mandatoryStops: 1 } })
      .pitIn('1', 95)
      .pitOut('2', 95);
    const net = () => netOrder(race.view(102)).map(({ car, netGapMs }) => [car, netGapMs]);
    expect(net()).toEqual([
      ['1', 0],
      ['2', 5000],
      ['3', 10_000],
    ]);
    // So far it has spent 7 s, and what a drive-through takes is not known yet.
    race.fact({ ...aPenalty(), atMs: 94_000, state: 'given' });
    expect(net()).toEqual([
      ['2', 0],
      ['1', 2000],
      ['3', 5000],
    ]);
  });

  it('[P14] equal net times stand as on the road', () => {
    const race = aLineOf([0, 20, 20, 40], 20_000, { pitRules: { mandatoryStops: 1 } })
      .pitIn('3', 42)
      .pitOut('3', 60);
    expect(netOrder(race.view(131)).map(({ car }) => car)).toEqual(['1', '3', '2', '4']);
    expect(netOrder(aLineOf([0, 0, 0], 20_000).view(131)).map(({ netGapMs }) => netGapMs)).toEqual([0, 0, 0]);
  });
});

function aPenalty() {
  return { type: 'penalty', id: 'p1', car: '1', sanction: { kind: 'drive-through' } } as const;
}

describe('P. Pit: flag phases', () => {
  it('[P15] every flag has its phase', () => {
    const slow = TRACK_FLAGS.filter((flag) => flagPhase(flag) !== 'green');
    expect(slow).toEqual([
      'yellow',
      'double-yellow',
      'slow-zone',
      'virtual-safety-car',
      'full-course-yellow',
      'code-60',
      'safety-car',
    ]);
    expect(new Set(TRACK_FLAGS.map(flagPhase)).size).toBe(4);
  });

  /** Laps of 90 s, six of 180 s under the flag from 450 s to 1530 s. */
  function slowed(flag: 'yellow' | 'full-course-yellow'): RaceScript {
    const race = aRace().start();
    driveWithStops(race, '1', { fromS: 0, laps: 5, stops: {} });
    race.flag(flag, 450);
    for (let lap = 1; lap <= 6; lap++) race.cross('1', 'SF', 450 + 180 * lap);
    return race.flag('green', 1531);
  }

  it('[P15] the share of race speed is measured from laps wholly under the flag, by phase', () => {
    const race = slowed('full-course-yellow');
    expect(raceSpeedShare(race.view(1000), 'full-course-yellow')).toBe(0.5);
    // Under yellow for the whole track some go on racing and others follow a pace car: the laps tell.
    expect(raceSpeedShare(slowed('yellow').view(1000), 'yellow')).toBe(1);
    expect(raceSpeedShare(slowed('yellow').view(1500), 'yellow')).toBe(0.5);
    const view = aRaceAtShare(0.4).view(3000);
    expect(raceSpeedShare(view, 'safety-car')).toBeCloseTo(0.4);
    expect(raceSpeedShare(view, 'full-course-yellow')).toBe(0.5);
    expect(raceSpeedShare(view, 'green')).toBe(1);
    // The lap that saw the flag come out does not count, and four are too few.
    expect(raceSpeedShare(aRaceAtShare(0.4).view(450 + 4 * 225 + 1), 'safety-car')).toBe(0.6);
  });

  function aRaceAtShare(share: number): RaceScript {
    const race = aRace().start();
    driveWithStops(race, '1', { fromS: 0, laps: 5 });
    // The flag comes a second before the end of a lap.
    race.flag('safety-car', 449);
    for (let lap = 1; lap <= 6; lap++) race.cross('1', 'SF', 450 + (90 / share) * lap);
    return race;
  }

  it('[P15] a stop under a flag costs its share of the time, less what the others take past the lane', () => {
    const race = aRaceAtShare(0.4);
    driveWithStops(race, '2', { fromS: 3, laps: 4, stops: { 4: 60 } });
    const view = race.view(3000);
    // In the lane for 60 s, of which 10 are driven on the track too: 50 green, 0.4 × 60 − 10 = 14 behind the safety car.
    expect(learntPitLossMs(view)).toBe(50_000);
    expect(learntPitLossMs(view, 'green')).toBe(50_000);
    expect(learntPitLossMs(view, 'safety-car')).toBe(14_000);
    expect(learntPitLossMs(view, 'virtual-safety-car')).toBe(20_000);
    expect(learntPitLossMs(view, 'red')).toBe(50_000);
    expect(expectedStop(view, { car: '1', atMs: 3_000_000, lap: 12 })).toMatchObject({ lossMs: 14_000 });
  });

  it('[P15] what of a visit passed under which flag counts by that', () => {
    const race = aRaceAtShare(0.4);
    driveWithStops(race, '2', { fromS: 3, laps: 4, stops: { 4: 60 } });
    // Half a minute before the flag, half under it: 30 + 0.4 × 30 − 10.
    expect(expectedStop(race.view(3000), { car: '1', atMs: 419_000, lap: 5 })).toMatchObject({ lossMs: 32_000 });
  });

  it('[P15] the net order charges what a stop costs under the flag that is out, and shrinks gaps alike', () => {
    const race = aLineOf([0, 5, 30], 20_000, { pitRules: { mandatoryStops: 1 } })
      .pitIn('1', 42)
      .pitOut('1', 60);
    race.cross('1', 'S1', 125).cross('3', 'S1', 155).flag('safety-car', 131);
    // Car 2 is due at the next loop since 125 s: 6 s of racing and 10 behind the safety car, at 0.6, and 12 for its stop.
    expect(netOrder(race.view(141)).map(({ car, netGapMs }) => [car, netGapMs])).toContainEqual(['2', 24_000]);
  });

  it('[P15] before a stop has shown it the map of the circuit tells the way past the lane, and no loss is below 0', () => {
    const circuit = { ...aManifest().circuit, pitLane: { lossMs: 5000, entryMetres: 3800, exitMetres: 400 } };
    const race = aRace({ circuit }).start().laps('1', 1, 101, 201);
    expect(learntPitLossMs(race.view(210), 'safety-car')).toBe(0);
    const long = aRace({ circuit: { ...circuit, pitLane: { ...circuit.pitLane, lossMs: 50_000 } } }).start();
    // 600 of 4000 metres at 100 s a lap: 15 s. 0.6 × (50 + 15) − 15.
    expect(learntPitLossMs(long.laps('1', 1, 101, 201).view(210), 'safety-car')).toBe(24_000);
    expect(learntPitLossMs(long.view(90), 'safety-car')).toBe(30_000);
  });

  it('[P15] time under a flag counts by its share, and none under red', () => {
    const view = slowed('full-course-yellow').flag('red', 1600).flag('green', 1700).view(2000);
    expect(raceTimeMs(view, 400_000, 450_000)).toBe(50_000);
    expect(raceTimeMs(view, 440_000, 470_000)).toBeCloseTo(20_000, 0);
    expect(raceTimeMs(view, 1_590_000, 1_710_000)).toBe(20_000);
    expect(raceTimeMs(slowed('full-course-yellow').view(500), 450_000, 470_000)).toBe(10_000);
  });
});

describe('P. Pit: what kind of stop', () => {
  /** Stops of 20 s and 2 s a lap, after 5, 11 and 16 laps, the lap of the stop counted, by the cars 1 and 2. */
  function thirsty(more: Parameters<typeof aRace>[0] = {}): RaceScript {
    const race = aRace(more).start();
    driveWithStops(race, '1', { fromS: 0, laps: 40, stops: { 5: 30, 15: 42, 30: 52 } });
    return driveWithStops(race, '2', { fromS: 5, laps: 40, stops: { 5: 30, 15: 42, 30: 52 } });
  }
  const END_MS = 3_700_000;
  const usual = (race: RaceScript, lap: number) =>
    usualPitTimeMs(race.view(END_MS / 1000), { car: '1', atMs: END_MS, lap });

  it('[P18] pit time grows with the laps since the last stop, as this race has shown', () => {
    expect(usual(thirsty(), 41)).toBe(44_000);
    expect(usual(thirsty(), 36)).toBe(34_000);
    expect(usualPitTimeMs(thirsty().view(300), { car: '1', atMs: 300_000, lap: 4 })).toBeUndefined();
    // Fewer than five stops: their median, for any length.
    expect(usualPitTimeMs(thirsty().view(500), { car: '1', atMs: 500_000, lap: 7 })).toBe(30_000);
  });

  it('[P18] nobody fills up for more than is left to drive', () => {
    const race = thirsty({ distance: { durationMs: END_MS + 5 * 90_000 } });
    expect(usual(race, 41)).toBe(30_000);
    expect(usual(thirsty({ distance: { laps: 46 } }), 41)).toBe(30_000);
    expect(usual(thirsty({ distance: { durationMs: 2 * END_MS } }), 41)).toBe(44_000);
  });

  it('[P18] nobody fills up on a drive-through', () => {
    const race = aRace().start();
    for (const [car, fromS] of [['1', 0] as const, ['2', 5] as const]) {
      driveWithStops(race, car, { fromS, laps: 40, stops: { 5: 30, 15: 42, 20: 22, 30: 52 } });
      race.fact({ ...aPenalty(), car, atMs: 1_700_000, state: 'given' });
    }
    const entry = { car: '1', atMs: 3_800_000, lap: 41 };
    expect(usualPitTimeMs(race.view(3800), entry)).toBe(44_000);
    race.fact({ ...aPenalty(), id: 'p2', atMs: 3_790_000, state: 'given' });
    expect(usualPitTimeMs(race.view(3800), entry)).toBe(22_000);
  });

  it('[P18] a stop that is owed takes the minimum at least', () => {
    const race = thirsty({ pitRules: { mandatoryStops: 4, minimumPitTimeMs: 25_000 } });
    const usualAt = (seconds: number, lap: number) =>
      usualPitTimeMs(race.view(seconds), { car: '1', atMs: seconds * 1000, lap });
    expect(usualAt(300, 4)).toBe(25_000);
    expect(usualAt(3700, 41)).toBe(44_000);
    expect(usualAt(3700, 30)).toBe(25_000);
    expect(usual(thirsty({ pitRules: { mandatoryStops: 3, minimumPitTimeMs: 25_000 } }), 30)).toBe(22_000);
  });

  it('[P18] a class with stops enough is judged by its own', () => {
    const cars = ['1', '2'].map((car) => ({ car, class: car, drivers: [] }));
    const race = aRace({ entries: cars }).start();
    driveWithStops(race, '1', { fromS: 0, laps: 30, stops: { 5: 40, 10: 40, 15: 40, 20: 40, 25: 40 } });
    driveWithStops(race, '2', { fromS: 5, laps: 30, stops: { 5: 60, 10: 60, 15: 60, 20: 60, 25: 60 } });
    const usualOf = (car: string, seconds: number) =>
      usualPitTimeMs(race.view(seconds), { car, atMs: seconds * 1000, lap: 31 });
    expect([usualOf('1', 3000), usualOf('2', 3000)]).toEqual([40_000, 60_000]);
    expect([usualOf('1', 1500), usualOf('2', 1500)]).toEqual([50_000, 50_000]);
  });

  it('[P18] a repair moves nothing', () => {
    const race = thirsty();
    driveWithStops(race, '3', { fromS: 9, laps: 10, stops: { 7: 900 } });
    expect(usual(race, 41)).toBe(44_000);
  });

  it('[P18] a car with a penalty in the lane to serve comes in for that', () => {
    const race = thirsty();
    race.fact({ ...aPenalty(), atMs: END_MS - 5000, state: 'given' });
    const entry = { car: '1', atMs: END_MS, lap: 41 };
    // No drive-through so far: the quickest visit.
    expect(expectedStop(race.view(3700), entry)).toMatchObject({ kind: 'drive-through', pitTimeMs: 30_000 });
    race.fact({ ...aPenalty(), car: '2', atMs: 1_000_000, state: 'given' });
    // The one visit that followed, though nobody said that it served.
    expect(expectedStop(race.view(3700), entry)).toMatchObject({ kind: 'drive-through', pitTimeMs: 42_000 });
    expect(expectedStop(race.view(3694), entry)?.kind).toBe('stop');
    race.fact({ ...aPenalty(), atMs: END_MS - 1000, state: 'withdrawn' });
    expect(expectedStop(race.view(3700), entry)?.kind).toBe('stop');
  });
});

describe('R. Recordings and replay', () => {
  it('[R6] what is said of the pits follows from facts up to then alone', () => {
    const told = (view: RaceView) => ({
      net: netOrder(view),
      losses: TRACK_FLAGS.map((flag) => learntPitLossMs(view, flag)),
      cars: view.state.order.map((car) => [rejoinOf(view, car), driveTimesOf(view, car), stintsOf(view, car)]),
    });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e9 }), fc.integer({ min: 0, max: 700_000 }), (seed, atMs) => {
        const { manifest, events } = randomRace(seed, 700_000);
        const facts = events.filter((event) => event.type !== 'passing-withdrawn');
        const whole = createRaceTimeline(manifest);
        whole.append(numbered(facts.map(({ seq: _seq, ...fact }) => fact)));
        whole.viewAt(9e9);
        const known = createRaceTimeline(manifest);
        known.append(numbered(facts.flatMap(({ seq: _seq, ...fact }) => (fact.atMs <= atMs ? [fact] : []))));
        expect(told(whole.viewAt(atMs))).toEqual(told(known.viewAt(atMs)));
      }),
      { numRuns: 25 },
    );
  });
});
