import { netOrder, pitCycleState, stopsOwed, windowState } from '@pitboard/shared/analysis/pit-cycle.ts';
import { learntPitLossMs, pitLossMs } from '@pitboard/shared/analysis/pit-loss.ts';
import { stintsOf } from '@pitboard/shared/analysis/stints.ts';
import { describe, expect, it } from 'vitest';
import { aManifest } from '../builders.ts';
import { aRace, type RaceScript } from '../race-script.ts';

const CREWS = ['1', '2', '3'].map((car) => ({
  car,
  startingDriver: `a${car}`,
  drivers: [`a${car}`, `b${car}`].slice(0, car === '3' ? 1 : 2).map((id) => ({ id, lastName: id })),
}));
const RULES = {
  mandatoryStops: 1,
  windowOpensMs: 100_000,
  windowClosesMs: 400_000,
  minimumPitTimeMs: 40_000,
  driverChangeRequired: true,
};
const RULED = { entries: CREWS, pitRules: RULES };

/** A stop over the line in the lane: in at 175, line at 190, out at 225. */
function acrossTheLine(race: RaceScript): RaceScript {
  return race
    .start()
    .laps('1', 1, 91)
    .cross('1', 'S1', 121)
    .cross('1', 'S2', 151)
    .pitIn('1', 175)
    .cross('1', 'SF', 190)
    .pitOut('1', 225);
}

