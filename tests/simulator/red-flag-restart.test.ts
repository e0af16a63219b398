import { raceClock } from '@pitboard/shared/race/race-clock.ts';
import { carOf } from '@pitboard/shared/race/race-view.ts';
import { resumeOrder } from '@pitboard/shared/race/suspension.ts';
import { createRaceTimeline } from '@pitboard/shared/timeline/race-timeline.ts';
import { createRedFlagRestart } from '@pitboard/simulator/scenarios/red-flag-restart.ts';
import { simulateRace } from '@pitboard/simulator/simulate-race.ts';
import { describe, expect, it } from 'vitest';
import { CANONICAL_SEED, type CatalogueRace, runRace } from './catalogue-race.ts';

function stoppageOf(race: CatalogueRace) {
  const phases = race.all('session-phase');
  const stopped = phases.find(({ phase }) => phase === 'suspended');
  const resumed = phases.find(({ phase, seq }) => phase === 'running' && seq > (stopped?.seq ?? 0));
  if (stopped === undefined || resumed === undefined) throw new Error('the race is not stopped');
  return { fromMs: stopped.atMs, toMs: resumed.atMs };
}

describe('Red flag and restart', () => {
  const races = [2014, 1, 7].map((seed) => runRace('red-flag-restart', seed));

  it('[X75] the race is suspended under red and resumed behind the safety car', () => {
    for (const race of races) {
      const { fromMs, toMs } = stoppageOf(race);
      expect(race.periods('red')).toEqual([{ fromMs, toMs, sector: undefined }]);
      expect(race.periods('safety-car')[0]?.fromMs).toBe(toMs);
      for (const [car, other] of [
        ['26', '27'],
        ['27', '26'],
      ] as const) {
        expect(carOf(race.end.state, car)).toMatchObject({ status: 'retired', outcome: { otherCar: other, lap: 5 } });
      }
    }
  });

  it('[X76] under red every car comes to the line and stands, and nobody leaves the pit lane', () => {
    for (const race of races) {
      const { fromMs, toMs } = stoppageOf(race);
      const within = race.passings.filter(({ atMs }) => atMs > fromMs && atMs < toMs);
      const running = race.viewAt(toMs - 1).state.cars.filter(({ status }) => status !== 'retired');
      expect(running).toHaveLength(14);
      for (const { car, status } of running) {
        const own = within.filter((passing) => passing.car === car);
        expect(own.filter(({ loop }) => loop === 'SF').length).toBe(status === 'in-pit' ? 0 : 1);
        if (status !== 'in-pit') expect(own.at(-1)?.loop).toBe('SF');
      }
      const exits = race.all('pit-exit').filter(({ atMs }) => atMs > fromMs && atMs < toMs);
      expect(exits).toEqual([]);
      expect(running.filter(({ status }) => status === 'in-pit').map(({ car }) => car)).toEqual(['31']);
    }
  });

  it('[X76] they leave in the order in which the race was stopped, cars from the lane last', () => {
    for (const race of races) {
      const { toMs } = stoppageOf(race);
      const left = race.at('S1').filter(({ atMs }) => atMs > toMs);
      const order = resumeOrder(race.viewAt(toMs - 1).state)?.filter((car) => car !== '31') ?? [];
      expect(order).toHaveLength(13);
      expect(left.slice(0, 14).map(({ car }) => car)).toEqual([...order, '31']);
    }
  });

  it('[X48] a car that waits for the restart does not creep', () => {
    const scenario = createRedFlagRestart();
    const { events } = simulateRace(scenario, { seed: CANONICAL_SEED, positionsHz: 1 });
    const { fromMs, toMs } = stoppageOf(runRace('red-flag-restart'));
    const linedUpMs = fromMs + 200_000;
    const standing = events.filter(({ type, atMs }) => type === 'position' && atMs > linedUpMs && atMs < toMs);
    const cars = new Set(standing.flatMap((event) => (event.type === 'position' ? [event.car] : [])));
    expect(cars.size).toBe(14);
    expect(standing.every((event) => event.type === 'position' && event.speedKph === 0)).toBe(true);
  });

  it('[X77] the clock stands while the race does: it gets its full length', () => {
    for (const race of races) {
      const { fromMs, toMs } = stoppageOf(race);
      const clocks = race.all('clock');
      expect(clocks.map(({ atMs, running }) => ({ atMs, running }))).toEqual([
        { atMs: fromMs, running: false },
        { atMs: toMs, running: true },
      ]);
      expect(clocks[1]?.remainingMs).toBe(clocks[0]?.remainingMs);
      expect((clocks[0]?.elapsedMs ?? 0) + (clocks[0]?.remainingMs ?? 0)).toBe(race.manifest.distance?.durationMs);
      const racedMs = (race.end.state.chequeredAtMs ?? 0) - (toMs - fromMs);
      expect(racedMs).toBeGreaterThanOrEqual(race.manifest.distance?.durationMs ?? Number.NaN);
      expect(racedMs).toBeLessThan((race.manifest.distance?.durationMs ?? Number.NaN) + 90_000);
    }
  });

  it('[F16] without the feed’s clock the same is computed', () => {
    const race = runRace('red-flag-restart');
    const silent = createRaceTimeline(race.manifest);
    const facts = race.events.filter(({ type }) => type !== 'clock');
    silent.append(facts.map((event, index) => ({ ...event, seq: index + 1 })));
    for (let atMs = 0; atMs < (race.end.state.chequeredAtMs ?? 0); atMs += 10_000) {
      const computed = raceClock(silent.viewAt(atMs));
      expect(computed).toEqual({ ...raceClock(race.viewAt(atMs)), source: 'computed' });
    }
  });
});
