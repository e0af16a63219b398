import { momentsUntil } from '@pitboard/shared/analysis/moments.ts';
import { momentText } from '@pitboard/shared/format/moment-text.ts';
import type { RaceEvent } from '@pitboard/shared/protocol/race-event.ts';
import { initialRaceState } from '@pitboard/shared/race/initial-state.ts';
import { type RaceHistory, until, visitAt } from '@pitboard/shared/race/race-history.ts';
import type { RaceState } from '@pitboard/shared/race/race-state.ts';
import { foldRace, reduceRace } from '@pitboard/shared/race/reduce-race.ts';
import { sortedOrder } from '@pitboard/shared/race/running-order.ts';
import { SequenceGapError } from '@pitboard/shared/timeline/event-log.ts';
import { createRaceTimeline, type RaceTimeline } from '@pitboard/shared/timeline/race-timeline.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { someEvents } from '../builders.ts';
import { aRace } from '../race-script.ts';
import { type RandomRace, randomRace } from '../random-race.ts';

// fast-check prints its seed and the numbers below when a run fails: a race is made from them alone.
const seeds = fc.integer({ min: 0, max: 1_000_000 });
const SHORT_MS = 400_000;
const LONG_MS = 5_000_000;

/** What happened up to a moment, in order, without what was withdrawn: written the slow and plain way. */
function happenedUntil(events: readonly RaceEvent[], atMs: number): RaceEvent[] {
  const withdrawn = new Set<number>();
  for (const event of events) {
    if (event.type !== 'passing-withdrawn') continue;
    const target = events[event.withdrawnSeq - 1];
    if (target?.type === 'passing' && target.car === event.car && target.seq < event.seq) withdrawn.add(target.seq);
  }
  return events
    .filter((event) => event.atMs <= atMs && !withdrawn.has(event.seq))
    .sort((one, other) => one.atMs - other.atMs || one.seq - other.seq);
}

function foldFromZero({ manifest, events }: RandomRace, atMs: number): RaceState {
  return happenedUntil(events, atMs).reduce(reduceRace, initialRaceState(manifest));
}

/** A timeline that takes a race in batches of random sizes. */
function inBatches({ manifest, events }: RandomRace, sizes: readonly number[], onBatch = (_: RaceTimeline) => {}) {
  const timeline = createRaceTimeline(manifest);
  for (let from = 0, turn = 0; from < events.length; turn++) {
    const size = sizes[turn % sizes.length] as number;
    timeline.append(events.slice(from, from + size));
    from += size;
    onBatch(timeline);
  }
  return timeline;
}

/** A timeline that never got anything but what had happened at `atMs`. */
function onlyUntil({ manifest, events }: RandomRace, atMs: number): RaceTimeline {
  const timeline = createRaceTimeline(manifest);
  timeline.append(
    happenedUntil(events, atMs).map((event, index) => {
      const seq = index + 1;
      // What it took back is left out already, and the numbers are new.
      return event.type === 'passing-withdrawn' ? { ...event, seq, withdrawnSeq: seq } : { ...event, seq };
    }),
  );
  return timeline;
}

/** History as a viewer at `atMs` may read it, in plain values. */
function historyAt(history: RaceHistory, atMs: number): unknown {
  const { version: _version, crossings, laps, visits, allLaps, flags, ...lists } = history;
  const masked = (lap: (typeof allLaps)[number]) =>
    (lap.invalidatedAtMs ?? atMs) > atMs ? { ...lap, invalidatedAtMs: undefined } : lap;
  const plain = <T>(map: ReadonlyMap<string, T>, read: (value: T) => readonly unknown[]) =>
    Object.fromEntries([...map].map(([car, value]) => [car, read(value)]).filter(([, list]) => list?.length !== 0));
  return {
    crossings: plain(crossings, ({ timesMs }) =>
      [...timesMs.entries()].filter(([, crossedAtMs]) => crossedAtMs !== undefined && crossedAtMs <= atMs),
    ),
    laps: plain(laps, (list) => until(list, atMs).map(masked)),
    allLaps: until(allLaps, atMs).map(masked),
    visits: plain(visits, (list) => until(list, atMs).map((visit) => visitAt(visit, atMs))),
    flags: until(flags, atMs).map((flag) => ((flag.endMs ?? atMs) > atMs ? { ...flag, endMs: undefined } : flag)),
    ...Object.fromEntries(
      Object.entries(lists).map(([name, list]) => [name, withoutSeq(until<{ readonly atMs: number }>(list, atMs))]),
    ),
  };
}

