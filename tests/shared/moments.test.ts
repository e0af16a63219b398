import { championshipsAt } from '@pitboard/shared/analysis/championship.ts';
import type { Moment, MomentKind, MomentOfKind } from '@pitboard/shared/analysis/moment.ts';
import { momentsUntil } from '@pitboard/shared/analysis/moments.ts';
import { momentText } from '@pitboard/shared/format/moment-text.ts';
import type { Championship } from '@pitboard/shared/protocol/manifest.ts';
import type { RaceEvent } from '@pitboard/shared/protocol/race-event.ts';
import { createRaceTimeline } from '@pitboard/shared/timeline/race-timeline.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aRace, type RaceScript } from '../race-script.ts';
import { randomRace } from '../random-race.ts';

const story = (race: RaceScript) => momentsUntil(race.manifest, race.timeline().history, 9e9);

function told<K extends MomentKind>(race: RaceScript, kind: K): readonly MomentOfKind<K>[] {
  return story(race).filter((moment): moment is MomentOfKind<K> => moment.kind === kind);
}

/** Line times of `count` laps at a pace, the first after `seconds`. */
function lines(seconds: number, paceSeconds: number, count: number): number[] {
  return Array.from({ length: count + 1 }, (_, lap) => seconds + lap * paceSeconds);
}

const MANY = Array.from({ length: 14 }, (_, index) => String(index + 1));
const many = (changes = {}) =>
  aRace({
    entries: MANY.map((car) => ({ car, drivers: [{ id: `d${car}`, lastName: `Driver ${car}` }] })),
    grid: MANY.map((car, index) => ({ car, position: index + 1 })),
    ...changes,
  });

/** Close enough to be open, and to be decided in many ways. */
const TITLES: Championship[] = (['driver', 'team'] as const).map((scope) => ({
  id: scope,
  name: scope,
  scope,
  points: [10, 8, 6, 4, 2, 1],
  teamScoring: 'all-cars' as const,
  standings: ['a1', 'b2', 'a3', 'b4'].map((competitor, place) => ({ competitor, points: 20 - 3 * place })),
}));

describe('M. Moments, told on', () => {
  const seeds = fc.integer({ min: 0, max: 2 ** 31 });

  it('[M9] told on batch by batch, late facts and all, the story is the one told at once', () => {
    fc.assert(
      fc.property(seeds, fc.integer({ min: 1, max: 60 }), (seed, size) => {
        const { manifest: plain, events } = randomRace(seed, 600_000);
        const manifest = { ...plain, championships: TITLES };
        const followed = createRaceTimeline(manifest);
        for (let place = 0; place < events.length; place += size) {
          followed.append(events.slice(place, place + size));
          momentsUntil(manifest, followed.history, followed.headAtMs);
        }
        const whole = createRaceTimeline(manifest);
        whole.append(events);
        expect(momentsUntil(manifest, followed.history, 9e9)).toEqual(momentsUntil(manifest, whole.history, 9e9));
      }),
      { numRuns: 25 },
    );
  });

  it('[M9] as long as nothing happens that it tells of, the story is the same list', () => {
    const race = aRace().start().laps('1', 1, 91, 181).laps('2', 2, 93, 183);
    const timeline = race.timeline();
    const before = momentsUntil(race.manifest, timeline.history, 200_000);
    const passing: RaceEvent = { seq: timeline.headSeq + 1, type: 'passing', atMs: 210_000, car: '1', loop: 'S1' };
    timeline.append([passing]);
    expect(timeline.history.version).toBeGreaterThan(0);
    expect(momentsUntil(race.manifest, timeline.history, 211_000)).toBe(before);
  });

  it('[M9] the clock opens and shuts the window while no fact arrives, and a fact before that still counts', () => {
    const race = aRace({ pitRules: { mandatoryStops: 1, windowOpensMs: 100_000, windowClosesMs: 200_000 } }).start();
    race.laps('1', 1, 91).laps('2', 2, 92).pitIn('1', 150).retire('3', 5);
    const timeline = race.timeline();
    const shutAt = () => momentsUntil(race.manifest, timeline.history, 250_000).at(-1);
    expect(shutAt()).toMatchObject({ kind: 'window-shut', missed: ['2'] });
    timeline.append([{ seq: timeline.headSeq + 1, type: 'car-retired', atMs: 160_000, car: '2' }]);
    expect(shutAt()).toMatchObject({ kind: 'window-shut', missed: [] });
    timeline.append([{ seq: timeline.headSeq + 1, type: 'pit-exit', atMs: 230_000, car: '1' }]);
    const kinds = momentsUntil(race.manifest, timeline.history, 250_000).map(({ kind }) => kind);
    expect(kinds).toEqual(['start', 'retirement', 'window-open', 'retirement', 'window-shut', 'stop']);
  });
});

