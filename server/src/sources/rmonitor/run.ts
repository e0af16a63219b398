import type { Entry, Manifest } from '@pitboard/shared/protocol/manifest.ts';
import type { RaceFact } from '@pitboard/shared/protocol/race-event.ts';
import type { Heard } from './held-lines.ts';
import { LineCrossings } from './line-crossings.ts';
import { PlaceBoard } from './place-board.ts';
import type {
  BestRow,
  Competitor,
  Crossing,
  Heartbeat,
  LapStated,
  LineCrossing,
  RaceRow,
  RmonitorMessage,
} from './rmonitor-message.ts';
import { driverAlone, entryOf, type RunCar, RunCars } from './run-cars.ts';
import { RunClock } from './run-clock.ts';
import { RunPhases } from './run-phases.ts';
import { changesOf, RunTables } from './run-tables.ts';

/** A list that is being refreshed settles within a heartbeat or two. */
const UNSETTLED_BEATS = 3;

export type RunParts = {
  readonly key: string;
  /** `undefined` until the feed names the run. */
  readonly number: string | undefined;
  readonly name: string;
  readonly onFact: (fact: RaceFact) => void;
};

/** One run of a timing computer: what its lines say becomes facts of one session. */
export class Run {
  readonly key: string;
  number: string | undefined;
  readonly clock = new RunClock();
  readonly tables = new RunTables();
  readonly #cars: RunCars;
  readonly #lines: LineCrossings;
  readonly #phases: RunPhases;
  readonly #board = new PlaceBoard();
  readonly #toldFields = new Map<string, string>();
  readonly #onFact: (fact: RaceFact) => void;
  #told = 0;
  #isOpen = false;
  #order = '';
  #mustTellOrder = false;
  #unsettledBeats = 0;
  #dayEpochMs: number | undefined;
  #lapsOfLeader = 0;
  readonly #out = new Map<string, 'car-retired' | 'car-disqualified'>();

