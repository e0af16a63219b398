import type { Manifest } from '@pitboard/shared/protocol/manifest.ts';
import type { RaceEvent, RaceFactOf } from '@pitboard/shared/protocol/race-event.ts';
import { averageSpeedKph } from '@pitboard/shared/race/average-speed.ts';
import { classify } from '@pitboard/shared/race/classification.ts';
import { initialRaceState } from '@pitboard/shared/race/initial-state.ts';
import { lapLeaders, lapsLed, leadChangesAtLine } from '@pitboard/shared/race/lap-leaders.ts';
import { officialResult } from '@pitboard/shared/race/official-result.ts';
import { raceClock } from '@pitboard/shared/race/race-clock.ts';
import { reduceRace } from '@pitboard/shared/race/reduce-race.ts';
import { suspendedMsBetween } from '@pitboard/shared/race/suspension.ts';
import { createRaceTimeline, type RaceTimeline } from '@pitboard/shared/timeline/race-timeline.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aRace, type RaceScript } from '../race-script.ts';
import { randomRace } from '../random-race.ts';

/** The log of a race, and then the word that a passing of it was none. */
function withdrawn(race: RaceScript, car: string, atSeconds: number, { saidAt = 1000 } = {}): RaceTimeline {
  const events = race.events();
  const passing = events.find(
    (event) => event.type === 'passing' && event.car === car && event.atMs === atSeconds * 1000,
  );
  if (passing === undefined) throw new Error('no such passing');
  const timeline = createRaceTimeline(race.manifest);
  timeline.append(events);
  timeline.append([
    { seq: events.length + 1, type: 'passing-withdrawn', atMs: saidAt * 1000, car, withdrawnSeq: passing.seq },
  ]);
  return timeline;
}

const places = (timeline: RaceTimeline, seconds: number) =>
  classify(timeline.viewAt(seconds * 1000)).map(({ car, position, laps }) => `${position ?? '–'} #${car} ${laps}`);

