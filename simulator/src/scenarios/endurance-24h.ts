import type { Loop, Manifest } from '@pitboard/shared/protocol/manifest.ts';
import type { RaceFact } from '@pitboard/shared/protocol/race-event.ts';
import type { CarPlan, Scenario } from '../scenario.ts';
import { ENDURANCE_CLASSES, type EnduranceCar, enduranceField } from './endurance-24h-entries.ts';

const HOUR_MS = 3_600_000;
const DURATION_MS = 24 * HOUR_MS;
const LENGTH_METRES = 13_620;
const LANE_METRES = 240;
/** 6 June 2026, 15:00 UTC. */
const START_EPOCH_MS = 1_780_758_000_000;
const WEATHER_EVERY_MS = 900_000;
const START_GAP_MS = 450;
const PIT_LANE_LOSS_MS = 62_000;

/**
 * An invented race around the clock: 60 cars, three classes, crews of three.
 * @throws {RangeError} when `loopCount` is neither 3 nor 12.
 */
export function createEndurance24h(loopCount: number): Scenario {
  if (loopCount !== 3 && loopCount !== 12) throw new RangeError('the 24 hours have 3 or 12 timing loops');
  const field = enduranceField();
  const loops = createLoops(loopCount);
  return {
    manifest: createManifest(field, loops),
    track: {
      sectorShares: loops.map(() => 1 / loopCount),
      // Both ends of the lane lie 240 m from the line, whatever the length of the sector.
      pitEntryShare: 1 - (LANE_METRES * loopCount) / LENGTH_METRES,
      pitExitShare: (LANE_METRES * loopCount) / LENGTH_METRES,
      entryToLineMs: 14_400,
      lineToBoxMs: 8000,
      boxToExitMs: 7500,
    },
    model: {
      wearMsPerLap: 190,
      fuelMsPerLap: 120,
      refuels: true,
      evolutionMs: 1500,
      night: { fromMs: 6.5 * HOUR_MS, toMs: 14.5 * HOUR_MS, lossMs: 4500 },
      limitLapMs: 200_000,
      launchMs: 6000,
    },
    cars: field.map((car, index) => carPlan(car, index)),
    facts: [...weather(), ...announcements()],
    script: { gapAims: [], lapAims: [], meetings: [], mishaps: [], pitRetirements: [] },
    chances: { spins: 40, failures: 8, safetyCars: 2, fullCourseYellows: 2, driveThroughs: 6 },
  };
}

/** Three sectors; with twelve loops, three intermediates in each. */
function createLoops(count: number): Loop[] {
  const perSector = count / 3;
  return Array.from({ length: count }, (_, index) => {
    const metres = Math.round((index * LENGTH_METRES) / count);
    if (index === 0) return { id: 'SF', kind: 'finish', metres };
    if (index % perSector === 0) return { id: `S${index / perSector}`, kind: 'sector', metres };
    return { id: `I${index - Math.floor(index / perSector)}`, kind: 'intermediate', metres };
  });
}

function createManifest(field: readonly EnduranceCar[], loops: Loop[]): Manifest {
  return {
    event: '24 Hours of Karst',
    series: 'Pitboard Endurance Cup',
    session: 'Race',
    kind: 'race',
    season: 2026,
    startEpochMs: START_EPOCH_MS,
    timeZone: 'Europe/Ljubljana',
    startType: 'rolling',
    distance: { durationMs: DURATION_MS },
    circuit: {
      name: 'Karst Road Circuit',
      lengthMetres: LENGTH_METRES,
      loops,
      minimumLapMs: 180_000,
      pitLane: {
        lossMs: PIT_LANE_LOSS_MS,
        speedLimitKph: 60,
        entryMetres: LENGTH_METRES - LANE_METRES,
        exitMetres: LANE_METRES,
      },
    },
    classes: ENDURANCE_CLASSES.map(({ id, name, colour }) => ({ id, name, colour })),
    entries: field.map((car) => car.entry),
    grid: field.map((car, index) => ({ car: car.entry.car, position: index + 1 })),
    championships: [],
    rules: { classifiedShare: 0.7 },
    dataNotes: [
      { subject: 'session', kind: 'information', text: 'Simulated: circuit, teams, drivers and race are invented.' },
    ],
  };
}

function carPlan(car: EnduranceCar, index: number): CarPlan {
  const { class: group, model, rank } = car;
  // Close at the front, strung out at the back.
  const spread = (rank / (group.cars - 1)) ** 3;
  return {
    car: car.entry.car,
    paceMs: group.paceMs + model.paceMs + Math.round(group.paceSpreadMs * spread),
    crew: car.entry.drivers.map((driver, seat) => ({
      driver: driver.id,
      // Rotated, so that a crew is as quick as the next, each at its own time of day.
      paceMs: ((rank * 2 + seat) % car.entry.drivers.length) * 350,
      noiseMs: 450 + seat * 150,
    })),
    startOffsetMs: index * START_GAP_MS,
    strategy: {
      kind: 'fuel',
      tankLaps: model.tankLaps,
      // First stints of different lengths set the cars on different cycles.
      firstStintLaps: model.tankLaps - (rank % 4) * 2,
      stintsPerDriver: 3,
      refuelMs: 36_000,
      driverChangeMs: 14_000,
    },
  };
}

function weather(): RaceFact[] {
  return Array.from({ length: DURATION_MS / WEATHER_EVERY_MS + 1 }, (_, index) => {
    const hour = (index * WEATHER_EVERY_MS) / HOUR_MS;
    // Warmest an hour after the start, coldest thirteen hours after it.
    const warmth = Math.abs(12 - Math.abs(hour - 1)) / 12;
    return {
      atMs: index === 0 ? -85_000 : index * WEATHER_EVERY_MS,
      type: 'weather',
      airCelsius: Math.round((11 + 13 * warmth) * 10) / 10,
      trackCelsius: Math.round((13 + 24 * warmth) * 10) / 10,
      humidityPercent: Math.round(82 - 30 * warmth),
      windKph: 6 + ((index * 7) % 9),
      rain: false,
      surface: 'dry',
    };
  });
}

function announcements(): RaceFact[] {
  return [
    { atMs: -90_000, type: 'race-control-message', category: 'information', text: 'Formation lap' },
    { atMs: 0, type: 'race-control-message', category: 'flag', text: 'Green flag: the race is on' },
  ];
}
