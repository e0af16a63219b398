import type { Manifest } from '@pitboard/shared/protocol/manifest.ts';
import { averageSpeedKph } from '@pitboard/shared/race/average-speed.ts';
import { classify } from '@pitboard/shared/race/classification.ts';
import { lapLeaders, lapsLed, leadChangesAtLine } from '@pitboard/shared/race/lap-leaders.ts';
import { lapsNeeded } from '@pitboard/shared/race/result-status.ts';
import { describe, expect, it } from 'vitest';
import { aRace, type RaceScript } from '../race-script.ts';

const result = (race: RaceScript, seconds = 5000) =>
  classify(race.view(seconds)).map(({ car, position, status }) => `${position ?? '–'} #${car} ${status}`);
/** Times at the line of so many laps of 90 s, from the start line on. */
const lines = (laps: number, first = 1) => Array.from({ length: laps + 1 }, (_, lap) => first + lap * 90);

describe('C. Classification', () => {
  it('[C10] in a race by time who took the flag stands ahead of a retired leader with the same laps, done earlier', () => {
    const race = aRace({ distance: { durationMs: 170_000 } })
      .start()
      .laps('1', 1, 80, 160)
      .laps('2', 2, 93, 184)
      .laps('3', 3, 100, 190)
      .retire('1', 182);
    race.flag('chequered', 184);
    expect(result(race)).toEqual(['1 #2 classified', '2 #3 classified', '3 #1 classified']);
    expect(classify(race.view(5000))[0]?.gap).toEqual({ kind: 'leader', lap: 2 });
    // Before the flag the retired car is out, and the running ones lead.
    expect(result(race, 183)).toEqual(['1 #2 classified', '2 #3 classified', '– #1 did-not-finish']);
  });

  it('[C10] a car that is still on its way to the flag is not put behind those that took it a lap down', () => {
    const race = aRace().start().laps('1', 1, 91, 181).laps('2', 2, 93, 195).laps('3', 3, 183).flag('chequered', 181);
    expect(result(race, 184)).toEqual(['1 #1 classified', '2 #2 classified', '3 #3 classified']);
    expect(classify(race.view(200)).map(({ car }) => car)).toEqual(['1', '2', '3']);
  });

  it('[C10] a lap down, who crossed the line first stands ahead, flag or not', () => {
    const race = aRace().start().laps('1', 1, 91, 181).laps('2', 2, 93).retire('2', 150);
    race.laps('3', 3, 183).flag('chequered', 181).fact({ type: 'session-phase', atMs: 190_000, phase: 'closed' });
    expect(classify(race.view(200)).map(({ car }) => car)).toEqual(['1', '2', '3']);
  });

  it('[C11] a race that ends without a chequered flag is classified all the same', () => {
    const race = aRace({ rules: { mustTakeFlag: true } })
      .start()
      .laps('1', ...lines(10))
      .laps('2', ...lines(8, 2));
    race.laps('3', ...lines(3, 3)).flag('red', 905);
    expect(result(race)).toEqual(['1 #1 classified', '2 #2 classified', '3 #3 classified']);
    race.fact({ type: 'session-phase', atMs: 1_000_000, phase: 'finished' });
    expect(result(race)).toEqual(['1 #1 classified', '2 #2 classified', '– #3 not-classified']);
    race.fact({ type: 'session-phase', atMs: 1_100_000, phase: 'closed' });
    expect(result(race)).toEqual(['1 #1 classified', '2 #2 classified', '– #3 not-classified']);
  });

  it('[C21] the share may be of the class winner’s laps', () => {
    const entries = ['1', '2', '3'].map((car) => ({ car, class: car === '1' ? 'pro' : 'am', drivers: [] }));
    const race = (rules: Manifest['rules']) =>
      aRace({ entries, rules: { classifiedShare: 0.9, ...rules } })
        .start()
        .laps('1', ...lines(20))
        .laps('2', ...lines(17, 2))
        .laps('3', ...lines(15, 3))
        .flag('chequered', 1801)
        .cross('2', 'SF', 1810)
        .cross('3', 'SF', 1820);
    expect(result(race({}))).toEqual(['1 #1 classified', '2 #2 classified', '– #3 not-classified']);
    expect(result(race({ classifiedShareOf: 'class-winner' }))).toEqual([
      '1 #1 classified',
      '2 #2 classified',
      '3 #3 classified',
    ]);
  });

  it('[C21] a class winner that is shut out sets no measure', () => {
    const entries = ['1', '2', '3'].map((car) => ({ car, class: car === '1' ? 'pro' : 'am', drivers: [] }));
    const race = aRace({ entries, rules: { classifiedShareOf: 'class-winner' } })
      .start()
      .laps('1', ...lines(20))
      .laps('2', ...lines(19, 2))
      .laps('3', ...lines(8, 3))
      .flag('chequered', 1801);
    expect(result(race)).toContain('– #3 not-classified');
    race.fact({ type: 'car-disqualified', atMs: 1_900_000, car: '2' });
    expect(result(race)).toEqual(['1 #1 classified', '2 #3 classified', '– #2 disqualified']);
  });

  it.each([
    [undefined, 7, 'classified'],
    ['down', 7, 'classified'],
    ['nearest', 7, 'not-classified'],
    ['nearest', 8, 'classified'],
    ['up', 7, 'not-classified'],
    ['up', 8, 'classified'],
  ] as const)('[C21] rounded %s, %i of 11 laps at 70 %% are %s', (classifiedRounding, laps, status) => {
    const rules = classifiedRounding === undefined ? {} : { rules: { classifiedRounding } };
    const race = aRace(rules)
      .start()
      .laps('1', ...lines(11))
      .laps('2', ...lines(laps, 2))
      .flag('chequered', 991);
    expect(classify(race.view(5000)).find(({ car }) => car === '2')?.status).toBe(status);
  });

  it.each([
    ['up', 7],
    ['nearest', 7],
    ['down', 7],
  ] as const)('[C21] a whole share stays whole when rounded %s', (classifiedRounding, laps) => {
    const race = aRace({ rules: { classifiedRounding } })
      .start()
      .laps('1', ...lines(10))
      .laps('2', ...lines(laps, 2));
    expect(result(race.flag('chequered', 901))).toContain('2 #2 classified');
  });

  it('[C21] a whole share is not lost, nor raised, by arithmetic', () => {
    expect(lapsNeeded({ classifiedShare: 0.55, classifiedRounding: 'up' }, 100)).toBe(55);
    expect(lapsNeeded({ classifiedShare: 0.57, classifiedRounding: 'down' }, 100)).toBe(57);
    expect(lapsNeeded(undefined, 39)).toBe(27);
  });

  it('[C21] rounded to the nearest, a third of a lap is let go', () => {
    const race = aRace({ rules: { classifiedRounding: 'nearest', classifiedShare: 0.73 } });
    race
      .start()
      .laps('1', ...lines(10))
      .laps('2', ...lines(7, 2))
      .flag('chequered', 901);
    expect(result(race)).toContain('2 #2 classified');
  });

  /** Stopped on the leader's fourth lap, with car 2 ahead since the third; it rolls over the line on its way to the pits. */
  const stopped = (rules: Manifest['rules']) =>
    aRace({ rules })
      .start()
      .laps('1', 1, 91, 181, 273)
      .laps('2', 2, 92, 182, 272)
      .laps('3', 3, 200)
      .flag('red', 290)
      .cross('2', 'SF', 365);
  const ended = { type: 'session-phase', atMs: 900_000, phase: 'finished' } as const;
  const places = (race: RaceScript) =>
    classify(race.view(5000)).map(({ car, laps, totalTimeMs }) => [car, laps, totalTimeMs]);

  it('[C23] a stopped race counts as it stands, or laps back where the rules say so', () => {
    const asItStands = [
      ['2', 4, 365_000],
      ['1', 3, 273_000],
      ['3', 1, 200_000],
    ];
    expect(places(stopped({}).fact(ended))).toEqual(asItStands);
    expect(places(stopped({ stoppedRaceLapsBack: 0 }).fact(ended))).toEqual([
      ['2', 3, 272_000],
      ...asItStands.slice(1),
    ]);
    const oneBack = [
      ['1', 2, 181_000],
      ['2', 2, 182_000],
      ['3', 1, 200_000],
    ];
    expect(places(stopped({ stoppedRaceLapsBack: 1 }).fact(ended))).toEqual(oneBack);
    expect(places(stopped({ stoppedRaceLapsBack: 1 }).flag('chequered', 880))).toEqual(oneBack);
    // Nothing to count back to.
    expect(places(stopped({ stoppedRaceLapsBack: 9 }).fact(ended))).toEqual(asItStands);
    // Still suspended, or resumed: as it stands.
    expect(places(stopped({ stoppedRaceLapsBack: 1 }))).toEqual(asItStands);
    expect(places(stopped({ stoppedRaceLapsBack: 1 }).flag('green', 600).fact(ended))).toEqual(asItStands);
  });

  it('[C23] nobody needs to have taken the flag of a race that was stopped', () => {
    const closed = { type: 'session-phase', atMs: 950_000, phase: 'closed' } as const;
    const race = stopped({ mustTakeFlag: true, classifiedShare: 0.25 }).flag('chequered', 880).fact(closed);
    expect(result(race)).toEqual(['1 #2 classified', '2 #1 classified', '3 #3 classified']);
    const resumed = stopped({ mustTakeFlag: true }).flag('green', 800).flag('chequered', 880).fact(closed);
    expect(result(resumed)[0]).toBe('– #2 not-classified');
  });

  const changing = () =>
    aRace({
      entries: ['1', '2', '3'].map((car) => ({
        car,
        drivers: [
          { id: `a${car}`, lastName: 'A' },
          { id: `b${car}`, lastName: 'B' },
        ],
        startingDriver: `a${car}`,
      })),
    })
      .start()
      .laps('1', 1, 90, 180, 275, 366)
      .laps('2', 2, 91, 181, 270, 365)
      .driver('2', 'b2', 300);

  it('[C17] laps led count by car and driver', () => {
    expect(lapsLed(changing().view(400))).toEqual([
      { car: '1', driver: 'a1', laps: 2 },
      { car: '2', driver: 'a2', laps: 1 },
      { car: '2', driver: 'b2', laps: 1 },
    ]);
    expect(lapsLed(changing().view(200))).toEqual([{ car: '1', driver: 'a1', laps: 2 }]);
    expect(lapsLed(aRace().view(0))).toEqual([]);
  });

  it('[C17] a lap is led once: who inherits the lead by a retirement led only what it ended first', () => {
    const race = aRace().start().laps('1', 1, 90, 180).retire('1', 180.5).laps('2', 2, 91, 181, 271);
    expect(lapLeaders(race.view(300)).map(({ lap, car }) => [lap, car])).toEqual([
      [1, '1'],
      [2, '1'],
      [3, '2'],
    ]);
  });

  it('[C18] a lead that changes hands and back between two lines is no change at the line', () => {
    expect(leadChangesAtLine(changing().view(400)).map(({ lap, car }) => [lap, car])).toEqual([[3, '2']]);
    const race = aRace()
      .start()
      .laps('1', 1, 91, 181)
      .laps('2', 2, 92, 182)
      .cross('2', 'S1', 205)
      .cross('1', 'S1', 206);
    race.cross('1', 'S2', 235).cross('2', 'S2', 236).cross('1', 'SF', 271).cross('2', 'SF', 272);
    expect(race.timeline().history.leadChanges.filter(({ atLine }) => !atLine)).toHaveLength(2);
    expect(leadChangesAtLine(race.view(300))).toEqual([]);
  });

  it('[C19] the winner’s average speed, from the signal', () => {
    const race = aRace().start().laps('1', 1, 100, 200).laps('2', 2, 110, 220).flag('chequered', 200);
    // 2 × 4 km in 200 s.
    expect(averageSpeedKph(race.view(300))).toBeCloseTo(144, 9);
    const unknown = aRace({ circuit: { name: 'Ring', loops: [{ id: 'SF', kind: 'finish' }] } })
      .start()
      .laps('1', 1, 100);
    expect(averageSpeedKph(unknown.view(300))).toBeUndefined();
    expect(averageSpeedKph(aRace().start().view(5))).toBeUndefined();
  });

  it('[C19] a suspension counts unless it stopped the clock', () => {
    const race = (rules: Manifest['rules']) =>
      aRace({ rules }).start().laps('1', 1, 100, 600).flag('red', 120).flag('green', 520);
    expect(averageSpeedKph(race({}).view(700))).toBeCloseTo(48, 9);
    expect(averageSpeedKph(race({ suspendedClock: 'stops' }).view(700))).toBeCloseTo(144, 9);
  });
});