describe('M. Moments on the road', () => {
  /** Car 2 passes car 1 in lap 4. */
  const pass = () =>
    aRace({ grid: ['3', '1', '2'].map((car, index) => ({ car, position: index + 1 })) })
      .start()
      .laps('3', ...lines(1, 90, 6))
      .laps('1', 2, 92.5, 183, 273, 365, 457)
      .laps('2', 3, 93, 184, 274, 364, 454);

  it('[M4] a pass on the road is told, once', () => {
    expect(told(pass(), 'overtake')).toMatchObject([{ cars: ['2', '1'], position: 2, lap: 4, isAfterError: false }]);
  });

  it('[M4] a car that has spun or is about to retire is not passed: that is part of its incident', () => {
    const spun = pass().fact({ type: 'incident', atMs: 300_000, kind: 'spin', text: 'Spin', cars: ['1'] });
    expect(told(spun, 'overtake')).toEqual([]);
    const erred = pass().fact({ type: 'incident', atMs: 320_000, kind: 'error', text: 'Wide', cars: ['1'] });
    expect(told(erred, 'overtake')).toMatchObject([{ isAfterError: true }]);
  });

  it('[M4] no passes under yellow, in the pit cycle, or between cars with different stops behind them', () => {
    expect(told(pass().flag('yellow', 280), 'overtake')).toEqual([]);
    expect(told(pass().pitIn('1', 290).pitOut('1', 300), 'overtake')).toEqual([]);
    const rules = { mandatoryStops: 1, windowOpensMs: 0, windowClosesMs: 900_000 };
    const owing = aRace({ pitRules: rules, grid: pass().manifest.grid }).fact(...pass().events());
    expect(told(owing, 'overtake')).toHaveLength(1);
    expect(told(owing.pitIn('2', 100).pitOut('2', 110), 'overtake')).toEqual([]);
  });

  it('[M4] two cars side by side that swap at every loop are told once', () => {
    const race = aRace({ grid: pass().manifest.grid })
      .start()
      .laps('3', ...lines(1, 90, 6));
    race.laps('1', 2, 92.5, 183, 273).laps('2', 3, 93, 183.5, 273.5);
    race.cross('2', 'S1', 303).cross('1', 'S1', 303.3).cross('1', 'S2', 335).cross('2', 'S2', 335.3);
    expect(told(race.cross('2', 'SF', 364).cross('1', 'SF', 364.3), 'overtake')).toMatchObject([{ cars: ['2', '1'] }]);
  });

  it('[M4] a car that falls back through the field is told once', () => {
    const race = many().start();
    for (const car of MANY.slice(1)) race.laps(car, ...lines(Number(car) / 2, 90, 5));
    race.laps('1', 0.1, 89, 179, 269, 400, 500);
    expect(told(race, 'overtake').filter(({ cars }) => cars[1] === '1').length).toBeLessThanOrEqual(1);
    expect(told(race, 'lead-change')).toHaveLength(1);
  });

  it('[M3] who passes for the lead takes the lead: told once', () => {
    const race = aRace().start().laps('1', 1, 91, 181, 271, 365).laps('2', 2, 91.5, 181.5, 271.5, 362);
    expect(told(race, 'overtake')).toEqual([]);
    expect(told(race, 'lead-change')).toMatchObject([{ cause: 'track', cars: ['2', '1'], importance: 3 }]);
    expect(momentText(told(race, 'lead-change')[0] as Moment, race.manifest, 'en')).toContain('takes the lead from');
  });

  it('[M5] a battle begins after three laps under a second and ends when the cars are two apart', () => {
    const race = aRace()
      .start()
      .laps('1', ...lines(1, 90, 9));
    race.laps('2', 1.8, 91.8, 181.8, 271.8, 361.8, 451.8, 543.5, 634, 724.5);
    expect(told(race, 'battle')).toMatchObject([{ cars: ['2', '1'], lap: 5, gapMs: 800 }]);
    expect(told(race, 'battle-over')).toMatchObject([{ cars: ['2', '1'], lap: 6, gapMs: 2500, importance: 2 }]);
  });

  it('[M5] a lapped car is in no battle, nor is one that has stopped when the other has not', () => {
    const race = aRace()
      .start()
      .laps('1', ...lines(1, 90, 8));
    // A lap down and half a second behind on the road.
    race.laps('2', 3, 181.5, 271.5, 361.5, 451.5, 541.5);
    expect(told(race, 'battle')).toEqual([]);
    const rules = { mandatoryStops: 1, windowOpensMs: 0, windowClosesMs: 900_000 };
    const split = aRace({ pitRules: rules })
      .start()
      .laps('1', ...lines(1, 90, 8))
      .laps('2', ...lines(1.5, 90, 8));
    expect(told(split, 'battle')).toHaveLength(1);
    expect(told(split.pitIn('2', 120).pitOut('2', 130), 'battle')).toEqual([]);
  });

  it('[M6] a comeback of ten places is told when it has been held for three laps', () => {
    const race = many().start();
    for (const car of MANY.slice(0, 13)) race.laps(car, ...lines(Number(car), 92, 8));
    race.laps('14', 14, 100, 185, 273, 361, 449, 537, 625);
    const [comeback, ...others] = told(race, 'comeback');
    expect(comeback).toMatchObject({ cars: ['14'], gridPosition: 14 });
    expect(comeback?.position).toBeLessThanOrEqual(4);
    expect(others).toEqual([]);
  });

  it('[M10] a neutralisation is told when it begins, and with its laps and stops when it ends', () => {
    const race = aRace()
      .start()
      .laps('1', ...lines(1, 90, 6))
      .laps('2', ...lines(3, 90, 6));
    race.flag('yellow', 150).flag('safety-car', 160).pitIn('2', 250).pitOut('2', 280).flag('green', 370);
    expect(told(race, 'flag').map(({ flag }) => flag)).toEqual(['yellow', 'safety-car']);
    expect(told(race, 'restart')).toMatchObject([{ atMs: 370_000, flag: 'safety-car', laps: 3, cars: ['2'] }]);
    expect(momentText(told(race, 'restart')[0] as Moment, race.manifest, 'en')).toBe(
      'Green again after safety car for 3 laps; #2 stopped meanwhile.',
    );
  });

  it('[M3] a red flag and the suspension are one thing, in either order', () => {
    const suspend = (flagSeconds: number) =>
      aRace()
        .start()
        .laps('1', 1, 91)
        .flag('red', flagSeconds)
        .fact({ type: 'session-phase', atMs: 95_000, phase: 'suspended' });
    for (const seconds of [94, 96]) {
      const kinds = story(suspend(seconds)).map(({ kind }) => kind);
      expect(kinds.filter((kind) => kind === 'flag' || kind === 'phase')).toHaveLength(1);
    }
  });

  it('[M3] a penalty that is stated again is told once', () => {
    const penalty = { type: 'penalty', id: 'p', car: '1', sanction: { kind: 'drive-through' } } as const;
    const race = aRace().start();
    race.fact({ ...penalty, atMs: 5000, state: 'given' }, { ...penalty, atMs: 9000, state: 'given' });
    expect(told(race, 'penalty')).toHaveLength(1);
  });

  it('[M11] a class lead is told when it is held, and the class winner when he is home', () => {
    const classes = ['pro', 'am'].map((id) => ({ id, name: id.toUpperCase() }));
    const entries = ['1', '2', '3', '4'].map((car) => ({
      car,
      class: car < '3' ? 'pro' : 'am',
      drivers: [{ id: `d${car}`, lastName: `Driver ${car}` }],
    }));
    const grid = entries.map(({ car }, index) => ({ car, position: index + 1 }));
    const race = aRace({ classes, entries, grid }).start().flag('chequered', 630);
    race.laps('1', ...lines(1, 90, 7)).laps('2', ...lines(2, 91, 7));
    race.laps('3', 3, 94, 186, 278, 370, 462, 554, 646).laps('4', 4, 95, 187, 279, 369, 460, 551, 641);
    expect(told(race, 'overtake')).toMatchObject([{ cars: ['4', '3'], position: 3, className: 'AM', importance: 3 }]);
    expect(told(race, 'class-lead')).toEqual([]);
    expect(told(race, 'class-win')).toMatchObject([{ cars: ['4'], className: 'AM', position: 3 }]);
  });
});

