import type { Entry, Manifest } from '@pitboard/shared/protocol/manifest.ts';
import type { RaceFact } from '@pitboard/shared/protocol/race-event.ts';
import type { Rain } from '../rain.ts';
import type { CarPlan, Chances, LapModel, PlannedStop, Scenario, Track } from '../scenario.ts';
import type { Script } from '../script.ts';
import { inventedDriver, inventedTeam } from './invented-names.ts';

/** Cars of a kind, quickest first. */
export type ShortRaceClass = {
  readonly id: string;
  readonly name: string;
  readonly colour: string;
  readonly cars: number;
  readonly firstNumber: number;
  readonly models: readonly { readonly make: string; readonly model: string }[];
  /** Lap time of the quickest car, and how far the slowest is behind it. */
  readonly paceMs: number;
  readonly paceSpreadMs: number;
};

/** What sets one invented race of half an hour apart from the next. */
export type ShortRace = {
  readonly event: string;
  readonly circuit: {
    readonly name: string;
    readonly lengthMetres: number;
    /** Share of the lap time of each sector; together 1. */
    readonly sectorShares: readonly number[];
  };
  readonly startEpochMs: number;
  readonly durationMs: number;
  readonly classes: readonly ShortRaceClass[];
  readonly seats: 1 | 2;
  /** Where the first names of the list are used by another race. */
  readonly firstDriver: number;
  readonly pitRules?: Manifest['pitRules'];
  readonly rules?: Manifest['rules'];
  /** By place on the grid, 1 for pole. */
  readonly stopsOf?: (gridPosition: number) => readonly PlannedStop[];
  readonly script: Partial<Script>;
  readonly chances?: Partial<Chances>;
  readonly facts?: readonly RaceFact[];
  readonly rain?: Rain;
};

const LANE_MS = { entryToLineMs: 9000, lineToBoxMs: 6000, boxToExitMs: 7000 };
const PIT_SHARE = 0.15;
const PIT_LOSS_MS = 44_000;
const ROW_MS = 900;
const BESIDE_MS = 300;
const NOISE_MS = 230;
const FORM_MS = 130;
/** The second driver of a crew against the first. */
const SEAT_MS = 250;

const MODEL: LapModel = {
  wearMsPerLap: 35,
  fuelMsPerLap: 25,
  refuels: false,
  evolutionMs: 300,
  night: undefined,
  limitLapMs: 60_000,
  launchMs: 3500,
};
const NO_SCRIPT: Script = { gapAims: [], lapAims: [], meetings: [], mishaps: [], pitRetirements: [] };
const NO_CHANCES: Chances = { spins: 0, failures: 0, safetyCars: 0, fullCourseYellows: 0, driveThroughs: 0 };

/** A short invented race in which one thing happens that a timing system has to get right. */
export function createShortRace(race: ShortRace): Scenario {
  const field = race.classes.flatMap((group) => Array.from({ length: group.cars }, (_, rank) => ({ group, rank })));
  const entries = field.map((place, index) => createEntry(race, place, index));
  return {
    manifest: createManifest(race, entries),
    track: createTrack(race),
    model: MODEL,
    cars: field.map((place, index) => createCarPlan(race, place, entries[index] as Entry)),
    facts: [
      { atMs: -90_000, type: 'race-control-message', category: 'information', text: 'Formation lap' },
      { atMs: 0, type: 'race-control-message', category: 'flag', text: 'Green flag: the race is on' },
      ...(race.facts ?? []),
    ],
    script: { ...NO_SCRIPT, ...race.script },
    chances: { ...NO_CHANCES, ...race.chances },
    ...(race.rain !== undefined && { rain: race.rain }),
  };
}

type Place = { readonly group: ShortRaceClass; readonly rank: number };

function createEntry(race: ShortRace, { group, rank }: Place, index: number): Entry {
  const first = race.firstDriver + index * race.seats;
  const drivers = Array.from({ length: race.seats }, (_, seat) => inventedDriver(first + seat, seat));
  return {
    car: String(group.firstNumber + rank),
    team: inventedTeam(index + race.firstDriver),
    ...group.models[rank % group.models.length],
    class: group.id,
    drivers,
    ...(drivers[0] !== undefined && { startingDriver: drivers[0].id }),
  };
}

function createCarPlan(race: ShortRace, { group, rank }: Place, entry: Entry): CarPlan {
  const gridPosition = race.classes
    .slice(0, race.classes.indexOf(group))
    .reduce((sum, { cars }) => sum + cars, rank + 1);
  const row = Math.ceil(gridPosition / 2) - 1;
  return {
    car: entry.car,
    paceMs: group.paceMs + Math.round((group.paceSpreadMs * rank) / Math.max(1, group.cars - 1)) + formMs(rank),
    crew: entry.drivers.map(({ id }, seat) => ({ driver: id, paceMs: seat * SEAT_MS, noiseMs: NOISE_MS })),
    startOffsetMs: row * ROW_MS + (gridPosition % 2 === 0 ? BESIDE_MS : 0),
    strategy: { kind: 'planned', stops: race.stopsOf?.(gridPosition) ?? [] },
  };
}

/** The grid is not quite the order of the pace; the first of it is quick. */
function formMs(rank: number): number {
  return (((rank * 37) % 5) - 2) * FORM_MS;
}

function createTrack({ circuit: { sectorShares } }: ShortRace): Track {
  return { sectorShares, pitEntryShare: 1 - PIT_SHARE, pitExitShare: PIT_SHARE, queuesForPits: true, ...LANE_MS };
}

function createManifest(race: ShortRace, entries: Entry[]): Manifest {
  const { name, lengthMetres, sectorShares } = race.circuit;
  const metresTo = (sector: number) =>
    Math.round(lengthMetres * sectorShares.slice(0, sector).reduce((sum, share) => sum + share, 0));
  const lastSector = sectorShares.length - 1;
  return {
    event: race.event,
    series: 'Pitboard Sprint Cup',
    session: 'Race',
    kind: 'race',
    season: 2026,
    startEpochMs: race.startEpochMs,
    timeZone: 'Europe/Vienna',
    startType: 'rolling',
    distance: { durationMs: race.durationMs },
    circuit: {
      name,
      lengthMetres,
      loops: sectorShares.map((_, sector) =>
        sector === 0
          ? { id: 'SF', kind: 'finish', metres: 0 }
          : { id: `S${sector}`, kind: 'sector', metres: metresTo(sector) },
      ),
      minimumLapMs: MODEL.limitLapMs,
      pitLane: {
        lossMs: PIT_LOSS_MS,
        speedLimitKph: 60,
        entryMetres: Math.round(metresTo(lastSector) + (lengthMetres - metresTo(lastSector)) * (1 - PIT_SHARE)),
        exitMetres: Math.round(metresTo(1) * PIT_SHARE),
      },
    },
    classes: race.classes.map(({ id, name: className, colour }) => ({ id, name: className, colour })),
    entries,
    grid: entries.map(({ car }, index) => ({ car, position: index + 1 })),
    ...(race.pitRules !== undefined && { pitRules: race.pitRules }),
    championships: [],
    rules: { classifiedShare: 0.7, ...race.rules },
    dataNotes: [
      { subject: 'session', kind: 'information', text: 'Simulated: circuit, teams, drivers and race are invented.' },
    ],
  };
}
