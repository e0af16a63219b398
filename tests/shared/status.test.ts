import { isPresumedStopped } from '@pitboard/shared/race/presumed.ts';
import { describe, expect, it } from 'vitest';
import { aRace, type RaceScript } from '../race-script.ts';

describe('T. Status', () => {
  it('[T1] the first statement has the moment, a newer one may bring the reason', () => {
    const race = aRace().start().laps('1', 1, 91).retire('1', 100).laps('2', 2, 92);
    race.retire('1', 300, { reason: 'gearbox' }).retire('1', 350);
    expect(race.car('1', 400).outcome).toEqual({
      atMs: 100_000,
      lap: 2,
      reason: 'gearbox',
      otherCar: undefined,
      presumed: false,
    });
    expect(race.car('1', 200).outcome?.reason).toBeUndefined();
  });

  it('[T2] the start sets the grid running, and the lane', () => {
    const race = aRace()
      .pitIn('2', -20)
      .fact({ type: 'car-not-starting', atMs: -10_000, car: '3', reason: 'engine' })
      .start();
    expect(race.state(-5).cars.map((car) => car.status)).toEqual(['on-grid', 'on-grid', 'did-not-start']);
    expect(race.state(1).cars.map((car) => car.status)).toEqual(['running', 'in-pit', 'did-not-start']);
    expect(race.car('3', 1).outcome).toMatchObject({ lap: 0, reason: 'engine' });
  });

  it('[T3] one incident ties two cars', () => {
    const race = aRace()
      .start()
      .laps('1', 1, 91)
      .laps('2', 2, 92)
      .fact({ type: 'car-stopped', atMs: 100_000, car: '1', reason: 'crash', otherCar: '2' });
    race.retire('1', 130).retire('2', 140, { otherCar: '1' });
    expect(race.car('1', 150)).toMatchObject({
      status: 'retired',
      outcome: { reason: 'crash', otherCar: '2', lap: 2 },
    });
    expect(race.car('2', 150).outcome).toMatchObject({ otherCar: '1' });
  });

  it('[T4] a passing cures what was said of a car', () => {
    const race = aRace().start().laps('1', 1, 91).laps('2', 2, 92).retire('1', 100).cross('1', 'S1', 140);
    expect(race.car('1', 141)).toMatchObject({ status: 'running', outcome: undefined });
    expect(race.state(141).order).toEqual(['1', '2', '3']);
  });

  it('[T4] in the lane it is in the pits', () => {
    const race = aRace().start().laps('1', 1, 91).pitIn('1', 175).retire('1', 180).cross('1', 'SF', 190);
    expect(race.car('1', 191).status).toBe('in-pit');
  });

  it('[T5] a reinstated car goes back to where it was', () => {
    const race = aRace().start().laps('1', 1, 91).laps('2', 2, 93).flag('chequered', 91).laps('3', 3);
    race.fact(
      { type: 'car-disqualified', atMs: 200_000, car: '1' },
      { type: 'car-disqualified', atMs: 200_000, car: '3' },
    );
    race.fact({ type: 'car-reinstated', atMs: 300_000, car: '1' }, { type: 'car-reinstated', atMs: 300_000, car: '3' });
    expect(race.state(250).order[0]).toBe('2');
    expect(race.state(310).order).toEqual(['1', '2', '3']);
    expect(race.state(310).cars.map((car) => car.status)).toEqual(['finished', 'finished', 'running']);
  });

  it('[T6] a heavier word stands', () => {
    const race = aRace()
      .start()
      .laps('1', 1, 91)
      .laps('2', 2, 92)
      .fact({ type: 'car-disqualified', atMs: 100_000, car: '1' })
      .retire('1', 110);
    race.retire('2', 100).fact({ type: 'car-stopped', atMs: 110_000, car: '2' });
    expect(race.state(120).cars.map((car) => car.status)).toEqual(['disqualified', 'retired', 'running']);
    const home = aRace().start().laps('1', 1, 91).flag('chequered', 91).retire('1', 120);
    expect(home.car('1', 130)).toMatchObject({ status: 'finished', outcome: undefined });
  });

  const running = () => aRace().start().laps('1', 1, 91).cross('1', 'S1', 121).laps('2', 2, 92, 182, 272);
  const tick = (race: RaceScript, ...seconds: number[]) =>
    race.fact(...seconds.map((at) => ({ type: 'clock', atMs: at * 1000, running: true }) as const));

  it('[T7] unseen for more than twice its usual time, a car is presumed stopped until it is seen', () => {
    // Lap 1 took it from S1 to S2 in 30 s; last seen at S1 at 121.
    const race = tick(running(), 181, 182);
    expect(isPresumedStopped(race.view(181), '1')).toBe(false);
    expect(isPresumedStopped(race.view(182), '1')).toBe(true);
    expect(race.car('1', 182).status).toBe('running');
    expect(isPresumedStopped(race.cross('1', 'S2', 200).view(200), '1')).toBe(false);
    expect(isPresumedStopped(race.view(182), '9')).toBe(false);
  });

  it('[T7] a short stretch has ten seconds to spare', () => {
    const race = aRace()
      .start()
      .cross('1', 'SF', 1)
      .cross('1', 'S1', 6)
      .cross('1', 'S2', 40)
      .cross('1', 'SF', 91)
      .laps('2', 2, 92, 182);
    tick(race, 106, 107);
    expect(isPresumedStopped(race.view(106), '1')).toBe(false);
    expect(isPresumedStopped(race.view(107), '1')).toBe(true);
  });

  it.each<[string, (race: RaceScript) => RaceScript]>([
    ['in the pit lane', (race) => race.pitIn('1', 125)],
    ['retired', (race) => race.retire('1', 125)],
    ['behind the safety car', (race) => race.flag('safety-car', 125)],
    ['in a suspended race', (race) => race.fact({ type: 'session-phase', atMs: 125_000, phase: 'suspended' })],
    ['after the flag', (race) => race.flag('chequered', 125)],
  ])('[T7] no presumption %s', (_, change) => {
    const race = tick(change(running()), 290);
    expect(isPresumedStopped(race.view(290), '1')).toBe(false);
  });

  it('[T7] without a lap to compare with there is no presumption', () => {
    const race = tick(aRace().start().cross('1', 'SF', 1).cross('1', 'S1', 31).laps('2', 2, 92, 182), 290);
    expect(isPresumedStopped(race.view(290), '1')).toBe(false);
  });

  it('[T8] a silent feed stops nobody, and time behind a safety car does not count', () => {
    const silent = aRace().start().laps('1', 1, 91).cross('1', 'S1', 121).laps('2', 2, 92);
    expect(isPresumedStopped(silent.view(900), '1')).toBe(false);
    const neutral = tick(running().flag('safety-car', 125).flag('green', 250), 260, 311);
    expect(isPresumedStopped(neutral.view(260), '1')).toBe(false);
    expect(isPresumedStopped(neutral.view(311), '1')).toBe(true);
  });
});
