import type { Manifest } from '@pitboard/shared/protocol/manifest.ts';
import type { RaceFactOf } from '@pitboard/shared/protocol/race-event.ts';
import { gapTo, gapToLeader, intervalAhead } from '@pitboard/shared/race/gaps.ts';
import { knockOutOf } from '@pitboard/shared/race/qualifying.ts';
import { describe, expect, it } from 'vitest';
import { aRace, type RaceScript } from '../race-script.ts';

const CARS = ['1', '2', '3', '4'];

/** Four cars, Q1 sends three on, Q2 two. */
function knockOut(changes: Partial<Manifest> = {}): RaceScript {
  return aRace({
    kind: 'qualifying',
    entries: CARS.map((car) => ({ car, drivers: [] })),
    grid: [],
    parts: [{ name: 'Q1', advancing: 3 }, { name: 'Q2', advancing: 2 }, { name: 'Q3' }],
    ...changes,
  });
}

function part(race: RaceScript, seconds: number, number: number, more: Partial<RaceFactOf<'session-phase'>> = {}) {
  return race.fact({ type: 'session-phase', atMs: seconds * 1000, phase: 'running', part: number, ...more });
}

/** Q1 ends 4, 1, 2, 3, the last of them out. */
function afterQ1(changes: Partial<Manifest> = {}): RaceScript {
  const race = part(knockOut(changes), 0, 1);
  race.laps('1', 5, 96).laps('2', 6, 98).laps('3', 7, 100).laps('4', 8, 98);
  return race.flag('chequered', 150);
}