describe('R. Corrections', () => {
  const three = () => aRace().start().laps('1', 1, 91, 171, 261).laps('2', 2, 92, 182, 272).laps('3', 3, 93, 183, 273);

  it('[R4] with a crossing of the line goes its lap, its best, and the lead that it gave', () => {
    const before = three().timeline().viewAt(200_000);
    expect(before.state).toMatchObject({ bestLap: { car: '1', lap: 2, ms: 80_000 }, order: ['1', '2', '3'] });
    const timeline = withdrawn(three(), '1', 171);
    const at172 = timeline.viewAt(172_000).state;
    expect(at172).toMatchObject({ bestLap: undefined });
    expect(at172.cars[0]).toMatchObject({ lapsCompleted: 1, bestLapTimeMs: undefined, progress: 5 });
    // The next loop of the car tells that it has ended the lap all the same, without a time.
    expect(timeline.viewAt(202_000).state.cars[0]).toMatchObject({ lapsCompleted: 2, lastLapTimeMs: undefined });
    expect(timeline.history.laps.get('1')?.map(({ lap, lapTimeMs }) => [lap, lapTimeMs])).toEqual([
      [1, 91_000],
      [2, undefined],
      [3, undefined],
    ]);
    expect(timeline.viewAt(300_000).state.bestLap).toMatchObject({ car: '2', lap: 2, ms: 90_000 });
    expect(lapLeaders(timeline.viewAt(300_000)).map(({ lap, car }) => [lap, car])).toEqual([
      [1, '1'],
      [2, '2'],
      [3, '1'],
    ]);
  });

  it('[R4] a false lap that is withdrawn takes nothing of the true one', () => {
    const race = three().cross('1', 'SF', 140);
    expect(race.car('1', 300)).toMatchObject({ lapsCompleted: 4 });
    const timeline = withdrawn(race, '1', 140);
    expect(timeline.viewAt(300_000).state.cars[0]).toMatchObject({ lapsCompleted: 3, bestLapTimeMs: 80_000 });
    expect(timeline.viewAt(300_000).state.cars).toEqual(three().timeline().viewAt(300_000).state.cars);
  });

  it('[R4] the finish is told anew without the crossing of a false winner', () => {
    // The transponder of car 3 was read at the line for a lap that it had not done.
    const race = aRace().start().laps('1', 1, 91, 181).laps('2', 2, 92, 182).laps('3', 3, 93).cross('3', 'SF', 180.5);
    race.flag('chequered', 180.5).cross('3', 'SF', 190);
    expect(places(race.timeline(), 500)).toEqual(['1 #3 2', '2 #1 2', '3 #2 2']);
    const timeline = withdrawn(race, '3', 180.5, { saidAt: 400 });
    for (const seconds of [200, 399, 400, 500]) {
      expect(places(timeline, seconds)).toEqual(['1 #1 2', '2 #2 2', '3 #3 2']);
    }
    expect(timeline.viewAt(500_000).state).toMatchObject({ chequeredAtMs: 181_000 });
    expect(timeline.viewAt(500_000).state.cars.map(({ status }) => status)).toEqual([
      'finished',
      'finished',
      'finished',
    ]);
  });

  it('[R4] a winner whose last crossing is withdrawn has not won', () => {
    const race = aRace().start().laps('1', 1, 91, 181).laps('2', 2, 92, 182).flag('chequered', 181);
    race.cross('1', 'SF', 275);
    const timeline = withdrawn(race, '1', 181);
    const { cars } = timeline.viewAt(190_000).state;
    expect(cars.slice(0, 2).map(({ status, lapsCompleted }) => [status, lapsCompleted])).toEqual([
      ['running', 1],
      ['finished', 2],
    ]);
    expect(places(timeline, 500)).toEqual(['1 #2 2', '2 #1 2', '– #3 0']);
  });

  it('[R4] the end of the distance is told anew too', () => {
    const race = aRace({ distance: { laps: 2 } })
      .start()
      .laps('1', 1, 91, 181)
      .cross('1', 'SF', 140);
    expect(race.state(150)).toMatchObject({ distanceDoneAtMs: 140_000 });
    const timeline = withdrawn(race, '1', 140);
    expect(timeline.viewAt(150_000).state).toMatchObject({ distanceDoneAtMs: undefined });
    expect(timeline.viewAt(190_000).state).toMatchObject({ distanceDoneAtMs: 181_000 });
    expect(raceClock(timeline.viewAt(150_000)).lapsToGo).toBe(1);
  });

  it('[R4] what is withdrawn twice, and what never was, changes nothing', () => {
    const race = three().cross('1', 'SF', 140);
    const timeline = withdrawn(race, '1', 140);
    const seq = timeline.headSeq;
    const { withdrawnSeq } = timeline.events(seq, 1)[0] as RaceFactOf<'passing-withdrawn'>;
    const state = timeline.viewAt(900_000).state;
    timeline.append([
      { seq: seq + 1, type: 'passing-withdrawn', atMs: 1_100_000, car: '1', withdrawnSeq },
      { seq: seq + 2, type: 'passing-withdrawn', atMs: 1_100_000, car: '1', withdrawnSeq: 1 },
      { seq: seq + 3, type: 'passing-withdrawn', atMs: 1_100_000, car: '1', withdrawnSeq: seq + 3 },
      { seq: seq + 4, type: 'passing-withdrawn', atMs: 1_100_000, car: '1', withdrawnSeq: 99_999 },
    ]);
    expect(timeline.viewAt(900_000).state).toEqual(state);
  });

  const distances: Manifest['distance'][] = [
    { laps: 8 },
    { durationMs: 330_000 },
    { durationMs: 300_000, lapsAfterTime: 1 },
    { durationMs: 200_000, laps: 9 },
  ];
  const races = fc
    .tuple(
      fc.integer({ min: 0, max: 1_000_000 }),
      fc.constantFrom(...distances),
      fc.constantFrom('runs' as const, 'stops' as const),
    )
    .map(([seed, distance, suspendedClock]) => {
      const { manifest, events } = randomRace(seed, 380_000);
      return {
        manifest: { ...manifest, ...(distance && { distance }), rules: { suspendedClock, stoppedRaceLapsBack: 1 } },
        events,
      };
    });
  const moments = fc.array(fc.integer({ min: 0, max: 450_000 }), { minLength: 1, maxLength: 4 });

  it('[R4] any race with withdrawn passings is, at any moment, the race without them', () => {
    fc.assert(
      fc.property(races, moments, fc.integer({ min: 1, max: 50 }), ({ manifest, events }, times, size) => {
        const without = createRaceTimeline(manifest);
        without.append(withoutWithdrawn(events));
        const timeline = createRaceTimeline(manifest);
        for (let from = 0; from < events.length; from += size) timeline.append(events.slice(from, from + size));
        for (const atMs of times) {
          const [view, plain] = [timeline.viewAt(atMs), without.viewAt(atMs)];
          // The word in place of a passing is a fact of its own moment.
          expect({ ...view.state, atMs: 0 }).toEqual({ ...plain.state, atMs: 0 });
          expect(officialResult(view)).toEqual(officialResult(plain));
          expect(raceClock(view)).toEqual(raceClock(plain));
        }
      }),
      { numRuns: 40 },
    );
  });

  it('[R6] results, clock and laps led at a moment follow from what was known by then', () => {
    fc.assert(
      fc.property(races, moments, ({ manifest, events }, times) => {
        const ending: RaceEvent = { seq: events.length + 1, type: 'session-phase', atMs: 420_000, phase: 'finished' };
        const all = [...events, ending];
        const timeline = createRaceTimeline(manifest);
        timeline.append(all);
        const gone = withdrawnOf(all);
        for (const atMs of times) {
          const known = createRaceTimeline(manifest);
          // Numbered anew, a withdrawal that is left in would name another passing.
          const facts = all.filter(
            (event) => event.atMs <= atMs && !gone.has(event) && event.type !== 'passing-withdrawn',
          );
          known.append(facts.map((event, index) => ({ ...event, seq: index + 1 })));
          const told = [timeline.viewAt(atMs), known.viewAt(atMs)].map((view) => ({
            official: officialResult(view),
            road: classify(view),
            clock: raceClock(view),
            led: lapsLed(view),
            // A lap that is taken away later is the same lap until then.
            changes: leadChangesAtLine(view).map(({ car, lap, atMs }) => ({ car, lap, atMs })),
            speed: averageSpeedKph(view),
            suspendedMs: suspendedMsBetween(view.history, 0, atMs),
          }));
          expect(told[0]).toEqual(told[1]);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('[R5] a race with a planned distance is the fold from zero, one by one', () => {
    fc.assert(
      fc.property(races, moments, ({ manifest, events }, times) => {
        const timeline = createRaceTimeline(manifest);
        timeline.append(events);
        const gone = withdrawnOf(events);
        const happened = events
          .filter((event) => !gone.has(event))
          .sort((one, other) => one.atMs - other.atMs || one.seq - other.seq);
        for (const atMs of times) {
          const known = happened.filter((event) => event.atMs <= atMs);
          expect(timeline.viewAt(atMs).state).toEqual(known.reduce(reduceRace, initialRaceState(manifest)));
        }
      }),
      { numRuns: 30 },
    );
  });
});

/** The passings that were withdrawn. */
function withdrawnOf(events: readonly RaceEvent[]): ReadonlySet<RaceEvent> {
  const gone = new Set<RaceEvent>();
  for (const event of events) {
    if (event.type !== 'passing-withdrawn') continue;
    const passing = events[event.withdrawnSeq - 1];
    if (passing?.type === 'passing' && passing.car === event.car && passing.seq < event.seq) gone.add(passing);
  }
  return gone;
}

/** The same log with a word that changes nothing in place of each of them, and of its withdrawal. */
function withoutWithdrawn(events: readonly RaceEvent[]): RaceEvent[] {
  const gone = withdrawnOf(events);
  return events.map((event) =>
    gone.has(event) || event.type === 'passing-withdrawn'
      ? { seq: event.seq, type: 'race-control-message', atMs: event.atMs, text: '-' }
      : event,
  );
}