describe('M. Moments of stops', () => {
  const rules = { mandatoryStops: 1, windowOpensMs: 100_000, windowClosesMs: 900_000 };

  it('[M13] an undercut that wins the place is told once both have driven the later out-lap', () => {
    const race = aRace({ pitRules: rules }).start();
    // Car 2 follows by a second, stops first, and is quick on fresh tyres while car 1 is not.
    race.laps('1', 1, 91, 181, 271, 362, 453, 564, 656, 746).laps('2', 2, 92, 182, 292, 383.5, 472, 561, 650, 740);
    race.pitIn('2', 270).pitOut('2', 300).pitIn('1', 540).pitOut('1', 570);
    expect(told(race, 'undercut')).toMatchObject([{ cars: ['2', '1'], how: 'undercut', atMs: 656_000 }]);
    // Another stop of the loser is no second answer.
    race.cross('1', 'S1', 770).cross('1', 'SF', 860).cross('2', 'S1', 770).cross('2', 'SF', 830).cross('2', 'S1', 850);
    race.pitIn('1', 735).pitOut('1', 755).cross('2', 'SF', 920).cross('1', 'S1', 890).cross('1', 'SF', 950);
    expect(told(race, 'undercut')).toHaveLength(1);
  });

  it('[M7] a stop is long against that of the car in front, whatever others take', () => {
    const race = aRace({ pitRules: rules }).start();
    race.laps('1', ...lines(1, 90, 9)).laps('2', ...lines(1.8, 90, 9));
    race.pitIn('1', 350).pitOut('1', 380).pitIn('2', 440).pitOut('2', 475.5);
    expect(told(race, 'stop')).toMatchObject([
      { cars: ['1'], longByMs: undefined },
      { cars: ['2'], longByMs: 5500, rival: '1' },
    ]);
  });

  it('[M7] under a safety car nobody hurries, and no stop is long', () => {
    const race = aRace({ pitRules: rules }).start().flag('safety-car', 430);
    race.laps('1', ...lines(1, 90, 9)).laps('2', ...lines(1.8, 90, 9));
    race.pitIn('1', 350).pitOut('1', 380).pitIn('2', 440).pitOut('2', 475.5);
    expect(told(race, 'stop').map(({ longByMs }) => longByMs)).toEqual([undefined, undefined]);
  });

  it('[M7] who drives through the lane to serve a penalty does not stop', () => {
    const sanction = { kind: 'drive-through' } as const;
    const race = aRace().start().laps('1', 1, 91, 181).pitIn('1', 150).pitOut('1', 170);
    race.fact({ type: 'penalty', atMs: 120_000, id: 'p', car: '1', state: 'given', sanction });
    expect(told(race, 'stop')).toEqual([]);
    expect(told(race.pitIn('1', 250).pitOut('1', 280), 'stop')).toHaveLength(1);
  });

  it('[M7] who waits in the lane while the race is stopped has not stopped for so long', () => {
    const race = aRace().start().laps('1', 1, 91).pitIn('1', 150).flag('red', 160).pitOut('1', 800);
    expect(told(race, 'stop')).toEqual([]);
  });
});