describe('O. Running order', () => {
  it('[O14] in a part the best lap of that part makes the order, whatever was driven before', () => {
    const race = part(afterQ1(), 300, 2).laps('2', 305, 399).laps('1', 310, 405);
    expect(race.state(299).order).toEqual(['4', '1', '2', '3']);
    expect(race.state(300).order).toEqual(['4', '1', '2', '3']);
    expect(race.state(399).order).toEqual(['2', '4', '1', '3']);
    expect(race.state(405).order).toEqual(['2', '1', '4', '3']);
    // Its lap of the first part, faster than all of the second, is still the car's best.
    expect(race.car('4', 405).bestLapTimeMs).toBe(90_000);
    expect(race.car('1', 405)).toMatchObject({ bestLapTimeMs: 91_000, partBests: [{ ms: 91_000 }, { ms: 95_000 }] });
  });

  it('[O14] a slower lap in a later part is a best there, and moves the car up', () => {
    const race = part(afterQ1(), 300, 2).laps('2', 305, 425).laps('2', 425, 535).laps('1', 310, 421);
    expect(race.state(421).order).toEqual(['1', '4', '2', '3']);
    expect(race.state(425).order).toEqual(['1', '2', '4', '3']);
    expect(race.state(535).order).toEqual(['2', '1', '4', '3']);
  });

  it('[O14] equal times go to who set them first, in each part anew', () => {
    const race = part(afterQ1(), 300, 2).laps('1', 310, 400).laps('2', 305, 395);
    expect(race.state(401).order.slice(0, 2)).toEqual(['2', '1']);
    // A car that drives its own time again keeps the moment of the first.
    expect(race.laps('2', 395, 485).car('2', 486).partBests[1]).toEqual({ ms: 90_000, atMs: 395_000 });
  });

  it('[O13] the cut falls when the next part begins, and who is out keeps the place', () => {
    const race = part(part(afterQ1(), 300, 2).laps('3', 305, 360).laps('1', 310, 401), 500, 3);
    expect(race.car('3', 600)).toMatchObject({ part: 1, bestLapTimeMs: 93_000 });
    expect(race.state(600)).toMatchObject({ part: 3, order: ['1', '4', '2', '3'] });
    expect(race.car('2', 600).part).toBe(2);
    expect(race.car('4', 600).part).toBe(3);
    race.laps('4', 510, 700);
    expect(race.state(700).order).toEqual(['4', '1', '2', '3']);
  });

  it('[O13] the feed may name who takes part', () => {
    const race = part(afterQ1(), 300, 2, { cars: ['3', '1'] });
    expect(race.state(301).order).toEqual(['1', '3', '4', '2']);
    expect(race.laps('3', 305, 420).state(421).order).toEqual(['3', '1', '4', '2']);
  });

  it('[O13] a disqualified car does not go through, a retired one does', () => {
    const race = afterQ1().retire('1', 200).fact({ type: 'car-disqualified', atMs: 200_000, car: '4' });
    const state = part(race, 300, 2).state(301);
    expect(state.order).toEqual(['1', '2', '3', '4']);
    expect(state.cars.map((car) => car.part)).toEqual([2, 2, 2, 1]);
    const all = afterQ1({ parts: [{ name: 'A' }, { name: 'B' }] });
    all.fact({ type: 'car-disqualified', atMs: 200_000, car: '4' });
    expect(
      part(all, 300, 2)
        .state(301)
        .cars.map((car) => car.part),
    ).toEqual([2, 2, 2, 1]);
  });

  it('[O13] the flag of one part does not end the next', () => {
    const race = part(afterQ1(), 300, 2)
      .laps('1', 140, 235)
      .laps('1', 305, 400)
      .flag('chequered', 450)
      .laps('1', 400, 480);
    // The lap under way at the first flag still counts, and the car is home with it.
    expect(race.car('1', 200)).toMatchObject({ status: 'running' });
    expect(race.car('1', 236)).toMatchObject({ status: 'finished' });
    expect(race.car('1', 301)).toMatchObject({ status: 'running', part: 2 });
    expect(race.state(301)).toMatchObject({ flag: 'green', chequeredAtMs: undefined });
    expect(race.car('1', 400).partBests[1]).toMatchObject({ ms: 95_000 });
    expect(race.car('1', 481)).toMatchObject({ status: 'finished' });
  });

  it('[O13] a lap is not timed from one part into the next, and a part that is repeated or older changes nothing', () => {
    const race = part(part(part(afterQ1(), 300, 2), 320, 2), 330, 1).cross('4', 'SF', 390);
    expect(race.car('4', 391)).toMatchObject({ part: 2, partBests: [{ ms: 90_000 }] });
    expect(race.state(391).part).toBe(2);
    expect(part(afterQ1(), 300, 2).cross('4', 'S1', 330).car('4', 331).sectors[0]).toBeUndefined();
  });

  it('[O13] in a race there are no parts', () => {
    const race = part(aRace().start(), 10, 2).laps('1', 1, 91);
    expect(race.state(92)).toMatchObject({ part: 0, order: ['1', '2', '3'] });
  });

  it('[L14] the feed’s best of a part counts for that part, also where an earlier part was quicker', () => {
    const race = part(afterQ1(), 300, 2).laps('1', 310, 405);
    const said = { type: 'best-lap-reported', car: '2' } as const;
    race.fact({ ...said, atMs: 410_000, lapTimeMs: 94_000, lapNumber: 9 });
    expect(race.state(406).order[0]).toBe('1');
    expect(race.state(411).order.slice(0, 2)).toEqual(['2', '1']);
    expect(race.car('2', 411).bestLapTimeMs).toBe(race.car('2', 299).bestLapTimeMs);
    race.fact({ ...said, atMs: 420_000, lapTimeMs: 70_000, lapNumber: 3, part: 1 });
    expect(race.car('2', 421)).toMatchObject({ bestLapTimeMs: 70_000, partBests: [{ ms: 70_000 }, { ms: 94_000 }] });
  });

  it('[O14] a deleted lap gives the place back, in its part and before', () => {
    const race = part(afterQ1(), 300, 2).laps('2', 305, 399).laps('1', 310, 405);
    race.fact({ type: 'lap-invalidated', atMs: 406_000, car: '2', lapNumber: race.car('2', 399).lapsCompleted });
    expect(race.state(405).order).toEqual(['2', '1', '4', '3']);
    expect(race.state(406).order).toEqual(['1', '4', '2', '3']);
    race.fact({ type: 'lap-invalidated', atMs: 410_000, car: '4', lapNumber: 1 });
    expect(race.state(410).order).toEqual(['1', '2', '4', '3']);
  });

  it('[O16] through or in danger is told as the order is now', () => {
    const race = part(part(afterQ1(), 300, 2), 500, 3);
    const at = (seconds: number) => CARS.map((car) => knockOutOf(race.state(seconds), car));
    expect(at(-1)).toEqual(['none', 'none', 'none', 'none']);
    expect(at(200)).toEqual(['through', 'through', 'in-danger', 'through']);
    expect(at(301)).toEqual(['through', 'in-danger', 'knocked-out', 'through']);
    expect(at(501)).toEqual(['none', 'knocked-out', 'knocked-out', 'none']);
    expect(knockOutOf(race.state(501), '99')).toBe('none');
  });
});

describe('G. Gaps', () => {
  it('[G15] a gap is that of the last part that both drove', () => {
    const race = part(afterQ1(), 300, 2).laps('2', 305, 399).laps('1', 310, 405.5);
    const view = race.view(406);
    expect(gapToLeader(view, '2')).toEqual({ kind: 'leader', lap: 4 });
    expect(gapToLeader(view, '1')).toEqual({ kind: 'time', ms: 1500, provenance: 'measured' });
    // 4 has no time in this part, 3 was slower than 2 in the first one.
    expect(gapToLeader(view, '4')).toEqual({ kind: 'unknown' });
    expect(gapToLeader(view, '3')).toEqual({ kind: 'time', ms: 1000, provenance: 'measured' });
    expect(gapTo(view, '2', '3')).toEqual({ kind: 'time', ms: -1000, provenance: 'measured' });
    expect(intervalAhead(view, '3')).toEqual({ kind: 'time', ms: 3000, provenance: 'measured' });
  });
});
