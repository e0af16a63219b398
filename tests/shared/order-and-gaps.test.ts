import type { Gap } from '@pitboard/shared/domain/gap.ts';
import { gapInClass, gapTo, gapToLeader, intervalAhead } from '@pitboard/shared/race/gaps.ts';
import { classPositionOf, positionsGained } from '@pitboard/shared/race/positions.ts';
import { runningOrder } from '@pitboard/shared/race/race-view.ts';
import { foldRace } from '@pitboard/shared/race/reduce-race.ts';
import { sortedOrder } from '@pitboard/shared/race/running-order.ts';
import { createRaceTimeline } from '@pitboard/shared/timeline/race-timeline.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { numbered } from '../builders.ts';
import { aRace } from '../race-script.ts';
import { REPORTED_LAP, randomRace } from '../random-race.ts';

const time = (seconds: number, provenance: 'measured' | 'provisional' = 'measured'): Gap => ({
  kind: 'time',
  ms: seconds * 1000,
  provenance,
});
const UNKNOWN: Gap = { kind: 'unknown' };

/** Every state of a random race, as a viewer would seek through it. */
const randomMoments = fc
  .tuple(
    fc.integer({ min: 0, max: 1_000_000 }),
    fc.array(fc.integer({ min: -9000, max: 420_000 }), { minLength: 5, maxLength: 5 }),
  )
  .map(([seed, times]) => {
    const { manifest, events } = randomRace(seed, 400_000);
    const timeline = createRaceTimeline(manifest);
    timeline.append(events);
    return times.map((atMs) => timeline.viewAt(atMs));
  });

