import type { CarNumber } from '../domain/names.ts';
import {
  countUntil,
  type FlagPeriod,
  type LapRecord,
  type PitVisit,
  type RaceHistory,
  visitAt,
} from '../race/race-history.ts';
import type { Recorder } from '../race/recorder.ts';

type Lists = {
  -readonly [K in keyof RaceHistory as RaceHistory[K] extends readonly unknown[]
    ? K
    : never]: RaceHistory[K] extends readonly (infer T)[] ? T[] : never;
};

/** Writes the history while a log is folded, and takes it back to an earlier moment when a late fact arrives. */
export class HistoryWriter implements Recorder {
  version = 0;
  readonly #crossings = new Map<CarNumber, { timesMs: (number | undefined)[] }>();
  readonly #laps = new Map<CarNumber, LapRecord[]>();
  readonly #visits = new Map<CarNumber, PitVisit[]>();
  readonly #lists: Lists = {
    allLaps: [],
    flags: [],
    carFlags: [],
    suspensions: [],
    statusChanges: [],
    driverChanges: [],
    overtakes: [],
    leadChanges: [],
    bestLaps: [],
    phases: [],
    messages: [],
    penalties: [],
  };
  readonly history: RaceHistory;

  constructor() {
    const writer = this;
    this.history = {
      get version() {
        return writer.version;
      },
      crossings: this.#crossings,
      laps: this.#laps,
      visits: this.#visits,
      ...this.#lists,
    };
  }

  crossing(car: CarNumber, progress: number, atMs: number): void {
    const crossings = this.#crossings.get(car);
    if (crossings === undefined) {
      this.#crossings.set(car, { timesMs: [] });
      this.crossing(car, progress, atMs);
      return;
    }
    const { timesMs } = crossings;
    while (timesMs.length < progress) timesMs.push(undefined);
    timesMs[progress] = atMs;
    this.version++;
  }

  lap(record: LapRecord): void {
    append(this.#laps, record);
    this.#push('allLaps', record);
  }

  lapInvalidated(car: CarNumber, lap: number, atMs: number): void {
    const mark = (record: LapRecord): LapRecord => ({ ...record, invalidatedAtMs: atMs });
    replaceLast(this.#laps.get(car), (record) => record.lap === lap, mark);
    replaceLast(this.#lists.allLaps, (record) => record.car === car && record.lap === lap, mark);
    this.version++;
  }

  pitEntry(visit: PitVisit): void {
    append(this.#visits, visit);
    this.version++;
  }

  pitExit(car: CarNumber, changes: Partial<PitVisit>): void {
    replaceLast(
      this.#visits.get(car),
      () => true,
      (visit) => ({ ...visit, ...changes }),
    );
    this.version++;
  }

  flag(period: FlagPeriod): void {
    const { flags } = this.#lists;
    const clearsSectors = period.sector === undefined && period.flag === 'green';
    for (const [index, open] of flags.entries()) {
      const ends = open.sector === period.sector || clearsSectors;
      if (open.endMs === undefined && ends) flags[index] = { ...open, endMs: period.atMs };
    }
    this.#push('flags', period);
  }

  carFlag = this.#writes('carFlags');
  suspension = this.#writes('suspensions');
  status = this.#writes('statusChanges');
  driver = this.#writes('driverChanges');
  overtake = this.#writes('overtakes');
  lead = this.#writes('leadChanges');
  bestLap = this.#writes('bestLaps');
  phase = this.#writes('phases');
  message = this.#writes('messages');
  penalty = this.#writes('penalties');

  /** Forgets all that happened after `atMs`. */
  rewind(atMs: number): void {
    for (const { timesMs } of this.#crossings.values()) {
      while (timesMs.length > 0 && (timesMs.at(-1) ?? Number.POSITIVE_INFINITY) > atMs) timesMs.pop();
    }
    const undoLap = (lap: LapRecord): LapRecord =>
      (lap.invalidatedAtMs ?? atMs) > atMs ? { ...lap, invalidatedAtMs: undefined } : lap;
    for (const laps of this.#laps.values()) rewindList(laps, atMs, undoLap);
    for (const visits of this.#visits.values()) rewindList(visits, atMs, (visit) => visitAt(visit, atMs));
    const { allLaps, flags, ...others } = this.#lists;
    rewindList(allLaps, atMs, undoLap);
    rewindList(flags, atMs, (period) => ((period.endMs ?? atMs) > atMs ? { ...period, endMs: undefined } : period));
    for (const list of Object.values(others)) list.length = countUntil(list, atMs);
    this.version++;
  }

  #push<K extends keyof Lists>(name: K, item: Lists[K][number]): void {
    (this.#lists[name] as Lists[K][number][]).push(item);
    this.version++;
  }

  #writes<K extends keyof Lists>(name: K): (item: Lists[K][number]) => void {
    return (item) => this.#push(name, item);
  }
}

function append<T extends { readonly car: CarNumber }>(lists: Map<CarNumber, T[]>, item: T): void {
  const list = lists.get(item.car);
  if (list === undefined) lists.set(item.car, [item]);
  else list.push(item);
}

function replaceLast<T>(list: T[] | undefined, matches: (item: T) => boolean, change: (item: T) => T): void {
  const index = list?.findLastIndex(matches) ?? -1;
  if (list !== undefined && index >= 0) list[index] = change(list[index] as T);
}

function rewindList<T extends { readonly atMs: number }>(list: T[], atMs: number, undo: (item: T) => T): void {
  list.length = countUntil(list, atMs);
  for (const [index, item] of list.entries()) list[index] = undo(item);
}
