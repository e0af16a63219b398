import { championshipsAt, type TitleRow, type TitleState } from '@pitboard/shared/analysis/championship.ts';
import type { Championship, Manifest } from '@pitboard/shared/protocol/manifest.ts';
import { describe, expect, it } from 'vitest';
import { aRace, type RaceScript } from '../race-script.ts';
import { runBaku } from '../simulator/baku-race.ts';

const ENTRIES = ['1', '2', '3', '4'].map((car) => ({
  car,
  team: car < '3' ? 'Twins' : `Team ${car}`,
  class: car === '2' || car === '4' ? 'am' : 'pro',
  drivers: [`a${car}`, `b${car}`].map((id) => ({ id, lastName: id })),
}));
const GRID = ENTRIES.map(({ car }, index) => ({ car, position: index + 1 }));

type Standings = Readonly<Record<string, number>>;

function titleRace(standings: Standings, title: Partial<Championship> = {}, manifest: Partial<Manifest> = {}) {
  const rows = Object.entries(standings).map(([competitor, points]) => ({ competitor, points }));
  const championship = { id: 'gt', name: 'GT', scope: 'driver' as const, points: [25, 18, 15], standings: rows };
  return aRace({ entries: ENTRIES, grid: GRID, championships: [{ ...championship, ...title }], ...manifest });
}

/** A lap by each car, in this order, the first at 90 s. */
function lapIn(race: RaceScript, ...cars: readonly string[]): RaceScript {
  race.start();
  cars.forEach((car, place) => {
    race.laps(car, place + 1, 90 + place);
  });
  return race;
}

/** The flag at the leader's second lap; the cars come home one second apart. */
function homeIn(race: RaceScript, ...cars: readonly string[]): RaceScript {
  race.start().flag('chequered', 180);
  cars.forEach((car, place) => {
    race.laps(car, place + 1, 90 + place, 180 + place);
  });
  return race;
}

const title = (race: RaceScript, seconds: number) => championshipsAt(race.view(seconds))[0] as TitleState;
const rowOf = (state: TitleState, competitor: string) =>
  state.rows.find((row) => row.competitor === competitor) as TitleRow;

