import type { CarNumber } from '@pitboard/shared/domain/names.ts';
import type { RaceFact } from '@pitboard/shared/protocol/race-event.ts';
import { createAnnouncements } from './multiloop-announcements.ts';
import { MultiloopClock } from './multiloop-clock.ts';
import { isFinishLine, isPitIn, isPitOut } from './multiloop-course.ts';
import { gapsOf } from './multiloop-gaps.ts';
import { MultiloopHead } from './multiloop-head.ts';
import { MultiloopLaps } from './multiloop-laps.ts';
import type {
  CrossingMessage,
  LapMessage,
  MultiloopMessage,
  MultiloopRecord,
  Scene,
  Tell,
} from './multiloop-message.ts';
import { MultiloopOrder } from './multiloop-order.ts';
import { MultiloopPit } from './multiloop-pit.ts';
import { createStatusWatch } from './multiloop-status.ts';

const MOST_LINES = 100;
/** By so much a crossing is put right; what is further off is another one. */
const LONGEST_SHIFT_MS = 10_000;
const PIT_NOTE = {
  subject: 'pit stops',
  kind: 'information',
  text: 'The feed tells of no line at the entry and exit of the pit lane: times of visits are estimated from the laps.',
} as const;

type LineCrossing = { readonly line: string; readonly atMs: number; readonly kind: MultiloopRecord['kind'] };
type CarMessage = Extract<MultiloopMessage, { uid: string }>;
type Car = {
  readonly car: CarNumber;
  readonly laps: MultiloopLaps;
  readonly pit: MultiloopPit;
  /** The latest crossing of each line; `fact`: its place among the facts, where it was told. */
  readonly lines: Map<string, { readonly atMs: number; readonly fact?: number }>;
  readonly onStatus: (text: string, atMs: number) => void;
};

/** One run of a feed: turns its records into facts, each stated once. */
export class MultiloopRun {
  readonly clock = new MultiloopClock();
  readonly head: MultiloopHead;
  readonly #out: (facts: readonly RaceFact[]) => void;
  readonly #order = new MultiloopOrder();
  readonly #cars = new Map<CarNumber, Car>();
  readonly #announce: ReturnType<typeof createAnnouncements>;
  readonly #scene: Scene = { isRace: () => this.head.kind === 'race', nowMs: () => this.clock.elapsedMs };
  #facts = 0;
  #hasLaps = false;
  #hasPitNote = false;

  constructor(preamble: string, out: (facts: readonly RaceFact[]) => void) {
    this.#out = out;
    this.head = new MultiloopHead(preamble, this.#tell, this.#scene.nowMs);
    this.#announce = createAnnouncements(this.#tell, this.#scene.nowMs);
  }

  /** @returns what is wrong with the record */
  take({ kind, message }: MultiloopRecord): string | undefined {
    if (message.command !== 'E') this.head.settleGrid();
    if ('uid' in message) {
      const car = this.head.carOf(message.uid, message.car);
      if (car === undefined) return 'more cars than anybody enters';
      if (message.command === 'E') this.head.onEntry(car, message);
      else this.#onCar(this.#carOf(car), message, kind);
    } else {
      this.#onRun(message);
    }
    return undefined;
  }

  /** Another run has begun. */
  close(): void {
    this.#tellOrder(true);
    this.#tellAll(this.clock.close());
  }

  #onRun(message: Exclude<MultiloopMessage, CarMessage>): void {
    switch (message.command) {
      case 'H': {
        const leader = this.#cars.get(this.#order.leader ?? '');
        this.#tellAll(this.clock.onHeartbeat(message, leader?.laps.laps ?? 0));
        return this.#tellOrder(true);
      }
      case 'F':
        return this.#tellAll(this.clock.onFlag(message.flag, message.elapsedMs));
      case 'R':
        return this.head.onRun(message);
      case 'T':
        return this.head.onTrack(message);
      case 'A':
        return this.#announce(message, this.clock.startEpochMs);
      case 'other':
        return;
    }
  }