describe('P. Pit', () => {
  it('[P1] pit time is entry to exit, over a crossing of the line in the lane', () => {
    const race = acrossTheLine(aRace());
    expect(race.car('1', 200)).toMatchObject({ status: 'in-pit', pitEntryAtMs: 175_000, lapsCompleted: 2, stops: 0 });
    expect(race.car('1', 230)).toMatchObject({
      status: 'running',
      stops: 1,
      lastPitTimeMs: 50_000,
      pitTimeTotalMs: 50_000,
    });
    expect(race.car('1', 230).pitEntryAtMs).toBeUndefined();
  });

  it('[P1] a driver change inside does not break the clock', () => {
    const race = acrossTheLine(aRace({ entries: CREWS })).driver('1', 'b1', 200);
    race.fact(
      { type: 'pit-stationary', atMs: 210_000, car: '1', durationMs: 21_000 },
      { type: 'tyres-changed', atMs: 205_000, car: '1', compound: 'soft' },
    );
    race.fact({ type: 'car-stopped', atMs: 201_000, car: '1' });
    expect(race.car('1', 230)).toMatchObject({ driver: 'b1', lastPitTimeMs: 50_000, tyre: 'soft', status: 'running' });
    const visit = race.timeline().history.visits.get('1')?.[0];
    expect(visit).toMatchObject({
      driverBefore: 'a1',
      driverAfter: 'b1',
      pitTimeMs: 50_000,
      stationaryMs: 21_000,
      lap: 2,
      exitLap: 2,
    });
  });

  it('[P2] a second entry is a repeat', () => {
    const race = aRace().start().laps('1', 1, 91).pitIn('1', 100).pitIn('1', 110).pitOut('1', 150);
    expect(race.car('1', 160)).toMatchObject({ stops: 1, lastPitTimeMs: 50_000 });
    expect(race.timeline().history.visits.get('1')).toHaveLength(1);
  });

  it('[P3] driving in after the flag is no stop', () => {
    const race = aRace().start().laps('1', 1, 91).flag('chequered', 91).pitIn('1', 170).pitOut('1', 190);
    expect(race.car('1', 200)).toMatchObject({ status: 'finished', stops: 0, isInLap: false });
    expect(stintsOf(race.view(200), '1')).toHaveLength(1);
  });

  it('[P4] with the line in the lane there is an in-lap and an out-lap', () => {
    const race = acrossTheLine(aRace()).cross('1', 'SF', 290).cross('1', 'SF', 380);
    const laps = race.timeline().history.laps.get('1') ?? [];
    expect(laps.map(({ isInLap, isOutLap }) => [isInLap, isOutLap])).toEqual([
      [false, false],
      [true, false],
      [false, true],
      [false, false],
    ]);
  });

  it('[P4] with the lane behind the line one lap is both', () => {
    const race = aRace()
      .start()
      .laps('1', 1, 91)
      .pitIn('1', 95)
      .pitOut('1', 140)
      .cross('1', 'SF', 225)
      .cross('1', 'SF', 315);
    const laps = race.timeline().history.laps.get('1') ?? [];
    expect(laps.map(({ isInLap, isOutLap }) => [isInLap, isOutLap])).toEqual([
      [false, false],
      [true, true],
      [false, false],
    ]);
    expect(race.car('1', 400).bestLapNumber).toBe(3);
  });

  it('[P4] a crossing that the feed puts in the lane ends an in-lap', () => {
    const race = aRace().start().laps('1', 1, 91).cross('1', 'SF', 181, { inPitLane: true });
    expect(race.car('1', 190).bestLapTimeMs).toBeUndefined();
  });

  it('[P5] a start from the lane is no stop', () => {
    const race = aRace().start().pitOut('1', 10).laps('1', 12, 105);
    expect(race.car('1', 110)).toMatchObject({ stops: 0, status: 'running' });
  });

  it.each([
    { why: 'in the window, long enough, with a new driver', inAt: 175, outAt: 225, driver: 'b1', counts: true },
    { why: 'before the window', inAt: 95, outAt: 145, driver: 'b1', counts: false },
    { why: 'entered on its last moment', inAt: 400, outAt: 450, driver: 'b1', counts: true },
    { why: 'after the window', inAt: 400.001, outAt: 450, driver: 'b1', counts: false },
    { why: 'too short', inAt: 175, outAt: 214.999, driver: 'b1', counts: false },
    { why: 'with the same driver', inAt: 175, outAt: 225, driver: 'a1', counts: false },
  ])('[P6] a stop $why: mandatory $counts', ({ inAt, outAt, driver, counts }) => {
    const race = aRace(RULED)
      .start()
      .laps('1', 1, 91)
      .pitIn('1', inAt)
      .driver('1', driver, inAt + 10)
      .pitOut('1', outAt);
    expect(race.car('1', 500)).toMatchObject({ stops: 1, stopsServed: counts ? 1 : 0 });
    expect(race.timeline().history.visits.get('1')?.[0]?.mandatory).toBe(counts);
  });

  it('[P6] a crew of one stops without a change, and more stops than asked for are none', () => {
    const race = aRace(RULED)
      .start()
      .laps('3', 1, 91)
      .pitIn('3', 120)
      .pitOut('3', 165)
      .pitIn('3', 220)
      .pitOut('3', 270);
    expect(race.car('3', 300)).toMatchObject({ stops: 2, stopsServed: 1 });
  });

  it('[P6] what one stop saw does not count for the next', () => {
    const race = aRace(RULED).start().laps('1', 1, 91).pitIn('1', 40).driver('1', 'b1', 50).pitOut('1', 85);
    race.fact({ type: 'pit-stationary', atMs: 60_000, car: '1', durationMs: 20_000 }).pitIn('1', 175).pitOut('1', 225);
    expect(race.car('1', 300)).toMatchObject({ stops: 2, stopsServed: 0 });
    expect(
      race
        .timeline()
        .history.visits.get('1')
        ?.map((visit) => visit.stationaryMs),
    ).toEqual([20_000, undefined]);
  });

  it('[P6] a driver change outside the lane does not count for the stop', () => {
    const race = aRace(RULED).start().laps('1', 1, 91).driver('1', 'b1', 110).pitIn('1', 175).pitOut('1', 225);
    expect(race.car('1', 300)).toMatchObject({ stops: 1, stopsServed: 0, driver: 'b1' });
  });

  it('[P7] stops are owed until served, by nobody who is out or home', () => {
    const race = aRace(RULED).start().laps('1', 1, 91).laps('2', 2, 93).laps('3', 3, 95);
    race.pitIn('1', 150).driver('1', 'b1', 160).pitOut('1', 200).retire('2', 210);
    const states = (seconds: number) =>
      ['1', '2', '3'].map((car) => [stopsOwed(race.view(seconds), car), pitCycleState(race.view(seconds), car)]);
    expect(states(100)).toEqual([
      [1, 'owes'],
      [1, 'owes'],
      [1, 'owes'],
    ]);
    expect(states(170)).toEqual([
      [1, 'in-lane'],
      [1, 'owes'],
      [1, 'owes'],
    ]);
    expect(states(300)).toEqual([
      [0, 'served'],
      [0, 'none'],
      [1, 'owes'],
    ]);
    expect(pitCycleState(race.view(401), '3')).toBe('missed');
    expect(stopsOwed(race.laps('3', 450).flag('chequered', 450).view(460), '3')).toBe(0);
  });

  it('[P8] a stop costs its in-lap and out-lap less two clean laps', () => {
    // Clean laps of 90 s, an in-lap of 105 s and an out-lap of 115 s: 40 s.
    const race = aRace({ circuit: { ...aManifest().circuit, pitLane: { lossMs: 12_345 } } });
    race.start().laps('1', 1, 91, 181, 271, 376, 491, 581).pitIn('1', 365).pitOut('1', 410);
    expect(learntPitLossMs(race.view(480))).toBe(12_345);
    expect(learntPitLossMs(race.view(500))).toBe(40_000);
    const visit = race.timeline().history.visits.get('1')?.[0];
    expect(visit && pitLossMs(race.view(600), visit)).toBe(40_000);
    expect(learntPitLossMs(race.flag('safety-car', 400).view(600))).toBe(12_345);
  });

  it('[P8] where the lane does not cross the line one lap tells it', () => {
    const race = aRace().start().laps('1', 1, 91, 181, 271, 401, 491).pitIn('1', 275).pitOut('1', 320);
    expect(learntPitLossMs(race.view(450))).toBe(40_000);
  });

  it('[P9] the net order charges each owed stop', () => {
    const manifest = { ...RULED, circuit: { ...aManifest().circuit, pitLane: { lossMs: 50_000 } } };
    const race = aRace(manifest).start().laps('2', 1, 91).laps('3', 2, 100).laps('1', 3, 90);
    race
      .pitIn('1', 150)
      .driver('1', 'b1', 160)
      .pitOut('1', 200)
      .cross('2', 'S1', 121)
      .cross('3', 'S1', 130)
      .cross('1', 'S1', 205);
    const view = race.cross('2', 'S2', 210).view(210);
    expect(view.state.order).toEqual(['2', '3', '1']);
    // Car 1 has paid: 84 s back against 50 s owed, and 3 is 9 s behind 2, both to stop.
    expect(netOrder(view).map(({ car, netGapMs }) => [car, netGapMs])).toEqual([
      ['2', 0],
      ['3', 9000],
      ['1', 34_000],
    ]);
    const close = aRace(manifest)
      .start()
      .laps('2', 1, 91)
      .laps('3', 2, 100)
      .laps('1', 3, 92)
      .pitIn('1', 101)
      .driver('1', 'b1', 110)
      .pitOut('1', 142);
    close.cross('2', 'S1', 121).cross('3', 'S1', 130).cross('1', 'S1', 160);
    expect(netOrder(close.view(160)).map(({ car, netGapMs }) => [car, netGapMs])).toEqual([
      ['1', 0],
      ['2', 11_000],
      ['3', 20_000],
    ]);
  });

  it.each([
    { owing: 1, lossMs: 20_000, place: 3 },
    { owing: 1, lossMs: 3_000, place: 2 },
    { owing: 0, lossMs: 20_000, place: 3 },
    { owing: 0, lossMs: 4_999, place: 1 },
    { owing: 3, lossMs: 9_000, place: 4 },
    { owing: 4, lossMs: 20_000, place: 5 },
  ])('[P9] of gaps 0, 5, 10, 30, 40 car $owing with $lossMs ms to pay is $place', ({ owing, lossMs, place }) => {
    const cars = ['1', '2', '3', '4', '5'];
    const circuit = { ...aManifest().circuit, pitLane: { lossMs } };
    const race = aRace({
      circuit,
      entries: cars.map((car) => ({ car, drivers: [] })),
      pitRules: { mandatoryStops: 1 },
    }).start();
    [0, 5, 10, 30, 40].forEach((gap, index) => {
      const car = cars[index] as string;
      if (index !== owing) race.pitIn(car, 42).pitOut(car, 60);
      race.cross(car, 'SF', 91 + gap);
    });
    const net = netOrder(race.view(131));
    expect(net.find(({ car }) => car === cars[owing])).toMatchObject({ netPosition: place });
    expect(net.map(({ netPosition }) => netPosition)).toEqual([1, 2, 3, 4, 5]);
  });

  it('[P10] the window is closed, open, closing, shut', () => {
    const kinds = [99.9, 100, 279.9, 280, 400, 400.1].map((seconds) => windowState(aRace(RULED).view(seconds)).kind);
    expect(kinds).toEqual(['closed', 'open', 'open', 'closing', 'closing', 'shut']);
    expect(windowState(aRace().view(100))).toEqual({ kind: 'none' });
    expect(windowState(aRace(RULED).view(90))).toEqual({ kind: 'closed', opensInMs: 10_000 });
  });

  it('[P11] stints lie between stops and meet without a lap lost or told twice', () => {
    const race = acrossTheLine(aRace({ entries: CREWS }))
      .driver('1', 'b1', 200)
      .cross('1', 'SF', 290)
      .cross('1', 'SF', 380);
    expect(stintsOf(race.view(400), '1')).toMatchObject([
      { number: 1, driver: 'a1', fromLap: 1, toLap: 2, startMs: 0, endMs: 175_000 },
      { number: 2, driver: 'b1', fromLap: 3, toLap: 4, startMs: 225_000, endMs: undefined },
    ]);
    expect(stintsOf(race.view(180), '1')).toMatchObject([{ fromLap: 1, toLap: 1, endMs: 175_000 }]);
    expect(stintsOf(race.retire('1', 410).view(420), '1').at(-1)).toMatchObject({ toLap: 4, endMs: 410_000 });
  });

  it('[P20] stops that only the feed saw count, and those that were seen are never taken away', () => {
    const race = aRace().start().fact({ type: 'stops-reported', atMs: 5000, car: '1', stops: 2 });
    race.pitIn('1', 60).pitOut('1', 90).fact({ type: 'stops-reported', atMs: 95_000, car: '1', stops: 1 });
    expect([4, 6, 70, 91, 96].map((seconds) => race.car('1', seconds).stops)).toEqual([0, 2, 2, 3, 3]);
    expect(race.timeline().history.visits.get('1')).toMatchObject([{ number: 3 }]);
  });
});
