import type { RaceFact } from '@pitboard/shared/protocol/race-event.ts';
import type { CarPlan, PlannedStop, Scenario } from '../scenario.ts';
import { BAKU_MANIFEST, WINDOW_CLOSES_MS, WINDOW_OPENS_MS } from './baku-2014-manifest.ts';
import { BAKU_SCRIPT } from './baku-2014-script.ts';

type Pace = {
  readonly lapMs: number;
  /** Of the first and the second driver against the car. */
  readonly drivers: readonly [number, number];
  /** Lap that ends with the stop; `undefined` where the car did not get so far. */
  readonly stop?: Omit<PlannedStop, 'next'>;
};

/** Reconstructed, but for who was quick: see the data notes of the manifest. */
const PACES: Readonly<Record<string, Pace>> = {
  '1': { lapMs: 91_450, drivers: [500, -600], stop: { lap: 17, stationaryMs: 39_600 } },
  '007': {
    lapMs: 91_450,
    drivers: [500, -450],
    stop: {
      lap: 18,
      stationaryMs: 44_900,
      trouble: 'Aston Martin 007 loses time at the stop: trouble with the tyre change',
    },
  },
  '9': { lapMs: 91_600, drivers: [700, 100], stop: { lap: 19, stationaryMs: 40_300 } },
  '36': { lapMs: 91_700, drivers: [700, 100], stop: { lap: 20, stationaryMs: 43_800 } },
  '6': { lapMs: 91_600, drivers: [850, -300], stop: { lap: 19, stationaryMs: 39_200 } },
  '16': { lapMs: 91_800, drivers: [700, 200], stop: { lap: 19, stationaryMs: 41_200 } },
  '37': { lapMs: 91_700, drivers: [600, 300], stop: { lap: 18, stationaryMs: 41_500 } },
  '84': { lapMs: 92_000, drivers: [500, 0] },
  '2': { lapMs: 91_400, drivers: [-200, 500] },
  '25': { lapMs: 92_100, drivers: [700, 200], stop: { lap: 20, stationaryMs: 41_000 } },
  '38': { lapMs: 92_300, drivers: [600, 300], stop: { lap: 21, stationaryMs: 41_400 } },
  '28': { lapMs: 92_400, drivers: [500, 200], stop: { lap: 19, stationaryMs: 41_900 } },
  '85': { lapMs: 92_600, drivers: [600, 300], stop: { lap: 17, stationaryMs: 41_700 } },
  '0': { lapMs: 92_500, drivers: [600, 400], stop: { lap: 20, stationaryMs: 42_100 } },
  '13': { lapMs: 92_600, drivers: [600, 400], stop: { lap: 19, stationaryMs: 42_300 } },
  '777': { lapMs: 91_800, drivers: [400, 200], stop: { lap: 21, stationaryMs: 40_600 } },
  '15': { lapMs: 93_300, drivers: [500, 400], stop: { lap: 18, stationaryMs: 45_800 } },
  '24': { lapMs: 93_400, drivers: [700, 400], stop: { lap: 20, stationaryMs: 44_100 } },
  '3': { lapMs: 93_500, drivers: [600, 600], stop: { lap: 17, stationaryMs: 42_700 } },
  '14': { lapMs: 92_900, drivers: [700, 500], stop: { lap: 20, stationaryMs: 42_600 } },
  '888': { lapMs: 93_100, drivers: [700, 500], stop: { lap: 21, stationaryMs: 42_400 } },
  '30': { lapMs: 93_600, drivers: [700, 500], stop: { lap: 18, stationaryMs: 43_200 } },
  '34': { lapMs: 93_700, drivers: [700, 600], stop: { lap: 19, stationaryMs: 43_600 } },
  '177': { lapMs: 94_000, drivers: [900, 300], stop: { lap: 19, stationaryMs: 42_900 } },
  '27': { lapMs: 94_500, drivers: [900, 900], stop: { lap: 20, stationaryMs: 44_800 } },
  '76': { lapMs: 94_000, drivers: [900, 0] },
  '31': { lapMs: 92_300, drivers: [500, 300] },
};

const ROW_MS = 520;
const BESIDE_MS = 190;
const NOISE_MS = 210;
const WEATHER_EVERY_MS = 300_000;
const SESSION_MS = 3_800_000;

/** The Main Race of the Baku World Challenge, 2 November 2014, as far as it is known. */
export function createBaku2014(): Scenario {
  return {
    manifest: BAKU_MANIFEST,
    track: {
      sectorShares: [0.317, 0.372, 0.311],
      pitEntryShare: 0.86,
      pitExitShare: 0.14,
      entryToLineMs: 10_800,
      lineToBoxMs: 5400,
      boxToExitMs: 6200,
    },
    model: {
      wearMsPerLap: 28,
      fuelMsPerLap: 22,
      refuels: false,
      evolutionMs: 500,
      night: undefined,
      limitLapMs: 89_950,
      launchMs: 2300,
    },
    cars: BAKU_MANIFEST.grid.map((slot) => carPlan(slot.car, slot.position)),
    facts: [...weather(), ...announcements(), ...nonStarters()],
    script: BAKU_SCRIPT,
    chances: { spins: 0, failures: 0, safetyCars: 0, fullCourseYellows: 0, driveThroughs: 0 },
  };
}

function carPlan(car: string, position: number): CarPlan {
  const pace = PACES[car];
  const entry = BAKU_MANIFEST.entries.find((candidate) => candidate.car === car);
  if (pace === undefined || entry === undefined) throw new RangeError(`no pace or entry for car ${car}`);
  const row = Math.ceil(position / 2) - 1;
  return {
    car,
    paceMs: pace.lapMs,
    crew: entry.drivers.map((driver, index) => ({
      driver: driver.id,
      paceMs: pace.drivers[index] ?? 0,
      noiseMs: NOISE_MS,
    })),
    startOffsetMs: row * ROW_MS + (position % 2 === 0 ? BESIDE_MS : 0),
    strategy: { kind: 'planned', stops: pace.stop === undefined ? [] : [{ ...pace.stop, next: 1 }] },
  };
}

function weather(): RaceFact[] {
  const count = Math.floor(SESSION_MS / WEATHER_EVERY_MS) + 1;
  return Array.from({ length: count }, (_, index) => ({
    atMs: index === 0 ? -85_000 : index * WEATHER_EVERY_MS,
    type: 'weather',
    airCelsius: 19 + (index % 3) * 0.2,
    trackCelsius: Math.round((27.4 - index * 0.15) * 10) / 10,
    humidityPercent: 54 - (index % 4),
    windKph: 9 + ((index * 5) % 7),
    rain: false,
    surface: 'dry',
  }));
}

function announcements(): RaceFact[] {
  const lines: readonly (readonly [number, 'information' | 'flag', string])[] = [
    [-90_000, 'information', 'Formation lap'],
    [-60_000, 'information', 'Rolling start. Car 2 starts from the back of the grid: engine change'],
    [0, 'flag', 'Green flag: the race is on'],
    [WINDOW_OPENS_MS, 'information', 'The pit window is open'],
    [WINDOW_CLOSES_MS, 'information', 'The pit window is closed'],
  ];
  return lines.map(([atMs, category, text]) => ({ atMs, type: 'race-control-message', category, text }));
}

function nonStarters(): RaceFact[] {
  return [
    { atMs: -80_000, type: 'car-not-starting', car: '33', reason: 'chassis damaged in the qualifying race' },
    { atMs: -79_000, type: 'car-not-starting', car: '86', reason: 'crash in the qualifying race' },
  ];
}