  #onCar(car: Car, message: CarMessage, kind: MultiloopRecord['kind']): void {
    if (message.command === 'C') this.#onLap(car, message, kind);
    if (message.command === 'L') this.#onCrossing(car, message, kind);
    if (message.command === 'I') car.laps.onInvalidated(message.elapsedMs);
    if (message.command === 'S') {
      const line = this.head.course.endOf(message.section);
      if (line !== undefined) this.#onLine(car, { line, atMs: message.elapsedMs, kind });
    }
  }

  #onLap(car: Car, message: LapMessage, kind: MultiloopRecord['kind']): void {
    const { laps, elapsedMs, rank } = message;
    const isNew = car.laps.laps === undefined || laps > car.laps.laps;
    this.#hasLaps ||= elapsedMs > 0;
    this.clock.see(elapsedMs);
    let isClean = true;
    if (isNew && elapsedMs > 0) {
      car.pit.beforeLap(message, elapsedMs);
      isClean = car.pit.afterLap(message, elapsedMs);
    }
    const isChanged = car.laps.onLap(message, kind, isClean);
    if (kind === 'R' && laps < (car.laps.laps ?? 0)) return;
    this.head.onStartPosition(car.car, message.startPosition);
    car.onStatus(message.status, this.clock.elapsedMs);
    if (isChanged && this.#scene.isRace()) this.#tellAll(gapsOf(car.car, message));
    if (rank !== undefined && rank > 0) this.#order.set(car.car, { rank, laps });
    // After the flag an order counts only when it is told after everybody who has come home.
    if (isChanged && this.clock.isChequered) this.#order.forget();
    this.#tellOrder(false);
  }

  #onCrossing(car: Car, { line, elapsedMs, inPit }: CrossingMessage, kind: MultiloopRecord['kind']): void {
    const isAgain = elapsedMs <= (car.lines.get(line)?.atMs ?? -1);
    const isPitLine = isPitIn(line) || isPitOut(line);
    if (isAgain && (kind !== 'U' || isPitLine || isFinishLine(line))) return;
    this.clock.see(elapsedMs);
    if (!isPitLine && !isAgain) car.pit.onSeen(elapsedMs, inPit);
    if (isPitLine) {
      this.#see(car, line, { atMs: elapsedMs });
      car.pit.onPitLine(elapsedMs, isPitIn(line) ? 'in' : 'out');
    } else if (isFinishLine(line)) {
      this.#see(car, line, { atMs: elapsedMs });
      car.laps.onLine(elapsedMs, inPit, this.#hasLaps);
    } else if (!inPit) {
      this.head.learnLine(line);
      this.#onLine(car, { line, atMs: elapsedMs, kind });
    }
  }

  /** A line of the track, told by its crossing or by the section that it ends; an update replaces what was told of it. */
  #onLine(car: Car, { line, atMs, kind }: LineCrossing): void {
    const loop = this.head.course.loopOf(line);
    const last = car.lines.get(line);
    const isUpdate = kind === 'U' && last?.fact !== undefined && Math.abs(atMs - last.atMs) <= LONGEST_SHIFT_MS;
    if (loop === undefined || atMs === last?.atMs || (atMs < (last?.atMs ?? 0) && !isUpdate)) return;
    if (isUpdate) this.#tell({ type: 'passing-withdrawn', atMs: last.atMs, car: car.car, withdrawnSeq: last.fact });
    this.clock.see(atMs);
    this.#see(car, line, { atMs, fact: this.#tell({ type: 'passing', atMs, car: car.car, loop }) });
  }

  #see(car: Car, line: string, crossing: { readonly atMs: number; readonly fact?: number }): void {
    if (car.lines.size < MOST_LINES || car.lines.has(line)) car.lines.set(line, crossing);
  }

  #tellOrder(isForced: boolean): void {
    const cars = this.#order.news(isForced);
    if (cars !== undefined) this.#tell({ type: 'order-reported', atMs: this.clock.elapsedMs, cars: [...cars] });
  }

  #tellAll(facts: readonly RaceFact[]): void {
    for (const fact of facts) this.#tell(fact);
  }

  readonly #tell: Tell = (fact) => {
    // An order counts only when it is told after the last judgement.
    if (fact.type === 'penalty' || fact.type === 'car-disqualified') this.#order.forget();
    this.#out([fact]);
    return ++this.#facts;
  };

  readonly #notePits = (): void => {
    if (!this.#hasPitNote) this.head.update({ dataNotes: [PIT_NOTE] });
    this.#hasPitNote = true;
  };

  #carOf(number: CarNumber): Car {
    const car: Car = this.#cars.get(number) ?? {
      car: number,
      laps: new MultiloopLaps(number, this.#tell, this.#scene),
      pit: new MultiloopPit(number, this.#tell, this.#notePits),
      lines: new Map(),
      onStatus: createStatusWatch(number, this.#tell),
    };
    this.#cars.set(number, car);
    return car;
  }
}
