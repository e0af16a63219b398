import type { Gap, GapProvenance } from '@pitboard/shared/domain/gap.ts';
import { gapInClass, gapTo, gapToLeader, intervalAhead } from '@pitboard/shared/race/gaps.ts';
import { describe, expect, it } from 'vitest';
import { aRace, type RaceScript } from '../race-script.ts';

const time = (seconds: number, provenance: GapProvenance = 'measured'): Gap => ({
  kind: 'time',
  ms: Math.round(seconds * 1000),
  provenance,
});

type Claim = { readonly to?: 'leader' | 'car-ahead'; readonly ms?: number; readonly laps?: number };

function claim(race: RaceScript, car: string, seconds: number, { to = 'leader', ...more }: Claim): RaceScript {
  return race.fact({ type: 'gap-reported', atMs: seconds * 1000, car, to, ...more });
}

/** 1 and 2 at the line at 91 and 93.25 s. */
const two = () => aRace().start().laps('1', 0.5, 91).laps('2', 2, 93.25);

/** 1 is read at S1 alone, 2 at S2 alone: they never cross the same loop. */
function unshared(): RaceScript {
  const race = aRace().start().cross('1', 'S1', 31).cross('1', 'S1', 121).cross('1', 'S1', 211);
  return race.cross('2', 'S2', 65).cross('2', 'S2', 155);
}