describe('H. Championship', () => {
  it('[H5] who never took the wheel scores nothing, once his car is home or out; until then he may still drive', () => {
    const race = homeIn(titleRace({ a1: 0, b1: 0, a2: 0, b2: 0 }), '1', '2')
      .driver('1', 'b1', 60)
      .driver('2', 'a2', 0);
    const before = title(race, 150);
    expect(['a1', 'b1', 'a2', 'b2'].map((driver) => rowOf(before, driver).points)).toEqual([25, 25, 18, 18]);
    const after = title(race, 185);
    expect(rowOf(after, 'b2')).toMatchObject({ points: 0, best: 0, scoring: false });
    expect(rowOf(after, 'a2').points).toBe(18);
    expect(rowOf(after, 'b1').points).toBe(25);
  });

  it('[H5] unless the rules let him, or no feed says who drives', () => {
    const allowed = titleRace({ b2: 0 }, { reservesScore: true });
    expect(rowOf(title(homeIn(allowed, '1', '2').driver('2', 'a2', 0), 185), 'b2').points).toBe(18);
    expect(rowOf(title(homeIn(titleRace({ b2: 0 }), '1', '2'), 185), 'b2').points).toBe(18);
  });

  it('[H6] a car that is out near the end may still be classified, and keeps what that is worth in reach', () => {
    const race = () => lapIn(titleRace({ a1: 10, a2: 0, a3: 0 }, {}, { distance: { laps: 2 } }), '1', '2', '3');
    expect(rowOf(title(race().retire('2', 100), 101), 'a2')).toMatchObject({ points: 0, best: 18, scoring: false });
    const long = lapIn(titleRace({ a2: 0 }, {}, { distance: { laps: 20 } }), '1', '2').retire('2', 100);
    expect(rowOf(title(long, 101), 'a2').best).toBe(0);
    const strict = { distance: { laps: 2 }, rules: { mustTakeFlag: true } };
    const unforgiving = lapIn(titleRace({ a2: 0 }, {}, strict), '1', '2').retire('2', 100);
    expect(rowOf(title(unforgiving, 101), 'a2').best).toBe(0);
  });

  it('[H7] a team scores with its best car, or with all where the rules say so', () => {
    const best = title(lapIn(titleRace({ Twins: 5 }, { scope: 'team' }), '2', '1', '3'), 95);
    expect(best.rows[0]).toMatchObject({ gained: 25, points: 30, best: 30 });
    const all = titleRace({ Twins: 5 }, { scope: 'team', teamScoring: 'all-cars' });
    expect(title(lapIn(all, '3', '1', '2'), 95).rows[0]).toMatchObject({ gained: 33, points: 38, best: 48 });
  });

  it('[H8] equal points share a place and are marked; known wins decide between them', () => {
    const tied = title(homeIn(titleRace({ a1: 100, a2: 107, a3: 0 }), '1', '2', '3').retire('4', 99), 190);
    expect(tied.rows.map(({ competitor, position, tied }) => [competitor, position, tied])).toEqual([
      ['a2', 1, true],
      ['a1', 1, true],
      ['a3', 3, false],
    ]);
    expect(tied).toMatchObject({ status: 'open', champion: undefined });
    const standings = [
      { competitor: 'a1', points: 100, wins: 2 },
      { competitor: 'a2', points: 107, wins: 2 },
    ];
    const counted = title(homeIn(titleRace({}, { standings }), '1', '2'), 190);
    // This win is the third.
    expect(counted).toMatchObject({ status: 'clinched', champion: 'a1' });
    expect(counted.rows.map(({ competitor, position, status }) => [competitor, position, status])).toEqual([
      ['a1', 1, 'clinched'],
      ['a2', 2, 'lost'],
    ]);
  });

  it('[H4] with rivals still running a place is enough only if it beats the best that is left to them', () => {
    const race = lapIn(titleRace({ a1: 120, a2: 110, a3: 100 }), '3', '2', '1');
    // a1 second makes 138, a2 winning 135; a1 third 135: level.
    expect(rowOf(title(race, 95), 'a1').needs).toEqual({ position: 2, tiePosition: 3, regardless: true });
    // a1 is third with 135 now: only the win is enough, and only as the others stand then.
    expect(rowOf(title(race, 95), 'a2').needs).toBeUndefined();
    expect(title(race, 95).needs).toEqual({ competitor: 'a1', position: 2 });
  });

  it('[H9] where no place is enough for sure, the one that is enough as the others stand, moved by his own', () => {
    // Were a2 to finish second, a1's win would only be level. As they stand, that win moves a2 to third.
    const race = lapIn(titleRace({ a1: 100, a2: 107, a3: 0 }), '3', '2', '1');
    expect(rowOf(title(race, 95), 'a1').needs).toEqual({ position: 1, tiePosition: undefined, regardless: false });
  });

  it('[H10] lost is what the best result that is left cannot reach, with nothing for the rivals', () => {
    const state = title(lapIn(titleRace({ a1: 126, a2: 101, a3: 100 }), '1', '2', '3'), 95);
    expect(state.rows.map(({ competitor, status }) => [competitor, status])).toEqual([
      ['a1', 'open'],
      ['a2', 'open'],
      ['a3', 'lost'],
    ]);
  });

  it('[H10] two who share a car gain the same: who is behind stays behind', () => {
    const state = title(lapIn(titleRace({ a1: 110, b1: 109, a2: 109 }), '1', '2'), 95);
    expect(rowOf(state, 'b1').status).toBe('lost');
    expect(rowOf(state, 'a2').status).toBe('open');
  });

  it('[H8] two who share a car and its points stay level, whatever it gains', () => {
    const state = title(lapIn(titleRace({ a1: 110, b1: 110, a3: 0 }), '1', '3'), 95);
    expect(state).toMatchObject({ status: 'open', champion: undefined });
    expect(state.rows.map(({ position, tied, status }) => [position, tied, status])).toEqual([
      [1, true, 'open'],
      [1, true, 'open'],
      [3, false, 'lost'],
    ]);
  });

  it('[H6] who is out and ahead on the road, but not classified, takes no place', () => {
    const race = aRace({ ...titleRace({ a1: 0, a2: 0 }).manifest, distance: { laps: 2 } }).start();
    race
      .laps('2', 1, 90, 180)
      .laps('1', 2, 91, 181)
      .laps('3', 3, 92)
      .fact({ type: 'car-disqualified', atMs: 185_000, car: '2' });
    expect(rowOf(title(race.retire('1', 186), 190), 'a1').best).toBe(25);
  });

  it('[H11] nobody has points from the grid', () => {
    const race = titleRace({ a1: 1, a2: 2 }).start();
    expect(title(race, -1).rows.map((row) => row.points)).toEqual([2, 1]);
  });

  it('[H12] in a title of one class places are counted in the class, and other classes score nothing', () => {
    const race = lapIn(titleRace({ a1: 0, a2: 0, a4: 0 }, { class: 'am' }), '1', '3', '4', '2');
    expect(title(race, 95).rows.map(({ competitor, points }) => [competitor, points])).toEqual([
      ['a4', 25],
      ['a2', 18],
      ['a1', 0],
    ]);
  });

  it('[H13] guests take points away, unless they are passed over', () => {
    const entries = ENTRIES.map((entry) => ({ ...entry, ...(entry.car === '1' && { guest: true }) }));
    const points = (guests: Partial<Championship>) =>
      rowOf(title(lapIn(titleRace({ a2: 0 }, guests, { entries }), '1', '2'), 95), 'a2').points;
    expect([points({}), points({ guests: 'passed-over' })]).toEqual([18, 25]);
  });
});

