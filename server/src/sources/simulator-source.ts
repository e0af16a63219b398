import type { Manifest } from '@pitboard/shared/protocol/manifest.ts';
import type { RaceEvent } from '@pitboard/shared/protocol/race-event.ts';
import { findScenario, SCENARIOS } from '@pitboard/simulator/scenarios/catalogue.ts';
import { simulateRace } from '@pitboard/simulator/simulate-race.ts';

export type SimulationOptions = {
  readonly scenario: string;
  readonly seed: number;
  /** Position reports of each car a second; none where it is not given. */
  readonly positionsHz?: number | undefined;
  /** Timing loops a lap; the scenario's own number where it is not given. */
  readonly loops?: number | undefined;
};

export type Simulation = { readonly manifest: Manifest; readonly events: readonly RaceEvent[] };

/** A scenario that nobody has written; the message lists those that there are. */
export class UnknownScenarioError extends Error {
  constructor(scenario: string) {
    super(`there is no scenario "${scenario}"; there are ${SCENARIOS.map(({ id }) => id).join(', ')}`);
    this.name = 'UnknownScenarioError';
  }
}

/** The scenarios by name, each with a line on what happens in it. */
export function listScenarios(): readonly {
  readonly id: string;
  readonly title: string;
  readonly description: string;
}[] {
  return SCENARIOS;
}

export function isScenario(id: string): boolean {
  return findScenario(id) !== undefined;
}

/**
 * Simulates a race: the same scenario and seed give the same race, to the byte.
 * @throws {UnknownScenarioError}
 */
export function simulate({ scenario: id, seed, positionsHz, loops }: SimulationOptions): Simulation {
  const found = findScenario(id);
  if (found === undefined) throw new UnknownScenarioError(id);
  const scenario = found.create(loops === undefined ? {} : { loops });
  return simulateRace(scenario, positionsHz === undefined ? { seed } : { seed, positionsHz });
}