describe('O. Running order', () => {
  it('[O1] more laps, then the later loop, whoever came first', () => {
    const race = aRace().start().laps('1', 1, 91).laps('2', 2, 95).cross('2', 'S1', 130).cross('1', 'S1', 131);
    expect(race.state(94).order).toEqual(['1', '2', '3']);
    expect(race.state(130).order).toEqual(['2', '1', '3']);
  });

  it('[O2] at the same loop the first to cross it stands ahead', () => {
    const race = aRace().start().laps('2', 1, 91).laps('1', 1.2, 91.001);
    expect(race.state(95).order).toEqual(['2', '1', '3']);
  });

  it('[O1] a place on the lap says nothing about the order', () => {
    const race = aRace().start().laps('1', 1, 91).laps('2', 2, 92);
    race.fact(
      { type: 'position', atMs: 100_000, car: '2', lapFraction: 0.9 },
      { type: 'position', atMs: 100_000, car: '1', lapFraction: 0.1 },
    );
    expect(race.state(101).order).toEqual(['1', '2', '3']);
    expect(race.car('2', 101).lapFraction).toBe(0.9);
  });

  it('[O3] the grid stands until a car crosses its first loop; without a slot by entry', () => {
    const grid = [{ car: '3', position: 1 }];
    expect(aRace({ grid }).state(0).order).toEqual(['3', '1', '2']);
    expect(aRace({ grid }).start().cross('2', 'SF', 2).state(3).order).toEqual(['2', '3', '1']);
  });

  it('[O4] a dead heat goes to the better grid place, in whatever order it is read', () => {
    const race = aRace().start().laps('2', 1, 91).laps('1', 1, 91);
    expect(race.state(95).order).toEqual(['1', '2', '3']);
    expect(intervalAhead(race.view(95), '2')).toEqual(time(0));
    expect(gapTo(race.view(95), '1', '2')).toEqual(time(0));
  });

  it('[O4] every entered car stands in the order once, as a full sort has it', () => {
    fc.assert(
      fc.property(randomMoments, (views) => {
        for (const { state } of views) {
          const numbers = state.manifest.entries.map((entry) => entry.car);
          expect(state.order.toSorted()).toEqual(numbers.toSorted());
          expect(state.orderIndexes).toEqual(sortedOrder(state.cars, state.manifest.kind));
          expect(state.order).toEqual(state.orderIndexes.map((index) => state.cars[index]?.car));
        }
      }),
      { numRuns: 40 },
    );
  });

  it('[O1] the order never contradicts the crossings, and laps are the crossings of the line', () => {
    fc.assert(
      fc.property(randomMoments, (views) => {
        for (const { state, history, nowMs } of views) {
          const cars = runningOrder(state).map((number) => state.cars.find((car) => car.car === number));
          cars.forEach((car, place) => {
            const next = cars[place + 1];
            if (car === undefined || next === undefined || car.progress < 0) return;
            const isAhead =
              car.progress > next.progress || (car.progress === next.progress && car.crossedAtMs <= next.crossedAtMs);
            expect(isAhead).toBe(true);
            expect(car.lapsCompleted).toBe(Math.floor(car.progress / 3));
            expect(history.crossings.get(car.car)?.timesMs[car.progress]).toBe(car.crossedAtMs);
            expect(car.crossedAtMs).toBeLessThanOrEqual(nowMs);
          });
        }
      }),
      { numRuns: 40 },
    );
  });

  it('[L2] the best lap is the fastest of the valid laps that may be one', () => {
    fc.assert(
      fc.property(randomMoments, (views) => {
        for (const { state, history, nowMs } of views) {
          for (const car of state.cars) {
            const valid = (history.laps.get(car.car) ?? []).filter(
              (lap) =>
                lap.atMs <= nowMs &&
                lap.lap > 1 &&
                !lap.isInLap &&
                !lap.isOutLap &&
                lap.lapTimeMs !== undefined &&
                (lap.invalidatedAtMs ?? nowMs + 1) > nowMs,
            );
            const best = valid.length === 0 ? undefined : Math.min(...valid.map((lap) => lap.lapTimeMs as number));
            if (car.bestLapNumber === REPORTED_LAP) expect(car.bestLapTimeMs).toBeLessThan(best ?? 1e9);
            else expect(car.bestLapTimeMs).toBe(best);
          }
          const bests = state.cars.flatMap((car) => car.bestLapTimeMs ?? []);
          expect(state.bestLap?.ms).toBe(bests.length === 0 ? undefined : Math.min(...bests));
        }
      }),
      { numRuns: 40 },
    );
  });

  it('[O5] cars that are out stand behind all others: retired, disqualified, not started', () => {
    const race = aRace().start().laps('1', 1, 91).laps('2', 2, 92).laps('3', 3, 93);
    race.fact({ type: 'car-not-starting', atMs: 100_000, car: '1' }).retire('2', 110);
    expect(race.state(120)).toMatchObject({ order: ['3', '2', '1'], running: 1 });
    race.fact({ type: 'car-disqualified', atMs: 130_000, car: '3' });
    expect(race.state(140)).toMatchObject({ order: ['2', '3', '1'], running: 0 });
  });

  it('[O5] a car that crosses a loop and retires in one batch is out all the same', () => {
    const race = aRace().start().laps('1', 1, 91).laps('2', 2, 92);
    const base = aRace().state(0);
    const state = foldRace(base, numbered([...race.retire('1', 91.5).events()]));
    expect(state).toMatchObject({ order: ['2', '3', '1'], running: 2 });
  });

  it('[O5] out of a race a retired car keeps its place', () => {
    const race = aRace({ kind: 'qualifying' }).laps('1', 1, 91).laps('2', 2, 95).retire('1', 100);
    expect(race.state(110)).toMatchObject({ order: ['1', '2', '3'], running: 3 });
  });

  it('[O6] after the flag nothing moves a car that took it, nor after its disqualification', () => {
    const race = aRace().start().laps('1', 1, 91, 181).flag('chequered', 181).laps('2', 2, 92, 183);
    race.cross('1', 'S1', 211).cross('1', 'SF', 300).cross('2', 'SF', 290);
    expect(race.car('1', 400)).toMatchObject({ status: 'finished', lapsCompleted: 2, crossedAtMs: 181_000 });
    expect(race.state(400).order).toEqual(['1', '2', '3']);
    race.fact({ type: 'car-disqualified', atMs: 401_000, car: '2' }).cross('2', 'SF', 450);
    expect(race.car('2', 500)).toMatchObject({ status: 'disqualified', lapsCompleted: 2 });
  });

  it('[O17] a leader who has driven the distance, in laps or in time, drives on until the flag', () => {
    for (const distance of [{ laps: 2 }, { durationMs: 150_000 }]) {
      const race = aRace({ distance }).start().laps('1', 1, 91, 181, 271).laps('2', 2, 92, 270);
      expect(race.state(200)).toMatchObject({ chequeredAtMs: undefined, order: ['1', '2', '3'] });
      expect(race.car('1', 272)).toMatchObject({ status: 'running', lapsCompleted: 3 });
      race.flag('chequered', 361).laps('1', 271, 361);
      expect(race.car('1', 362)).toMatchObject({ status: 'finished', lapsCompleted: 4 });
    }
  });

  it('[O7] in qualifying the best lap makes the order, the earlier of two equal ones', () => {
    const race = aRace({ kind: 'qualifying' }).laps('3', 1, 91).laps('1', 2, 92).laps('2', 3, 92);
    expect(race.state(95).order).toEqual(['2', '3', '1']);
    expect(race.fact({ type: 'lap-invalidated', atMs: 96_000, car: '2', lapNumber: 1 }).state(97).order).toEqual([
      '3',
      '1',
      '2',
    ]);
  });

  it('[O18] who is first seen in the middle of a race has passed nobody', () => {
    const late = (car: string, seconds: number) => [car, 'SF', seconds, { lapNumber: 40 }] as const;
    const race = aRace()
      .start()
      .cross(...late('3', 3600))
      .cross(...late('1', 3601))
      .cross(...late('2', 3602));
    expect(race.state(3603).order).toEqual(['3', '1', '2']);
    race.cross('1', 'SF', 3689, { lapNumber: 41 });
    expect(race.state(3690).order).toEqual(['1', '3', '2']);
    const { overtakes, leadChanges } = race.timeline().history;
    expect(overtakes.map(({ car, passed }) => [car, passed])).toEqual([['1', '3']]);
    expect(leadChanges.map(({ car, from }) => [car, from])).toEqual([['1', '3']]);
  });

  it('[O8] places gained count from the grid', () => {
    const race = aRace({
      grid: [
        { car: '1', position: 1 },
        { car: '2', position: 2 },
      ],
    })
      .start()
      .laps('2', 1, 91)
      .laps('3', 2, 92)
      .laps('1', 3, 93);
    expect(positionsGained(race.state(100), '2')).toBe(1);
    expect(positionsGained(race.state(100), '1')).toBe(-2);
    expect(positionsGained(race.state(100), '3')).toBeUndefined();
    expect(positionsGained(race.retire('1', 101).state(102), '1')).toBeUndefined();
    expect(positionsGained(race.state(100), '9')).toBeUndefined();
  });

  it('[O8] the place in a class counts the cars of that class ahead', () => {
    const entries = ['1', '2', '3'].map((car) => ({ car, drivers: [], class: car === '1' ? 'pro' : 'am' }));
    const race = aRace({ entries }).start().laps('1', 1, 91).laps('3', 2, 92).laps('2', 3, 93);
    expect(['1', '3', '2'].map((car) => classPositionOf(race.state(100), car))).toEqual([1, 1, 2]);
  });

  it('[O9] a new grid replaces the old one whole', () => {
    const race = aRace().fact({ type: 'session-updated', atMs: -1000, changes: { grid: [{ car: '3', position: 1 }] } });
    expect(race.state(0).order).toEqual(['3', '1', '2']);
    expect(race.car('1', 0).gridPosition).toBeUndefined();
  });
});

