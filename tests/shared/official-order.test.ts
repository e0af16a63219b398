import type { Manifest } from '@pitboard/shared/protocol/manifest.ts';
import type { RaceFact } from '@pitboard/shared/protocol/race-event.ts';
import { gapToLeader, intervalAhead } from '@pitboard/shared/race/gaps.ts';
import { orderDifferences } from '@pitboard/shared/race/official-order.ts';
import { positionOf } from '@pitboard/shared/race/race-view.ts';
import { foldRace } from '@pitboard/shared/race/reduce-race.ts';
import { sortedOrder } from '@pitboard/shared/race/running-order.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aRace } from '../race-script.ts';
import { randomRace } from '../random-race.ts';

const reported = (seconds: number, ...cars: readonly string[]): RaceFact => ({
  type: 'order-reported',
  atMs: seconds * 1000,
  cars: [...cars],
});

/** 1, 2 and 3 a second apart, the feed saying otherwise at 93 s. */
function disputed(manifest: Partial<Manifest> = {}) {
  return aRace(manifest)
    .start()
    .laps('1', 1, 91)
    .laps('2', 2, 92)
    .laps('3', 3, 93)
    .fact(reported(93, '3', '1', '2'));
}

describe('O. Running order', () => {
  it('[O10] before the first crossing the feed’s order is shown, from then on the measured one', () => {
    const race = aRace()
      .fact(reported(-20, '2', '3', '1'))
      .start()
      .laps('1', 1);
    expect(race.state(-30).order).toEqual(['1', '2', '3']);
    expect(race.state(0).order).toEqual(['2', '3', '1']);
    expect(race.state(1).order).toEqual(['1', '2', '3']);
  });

  it('[O10] while the race runs, what the feed claims moves nobody', () => {
    const state = disputed().state(95);
    expect(state.order).toEqual(['1', '2', '3']);
    expect(state.reportedOrder).toEqual(['3', '1', '2']);
  });

  it('[O10] while it is suspended, an order reported since is shown, an older one is not', () => {
    const race = disputed()
      .flag('red', 100)
      .fact(reported(300, '2', '1', '3'))
      .flag('green', 900);
    expect(race.state(299).order).toEqual(['1', '2', '3']);
    expect(race.state(300).order).toEqual(['2', '1', '3']);
    expect(positionOf(race.state(300), '1')).toBe(2);
    expect(race.state(900).order).toEqual(['1', '2', '3']);
  });

  it('[O10] after the flag, an order reported after everybody who has taken it is shown', () => {
    const race = aRace()
      .start()
      .laps('1', 1, 91, 181)
      .flag('chequered', 181)
      .laps('2', 2, 92, 183)
      .laps('3', 3, 93, 190);
    race.fact(reported(181.5, '1', '3', '2'), reported(184, '2', '1', '3'), reported(200, '3', '1', '2'));
    // 2 comes home after the report of 181.5 s, which is out of date from then on.
    expect(race.state(182).order).toEqual(['1', '3', '2']);
    expect(race.state(183).order).toEqual(['1', '2', '3']);
    expect(race.state(184).order).toEqual(['2', '1', '3']);
    expect(race.state(190).order).toEqual(['1', '2', '3']);
    expect(race.state(200).order).toEqual(['3', '1', '2']);
  });

  it('[O10] after the flag, an order from before it is not shown, though nobody is home yet', () => {
    const race = disputed().flag('chequered', 120);
    expect(race.state(121)).toMatchObject({ chequeredAtMs: 120_000, order: ['1', '2', '3'] });
    expect(race.fact(reported(125, '2', '1', '3')).state(126).order).toEqual(['2', '1', '3']);
  });

  it('[O10] where the feed is the authority its order is always shown', () => {
    const race = disputed({ orderAuthority: 'feed' });
    expect(race.state(92.9).order).toEqual(['1', '2', '3']);
    expect(race.state(95).order).toEqual(['3', '1', '2']);
    expect(race.laps('2', 94, 180).state(185).order).toEqual(['3', '1', '2']);
  });

  it('[O11] cars that the report leaves out keep their places, strangers and repeats mean nothing', () => {
    const race = aRace({ orderAuthority: 'feed' }).start().laps('1', 1).laps('2', 2).laps('3', 3);
    expect(race.fact(reported(4, '3', '99', '3', '1')).state(5).order).toEqual(['3', '2', '1']);
    expect(race.fact(reported(6, '3')).state(7).order).toEqual(['1', '2', '3']);
    expect(race.fact(reported(8)).state(9).order).toEqual(['1', '2', '3']);
  });

  it('[O11] cars that are out stand behind, wherever the feed has them', () => {
    const race = disputed({ orderAuthority: 'feed' }).retire('3', 94);
    expect(race.state(95)).toMatchObject({ order: ['1', '2', '3'], running: 2 });
  });

  it('[O12] the measured order goes on beneath, and it is told where the two differ', () => {
    const race = disputed({ orderAuthority: 'feed' });
    const state = race.state(95);
    expect(state.orderIndexes).toEqual([0, 1, 2]);
    expect(orderDifferences(state)).toEqual([
      { car: '1', measured: 1, reported: 2 },
      { car: '2', measured: 2, reported: 3 },
      { car: '3', measured: 3, reported: 1 },
    ]);
    expect(orderDifferences(race.fact(reported(96, '1', '2', '3')).state(97))).toEqual([]);
    expect(orderDifferences(aRace().state(0))).toEqual([]);
  });

  it('[O12] leads and places at the line are those of the road', () => {
    const { history } = disputed({ orderAuthority: 'feed' }).laps('1', 91, 181).laps('3', 93, 183).timeline();
    expect(history.leadChanges.map(({ car }) => car)).not.toContain('3');
    expect(history.laps.get('3')?.at(-1)).toMatchObject({ lap: 2, position: 2 });
  });

  it('[O4] whatever is reported, every car stands in the order once and the measured order is the full sort', () => {
    const seeds = fc.integer({ min: 0, max: 1_000_000 });
    const authority = fc.constantFrom('measured' as const, 'feed' as const);
    const shuffled = fc.shuffledSubarray(['1', '2', '3', '4', '5', '6', '77', '88'], { minLength: 0, maxLength: 8 });
    fc.assert(
      fc.property(
        seeds,
        authority,
        fc.array(fc.tuple(fc.nat({ max: 440 }), shuffled), { maxLength: 6 }),
        (seed, orderAuthority, reports) => {
          const random = randomRace(seed, 400_000);
          const race = aRace({ ...random.manifest, orderAuthority }).fact(
            ...random.events
              .filter(({ type }) => type !== 'passing-withdrawn')
              .map(({ seq: _, ...fact }) => fact as RaceFact),
          );
          race.fact(...reports.map(([seconds, cars]) => reported(seconds, ...cars)));
          const timeline = race.timeline();
          for (const seconds of [0, 50, 180, 300, 420]) {
            const { state } = timeline.viewAt(seconds * 1000);
            expect(state.order.toSorted()).toEqual(state.manifest.entries.map(({ car }) => car).toSorted());
            expect(state.orderIndexes).toEqual(sortedOrder(state.cars, 'race'));
            // In one batch or one by one.
            const events = race.events().filter(({ atMs }) => atMs <= seconds * 1000);
            const single = events.reduce((before, event) => foldRace(before, [event]), race.state(-1e6));
            expect(state.order).toEqual(single.order);
          }
        },
      ),
      { numRuns: 25 },
    );
  });

  it('[O15] a reinstated car stands again where its laps put it', () => {
    const race = aRace().start().laps('1', 1, 91, 181).laps('2', 2, 92, 183).retire('1', 100);
    race.fact({ type: 'car-reinstated', atMs: 150_000, car: '1' });
    expect(race.state(120)).toMatchObject({ order: ['2', '3', '1'], running: 2 });
    expect(race.state(160)).toMatchObject({ order: ['1', '2', '3'], running: 3 });
    race
      .flag('chequered', 181)
      .fact({ type: 'car-disqualified', atMs: 190_000, car: '1' }, { type: 'car-reinstated', atMs: 195_000, car: '1' });
    expect(race.state(191).order).toEqual(['2', '3', '1']);
    expect(race.state(196).order).toEqual(['1', '2', '3']);
    expect(race.car('1', 196).status).toBe('finished');
  });
});

describe('G. Gaps', () => {
  it('[G13] where the crossings contradict the order shown, the gap is the feed’s claim, else unknown', () => {
    const race = disputed({ orderAuthority: 'feed' });
    expect(gapToLeader(race.view(95), '3')).toEqual({ kind: 'leader', lap: 2 });
    expect(gapToLeader(race.view(95), '1')).toEqual({ kind: 'unknown' });
    expect(intervalAhead(race.view(95), '2')).toEqual({ kind: 'time', ms: 1000, provenance: 'measured' });
    race.fact({ type: 'gap-reported', atMs: 96_000, car: '1', to: 'leader', ms: 400 });
    expect(gapToLeader(race.view(97), '1')).toEqual({ kind: 'time', ms: 400, provenance: 'official' });
  });
});
