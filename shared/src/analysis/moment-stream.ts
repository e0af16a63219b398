import type { CarNumber } from '../domain/names.ts';
import type { RaceFactOf } from '../protocol/race-event.ts';
import type {
  BestLapChange,
  DriverChange,
  FeedMessage,
  FlagPeriod,
  LapRecord,
  LeadChange,
  Overtake,
  PhaseChange,
  PitVisit,
  RaceHistory,
  StatusChange,
} from '../race/race-history.ts';

type Sources = {
  driver: DriverChange;
  'pit-entry': PitVisit;
  phase: PhaseChange;
  message: FeedMessage;
  flag: FlagPeriod;
  penalty: RaceFactOf<'penalty'>;
  overtake: Overtake;
  lap: LapRecord;
  out: StatusChange;
  lead: LeadChange;
  best: BestLapChange;
  status: StatusChange;
  'pit-exit': PitVisit;
};

/** What history took down, one thing after the other. `out`: a car is out of the race; `status`: any other change. */
export type Happening = {
  [K in keyof Sources]: { readonly kind: K; readonly atMs: number; readonly item: Sources[K] };
}[keyof Sources];

/** At one moment the cause comes before what it brings about. */
const RANKS: Readonly<Record<Happening['kind'], number>> = {
  driver: 0,
  'pit-entry': 1,
  phase: 2,
  message: 3,
  flag: 4,
  penalty: 5,
  overtake: 6,
  lap: 7,
  out: 8,
  lead: 9,
  best: 10,
  status: 11,
  'pit-exit': 12,
};

const LISTS = {
  driver: 'driverChanges',
  phase: 'phases',
  message: 'messages',
  flag: 'flags',
  penalty: 'penalties',
  overtake: 'overtakes',
  lap: 'allLaps',
  lead: 'leadChanges',
  best: 'bestLaps',
  status: 'statusChanges',
} as const;

type Cursor = { count: number; last: unknown };
type VisitCursor = { entries: number; exits: number };

/** Reads a history that grows, each thing once, in order of time. */
export class MomentStream {
  readonly #lists = new Map<string, Cursor>();
  readonly #visits = new Map<CarNumber, VisitCursor>();
  #readUntilMs = Number.NEGATIVE_INFINITY;

  /** What is new since the last time; `undefined` when what was read has changed since: begin again with a new stream. */
  read(history: RaceHistory): readonly Happening[] | undefined {
    const found: Happening[] = [];
    for (const kind of Object.keys(LISTS) as (keyof typeof LISTS)[]) {
      if (!this.#readList(kind, history[LISTS[kind]], found)) return undefined;
    }
    for (const [car, visits] of history.visits) this.#readVisits(car, visits, found);
    if (found.some(({ atMs }) => atMs <= this.#readUntilMs)) return undefined;
    found.sort((one, other) => one.atMs - other.atMs || RANKS[one.kind] - RANKS[other.kind]);
    this.#readUntilMs = found.at(-1)?.atMs ?? this.#readUntilMs;
    return found;
  }

  #readList(kind: keyof typeof LISTS, list: readonly { readonly atMs: number }[], found: Happening[]): boolean {
    const cursor = this.#lists.get(kind) ?? { count: 0, last: undefined };
    this.#lists.set(kind, cursor);
    if (cursor.count > 0 && !isSame(kind, list[cursor.count - 1], cursor.last)) return false;
    for (; cursor.count < list.length; cursor.count++) {
      const item = list[cursor.count] as { readonly atMs: number };
      const isOut = kind === 'status' && OUT.has((item as StatusChange).to);
      found.push({ kind: isOut ? 'out' : kind, atMs: item.atMs, item } as Happening);
      cursor.last = item;
    }
    return true;
  }

  #readVisits(car: CarNumber, visits: readonly PitVisit[], found: Happening[]): void {
    const cursor = this.#visits.get(car) ?? { entries: 0, exits: 0 };
    this.#visits.set(car, cursor);
    for (; cursor.entries < visits.length; cursor.entries++) {
      const item = visits[cursor.entries] as PitVisit;
      found.push({ kind: 'pit-entry', atMs: item.atMs, item });
    }
    for (; cursor.exits < visits.length; cursor.exits++) {
      const item = visits[cursor.exits] as PitVisit;
      if (item.exitAtMs === undefined) return;
      found.push({ kind: 'pit-exit', atMs: item.exitAtMs, item });
    }
  }
}

const OUT: ReadonlySet<StatusChange['to']> = new Set(['retired', 'did-not-start', 'disqualified']);

/** A flag period is written anew when it ends; all else keeps its reference as long as it stands. */
function isSame(kind: keyof typeof LISTS, now: unknown, before: unknown): boolean {
  if (kind !== 'flag') return now === before;
  const [one, other] = [now as FlagPeriod | undefined, before as FlagPeriod];
  return one?.atMs === other.atMs && one.flag === other.flag && one.sector === other.sector;
}
