import type { CarNumber, ClassId } from '@pitboard/shared/domain/names.ts';
import type { Driver, Entry } from '@pitboard/shared/protocol/manifest.ts';
import { BestLedger, type BestRules } from './best-ledger.ts';
import { type CompetitorTexts, entryOfCompetitor } from './competitor-entry.ts';
import { LapLedger, type LedgerClock } from './lap-ledger.ts';
import type { Competitor } from './rmonitor-message.ts';
import type { Tell } from './told-passings.ts';

/** What a manifest can hold. */
const MOST_CARS = 500;
const MOST_TRANSPONDERS = 2000;
const MOST_DRIVERS = 10;
const LONGEST_NUMBER = 8;

type Outcome = 'car-retired' | 'car-disqualified';

/** A car of a run. */
export type RunCar = {
  readonly reg: string;
  readonly car: CarNumber;
  readonly laps: LapLedger;
  readonly bests: BestLedger;
  texts: CompetitorTexts | undefined;
  /** Its two lines, as they were told last. */
  readonly lines: Map<'A' | 'COMP', string>;
  /** What the enhanced protocol says became of it. */
  out: Outcome | undefined;
  toldOut: Outcome | undefined;
  class: number | undefined;
  /** Everybody who was named as its driver. */
  crew: readonly Driver[];
  driver: string | undefined;
  /** What its entry was when it was stated last. */
  toldEntry: string | undefined;
};

type CarsParts = {
  readonly tell: Tell;
  readonly clock: LedgerClock;
  readonly inPitLane: (car: CarNumber, atMs: number) => boolean;
  readonly rules: () => BestRules;
};

/** The cars of a run by registration number: that is what every line names, and numbers may be shared or change. */
export class RunCars {
  readonly #parts: CarsParts;
  readonly #byReg = new Map<string, RunCar>();
  readonly #byNumber = new Map<CarNumber, RunCar>();
  readonly #byTransponder = new Map<string, RunCar>();

  constructor(parts: CarsParts) {
    this.#parts = parts;
  }

  get all(): Iterable<RunCar> {
    return this.#byReg.values();
  }

  get(reg: string): RunCar | undefined {
    return this.#byReg.get(reg);
  }

  /** By what is painted on it, or by its transponder: `Tx1234567`. */
  named(text: string): RunCar | undefined {
    return this.#byNumber.get(text) ?? this.#byReg.get(text) ?? this.#byTransponder.get(text.replace(/^Tx/i, ''));
  }

  /** The car, which is new where nobody named it before; `undefined` when there are too many. */
  take(reg: string, number = reg): RunCar | undefined {
    const known = this.#byReg.get(reg);
    if (known !== undefined || this.#byReg.size >= MOST_CARS) return known;
    const car = this.#freeNumber([number, reg]);
    if (car === undefined) return undefined;
    const { tell, clock, inPitLane, rules } = this.#parts;
    const isRace = () => rules().isRace;
    const laps = new LapLedger({ car, tell, clock, isRace, inPitLane: (atMs) => inPitLane(car, atMs) });
    const added: RunCar = {
      reg,
      car,
      laps,
      bests: new BestLedger({ passings: laps.passings, tell, clock, rules }),
      texts: undefined,
      lines: new Map(),
      out: undefined,
      toldOut: undefined,
      class: undefined,
      crew: [],
      driver: undefined,
      toldEntry: undefined,
    };
    this.#byReg.set(reg, added);
    this.#byNumber.set(car, added);
    return added;
  }

  /** A competitor is told, or told again. */
  learn(competitor: Competitor): RunCar | undefined {
    const car = this.take(competitor.reg, competitor.number || competitor.reg);
    if (car === undefined) return undefined;
    const { transponder, additional } = competitor;
    const line = additional === undefined ? 'A' : 'COMP';
    const text = JSON.stringify(competitor);
    if (car.lines.get(line) !== text) {
      car.lines.set(line, text);
      learnTexts(car, competitor);
    }
    if (transponder !== undefined && this.#byTransponder.size < MOST_TRANSPONDERS) {
      this.#byTransponder.set(transponder, car);
    }
    return car;
  }

  /** Numbers that two cars share are told apart by what the feed calls them. */
  #freeNumber(wanted: readonly string[]): CarNumber | undefined {
    const clean = wanted.map((text) => text.replace(/[\s\p{Cc}]+/gu, '').slice(0, LONGEST_NUMBER));
    for (const text of clean) if (text !== '' && !this.#byNumber.has(text)) return text;
    for (let count = 2; count <= MOST_CARS; count++) {
      const text = `${(clean[0] ?? '').slice(0, LONGEST_NUMBER - 4)}-${count}`;
      if (!this.#byNumber.has(text)) return text;
    }
    return undefined;
  }
}

/** The line that was changed last names the driver; the two complete each other in what only one of them tells. */
function learnTexts(car: RunCar, { first, last, nationality, additional, class: number }: Competitor): void {
  const outcome = OUTCOMES.get(nationality.toLowerCase());
  // [N25] Only the line that has the further field tells what became of a car.
  if (additional !== undefined) car.out = outcome;
  const stated = outcome === undefined ? nationality : '';
  car.texts = {
    first,
    last,
    nationality: stated || (car.texts?.nationality ?? ''),
    additional: additional ?? car.texts?.additional,
  };
  car.class = number ?? car.class;
}

const OUTCOMES: ReadonlyMap<string, Outcome> = new Map([
  ['retired', 'car-retired'],
  ['excluded', 'car-disqualified'],
]);

/** The entry of a car as it is known now; drivers who took over before are kept. */
export function entryOf(car: RunCar, classId: ClassId | undefined): Entry {
  const stated = entryOfCompetitor(car.car, car.texts ?? NO_TEXTS, classId);
  if (car.crew.length <= 1) car.crew = stated.drivers.length > 0 ? stated.drivers : car.crew;
  else car.crew = mergeCrew(car.crew, stated.drivers);
  return { ...stated, drivers: [...car.crew] };
}

/** Who is at the wheel, where a crew is known and one of it is named alone. */
export function driverAlone(car: RunCar): string | undefined {
  if (car.crew.length < 2 || car.texts === undefined) return undefined;
  const named = entryOfCompetitor(car.car, car.texts, undefined).drivers;
  const [only] = named;
  if (only === undefined || named.length > 1) return undefined;
  return car.crew.find((driver) => isSame(driver, only))?.id;
}

const NO_TEXTS: CompetitorTexts = { first: '', last: '', nationality: '', additional: undefined };

function mergeCrew(crew: readonly Driver[], stated: readonly Driver[]): readonly Driver[] {
  const merged = [...crew];
  for (const driver of stated) {
    const index = merged.findIndex((known) => isSame(known, driver));
    const known = merged[index];
    // The first name becomes known when the driver takes the wheel.
    if (known === undefined) merged.push(driver);
    else merged[index] = { ...known, ...driver, id: known.id };
  }
  return merged.slice(0, MOST_DRIVERS);
}

function isSame(one: Driver, other: Driver): boolean {
  if (one.id === other.id) return true;
  if (one.lastName.toLowerCase() !== other.lastName.toLowerCase()) return false;
  return one.firstName === undefined || other.firstName === undefined || one.firstName[0] === other.firstName[0];
}
