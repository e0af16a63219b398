import type { Scenario } from '../scenario.ts';
import { createBaku2014 } from './baku-2014.ts';
import { createEndurance24h } from './endurance-24h.ts';
import { createLappedFinish } from './lapped-finish.ts';
import { createRedFlagRestart } from './red-flag-restart.ts';
import { createSafetyCarStops } from './safety-car-stops.ts';
import { createWetSlowZones } from './wet-slow-zones.ts';

export type ScenarioOptions = {
  /** Timing loops a lap, where the scenario has a choice. */
  readonly loops?: number;
};

export type ScenarioOffer = {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  /** @throws {RangeError} for options that the scenario does not have. */
  create(options?: ScenarioOptions): Scenario;
};

export const SCENARIOS: readonly ScenarioOffer[] = [
  {
    id: 'baku-2014',
    title: 'Baku World Challenge 2014, Main Race',
    description: 'The last race of the Blancpain Sprint Series 2014, reconstructed from what was published about it.',
    create: () => createBaku2014(),
  },
  {
    id: 'endurance-24h',
    title: '24 Hours of Karst',
    description: 'An invented 24-hour race: 60 cars in three classes, night, safety cars, 3 or 12 timing loops.',
    create: (options) => createEndurance24h(options?.loops ?? 3),
  },
  {
    id: 'safety-car-stops',
    title: 'Arlen Sprint: stops under the safety car',
    description: 'A safety car in the pit window: half the field stops under it, the leader stays out and pays for it.',
    create: createSafetyCarStops,
  },
  {
    id: 'red-flag-restart',
    title: 'Lindmoor Sprint: stopped and restarted',
    description: 'A heavy collision stops the race; the field waits on the grid and restarts behind the safety car.',
    create: createRedFlagRestart,
  },
  {
    id: 'lapped-finish',
    title: 'Tarnholm Sprint: a finish in traffic',
    description: 'Two classes: the winner takes the flag between two lapped cars, one car is in its box, one stops.',
    create: createLappedFinish,
  },
  {
    id: 'wet-slow-zones',
    title: 'Gravenau Sprint: a shower and slow zones',
    description: 'A shower sends the field in for wet tyres and back; spins, local yellows and slow zones by sector.',
    create: createWetSlowZones,
  },
];

export function findScenario(id: string): ScenarioOffer | undefined {
  return SCENARIOS.find((scenario) => scenario.id === id);
}
