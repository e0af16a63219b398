import type { Manifest } from '@pitboard/shared/protocol/manifest.ts';
import type { RaceFact } from '@pitboard/shared/protocol/race-event.ts';
import { FeedOrder } from './feed-order.ts';
import type { Heard } from './held-lines.ts';
import { isTrackLoop, LineCrossings } from './line-crossings.ts';
import type { BestRow, Crossing, Heartbeat, LineCrossing, RaceRow, RmonitorMessage } from './rmonitor-message.ts';
import { RunCars } from './run-cars.ts';
import { RunClock } from './run-clock.ts';
import { RunEntries } from './run-entries.ts';
import { RunPhases } from './run-phases.ts';
import { changesOf, RunTables } from './run-tables.ts';

/** What a session time may be. */
const LONGEST_MS = 864_000_000;
/** Crossings of cars that nobody has named yet. */
const MOST_STRANGERS = 100;

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
  readonly #onFact: (fact: RaceFact) => void;
  readonly #cars: RunCars;
  readonly #entries: RunEntries;
  readonly #lines: LineCrossings;
  readonly #order: FeedOrder;
  readonly #phases: RunPhases;
  readonly #toldFields = new Map<string, string>();
  #told = 0;
  #isOpen = false;
  #dayEpochMs: number | undefined;
  #startEpochMs: number | undefined;
  #lapsOfLeader = 0;
  #strangers: readonly LineCrossing[] = [];

  constructor({ key, number, name, onFact }: RunParts) {
    this.key = key;
    this.number = number;
    this.tables.name = name;
    this.#onFact = onFact;
    const { clock, tables } = this;
    const tell = (fact: RaceFact) => this.#tell(fact);
    const isRace = () => tables.kind === 'race';
    this.#phases = new RunPhases({
      tell,
      isRace,
      distance: () => tables.distance,
      onSentOn: (lapsAfterTime, fromMs) => {
        tables.distance = { ...tables.distance, lapsAfterTime };
        this.#tellChanges(fromMs);
      },
    });
    this.#lines = new LineCrossings(tell, clock);
    this.#cars = new RunCars({
      tell,
      clock,
      inPitLane: (car, atMs) => this.#lines.wasInPitLane(car, atMs),
      rules: () => ({ isRace: isRace(), hasPitLane: this.#lines.isUsed }),
    });
    this.#entries = new RunEntries({ tell, clock, tables, cars: this.#cars });
    this.#order = new FeedOrder({ tell, clock, isRace, carOf: (reg) => this.#cars.get(reg)?.car });
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
    const manifest = this.manifest();
    changesOf(manifest, this.#toldFields);
    return manifest;
  }

  /** The manifest as it stands, for a session that goes on. */
  manifest(): Manifest {
    return { ...this.#fields(), entries: this.#entries.open() };
  }

  /** What became of cars before the first fact. */
  tellOutcomes(): void {
    for (const car of this.#cars.all) this.#entries.tellOutcome(car);
  }

  /** What stands in tables: it is told with the manifest, or as news once that is out. */
  learn(message: RmonitorMessage): void {
    if (message.kind === 'competitor') {
      const car = this.#cars.learn(message);
      if (car === undefined) return;
      this.#entries.tell(car);
      this.#hearStrangers();
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
        if (message.totalMs === undefined) return;
        return this.#cars.get(message.reg)?.laps.onHistory(message.lap, message.totalMs, message.lapTimeMs);
      case 'last-lap':
        if (message.lapTimeMs === undefined) return;
        return this.#cars.get(message.reg)?.laps.onLapTime(message.lap, message.lapTimeMs);
      case 'correction':
        return this.#cars.get(message.reg)?.laps.onCorrection(message);
      default:
        return;
    }
  }

  /** A heartbeat that is the next one of this run. */
  onBeat(beat: Heartbeat, { epochMs }: Heard): void {
    this.clock.take(beat);
    this.#noteStart(beat, epochMs);
    const wasFlaggedOff = this.#phases.isFlaggedOff;
    this.#phases.onBeat(beat, this.clock.nowMs, this.#startEpochMs);
    if (this.#phases.isFlaggedOff && !wasFlaggedOff) this.#order.mustBeTold();
    for (const { laps, bests } of this.#cars.all) {
      laps.onBeat();
      bests.onBeat();
    }
    const distance = this.#phases.distanceOf(beat, this.#lapsOfLeader);
    if (distance !== undefined) {
      this.tables.distance = distance;
      this.#tellChanges();
    }
    this.#order.onBeat();
  }

  /** A note of whoever made the recording. */
  note(text: string, epochMs: number | undefined): void {
    const startMs = this.#startEpochMs;
    const atMs = epochMs === undefined || startMs === undefined ? this.clock.nowMs : Math.round(epochMs - startMs);
    if (Math.abs(atMs) <= LONGEST_MS) this.#tell({ type: 'race-control-message', atMs, text });
  }

  close(): void {
    this.#phases.close(this.clock.nowMs);
  }

  /** [N9] Without a time of arrival the day and the clock of the timing computer have to do. */
  #noteStart({ raceTimeMs, timeOfDayMs = Number.NaN }: Heartbeat, epochMs: number | undefined): void {
    if (raceTimeMs === undefined) return;
    const startMs = (epochMs ?? (this.#dayEpochMs ?? Number.NaN) + timeOfDayMs) - raceTimeMs;
    this.#startEpochMs = Number.isNaN(startMs) ? undefined : startMs;
  }

  #onRaceRow({ reg, laps, totalMs, position }: RaceRow): void {
    const car = this.#cars.take(reg);
    car?.laps.onStanding({ laps, totalMs }, () => {
      const { last } = car.laps.passings;
      if (laps > this.#lapsOfLeader && last !== undefined) this.#phases.onLead(laps, last.atMs);
      this.#lapsOfLeader = Math.max(this.#lapsOfLeader, laps);
      this.#order.set(reg, position);
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
    if (car === undefined) {
      this.#strangers = [...this.#strangers, message].slice(-MOST_STRANGERS);
      return;
    }
    if (isTrackLoop(message.line) && this.tables.addLine(message.line)) this.#tellChanges();
    this.#lines.onCrossing(car.car, message);
    if (message.driver !== undefined) this.#entries.atTheWheel(car, car.crew[message.driver - 1]?.id);
  }

  /** A car may cross lines before it is told who it is. */
  #hearStrangers(): void {
    if (!this.#isOpen) return;
    const known = this.#strangers.filter(({ number }) => this.#cars.named(number) !== undefined);
    if (known.length === 0) return;
    this.#strangers = this.#strangers.filter((message) => !known.includes(message));
    for (const message of known) this.#onLine(message);
  }

  #fields(): Manifest {
    return this.tables.fields([...this.#cars.all].map((car) => car.class));
  }

  #tellChanges(atMs = this.clock.nowMs): void {
    if (!this.#isOpen) return;
    const changes = changesOf(this.#fields(), this.#toldFields);
    if (changes === undefined) return;
    this.#tell({ type: 'session-updated', atMs, changes });
    if (changes.classes !== undefined) this.#entries.tellAll();
  }

  #tell(fact: RaceFact): number {
    if (fact.type === 'passing') this.clock.crossed(fact.atMs);
    if (fact.type === 'penalty' || (fact.type === 'passing' && this.#phases.isFlaggedOff)) this.#order.mustBeTold();
    this.#onFact(fact);
    return ++this.#told;
  }
}
