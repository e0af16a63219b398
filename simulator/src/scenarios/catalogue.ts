import type { Scenario } from '../scenario.ts';
import { createBaku2014 } from './baku-2014.ts';
import { createEndurance24h } from './endurance-24h.ts';

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
];

export function findScenario(id: string): ScenarioOffer | undefined {
  return SCENARIOS.find((scenario) => scenario.id === id);
}