describe('H. Championship, penalties', () => {
  it('[H14] points go by the official result, and with a penalty in it no place is fixed before all are home', () => {
    const penalty = {
      type: 'penalty',
      id: 'p',
      car: '1',
      state: 'given',
      sanction: { kind: 'time', ms: 5000 },
    } as const;
    const race = () => homeIn(titleRace({ a1: 100, a2: 89 }), '1', '2', '3').retire('4', 50);
    expect(title(race(), 180)).toMatchObject({ status: 'clinched', champion: 'a1' });
    const judged = race().fact({ ...penalty, atMs: 150_000 });
    expect(title(judged, 181)).toMatchObject({ status: 'open' });
    expect(title(judged, 190)).toMatchObject({ status: 'clinched', champion: 'a1' });
    expect(title(judged, 190).rows.map(({ points }) => points)).toEqual([115, 114]);
  });
});

describe('H. Championship, Baku', () => {
  const race = runBaku();
  const gt = (atMs: number) => championshipsAt(race.viewAt(atMs))[0] as TitleState;
  const retiredAtMs = race.only('car-retired', '84').atMs;

  it('[H4] before lap 7 Buhk has it in his own hands with P4, P5 would be level; Vanthoor needs the win as they stand', () => {
    const state = gt(race.lineAtMs('1', 6));
    expect(state).toMatchObject({ status: 'open', needs: { competitor: 'maximilian-buhk', position: 4 } });
    expect(rowOf(state, 'maximilian-buhk').needs).toEqual({ position: 4, tiePosition: 5, regardless: true });
    expect(rowOf(state, 'laurens-vanthoor').needs).toEqual({
      position: 1,
      tiePosition: undefined,
      regardless: false,
    });
    // He shares Buhk's car, thirty points behind him.
    expect(rowOf(state, 'maximilian-gotz').status).toBe('lost');
  });

  it('[H4] from lap 7 Buhk is fixed on 190: Vanthoor needs P2 or better, P3 would be level', () => {
    expect(gt(retiredAtMs - 1).needs?.competitor).toBe('maximilian-buhk');
    const state = gt(retiredAtMs);
    expect(rowOf(state, 'maximilian-buhk')).toMatchObject({ points: 190, best: 190, scoring: false, status: 'open' });
    expect(state.needs).toEqual({ competitor: 'laurens-vanthoor', position: 2 });
    expect(rowOf(state, 'laurens-vanthoor')).toMatchObject({
      before: 175,
      points: 200,
      needs: { position: 2, tiePosition: 3, regardless: true },
    });
  });

  it('[H3] the flag makes Vanthoor champion on 200, at once and alone', () => {
    const flagAtMs = race.lineAtMs('1', 39);
    expect(gt(flagAtMs - 1).status).toBe('open');
    expect(gt(flagAtMs)).toMatchObject({ status: 'clinched', champion: 'laurens-vanthoor', needs: undefined });
    expect(gt(flagAtMs).rows.map(({ points, status }) => [points, status])).toEqual([
      [200, 'clinched'],
      [190, 'lost'],
      [160, 'lost'],
    ]);
  });

  it('[H5] Buhk and Ide never drove, and their cars score nothing', () => {
    const sprint = championshipsAt(race.end)[1] as TitleState;
    expect(sprint).toMatchObject({ status: 'decided', champion: 'maximilian-gotz', needs: undefined });
    expect(rowOf(sprint, 'maximilian-buhk')).toMatchObject({ points: 126, status: 'lost' });
    expect(rowOf(sprint, 'maximilian-gotz')).toMatchObject({ points: 142, status: 'clinched' });
  });
});
