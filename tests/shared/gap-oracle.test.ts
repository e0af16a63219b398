import { trackPosition } from '@pitboard/shared/analysis/track-position.ts';
import type { RaceFact } from '@pitboard/shared/protocol/race-event.ts';
import { gapTo, gapToLeader, intervalAhead } from '@pitboard/shared/race/gaps.ts';
import type { RaceView } from '@pitboard/shared/race/race-view.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aRace } from '../race-script.ts';
import { randomRace } from '../random-race.ts';

const CARS = ['1', '2', '3', '4', '5'];
const LOOPS = ['SF', 'S1', 'S2'];
const END_MS = 500_000;

type Crossing = { readonly place: number; readonly atMs: number };
type Drive = {
  /** Time to each loop after the one before it, in ms; a long one is a stop on the way. */
  readonly stretchesMs: readonly number[];
  /** Which loops do not read the car, here and there; and which not at all, from a lap on. */
  readonly missed: readonly boolean[];
  readonly blind: 'nowhere' | 'at-line' | 'at-sectors';
  readonly blindFromLap: number;
};

const drive: fc.Arbitrary<Drive> = fc.record({
  stretchesMs: fc.array(
    fc.oneof(
      { weight: 12, arbitrary: fc.integer({ min: 20_000, max: 26_000 }) },
      { weight: 1, arbitrary: fc.integer({ min: 40_000, max: 120_000 }) },
    ),
    { minLength: 4, maxLength: 24 },
  ),
  missed: fc.array(fc.boolean(), { minLength: 24, maxLength: 24 }),
  blind: fc.constantFrom('nowhere', 'nowhere', 'at-line', 'at-sectors'),
  blindFromLap: fc.integer({ min: 1, max: 4 }),
});

/** The start line is never missed, and enough is seen for everybody to count the laps. */
function crossingsOf({ stretchesMs, missed, blind, blindFromLap }: Drive, startMs: number): Crossing[] {
  let atMs = startMs;
  const seen: Crossing[] = [{ place: 0, atMs }];
  stretchesMs.forEach((ms, index) => {
    atMs += ms;
    const place = index + 1;
    const isLine = place % 3 === 0;
    const isMissed =
      place / 3 >= blindFromLap && blind !== 'nowhere'
        ? isLine === (blind === 'at-line')
        : missed[index] && place % 4 === 3;
    if (isMissed !== true) seen.push({ place, atMs });
  });
  return seen;
}

type Table = ReadonlyMap<string, readonly Crossing[]>;

function tableOf(drives: readonly Drive[]): Table {
  return new Map(CARS.map((car, index) => [car, crossingsOf(drives[index] as Drive, 1000 + index * 900)]));
}

/** The same race as facts; each crossing may be read twice, the second time a little later. */
function factsOf(table: Table, doubles: boolean): RaceFact[] {
  return [...table].flatMap(([car, crossings]) =>
    crossings.flatMap(({ place, atMs }): RaceFact[] => {
      const read: RaceFact = { type: 'passing', atMs, car, loop: LOOPS[place % 3] as string };
      return doubles && place % 5 === 2 ? [read, { ...read, atMs: atMs + 250 }] : [read];
    }),
  );
}

type Expected = {
  readonly ahead: string;
  readonly measuredMs: number | undefined;
  readonly boundMs: number | undefined;
  readonly laps: number;
};

/** From the whole tables, without the engine: who is ahead of whom, and by how much. */
function expectedGap(table: Table, one: string, other: string, nowMs: number): Expected | undefined {
  const until = (car: string) => (table.get(car) as readonly Crossing[]).filter(({ atMs }) => atMs <= nowMs);
  const lasts = [one, other].map((car) => ({ car, seen: until(car), last: until(car).at(-1) }));
  lasts.sort((a, b) => (b.last?.place ?? -1) - (a.last?.place ?? -1) || (a.last?.atMs ?? 0) - (b.last?.atMs ?? 0));
  const [ahead, chaser] = lasts as [(typeof lasts)[0], (typeof lasts)[0]];
  const last = chaser.last;
  if (last === undefined) return undefined;
  const at = (crossings: readonly Crossing[], place: number) => crossings.find((item) => item.place === place)?.atMs;
  const shared = chaser.seen
    .filter(({ place }) => place >= last.place - 3 && at(ahead.seen, place) !== undefined)
    .at(-1);
  const next = ahead.seen.find(({ place }) => place > last.place && place <= last.place + 3);
  // Round past the chaser: beyond its next loop, or at its last one before it was there.
  const isPast = (laps: number) => {
    const place = last.place + 3 * laps;
    const there = at(ahead.seen, place);
    return ahead.seen.some((item) => item.place > place) || (there !== undefined && there <= last.atMs);
  };
  let laps = 0;
  while (isPast(laps + 1)) laps++;
  return {
    ahead: ahead.car,
    measuredMs: shared === undefined ? undefined : shared.atMs - (at(ahead.seen, shared.place) as number),
    boundMs: next === undefined ? undefined : nowMs - next.atMs,
    laps,
  };
}

