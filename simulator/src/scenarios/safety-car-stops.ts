import type { PlannedStop, Scenario } from '../scenario.ts';
import { createShortRace } from './short-race.ts';

const MINUTE_MS = 60_000;
const FIRST_SAFETY_CAR_LAP = 7;

/** The safety car comes out in the pit window; every other car stops under it, the leader does not. */
export function createSafetyCarStops(): Scenario {
  return createShortRace({
    event: 'Arlen Sprint',
    circuit: { name: 'Arlen Park', lengthMetres: 4420, sectorShares: [0.31, 0.36, 0.33] },
    // 18 April 2026, 12:30 UTC.
    startEpochMs: 1_776_515_400_000,
    durationMs: 34 * MINUTE_MS,
    classes: [
      {
        id: 'gt',
        name: 'Grand Touring',
        colour: '#47b36b',
        cars: 20,
        firstNumber: 1,
        models: [
          { make: 'Albion', model: 'Vantor GT3' },
          { make: 'Falke', model: 'Sturm GT3' },
          { make: 'Kuroda', model: 'RX GT3' },
        ],
        paceMs: 91_800,
        paceSpreadMs: 2200,
      },
    ],
    seats: 2,
    firstDriver: 0,
    pitRules: {
      mandatoryStops: 1,
      windowOpensMs: 10 * MINUTE_MS,
      windowClosesMs: 26 * MINUTE_MS,
      driverChangeRequired: true,
    },
    stopsOf: (gridPosition) => [stopOf(gridPosition)],
    script: {
      mishaps: [
        {
          car: '14',
          lap: 8,
          loop: 1,
          delayMs: 9000,
          kind: 'crash',
          text: 'Car 14 hits the barrier at the chicane; the driver is out of the car',
          parts: [{ car: '14', retires: { reason: 'accident', stopsAfterMs: 2000, afterMs: MINUTE_MS } }],
          yellowMs: 20_000,
          answer: { flag: 'safety-car', afterMs: 18_000, forMs: 5 * MINUTE_MS, endsAtLine: true },
        },
      ],
    },
  });
}

/** Even places on the grid are on the alert; the others keep to their plan and stop after the restart. */
function stopOf(gridPosition: number): PlannedStop {
  const stop = { lap: 11 + (gridPosition % 3), stationaryMs: 30_000 + ((gridPosition * 7) % 5) * 700, next: 1 };
  return gridPosition % 2 === 0 ? { ...stop, underSafetyCarFromLap: FIRST_SAFETY_CAR_LAP } : stop;
}