function withoutSeq<T>(value: T): T {
  return JSON.parse(JSON.stringify(value, (key, held) => (key === 'seq' ? undefined : held))) as T;
}

function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  Object.freeze(value);
  for (const held of Object.values(value)) deepFreeze(held);
  return value;
}

describe('R. Recordings and replay', () => {
  it('[R5] any seek, in any order, after any arrival and batching, is the fold from zero', () => {
    fc.assert(
      fc.property(
        seeds,
        fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 5 }),
        fc.array(fc.integer({ min: -60_000, max: SHORT_MS + 60_000 }), { minLength: 1, maxLength: 6 }),
        (seed, sizes, times) => {
          const race = randomRace(seed, SHORT_MS);
          // A viewer seeks while facts still arrive: nothing of that may show later.
          const timeline = inBatches(race, sizes, (growing) => growing.viewAt(times[0] as number));
          for (const atMs of times) expect(timeline.viewAt(atMs).state).toEqual(foldFromZero(race, atMs));
        },
      ),
      { numRuns: 40 },
    );
  });

  it('[R5] across keyframes too', () => {
    fc.assert(
      fc.property(
        seeds,
        fc.array(fc.integer({ min: 0, max: LONG_MS }), { minLength: 4, maxLength: 4 }),
        (seed, times) => {
          const race = randomRace(seed, LONG_MS);
          const timeline = inBatches(race, [700, 3]);
          // Now and then a random race is too short for a second keyframe.
          fc.pre(timeline.keyframes > 1);
          for (const atMs of times) expect(timeline.viewAt(atMs).state).toEqual(foldFromZero(race, atMs));
        },
      ),
      { numRuns: 4 },
    );
  });

  it('[R5] a state is the same however the facts are cut into batches', () => {
    fc.assert(
      fc.property(seeds, fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 6 }), (seed, sizes) => {
        const race = randomRace(seed, SHORT_MS);
        const events = happenedUntil(race.events, SHORT_MS);
        let state = initialRaceState(race.manifest);
        for (let from = 0, turn = 0; from < events.length; turn++) {
          const size = sizes[turn % sizes.length] as number;
          state = foldRace(state, events.slice(from, from + size));
          from += size;
        }
        expect(state).toEqual(foldFromZero(race, SHORT_MS));
      }),
      { numRuns: 40 },
    );
  });

  it('[R6] history up to a moment is that of a timeline that got nothing later', () => {
    fc.assert(
      fc.property(
        seeds,
        fc.integer({ min: 1, max: 50 }),
        fc.array(fc.integer({ min: 0, max: SHORT_MS }), { minLength: 1, maxLength: 3 }),
        (seed, size, times) => {
          const race = randomRace(seed, SHORT_MS);
          const timeline = inBatches(race, [size]);
          for (const atMs of times) {
            expect(historyAt(timeline.history, atMs)).toEqual(historyAt(onlyUntil(race, atMs).history, atMs));
          }
        },
      ),
      { numRuns: 40 },
    );
  });

  it('[R6] across keyframes too, with late facts that take history back', () => {
    fc.assert(
      fc.property(seeds, fc.integer({ min: 0, max: LONG_MS }), (seed, atMs) => {
        const race = randomRace(seed, LONG_MS);
        const timeline = inBatches(race, [30]);
        expect(historyAt(timeline.history, atMs)).toEqual(historyAt(onlyUntil(race, atMs).history, atMs));
      }),
      { numRuns: 4 },
    );
  });

  it('[R6] a late fact takes back what lies open over a keyframe, and a keyframe that cuts a moment is passed over', () => {
    const race = aRace()
      .start()
      .laps('1', 1, 91, 181, 271)
      .pitIn('1', 95)
      .pitOut('1', 125)
      .flag('yellow', 90)
      .flag('green', 130);
    race.fact({ type: 'lap-invalidated', atMs: 126_000, car: '1', lapNumber: 1 });
    // As many facts up to 100 s as a keyframe lies apart; the retirement comes at that very moment, after them.
    const before = race.events().filter((event) => event.atMs <= 100_000).length;
    for (let count = before; count < 1000; count++) race.fact({ type: 'clock', atMs: 100_000, running: true });
    race.retire('2', 100);
    const events = race.events();
    const place = events.findIndex((event) => event.type === 'car-retired');
    expect(place).toBe(1000);
    const late = { type: 'incident' as const, text: 'late', cars: [], seq: events.length + 1 };
    for (const atMs of [100_000, 110_000]) {
      const timeline = createRaceTimeline(race.manifest);
      timeline.append(events.slice(0, place));
      timeline.append(events.slice(place));
      expect(timeline.keyframes).toBe(2);
      timeline.append([{ ...late, atMs }]);
      const inOneGo = createRaceTimeline(race.manifest);
      inOneGo.append([...events, { ...late, atMs }]);
      expect(historyAt(timeline.history, 300_000)).toEqual(historyAt(inOneGo.history, 300_000));
      expect(historyAt(timeline.history, 115_000)).toEqual(historyAt(inOneGo.history, 115_000));
      expect(timeline.history.visits.get('1')).toMatchObject([{ exitAtMs: 125_000 }]);
      expect(timeline.viewAt(115_000).state).toEqual(inOneGo.viewAt(115_000).state);
    }
  });

  it('[R6] every list of history stands in order of time', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const { history } = inBatches(randomRace(seed, SHORT_MS), [25]);
        const { crossings, laps, visits, version: _version, ...lists } = history;
        for (const list of [...Object.values(lists), ...laps.values(), ...visits.values()]) {
          const times = list.map((item) => item.atMs);
          expect(times).toEqual(times.toSorted((one, other) => one - other));
        }
        for (const { timesMs } of crossings.values()) {
          const times = timesMs.filter((crossedAtMs) => crossedAtMs !== undefined);
          expect(times).toEqual(times.toSorted((one, other) => one - other));
        }
      }),
      { numRuns: 30 },
    );
  });

  it('[R5] practice and qualifying are folded alike, and stand as a full sort has them', () => {
    fc.assert(
      fc.property(seeds, fc.integer({ min: 1, max: 40 }), fc.integer({ min: 0, max: SHORT_MS }), (seed, size, atMs) => {
        const { manifest, events } = randomRace(seed, SHORT_MS);
        const session: RandomRace = { manifest: { ...manifest, kind: 'qualifying' }, events };
        const timeline = inBatches(session, [size]);
        const { state } = timeline.viewAt(atMs);
        expect(state).toEqual(foldFromZero(session, atMs));
        expect(state.orderIndexes).toEqual(sortedOrder(state.cars, 'qualifying'));
        expect(historyAt(timeline.history, atMs)).toEqual(historyAt(onlyUntil(session, atMs).history, atMs));
      }),
      { numRuns: 40 },
    );
  });

  it('[R5] two facts of one millisecond both count, in order of arrival', () => {
    const race = aRace().start().flag('yellow', 10).flag('red', 10).laps('1', 1, 91).laps('2', 1, 91).flag('green', 91);
    expect(race.state(10)).toMatchObject({ flag: 'red' });
    expect(race.timeline().history.flags.map((period) => period.flag)).toEqual(['yellow', 'red', 'green']);
    expect(race.state(91).cars.map((car) => car.lapsCompleted)).toEqual([1, 1, 0]);
  });

  it('[R7] a state that was given out is never written to', () => {
    fc.assert(
      fc.property(seeds, fc.integer({ min: 1, max: 30 }), (seed, size) => {
        const race = randomRace(seed, SHORT_MS);
        const events = happenedUntil(race.events, SHORT_MS).map(deepFreeze);
        let state = deepFreeze(initialRaceState(race.manifest));
        for (let from = 0; from < events.length; from += size) {
          // Writing to anything frozen throws.
          state = deepFreeze(foldRace(state, events.slice(from, from + size)));
        }
        expect(state.atMs).toBe(events.at(-1)?.atMs);
      }),
      { numRuns: 30 },
    );
  });

  it('[R7] what does not change keeps its reference', () => {
    const before = aRace().start().laps('1', 1, 91).state(50);
    const after = reduceRace(before, { seq: 99, type: 'passing', atMs: 70_000, car: '1', loop: 'S2' });
    expect(after).not.toBe(before);
    expect(after.order).toBe(before.order);
    expect(after.cars[1]).toBe(before.cars[1]);
    expect(after.cars[0]).not.toBe(before.cars[0]);
  });

  it('[R4] a withdrawn passing counts at no moment, not even before it was withdrawn', () => {
    const race = aRace().start().laps('1', 1, 91).cross('1', 'SF', 140);
    const withdrawnSeq = race.events().length;
    race.fact({ type: 'passing-withdrawn', atMs: 200_000, car: '1', withdrawnSeq });
    expect(race.car('1', 150).lapsCompleted).toBe(1);
    expect(race.car('1', 300).lapsCompleted).toBe(1);
    expect(race.timeline().history.laps.get('1')).toHaveLength(1);
  });

  it('[R4] nobody can withdraw the passing of another car, nor one still to come', () => {
    const race = aRace().start().laps('1', 1, 91);
    race.fact({ type: 'passing-withdrawn', atMs: 95_000, car: '2', withdrawnSeq: 5 });
    race.fact({ type: 'passing-withdrawn', atMs: 96_000, car: '1', withdrawnSeq: 8 }).cross('1', 'S1', 121);
    expect(race.events()[7]).toMatchObject({ loop: 'S1' });
    expect(race.car('1', 130)).toMatchObject({ lapsCompleted: 1, progress: 4 });
  });

  it('[R5] a fact that comes in late is told as if it had come in time', () => {
    const inTime = aRace().start().laps('1', 1, 91, 181).laps('2', 2, 93, 185);
    const events = inTime.events();
    const late = events.filter((event) => event.atMs === 91_000);
    const order = [...events.filter((event) => event.atMs !== 91_000), ...late];
    const timeline = createRaceTimeline(inTime.manifest);
    timeline.append(order.slice(0, -1).map((event, index) => ({ ...event, seq: index + 1 })));
    expect(timeline.viewAt(200_000).state).not.toEqual(inTime.state(200));
    timeline.append(late.map((event) => ({ ...event, seq: order.length })));
    expect(timeline.viewAt(200_000).state).toEqual(inTime.state(200));
  });

  it('[R8] a log has no hole, and a repeat changes nothing', () => {
    const timeline = createRaceTimeline(aRace().manifest);
    const events = someEvents(20);
    timeline.append(events.slice(0, 10));
    expect(() => timeline.append(events.slice(11))).toThrow(SequenceGapError);
    expect(timeline.headSeq).toBe(10);
    timeline.append(events.slice(4));
    expect(timeline.headSeq).toBe(20);
    expect(timeline.events(1, 99)).toEqual(events);
  });

  it('[R5] an empty race stands on the grid at any moment', () => {
    const timeline = createRaceTimeline(aRace().manifest);
    expect(timeline).toMatchObject({ headSeq: 0, startMs: 0, headAtMs: 0 });
    expect(timeline.viewAt(-5000).state.order).toEqual(['1', '2', '3']);
    expect(timeline.viewAt(5000).state.order).toEqual(['1', '2', '3']);
  });
});

