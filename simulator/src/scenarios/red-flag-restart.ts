import type { Scenario } from '../scenario.ts';
import type { Mishap } from '../script.ts';
import { createShortRace } from './short-race.ts';

const MINUTE_MS = 60_000;
const OUT = { stopsAfterMs: 1500, afterMs: 50_000 };

const COLLISION: Mishap = {
  car: '26',
  lap: 5,
  loop: 2,
  delayMs: 7000,
  kind: 'crash',
  text: 'Cars 26 and 27 collide at full speed; debris and a damaged barrier',
  parts: [
    { car: '26', retires: { reason: 'collision', otherCar: '27', ...OUT } },
    { car: '27', retires: { reason: 'collision', otherCar: '26', ...OUT } },
    { car: '28', lossMs: 14_000 },
  ],
  yellowMs: 12_000,
  answer: { flag: 'red', afterMs: 11_000, forMs: 11 * MINUTE_MS, safetyCarMs: 3 * MINUTE_MS },
};

/** A heavy collision stops the race. The clock stands; the race goes on behind the safety car. */
export function createRedFlagRestart(): Scenario {
  return createShortRace({
    event: 'Lindmoor Sprint',
    circuit: { name: 'Lindmoor Circuit', lengthMetres: 3910, sectorShares: [0.22, 0.27, 0.28, 0.23] },
    // 16 May 2026, 13:00 UTC.
    startEpochMs: 1_778_936_400_000,
    durationMs: 28 * MINUTE_MS,
    classes: [
      {
        id: 'formula',
        name: 'Formula',
        colour: '#e05a47',
        cars: 16,
        firstNumber: 21,
        models: [
          { make: 'Kestrel', model: 'F-08' },
          { make: 'Orlan', model: '12' },
        ],
        paceMs: 83_400,
        paceSpreadMs: 1900,
      },
    ],
    rules: { suspendedClock: 'stops' },
    seats: 1,
    firstDriver: 48,
    // In its box when the red flag falls: the exit of the lane is shut.
    stopsOf: (gridPosition) =>
      gridPosition === 11 ? [{ lap: 4, stationaryMs: 52_000, next: 0, trouble: 'Car 31 gets a new front wing' }] : [],
    script: {
      mishaps: [
        COLLISION,
        {
          car: '23',
          lap: 15,
          loop: 1,
          delayMs: 6000,
          kind: 'mechanical',
          text: 'Car 23 slows down with smoke from the engine',
          parts: [{ car: '23', retires: { reason: 'engine', stopsAfterMs: 15_000, afterMs: 2 * MINUTE_MS } }],
          yellowMs: 2 * MINUTE_MS,
        },
        {
          car: '22',
          lap: 9,
          loop: 2,
          delayMs: 8000,
          kind: 'spin',
          text: 'Car 22 spins and rejoins',
          parts: [{ car: '22', lossMs: 7000 }],
          yellowMs: MINUTE_MS / 2,
        },
      ],
    },
  });
}