describe('G. Gaps', () => {
  it('[G11] the feed’s claim is shown where nothing is measured, marked official', () => {
    const race = claim(aRace().start().laps('1', 1, 91), '2', 50, { ms: 1234 });
    expect(gapToLeader(race.view(49), '2')).toEqual({ kind: 'unknown' });
    expect(gapToLeader(race.view(60), '2')).toEqual(time(1.234, 'official'));
    expect(gapToLeader(claim(race, '2', 70, { laps: 2 }).view(71), '2')).toEqual({
      kind: 'laps',
      laps: 2,
      ms: undefined,
      provenance: 'official',
    });
    // A claim that says nothing takes the one before back.
    expect(gapToLeader(claim(race, '2', 80, {}).view(81), '2')).toEqual({ kind: 'unknown' });
  });

  it('[G11] what is measured wins', () => {
    const race = claim(two(), '2', 94, { ms: 9999 });
    expect(gapToLeader(race.view(95), '2')).toEqual(time(2.25));
    expect(gapToLeader(race.cross('1', 'S1', 121).view(131), '2')).toEqual(time(10, 'provisional'));
  });

  it('[G11] it is a claim on one car: the leader or the car ahead, as the feed has them', () => {
    const race = claim(aRace(), '3', -10, { to: 'car-ahead', ms: 700 });
    expect(intervalAhead(race.view(-5), '3')).toEqual(time(0.7, 'official'));
    expect(gapToLeader(race.view(-5), '3')).toEqual({ kind: 'unknown' });
    // By the feed's own order, 1 is ahead of 3.
    const ordered = aRace().fact({ type: 'order-reported', atMs: -20_000, cars: ['2', '1', '3'] });
    expect(gapTo(claim(ordered, '3', -10, { to: 'car-ahead', ms: 700 }).view(-5), '3', '1')).toEqual(
      time(0.7, 'official'),
    );
    expect(gapTo(claim(aRace(), '1', -10, { ms: 0 }).view(-5), '1', '2')).toEqual({ kind: 'unknown' });
  });

  it('[G11] of two claims on one car the newer counts', () => {
    const race = claim(aRace(), '2', -10, { ms: 500 });
    claim(race, '2', -9, { to: 'car-ahead', ms: 700 });
    expect(gapToLeader(race.view(-5), '2')).toEqual(time(0.7, 'official'));
    expect(gapToLeader(claim(race, '2', -4, { ms: 600 }).view(-3), '2')).toEqual(time(0.6, 'official'));
  });

  it('[G11] in qualifying too, where a car has no time yet', () => {
    const race = claim(aRace({ kind: 'qualifying' }).laps('1', 1, 91), '2', 95, { ms: 321 });
    expect(gapToLeader(race.view(96), '2')).toEqual(time(0.321, 'official'));
    expect(gapToLeader(race.laps('2', 3, 97).view(98), '2')).toEqual(time(4));
  });

  it('[G11] it stands until the car has gone a lap further, and for no car that is out', () => {
    const race = claim(unshared(), '2', 122, { ms: 4100 });
    expect(gapToLeader(race.view(124), '2')).toEqual(time(4.1, 'official'));
    // At 155 s it has crossed its next loop, a lap further.
    expect(gapToLeader(race.view(212), '2')).toEqual(time(4, 'estimated'));
    const out = claim(aRace().start().laps('1', 1), '2', 50, { ms: 1234 }).retire('2', 60);
    expect(gapToLeader(out.view(61), '2')).toEqual({ kind: 'unknown' });
  });

  it('[G11] a car that no loop has seen for a lap has the gap that the feed claims since then', () => {
    const race = two().laps('1', 91, 181, 271, 361).laps('2', 93.25, 184);
    claim(race, '2', 200, { ms: 3100 });
    expect(gapToLeader(race.view(201), '2')).toEqual(time(3));
    claim(race, '2', 300, { ms: 3600 });
    expect(gapToLeader(race.view(299), '2').kind).toBe('time');
    expect(gapToLeader(race.view(299), '2')).toEqual(time(88, 'provisional'));
    expect(gapToLeader(race.view(301), '2')).toEqual(time(3.6, 'official'));
  });

  it('[G11] a claim too grows once time alone has made the gap larger', () => {
    const race = aRace().start().cross('1', 'S1', 31).cross('2', 'SF', 2).cross('1', 'S2', 61);
    claim(race, '2', 32, { ms: 2000 });
    expect(gapToLeader(race.view(32.5), '2')).toEqual(time(2, 'official'));
    expect(gapToLeader(race.view(35), '2')).toEqual(time(4, 'provisional'));
    // When it spoke of 2 s, 10 s had passed: the feed sees the car where we do not.
    claim(race, '2', 41, { ms: 2000 });
    expect(gapToLeader(race.view(45), '2')).toEqual(time(2, 'official'));
  });

  it('[G14] cars that share no loop are estimated between the loops of the car ahead, and never called measured', () => {
    const race = unshared();
    expect(gapToLeader(race.view(120), '2')).toMatchObject({ kind: 'leader' });
    // A third of 121 to 211 s, for nobody knows better.
    expect(gapToLeader(race.view(212), '2')).toEqual(time(4, 'estimated'));
    expect(gapTo(race.view(212), '1', '2')).toEqual(time(-4, 'estimated'));
    expect(gapToLeader(race.view(217), '2')).toEqual(time(6, 'provisional'));
    // The feed knows better.
    expect(gapToLeader(claim(race, '2', 211.5, { ms: 3900 }).view(212), '2')).toEqual(time(3.9, 'official'));
  });

  it('[G14] the stretch is divided as a lap earlier', () => {
    const race = aRace().start().cross('1', 'S1', 31).cross('1', 'S2', 76).cross('1', 'S1', 121).cross('1', 'S1', 211);
    race.cross('2', 'SF', 5).cross('2', 'SF', 95).cross('2', 'S2', 170);
    // From S1 to S2 was half of the way from S1 to S1: 1 was there at 166 s.
    expect(gapToLeader(race.view(212), '2')).toEqual(time(4, 'estimated'));
  });

  it('[G14] and by the chaser’s own lap before that of the car ahead', () => {
    const race = aRace().start().cross('1', 'SF', 1).cross('1', 'SF', 91).cross('1', 'S2', 151);
    race.cross('2', 'SF', 5).cross('2', 'S1', 35).cross('2', 'S2', 55).cross('2', 'S1', 130);
    // 30 of 50 s to S1: 1 was there at 127 s.
    expect(gapToLeader(race.view(152), '2')).toEqual(time(3, 'estimated'));
  });

  it('[G12] under red no gap grows, and the gap at the stoppage stands until the restart has been crossed', () => {
    const race = two().cross('1', 'S1', 121).flag('red', 127);
    expect(gapToLeader(race.view(126), '2')).toEqual(time(5, 'provisional'));
    expect(gapToLeader(race.view(127), '2')).toEqual(time(6, 'provisional'));
    expect(gapToLeader(race.view(900), '2')).toEqual(time(6, 'provisional'));
    // Rolling round to the grid behind one another: 40 s at S1, 1 s at the line.
    race.cross('2', 'S1', 161).cross('1', 'S2', 200).cross('2', 'S2', 202).cross('1', 'SF', 300).cross('2', 'SF', 301);
    expect(gapToLeader(race.view(161), '2')).toEqual(time(6));
    expect(gapToLeader(race.view(1000), '2')).toEqual(time(6));
    race.flag('safety-car', 1000).flag('green', 1100).cross('1', 'S1', 1030).cross('2', 'S1', 1030.8);
    expect(gapToLeader(race.view(1029), '2')).toEqual(time(6));
    expect(gapToLeader(race.view(1031), '2')).toEqual(time(0.8));
  });

  it('[G12] the time of a suspension is in no gap, whatever says that the race is suspended', () => {
    const race = two().cross('1', 'S1', 121);
    race.fact({ type: 'session-phase', atMs: 122_000, phase: 'suspended' });
    race.fact({ type: 'session-phase', atMs: 1_122_000, phase: 'running' });
    expect(gapToLeader(race.view(1120), '2')).toEqual(time(2.25));
    expect(gapToLeader(race.view(1124), '2')).toEqual(time(3, 'provisional'));
    expect(gapToLeader(race.cross('2', 'S1', 1125).view(1125), '2')).toEqual(time(4));
  });

  it('[G3] a stop whose lane crosses the line after the box: the gap grows in the box, and is measured in the lane', () => {
    const race = aRace()
      .start()
      .laps('1', 1, 91, 181, 271)
      .laps('2', 2, 93)
      .cross('2', 'S1', 123)
      .cross('2', 'S2', 153);
    race.pitIn('2', 175).cross('2', 'SF', 215, { inPitLane: true }).pitOut('2', 220);
    expect(gapToLeader(race.view(182), '2')).toEqual(time(2));
    expect(gapToLeader(race.view(200), '2')).toEqual(time(19, 'provisional'));
    expect(gapToLeader(race.view(216), '2')).toEqual(time(34));
    expect(gapToLeader(race.view(220), '2')).toEqual(time(34));
  });

  it('[G3] a stop whose lane crosses the line before the box: measured at the line, then it grows from the next loop on', () => {
    const race = aRace()
      .start()
      .laps('1', 1, 91, 181, 271)
      .laps('2', 2, 93)
      .cross('2', 'S1', 123)
      .cross('2', 'S2', 153);
    race.pitIn('2', 180).cross('2', 'SF', 185, { inPitLane: true }).pitOut('2', 220).cross('2', 'S1', 245);
    expect(gapToLeader(race.view(186), '2')).toEqual(time(4));
    expect(gapToLeader(race.view(214), '2')).toEqual(time(4));
    expect(gapToLeader(race.view(220), '2')).toEqual(time(9, 'provisional'));
    expect(gapToLeader(race.view(245), '2')).toEqual(time(34));
  });

  it('[G4] at the finish lapped cars keep laps and time, and intervals in time among themselves', () => {
    const race = aRace().start().laps('1', 1, 91, 181, 271).flag('chequered', 271);
    race.laps('2', 2, 110, 218, 326).laps('3', 3, 111, 219.5, 327.5);
    const view = race.view(400);
    expect(view.state.cars.map((car) => [car.status, car.lapsCompleted])).toEqual([
      ['finished', 3],
      ['finished', 3],
      ['finished', 3],
    ]);
    const lapped = aRace().start().laps('1', 1, 91, 181, 271).flag('chequered', 271);
    lapped.laps('2', 2, 140, 280).laps('3', 3, 141, 281.5);
    expect(gapToLeader(lapped.view(400), '2')).toEqual({ kind: 'laps', laps: 1, ms: 99_000, provenance: 'measured' });
    expect(intervalAhead(lapped.view(400), '3')).toEqual(time(1.5));
    // Before they are home the leader has been past, and nothing changes its mind with the flag.
    expect(gapToLeader(lapped.view(272), '2')).toMatchObject({ kind: 'laps', laps: 1 });
  });

  it('[G3] after the flag the gap of a car still out there grows until it is home', () => {
    const race = aRace().start().laps('1', 1, 91, 181).flag('chequered', 181).laps('2', 2, 93).cross('2', 'S1', 123);
    expect(gapToLeader(race.view(190), '2')).toEqual(time(39, 'provisional'));
    race.cross('2', 'S2', 191).cross('2', 'SF', 222);
    expect(gapToLeader(race.view(500), '2')).toEqual(time(41));
  });

  it('[G1] a doubled read and one that arrives late or out of order make no other gap', () => {
    const race = two().cross('2', 'SF', 93.4).cross('1', 'SF', 91.3).cross('2', 'S2', 94);
    expect(gapToLeader(race.view(93.9), '2')).toEqual(time(2.25));
    const numbered = aRace().start().cross('1', 'SF', 91, { lapNumber: 1 }).cross('2', 'SF', 93, { lapNumber: 1 });
    numbered.cross('2', 'SF', 180, { lapNumber: 1 }).cross('1', 'SF', 185, { lapNumber: 0 });
    expect(gapToLeader(numbered.view(186), '2')).toEqual(time(2));
  });

  it('[G7] the gap in class under a claim is the same gap', () => {
    const entries = ['1', '2', '3'].map((car) => ({ car, drivers: [], class: car === '1' ? 'pro' : 'am' }));
    const race = claim(aRace({ entries }).start().laps('1', 1), '3', 5, { to: 'car-ahead', ms: 450 });
    expect(gapInClass(race.view(6), '3')).toEqual(time(0.45, 'official'));
    expect(gapInClass(race.view(6), '2')).toMatchObject({ kind: 'leader' });
  });
});
