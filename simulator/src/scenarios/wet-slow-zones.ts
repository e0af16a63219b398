import type { RaceFact } from '@pitboard/shared/protocol/race-event.ts';
import { type Rain, waterAt } from '../rain.ts';
import type { Scenario } from '../scenario.ts';
import type { Mishap } from '../script.ts';
import { createShortRace } from './short-race.ts';

const MINUTE_MS = 60_000;
const DURATION_MS = 40 * MINUTE_MS;
const FIRST_NUMBER = 61;
const CARS = 16;
const WEATHER_EVERY_MS = MINUTE_MS;
const DAMP = 0.05;
const WET = 0.3;

const RAIN_BEGINS_MS = 8.5 * MINUTE_MS;
const WET_TRACK_MS = 11.5 * MINUTE_MS;
const RAIN_ENDS_MS = 20 * MINUTE_MS;

const RAIN: Rain = {
  water: [
    { atMs: RAIN_BEGINS_MS, depth: 0 },
    { atMs: 11 * MINUTE_MS, depth: 0.25 },
    { atMs: 14 * MINUTE_MS, depth: 0.75 },
    { atMs: RAIN_ENDS_MS, depth: 0.7 },
    { atMs: 31 * MINUTE_MS, depth: 0 },
  ],
  slickLossMs: 24_000,
  wetLossMs: 9000,
  dryingLossMs: 6500,
  tyreStopMs: 14_000,
  spinsPerLap: 0.4,
};

/** A shower over the middle of the race; sectors where cars have to be recovered become slow zones. */
export function createWetSlowZones(): Scenario {
  return createShortRace({
    event: 'Gravenau Sprint',
    circuit: { name: 'Gravenau Forest', lengthMetres: 4780, sectorShares: [0.24, 0.26, 0.29, 0.21] },
    // 12 September 2026, 11:00 UTC.
    startEpochMs: 1_789_210_800_000,
    durationMs: DURATION_MS,
    classes: [
      {
        id: 'gt',
        name: 'Grand Touring',
        colour: '#47b36b',
        cars: CARS,
        firstNumber: FIRST_NUMBER,
        models: [
          { make: 'Falke', model: 'Sturm GT3' },
          { make: 'Meridiane', model: 'LM GT3' },
          { make: 'Northwood', model: 'Stallion GT3' },
        ],
        paceMs: 95_200,
        paceSpreadMs: 2400,
      },
    ],
    seats: 1,
    firstDriver: 100,
    script: { mishaps: [stuckIn({ car: '69', lap: 8, loop: 2 }), stuckIn({ car: '73', lap: 13, loop: 1 })] },
    facts: [...startingTyres(), ...weather(), ...announcements()],
    rain: RAIN,
  });
}

/** A car slides into the gravel and has to be recovered. */
function stuckIn(where: Pick<Mishap, 'car' | 'lap' | 'loop'>): Mishap {
  return {
    ...where,
    delayMs: 9000,
    kind: 'off-track',
    text: `Car ${where.car} slides off the wet track and is stuck in the gravel`,
    parts: [{ car: where.car, retires: { reason: 'off the track', stopsAfterMs: 4000, afterMs: 1.5 * MINUTE_MS } }],
    yellowMs: 25_000,
    answer: { flag: 'slow-zone', afterMs: 20_000, forMs: 4.5 * MINUTE_MS },
  };
}

function startingTyres(): RaceFact[] {
  return Array.from({ length: CARS }, (_, index) => ({
    atMs: -70_000,
    type: 'tyres-changed',
    car: String(FIRST_NUMBER + index),
    compound: 'slick',
    fresh: true,
  }));
}

function weather(): RaceFact[] {
  return Array.from({ length: DURATION_MS / WEATHER_EVERY_MS + 1 }, (_, index): RaceFact => {
    const atMs = index * WEATHER_EVERY_MS;
    const depth = waterAt(RAIN, atMs);
    return {
      atMs: index === 0 ? -85_000 : atMs,
      type: 'weather',
      airCelsius: Math.round((17.5 - 3 * depth) * 10) / 10,
      trackCelsius: Math.round((23 - 6 * depth) * 10) / 10,
      humidityPercent: Math.round(64 + 30 * depth),
      windKph: 11 + ((index * 5) % 6),
      rain: depth > 0 && atMs <= RAIN_ENDS_MS,
      surface: depth < DAMP ? 'dry' : depth < WET ? 'damp' : 'wet',
    };
  });
}

function announcements(): RaceFact[] {
  const lines = [
    [RAIN_BEGINS_MS, 'It begins to rain'],
    [WET_TRACK_MS, 'Wet track declared'],
    [RAIN_ENDS_MS, 'The rain has stopped'],
  ] as const;
  return lines.map(([atMs, text]) => ({ atMs, type: 'race-control-message', category: 'information', text }));
}