  constructor({ key, number, name, onFact }: RunParts) {
    this.key = key;
    this.number = number;
    this.tables.name = name;
    this.#onFact = onFact;
    const tell = (fact: RaceFact) => this.#tell(fact);
    this.#lines = new LineCrossings(tell, this.clock);
    this.#phases = new RunPhases(tell);
    const inPitLane = (car: string, atMs: number) => this.#lines.wasInPitLane(car, atMs);
    const rules = () => ({ isRace: this.tables.kind === 'race', hasPitLane: this.#lines.isUsed });
    this.#cars = new RunCars({ tell, clock: this.clock, inPitLane, rules });
  }

  get isClosed(): boolean {
    return this.#phases.isClosed;
  }

  /** Whether anybody has completed a lap. */
  get hasLaps(): boolean {
    return this.#lapsOfLeader > 0;
  }

  /** What is known before the first fact: everything learnt up to here stands in it. Once only. */
  open(): Manifest | undefined {
    if (this.#isOpen) return undefined;
    this.#isOpen = true;
    const fields = this.#fields();
    changesOf(fields, this.#toldFields);
    const entries = [...this.#cars.all].flatMap((car) => (car.texts === undefined ? [] : [this.#entry(car)]));
    return { ...fields, entries };
  }

  /** What became of cars before the first fact. */
  tellOutcomes(): void {
    for (const car of this.#cars.all) this.#tellOutcome(car);
  }

  /** The manifest as it stands, for a session that goes on. */
  manifest(): Manifest {
    const entries = [...this.#cars.all].flatMap((car) =>
      car.toldEntry === undefined ? [] : [JSON.parse(car.toldEntry)],
    );
    return { ...this.#fields(), entries };
  }

  /** What stands in tables: it is told with the manifest, or as news once that is out. */
  learn(message: RmonitorMessage): void {
    if (message.kind === 'competitor') {
      this.#onCompetitor(message);
      return;
    }
    if (message.kind === 'run') {
      this.number ??= message.number;
      this.#phases.reopen();
    }
    if (message.kind === 'reset') this.#dayEpochMs ??= message.dayEpochMs;
    this.tables.learn(message);
    this.#tellChanges();
  }

  /** What happened on the track. */
  take(message: RmonitorMessage): void {
    switch (message.kind) {
      case 'race-row':
        return this.#onRaceRow(message);
      case 'best-row':
        return this.#onBest(message);
      case 'crossing':
        return this.#onCrossing(message);
      case 'line-crossing':
        return this.#onLine(message);
      case 'lap-stated':
        return this.#onLapStated(message);
      case 'correction':
        return this.#cars.get(message.reg)?.laps.onCorrection(message);
      default:
        return;
    }
  }

  /** A heartbeat that is the next one of this run. */
  onBeat(beat: Heartbeat, { epochMs }: Heard): void {
    this.clock.take(beat);
    const wasOff = this.#phases.isFlaggedOff;
    this.#phases.onBeat(beat, this.clock.nowMs, this.#startEpochMs(beat, epochMs));
    if (this.#phases.isFlaggedOff && !wasOff) this.#mustTellOrder = true;
    for (const { laps, bests } of this.#cars.all) {
      laps.onBeat();
      bests.onBeat();
    }
    const distance = this.#phases.distanceOf(beat, this.#lapsOfLeader);
    if (distance !== undefined) {
      this.tables.distance = distance;
      this.#tellChanges();
    }
    this.#unsettledBeats = this.#board.isSettled ? 0 : this.#unsettledBeats + 1;
    if (this.#unsettledBeats >= UNSETTLED_BEATS || this.#board.isSettled) this.#tellOrder();
  }

  /** A note of whoever made the recording. */
  note(text: string, epochMs: number | undefined): void {
    const startMs = this.#startedEpochMs;
    const atMs = epochMs === undefined || startMs === undefined ? this.clock.nowMs : Math.round(epochMs - startMs);
    if (Math.abs(atMs) <= 864_000_000) this.#tell({ type: 'race-control-message', atMs, text });
  }

  close(): void {
    this.#phases.close(this.clock.nowMs);
  }

  #startedEpochMs: number | undefined;

  #startEpochMs({ raceTimeMs, timeOfDayMs }: Heartbeat, epochMs: number | undefined): number | undefined {
    if (raceTimeMs === undefined) return undefined;
    // [N9] Without a time of arrival the day and the clock of the timing computer have to do.
    const dayMs =
      this.#dayEpochMs === undefined || timeOfDayMs === undefined ? undefined : this.#dayEpochMs + timeOfDayMs;
    const nowMs = epochMs ?? dayMs;
    this.#startedEpochMs = nowMs === undefined ? undefined : nowMs - raceTimeMs;
    return this.#startedEpochMs;
  }

  #onCompetitor(message: Competitor): void {
    const car = this.#cars.learn(message);
    if (car === undefined) return;
    this.#tellEntry(car);
    this.#tellOutcome(car);
  }

  #entry(car: RunCar): Entry {
    const entry = entryOf(car, this.tables.classId(car.class));
    car.toldEntry = JSON.stringify(entry);
    return entry;
  }

  #tellEntry(car: RunCar): void {
    if (!this.#isOpen) return;
    const before = car.toldEntry;
    const entry = this.#entry(car);
    if (car.toldEntry !== before) this.#tell({ type: 'entry-updated', atMs: this.clock.nowMs, entry });
    const driver = driverAlone(car);
    if (driver === undefined || driver === car.driver) return;
    car.driver = driver;
    this.#tell({ type: 'driver-changed', atMs: this.clock.nowMs, car: car.car, driver });
  }

  /** [N25] The enhanced protocol tells what became of a car where the nationality stood. */
  #tellOutcome(car: RunCar): void {
    const { out } = car;
    if (!this.#isOpen || out === this.#out.get(car.reg)) return;
    const { nowMs } = this.clock;
    if (out === undefined) {
      this.#out.delete(car.reg);
      this.#tell({ type: 'car-reinstated', atMs: nowMs, car: car.car });
    } else {
      this.#out.set(car.reg, out);
      this.#tell({ type: out, atMs: nowMs, car: car.car });
    }
  }

  #onRaceRow({ reg, laps, totalMs, position }: RaceRow): void {
    const car = this.#cars.take(reg);
    if (car === undefined) return;
    car.laps.onStanding({ laps, totalMs }, () => {
      this.#board.set(reg, position);
      this.#lapsOfLeader = Math.max(this.#lapsOfLeader, laps);
      if (this.#board.isSettled) this.#tellOrder();
    });
  }

  #onBest({ reg, lap, bestMs }: BestRow): void {
    // [N20] A car that only the list of bests knows is a leftover of another session.
    const car = this.#cars.get(reg);
    if (car === undefined) return;
    car.bests.onBest(lap, bestMs);
    // [N16] Out of a race laps that were taken away change nothing.
    if (this.tables.kind === 'race' && bestMs !== undefined) car.laps.onDriven(lap);
  }

  #onCrossing({ reg, lapTimeMs, totalMs }: Crossing): void {
    const car = this.#cars.take(reg);
    if (car === undefined) return;
    this.#lines.onLap(car.car, totalMs);
    car.laps.onCrossing(lapTimeMs, totalMs);
  }

  #onLine(message: LineCrossing): void {
    this.#dayEpochMs ??= message.dayEpochMs;
    const car = this.#cars.named(message.number);
    if (car === undefined) return;
    if (/^T[2-9A-Z]$/.test(message.line) && this.tables.addLine(message.line)) this.#tellChanges();
    this.#lines.onCrossing(car.car, message);
    const driver = message.driver === undefined ? undefined : car.crew[message.driver - 1]?.id;
    if (driver === undefined || driver === car.driver || car.crew.length < 2) return;
    car.driver = driver;
    this.#tell({ type: 'driver-changed', atMs: this.clock.nowMs, car: car.car, driver });
  }

  #onLapStated({ reg, lap, lapTimeMs, totalMs }: LapStated): void {
    if (totalMs !== undefined) this.#cars.get(reg)?.laps.onHistory(lap, totalMs, lapTimeMs);
  }

  #tellOrder(): void {
    if (!this.#isOpen || this.tables.kind !== 'race' || !(this.#board.takeChange() || this.#mustTellOrder)) return;
    const cars = this.#board.order().flatMap((reg) => this.#cars.get(reg)?.car ?? []);
    const order = cars.join(' ');
    if (cars.length === 0 || (order === this.#order && !this.#mustTellOrder)) return;
    this.#order = order;
    this.#mustTellOrder = false;
    this.#tell({ type: 'order-reported', atMs: this.clock.nowMs, cars });
  }

  #fields(): Manifest {
    return this.tables.fields([...this.#cars.all].map((car) => car.class));
  }

  #tellChanges(): void {
    if (!this.#isOpen) return;
    const changes = changesOf(this.#fields(), this.#toldFields);
    if (changes === undefined) return;
    this.#tell({ type: 'session-updated', atMs: this.clock.nowMs, changes });
    if (changes.classes !== undefined) for (const car of this.#cars.all) this.#tellEntry(car);
  }

  #tell(fact: RaceFact): number {
    if (fact.type === 'passing') this.clock.crossed(fact.atMs);
    // [N19] After the flag, and after a penalty, the order counts as told anew, even where it is the same.
    if (fact.type === 'penalty' || (fact.type === 'passing' && this.#phases?.isFlaggedOff)) this.#mustTellOrder = true;
    this.#onFact(fact);
    return ++this.#told;
  }
}