describe('M. Moments of titles', () => {
  const standings = [
    { competitor: 'driver-2', points: 110 },
    { competitor: 'driver-1', points: 95 },
  ];
  const titleRace = (changes: Partial<Championship> = {}) =>
    aRace({
      championships: [{ id: 'gt', name: 'GT', scope: 'driver', points: [25, 18, 15], standings, ...changes }],
    })
      .start()
      .laps('1', ...lines(1, 90, 4))
      .laps('2', 2, 93)
      .laps('3', ...lines(3, 90, 4));

  it('[M8] a rival who is out changes what it takes, and the flag decides', () => {
    const race = titleRace().retire('2', 100).flag('chequered', 361);
    expect(told(race, 'title-needs')).toMatchObject([
      { atMs: 100_000, rival: 'Driver 2', rivalPoints: 110, competitor: 'Driver 1', position: 2, cars: ['1', '2'] },
    ]);
    expect(told(race, 'title-decided')).toMatchObject([{ atMs: 361_000, champion: 'Driver 1', points: 120 }]);
  });

  it('[M8] nothing is told of a title that was decided before, nor of cars that do not matter to it', () => {
    const before = titleRace({ decided: { competitor: 'driver-2', note: 'won' } }).retire('2', 100);
    expect(told(before, 'title-needs')).toEqual([]);
    expect(told(before.flag('chequered', 361), 'title-decided')).toEqual([]);
    expect(told(titleRace().retire('3', 100), 'title-needs')).toEqual([]);
    const certain = titleRace({ standings: [{ competitor: 'driver-1', points: 500 }, ...standings.slice(0, 1)] });
    expect(told(certain.flag('chequered', 361), 'title-decided')).toEqual([]);
  });

  it('[M8] with a penalty in the result nothing is decided before all are home', () => {
    const penalty = {
      type: 'penalty',
      id: 'p',
      car: '1',
      state: 'given',
      sanction: { kind: 'time', ms: 5000 },
    } as const;
    const race = titleRace().retire('2', 100).flag('chequered', 361);
    expect(told(race.fact({ ...penalty, atMs: 300_000 }), 'title-decided')).toMatchObject([
      // Second after the penalty, with 113 points.
      { atMs: 363_000, champion: 'Driver 1', points: 113 },
    ]);
  });

  it('[M8] a title can be decided long before the flag', () => {
    const race = titleRace().retire('1', 362);
    expect(told(race, 'title-decided')).toMatchObject([{ atMs: 362_000, champion: 'Driver 2', points: undefined }]);
  });
});

