import type { TrackFlag } from '../domain/flag.ts';
import type { CarNumber, DriverId } from '../domain/names.ts';
import type { CarStatus } from '../domain/status.ts';
import type { Entry, Manifest } from '../protocol/manifest.ts';
import type { RaceFactOf } from '../protocol/race-event.ts';
import { isGreen } from '../race/flag-severity.ts';
import type { LapRecord, Overtake, RaceHistory } from '../race/race-history.ts';
import { entryIndexes } from '../race/race-view.ts';
import type { Importance, Moment } from './moment.ts';
import type { Happening } from './moment-stream.ts';

/** A car as the story has followed it so far. */
export type SceneCar = {
  readonly car: CarNumber;
  readonly entry: Entry | undefined;
  readonly gridPosition: number | undefined;
  driver: DriverId | undefined;
  /** Known to have driven. */
  readonly drove: Set<DriverId>;
  status: CarStatus;
  /** The last lap that it completed. */
  lap: LapRecord | undefined;
  pitEntryAtMs: number | undefined;
  /** The last visit to the pits was one to serve a penalty. */
  servesPenalty: boolean;
  enteredAtMs: number;
  /** Of the last completed visit to the pits. */
  exitAtMs: number | undefined;
  exitLap: number;
  lastPitTimeMs: number | undefined;
  stops: number;
  /** Mandatory stops served. */
  served: number;
  /** The newest incident that it was part of. */
  incident: RaceFactOf<'incident'> | undefined;
  passed: Overtake | undefined;
  /** The newest word on each penalty. */
  readonly penalties: Map<string, RaceFactOf<'penalty'>>;
};

/** An incident slows a car for this long; what happens to it meanwhile is part of the incident. */
const TROUBLE_MS = 90_000;

/** The race as the story has followed it so far: what a teller may know, and nothing of what comes later. */
export class Scene {
  readonly manifest: Manifest;
  readonly history: RaceHistory;
  readonly cars = new Map<CarNumber, SceneCar>();
  flag: TrackFlag = 'green';
  isChequered = false;
  /** When the race was stopped last. */
  redAtMs = Number.NEGATIVE_INFINITY;
  isStarted = false;
  isClosed = false;
  /** Passes that were told, by `car passed`: the lap. */
  readonly toldPasses = new Map<string, number>();
  /** Some feed says who drives. */
  knowsDrivers = false;

  constructor(manifest: Manifest, history: RaceHistory) {
    this.manifest = manifest;
    this.history = history;
    for (const { car } of manifest.entries) this.car(car);
  }

  get mandatoryStops(): number {
    return this.manifest.pitRules?.mandatoryStops ?? 0;
  }

  car(number: CarNumber): SceneCar {
    let car = this.cars.get(number);
    if (car === undefined) {
      car = newCar(this.manifest, number);
      this.cars.set(number, car);
    }
    return car;
  }

  driver(number: CarNumber): DriverId | undefined {
    return this.car(number).driver;
  }

  /** Slow after an incident, or off the track: nobody is in a fight with it. */
  isInTrouble(number: CarNumber, atMs: number): boolean {
    const { incident } = this.car(number);
    if (incident === undefined || atMs - incident.atMs > TROUBLE_MS) return false;
    return incident.kind !== undefined && incident.kind !== 'error' && incident.kind !== 'other';
  }

  /** Both owe as many stops: what they are apart on the road they are apart in the race. */
  isLikeForLike(one: CarNumber, other: CarNumber): boolean {
    return this.mandatoryStops === 0 || this.car(one).served === this.car(other).served;
  }

  apply(happening: Happening): void {
    const { kind, item } = happening;
    if (kind === 'phase') {
      this.isStarted ||= item.phase === 'running';
      this.isClosed = item.phase === 'closed';
      if (item.phase === 'suspended') this.redAtMs = item.atMs;
    } else if (kind === 'flag') {
      if (item.sector === undefined) this.flag = item.flag;
      if (item.flag === 'red') this.redAtMs = item.atMs;
      this.isChequered ||= item.flag === 'chequered';
    } else if (kind === 'message') {
      if (item.type === 'incident') for (const car of item.cars) this.car(car).incident = item;
    } else if (kind === 'overtake') {
      this.car(item.passed).passed = item;
    } else if (kind === 'penalty') {
      this.car(item.car).penalties.set(item.id, item);
    } else if (kind !== 'lead' && kind !== 'best') {
      this.#follow(this.car(item.car), happening);
    }
  }

  #follow(car: SceneCar, { kind, item }: Happening): void {
    if (kind === 'driver') {
      this.knowsDrivers = true;
      car.driver = item.to;
      car.drove.add(item.to);
    } else if (kind === 'lap') {
      car.lap = item;
    } else if (kind === 'status' || kind === 'out') {
      car.status = item.to;
    } else if (kind === 'pit-entry') {
      car.servesPenalty = owesLaneSince(car, car.enteredAtMs);
      car.pitEntryAtMs = item.atMs;
      car.enteredAtMs = item.atMs;
    } else if (kind === 'pit-exit') {
      car.pitEntryAtMs = undefined;
      car.exitAtMs = item.exitAtMs;
      car.exitLap = item.exitLap ?? 0;
      car.lastPitTimeMs = item.pitTimeMs;
      car.stops++;
      if (item.mandatory) car.served++;
    }
  }
}

/** [P18] A penalty in the lane that was given since the last visit, and that nobody has called served. */
function owesLaneSince({ penalties }: SceneCar, sinceMs: number): boolean {
  return [...penalties.values()].some(({ atMs, state, sanction: { kind } }) => {
    return state === 'given' && atMs > sinceMs && (kind === 'drive-through' || kind === 'stop-and-go');
  });
}

function newCar(manifest: Manifest, car: CarNumber): SceneCar {
  const entry = manifest.entries[entryIndexes(manifest).get(car) ?? -1];
  const driver = entry?.startingDriver ?? (entry?.drivers.length === 1 ? entry.drivers[0]?.id : undefined);
  return {
    car,
    entry,
    gridPosition: manifest.grid.find((slot) => slot.car === car)?.position,
    driver,
    drove: new Set(driver === undefined ? [] : [driver]),
    status: 'on-grid',
    lap: undefined,
    pitEntryAtMs: undefined,
    servesPenalty: false,
    enteredAtMs: Number.NEGATIVE_INFINITY,
    exitAtMs: undefined,
    exitLap: 0,
    lastPitTimeMs: undefined,
    stops: 0,
    served: 0,
    incident: undefined,
    passed: undefined,
    penalties: new Map(),
  };
}

/** Listens to the race and tells of one side of it. `scene` knows the happening already. */
export type Teller = (happening: Happening, scene: Scene) => readonly Moment[];

export const NOTHING: readonly Moment[] = [];

/** The field shakes out at first: passes and best laps before this lap are no news. */
export const SETTLED_LAP = 3;

export function placeImportance(position: number): Importance {
  if (position <= 3) return 3;
  return position <= 10 ? 2 : 1;
}

/** Driven at racing speed from line to line. */
export function isRacingLap(lap: LapRecord): boolean {
  return isGreen(lap.flag) && !lap.isInLap && !lap.isOutLap;
}
