import type { Manifest } from '@pitboard/shared/protocol/manifest.ts';
import type { RaceEvent, RaceFact } from '@pitboard/shared/protocol/race-event.ts';
import { arrive } from './drive.ts';
import { planChances } from './incidents.ts';
import { samplePositions } from './positions.ts';
import { createRun, type RaceRun } from './race-run.ts';
import type { Scenario } from './scenario.ts';

export type SimulationOptions = {
  readonly seed: number;
  /** Positions between the loops, this often in a second for each car; none by default. */
  readonly positionsHz?: number;
};

export type SimulatedRace = { readonly manifest: Manifest; readonly events: RaceEvent[] };

const FORMATION_MS = 90_000;

/**
 * Runs a race from the formation lap to the close of the session. The same scenario and seed give the same events, in
 * order of time.
 */
export function simulateRace(scenario: Scenario, options: SimulationOptions): SimulatedRace {
  const run = createRun(scenario, options.seed);
  startRace(run);
  planChances(run);
  for (let next = run.queue.pop(); next !== undefined; next = run.queue.pop()) {
    run.nowMs = next.atMs;
    if (typeof next.task === 'function') next.task();
    else if (next.task.ticket === next.task.car.ticket) arrive(run, next.task.car);
  }
  const { manifest } = scenario;
  const facts = inOrder(run.facts);
  const hz = options.positionsHz ?? 0;
  const all = hz > 0 ? inOrder([...facts, ...samplePositions(manifest, facts, hz)]) : facts;
  return { manifest, events: all.map((fact, index) => ({ seq: index + 1, ...fact })) };
}

function startRace(run: RaceRun): void {
  const { startEpochMs } = run.scenario.manifest;
  run.facts.push(
    { atMs: -FORMATION_MS, type: 'session-phase', phase: 'formation' },
    { atMs: 0, type: 'session-phase', phase: 'running', ...(startEpochMs !== undefined && { startEpochMs }) },
    { atMs: 0, type: 'flag-changed', flag: 'green' },
  );
  for (const car of run.cars.values()) run.queue.push(car.arriveAtMs, { car, ticket: car.ticket });
}

/** By time; what happens at the same time stays as it was written. */
function inOrder(facts: readonly RaceFact[]): RaceFact[] {
  return facts.toSorted((a, b) => a.atMs - b.atMs);
}