describe('M. Moments and titles', () => {
  it('[M8] a title that is told as decided is decided by the points of that moment', () => {
    let decisions = 0;
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 31 }), (seed) => {
        const { manifest: plain, events } = randomRace(seed, 600_000);
        const manifest = { ...plain, championships: TITLES };
        const timeline = createRaceTimeline(manifest);
        // Without the facts that change the manifest: the story is told with one.
        const facts = events.filter(({ type }) => !/-updated$|-withdrawn$/.test(type));
        timeline.append(facts.map((event, index) => ({ ...event, seq: index + 1 })));
        const whole = timeline.viewAt(9e9).state.manifest;
        for (const moment of momentsUntil(whole, timeline.history, 9e9)) {
          if (moment.kind !== 'title-decided') continue;
          decisions++;
          const state = championshipsAt(timeline.viewAt(moment.atMs)).find(
            ({ championship }) => championship.name === moment.title,
          );
          expect(state?.champion).toBe(moment.champion);
        }
      }),
      { numRuns: 60 },
    );
    expect(decisions).toBeGreaterThan(0);
  });

  it('[M14] a stop is told in a race, and out of one it is none', () => {
    const stops = (kind: 'race' | 'practice') =>
      told(
        aRace({ kind }).start().laps('1', 1, 91, 181).pitIn('1', 190).pitOut('1', 400).cross('1', 'SF', 450),
        'stop',
      );
    expect(stops('race').map(({ pitTimeMs }) => pitTimeMs)).toEqual([210_000]);
    expect(stops('practice')).toEqual([]);
  });
});