describe('M. Moments', () => {
  it('[M1] the story at a moment is a prefix of the whole', () => {
    fc.assert(
      fc.property(
        seeds,
        fc.array(fc.integer({ min: 0, max: 800_000 }), { minLength: 1, maxLength: 4 }),
        (seed, times) => {
          const race = randomRace(seed, 800_000);
          const { history } = inBatches(race, [40]);
          for (const atMs of times) {
            const known = onlyUntil(race, atMs).history;
            const told = withoutSeq(momentsUntil(race.manifest, history, atMs));
            expect(told).toEqual(withoutSeq(momentsUntil(race.manifest, known, atMs)));
            expect(withoutSeq(momentsUntil(race.manifest, history, 9e9)).slice(0, told.length)).toEqual(told);
          }
        },
      ),
      { numRuns: 25 },
    );
  });

  it('[M2] every moment of a race is one sentence in both languages', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const race = randomRace(seed, 800_000);
        const moments = momentsUntil(race.manifest, inBatches(race, [500]).history, 9e9);
        expect(moments.length).toBeGreaterThan(5);
        for (const moment of moments) {
          for (const locale of ['en', 'de'] as const) {
            const text = momentText(moment, race.manifest, locale);
            expect(text).toMatch(/\S/);
            expect(text).not.toMatch(/undefined|NaN|null|\[object/);
          }
        }
      }),
      { numRuns: 15 },
    );
  });
});