describe('G. Gaps', () => {
  const two = () => aRace().start().laps('1', 0.5, 91).laps('2', 2, 93.25);

  it('[G1] a gap is the difference at the chaser’s last loop', () => {
    expect(gapToLeader(two().view(93.25), '2')).toEqual(time(2.25));
    expect(gapToLeader(two().view(100), '2')).toEqual(time(2.25));
  });

  it('[G1] where either missed the loop, it is that of the last loop both crossed', () => {
    const chaser = two()
      .cross('1', 'S1', 121)
      .cross('1', 'S2', 151)
      .cross('2', 'S1', 124)
      .cross('1', 'SF', 181)
      .cross('2', 'SF', 184);
    expect(gapToLeader(chaser.view(185), '2')).toEqual(time(3));
    const ahead = two().cross('1', 'S2', 151).cross('2', 'S1', 124);
    expect(gapToLeader(ahead.view(152), '2')).toEqual(time(2.25));
  });

  it('[G1] it exists from the first line on', () => {
    expect(gapToLeader(two().view(1), '2')).toEqual({ ...UNKNOWN });
    expect(gapToLeader(two().view(2), '2')).toEqual(time(1.5));
  });

  it('[G1] behind a safety car it is still time at a loop, never distance over a speed', () => {
    const race = two().flag('safety-car', 95).cross('1', 'S1', 151).cross('2', 'S1', 155.5);
    race.fact({ type: 'position', atMs: 155_600, car: '1', lapFraction: 0.36, speedKph: 80 });
    race.fact({ type: 'position', atMs: 155_600, car: '2', lapFraction: 0.33, speedKph: 80 });
    expect(gapToLeader(race.view(156), '2')).toEqual(time(4.5));
  });

  it('[G2] the leader has no gap; what cannot be measured is unknown, not 0', () => {
    const race = two();
    expect(gapToLeader(race.view(95), '1')).toEqual({ kind: 'leader', lap: 2 });
    expect(intervalAhead(race.view(95), '1')).toEqual({ kind: 'leader', lap: 2 });
    expect(gapToLeader(race.view(95), '3')).toEqual(UNKNOWN);
    expect(gapToLeader(race.view(95), '99')).toEqual(UNKNOWN);
    race.retire('2', 96);
    expect(gapTo(race.view(97), '2', '1')).toEqual(UNKNOWN);
    expect(gapTo(race.view(97), '1', '2')).toEqual(UNKNOWN);
    expect(gapTo(race.view(97), '3', '3')).toEqual(time(0));
  });

  it('[G3] between loops a stopped car’s gap grows at once, and is measured again when it moves', () => {
    const race = two().cross('1', 'S1', 121);
    expect(gapToLeader(race.view(123), '2')).toEqual(time(2.25));
    expect(gapToLeader(race.view(125), '2')).toEqual(time(4, 'provisional'));
    expect(gapToLeader(race.view(160), '2')).toEqual(time(39, 'provisional'));
    expect(gapToLeader(race.cross('2', 'S1', 161).view(161), '2')).toEqual(time(40));
  });

  it('[G3] it grows too where the car ahead missed the next loop, and has the flag', () => {
    const missed = two().cross('1', 'S2', 151);
    expect(gapToLeader(missed.view(161), '2')).toEqual(time(10, 'provisional'));
    const flagged = aRace()
      .start()
      .laps('1', 1, 91, 181)
      .flag('chequered', 181)
      .laps('2', 2, 93)
      .cross('2', 'S1', 123)
      .cross('2', 'S2', 153);
    expect(gapToLeader(flagged.view(190), '2')).toEqual(time(9, 'provisional'));
    expect(gapToLeader(flagged.cross('2', 'SF', 191).view(500), '2')).toEqual(time(10));
  });

  it('[G3] it never shrinks between two loops of the chaser', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1_000_000 }), fc.integer({ min: 20_000, max: 380_000 }), (seed, fromMs) => {
        const { manifest, events } = randomRace(seed, 400_000);
        const timeline = createRaceTimeline(manifest);
        timeline.append(events);
        const before = timeline.viewAt(fromMs);
        const after = timeline.viewAt(fromMs + 3000);
        for (const car of before.state.order) {
          const [first, later] = [before, after].map((view) => view.state.cars.find((other) => other.car === car));
          if (first?.crossedAtMs !== later?.crossedAtMs || before.state.order[0] !== after.state.order[0]) continue;
          const [gap, grown] = [gapToLeader(before, car), gapToLeader(after, car)];
          if (gap.kind === 'time' && grown.kind === 'time') expect(grown.ms).toBeGreaterThanOrEqual(gap.ms);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('[G4] a lap down counts only when the car ahead has come round past the chaser', () => {
    // The chaser is 88 s behind: nearly a lap, and never lapped.
    const race = aRace().start().laps('1', 1, 91, 181).laps('2', 2, 179);
    for (const seconds of [91, 100, 150, 178, 179, 181, 182]) {
      expect(gapToLeader(race.view(seconds), '2').kind).toBe('time');
    }
    expect(gapToLeader(race.view(181), '2')).toEqual(time(88));
  });

  it('[G4] lapped cars keep their time beside the laps', () => {
    const race = aRace().start().laps('1', 1, 91, 181).laps('2', 2, 185);
    expect(gapToLeader(race.view(180), '2').kind).toBe('time');
    expect(gapToLeader(race.view(185), '2')).toEqual({ kind: 'laps', laps: 1, ms: 94_000, provenance: 'measured' });
    // The leader comes past on the road between two loops: known at the next one.
    const passed = aRace().start().laps('1', 1, 91).cross('1', 'S1', 121).cross('2', 'SF', 2).cross('2', 'S1', 119);
    expect(gapToLeader(passed.view(121), '2').kind).toBe('time');
    expect(gapToLeader(passed.cross('1', 'S2', 150).view(150), '2')).toMatchObject({ kind: 'laps', laps: 1 });
  });

  it('[G4] several laps down', () => {
    const race = aRace().start().laps('1', 1, 91, 181, 271, 361).laps('2', 2, 370);
    expect(gapToLeader(race.view(371), '2')).toEqual({ kind: 'laps', laps: 3, ms: 279_000, provenance: 'measured' });
  });

  it('[G5] along the running order no interval is negative', () => {
    fc.assert(
      fc.property(randomMoments, (views) => {
        for (const view of views) {
          for (const car of view.state.order) {
            for (const gap of [intervalAhead(view, car), gapToLeader(view, car)]) {
              if (gap.kind === 'time') expect(gap.ms).toBeGreaterThanOrEqual(0);
              if (gap.kind === 'laps') expect(gap.laps).toBeGreaterThan(0);
            }
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  it('[G6] seen from the car ahead the gap is the same, negative', () => {
    expect(gapTo(two().view(95), '1', '2')).toEqual(time(-2.25));
    const lapped = aRace().start().laps('1', 1, 91, 181).laps('2', 2, 185);
    expect(gapTo(lapped.view(186), '1', '2')).toEqual({ kind: 'laps', laps: -1, ms: -94_000, provenance: 'measured' });
  });

  it('[G7] interval and class gap are the same gap to other cars', () => {
    const entries = ['1', '2', '3'].map((car) => ({ car, drivers: [], class: car === '1' ? 'pro' : 'am' }));
    const race = aRace({ entries }).start().laps('1', 1, 91).laps('2', 2, 93).laps('3', 3, 97);
    const view = race.view(100);
    expect(intervalAhead(view, '3')).toEqual(time(4));
    expect(gapToLeader(view, '3')).toEqual(time(6));
    expect(gapInClass(view, '3')).toEqual(time(4));
    expect(gapInClass(view, '2')).toEqual({ kind: 'leader', lap: 2 });
  });

  it('[G9] what the feed claims changes nothing', () => {
    const race = two().fact({ type: 'gap-reported', atMs: 94_000, car: '2', to: 'leader', ms: 9999 });
    expect(gapToLeader(race.view(95), '2')).toEqual(time(2.25));
  });

  it('[G10] in qualifying a gap is the difference of the best laps', () => {
    const race = aRace({ kind: 'qualifying' }).laps('1', 100, 190).laps('2', 2, 93.5);
    expect(gapToLeader(race.view(200), '2')).toEqual(time(1.5));
    expect(gapToLeader(race.view(200), '1')).toEqual({ kind: 'leader', lap: 2 });
    expect(gapToLeader(race.view(200), '3')).toEqual(UNKNOWN);
  });
});
