import type { PlannedStop, Scenario } from '../scenario.ts';
import { createShortRace, type ShortRaceClass } from './short-race.ts';

const MINUTE_MS = 60_000;

const CLASSES: readonly ShortRaceClass[] = [
  {
    id: 'gt',
    name: 'Grand Touring',
    colour: '#47b36b',
    cars: 8,
    firstNumber: 11,
    models: [
      { make: 'Northwood', model: 'Stallion GT3' },
      { make: 'Sirocco', model: 'V10 GT3' },
    ],
    paceMs: 78_000,
    paceSpreadMs: 3200,
  },
  {
    id: 'touring',
    name: 'Touring',
    colour: '#4a8fe0',
    cars: 10,
    firstNumber: 101,
    models: [
      { make: 'Ligny', model: 'Berline Cup' },
      { make: 'Halden', model: 'S-Line' },
    ],
    paceMs: 86_300,
    paceSpreadMs: 3000,
  },
];

const STOPS: ReadonlyMap<number, PlannedStop> = new Map([
  // In its box as the flag falls.
  [5, { lap: 19, stationaryMs: 62_000, next: 0, trouble: 'Car 15 has a puncture' }],
  // Back on the track, but too late for the laps that a classification takes.
  [13, { lap: 4, stationaryMs: 11 * MINUTE_MS, next: 0, trouble: 'Car 105 leaves its box with another gearbox' }],
]);

/**
 * The winner comes to the line between two cars that he has lapped twice: the one ahead of him has a lap to go, the one
 * behind is home.
 */
export function createLappedFinish(): Scenario {
  return createShortRace({
    event: 'Tarnholm Sprint',
    circuit: { name: 'Tarnholm Ring', lengthMetres: 3640, sectorShares: [0.3, 0.38, 0.32] },
    // 13 June 2026, 14:00 UTC.
    startEpochMs: 1_781_359_200_000,
    durationMs: 25.5 * MINUTE_MS,
    classes: CLASSES,
    seats: 1,
    firstDriver: 72,
    stopsOf: (gridPosition) => {
      const stop = STOPS.get(gridPosition);
      return stop === undefined ? [] : [stop];
    },
    script: {
      meetings: [
        { car: '101', other: '11', fromLap: 10, toLap: 18, lapsUp: 2, gapMs: -900 },
        { car: '102', other: '11', fromLap: 10, toLap: 18, lapsUp: 2, gapMs: 800 },
      ],
      mishaps: [
        {
          car: '13',
          lap: 20,
          loop: 1,
          delayMs: 12_000,
          kind: 'mechanical',
          text: 'Car 13 rolls to a halt on its last lap',
          parts: [{ car: '13', retires: { reason: 'fuel pressure', stopsAfterMs: 9000, afterMs: 1.5 * MINUTE_MS } }],
          yellowMs: MINUTE_MS,
        },
      ],
    },
  });
}