function check(view: RaceView, table: Table, car: string, reference: string): 'measured' | 'provisional' | 'none' {
  const expected = expectedGap(table, car, reference, view.nowMs);
  const gap = gapTo(view, car, reference);
  if (expected === undefined) {
    expect(gap.kind).toBe('unknown');
    return 'none';
  }
  const sign = expected.ahead === reference ? 1 : -1;
  // Nothing is not less than nothing.
  const signed = (ms: number) => sign * ms + 0;
  const { measuredMs, boundMs, laps } = expected;
  // Where nothing is shared and nothing lies around it, nobody knows.
  if (gap.kind === 'unknown' && measuredMs === undefined && boundMs === undefined) return 'none';
  if (gap.kind === 'unknown' || gap.kind === 'leader') throw new Error(`no gap where ${JSON.stringify(expected)}`);
  expect(gap.kind).toBe(laps > 0 ? 'laps' : 'time');
  if (gap.kind === 'laps') expect(gap.laps).toBe(sign * laps);
  if (measuredMs !== undefined && (boundMs === undefined || boundMs <= measuredMs)) {
    expect(gap).toMatchObject({ ms: signed(measuredMs), provenance: 'measured' });
    return 'measured';
  }
  // Never measured where the tables do not share a loop.
  expect(gap.provenance).not.toBe('measured');
  if (measuredMs !== undefined) expect(gap).toMatchObject({ ms: signed(boundMs as number), provenance: 'provisional' });
  return 'provisional';
}

const races = fc.record({
  drives: fc.array(drive, { minLength: 5, maxLength: 5 }),
  doubles: fc.boolean(),
  moments: fc.array(fc.integer({ min: 0, max: END_MS }), { minLength: 6, maxLength: 6 }),
});

describe('G. Gaps', () => {
  it('[G1] any two cars are as far apart as their whole tables of crossings say, at any moment', () => {
    const seen = { measured: 0, provisional: 0, none: 0 };
    fc.assert(
      fc.property(races, ({ drives, doubles, moments }) => {
        const table = tableOf(drives);
        const timeline = aRace({
          circuit: {
            name: 'Ring',
            minimumLapMs: 45_000,
            loops: LOOPS.map((id) => ({ id, kind: id === 'SF' ? 'finish' : 'sector' })),
          },
          entries: CARS.map((car) => ({ car, drivers: [] })),
          grid: [],
        })
          .start()
          .fact(...factsOf(table, doubles))
          .timeline();
        for (const atMs of moments) {
          const view = timeline.viewAt(atMs);
          for (const car of CARS) for (const other of CARS) if (car !== other) seen[check(view, table, car, other)]++;
        }
      }),
      { numRuns: 80 },
    );
    // Every branch was met, many times over.
    expect(Math.min(seen.measured, seen.provisional)).toBeGreaterThan(200);
  });
});

describe('R. Recordings and replay', () => {
  it('[R6] every gap and place at a moment follows from the facts up to it', () => {
    const seeds = fc.integer({ min: 0, max: 1_000_000 });
    fc.assert(
      fc.property(seeds, fc.integer({ min: 0, max: 440_000 }), (seed, atMs) => {
        const { manifest, events } = randomRace(seed, 400_000);
        const facts = events
          .filter(({ type }) => type !== 'passing-withdrawn')
          .map(({ seq: _, ...fact }) => fact as RaceFact);
        const told = (known: readonly RaceFact[]) => {
          const view = aRace(manifest)
            .fact(...known)
            .view(atMs / 1000);
          return view.state.order.map((car) => [
            gapToLeader(view, car),
            intervalAhead(view, car),
            gapTo(view, car, '3'),
            trackPosition(view, car),
          ]);
        };
        expect(told(facts)).toEqual(told(facts.filter((fact) => fact.atMs <= atMs)));
      }),
      { numRuns: 60 },
    );
  });
});
