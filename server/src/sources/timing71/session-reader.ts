import type { TrackFlag } from '@pitboard/shared/domain/flag.ts';
import type { Manifest } from '@pitboard/shared/protocol/manifest.ts';
import type { RaceFact } from '@pitboard/shared/protocol/race-event.ts';
import type { CarRow } from './car-row.ts';
import { ConditionWatch } from './condition-watch.ts';
import { isObject } from './dict-diff.ts';
import { classIdOf, EntryWatch } from './entry-watch.ts';
import { flagOfState } from './flags.ts';
import { GapWatch } from './gap-watch.ts';
import { LapWatch } from './lap-watch.ts';
import { MessageWatch } from './message-watch.ts';
import type { FrameMoment } from './moment.ts';
import { ScreenClock } from './screen-clock.ts';
import { manifestOf, namesOf, type ServiceManifest } from './service-manifest.ts';
import { StartClock } from './start-clock.ts';
import { weatherOf } from './track-data.ts';

/** What a timing screen shows at a moment, unchecked. */
export type TimingState = {
  /** Lines of cells, leader first. */
  readonly cars: unknown;
  readonly session: unknown;
  /** Newest first. */
  readonly messages: unknown;
};

type CarWatch = {
  readonly entry: EntryWatch;
  readonly condition: ConditionWatch;
  readonly laps: LapWatch;
  readonly gaps: GapWatch;
};

/** What a service may lag behind what happened. */
const LAG_MS = 2000;
/** Frames are named by the second that they fall in. */
const SECOND_MS = 1000;
/** Session time of what happens before the start: how long it still is to the start is not known. */
const BEFORE_START_MS = -1;
const FARTHEST_MS = 863_000_000;
const MOST_CARS = 500;
const MOST_CLASSES = 50;

/** Turns the states of a timing screen, in order of time, into the facts of one session. */
export class SessionReader {
  #service: ServiceManifest;
  readonly #onProblem: (reason: string) => void;
  readonly #start = new StartClock();
  readonly #clock = new ScreenClock();
  readonly #messages = new MessageWatch();
  readonly #cars = new Map<string, CarWatch>();
  readonly #classes = new Map<string, string>();
  readonly #classNames = new Set<string>();
  /** Place among all facts of the session, from 1, of the passings that may yet be taken back. */
  readonly #told = new Map<string, number>();
  #count = 0;
  #zeroEpochMs: number | undefined;
  #isStartTold = false;
  #beforeMs: number | undefined;
  #flag: TrackFlag | undefined;
  #order = '';
  #weather = '';
  #lastMs = BEFORE_START_MS;
  /** @param zeroEpochMs wall clock at session time zero, where it is known beforehand */
  constructor(service: ServiceManifest, onProblem: (reason: string) => void, zeroEpochMs?: number) {
    this.#service = service;
    this.#onProblem = onProblem;
    this.#zeroEpochMs = zeroEpochMs;
  }

  get manifest(): Manifest {
    return manifestOf(this.#service);
  }

  /** @param rows the lines of `state.cars`, read */
  take(state: TimingState, rows: readonly CarRow[], epochMs: number): readonly RaceFact[] {
    this.#zeroEpochMs ??= this.#start.take(state.session, epochMs, mostLapsOf(rows) ?? 0);
    const moment = this.#momentOf(epochMs, rows);
    if (moment === undefined) {
      this.#onProblem('a frame of another day');
      return [];
    }
    const facts: RaceFact[] = [];
    this.#tellStart(moment, facts);
    this.#takeFlag(state.session, rows, moment, facts);
    const takenBack = this.#takeCars(rows, moment, facts);
    placeChequered(facts, rows[0]?.car);
    this.#takeOrder(rows, moment, facts);
    this.#clock.take(state.session, moment.atMs, facts);
    this.#messages.take(state.messages, moment.atMs, this.#zeroEpochMs, facts);
    this.#takeWeather(state.session, moment, facts);
    return this.#tell(facts, takenBack, moment.atMs);
  }

  /** The service lays out its screen in another way, or calls itself by another name. */
  rename(service: ServiceManifest): readonly RaceFact[] {
    const changes = namesOf(service);
    const isSame = JSON.stringify(changes) === JSON.stringify(namesOf(this.#service));
    this.#service = service;
    return isSame ? [] : this.#tell([{ type: 'session-updated', atMs: this.#lastMs, changes }], [], this.#lastMs);
  }

  /** Nothing more comes. */
  end(): readonly RaceFact[] {
    const facts: RaceFact[] = [];
    const isOver = this.#flag === 'chequered';
    for (const [car, { laps, condition }] of this.#cars) {
      facts.push(...laps.end());
      if (isOver && this.#isRace && condition.hasNotStarted) {
        facts.push({ type: 'car-not-starting', atMs: this.#lastMs, car });
      }
    }
    if (isOver) facts.push({ type: 'session-phase', atMs: this.#lastMs, phase: 'finished' });
    return this.#tell(facts, [], this.#lastMs);
  }

  get #isRace(): boolean {
    return namesOf(this.#service).kind === 'race';
  }

  #momentOf(epochMs: number, rows: readonly CarRow[]): FrameMoment | undefined {
    const zeroMs = this.#zeroEpochMs;
    const isStarted = zeroMs !== undefined && epochMs >= zeroMs;
    const atMs = zeroMs === undefined ? BEFORE_START_MS : epochMs - zeroMs;
    if (Math.abs(atMs) > FARTHEST_MS) return undefined;
    const longestGapMs = rows.reduce((most, { gap }) => Math.max(most, gap?.ms ?? 0), 0);
    const fromMs = this.#beforeMs ?? atMs;
    this.#beforeMs = atMs;
    this.#lastMs = Math.max(this.#lastMs, atMs);
    const leaderJoinMs = atMs - longestGapMs;
    return {
      atMs,
      fromMs,
      afterMs: fromMs - LAG_MS,
      beforeMs: atMs + SECOND_MS,
      leaderJoinMs,
      isStarted,
      isRace: this.#isRace,
    };
  }

  #tellStart({ isStarted }: FrameMoment, facts: RaceFact[]): void {
    if (!isStarted || this.#isStartTold) return;
    this.#isStartTold = true;
    const startEpochMs = this.#zeroEpochMs ?? 0;
    facts.push({ type: 'session-phase', atMs: 0, phase: 'running', ...(startEpochMs > 0 ? { startEpochMs } : {}) });
  }

  #takeFlag(session: unknown, rows: readonly CarRow[], { atMs, isStarted }: FrameMoment, facts: RaceFact[]): void {
    const shown = flagOfState(isObject(session) ? session.flagState : undefined);
    // A service without flags says by the state of the leader that it is over.
    const isHome = shown === undefined && isStarted && rows[0]?.state === 'FIN';
    const flag = isHome ? 'chequered' : shown;
    if (flag === undefined || flag === this.#flag) return;
    this.#flag = flag;
    facts.push({ type: 'flag-changed', atMs, flag });
  }

  /** @returns passings that no longer count, by their keys */
  #takeCars(rows: readonly CarRow[], moment: FrameMoment, facts: RaceFact[]): readonly string[] {
    const takenBack: string[] = [];
    const leader = rows[0] === undefined ? undefined : this.#watch(rows[0].car)?.laps;
    for (const row of rows) {
      const watch = this.#watch(row.car);
      if (watch === undefined) continue;
      this.#takeClass(row.class, moment, facts);
      watch.entry.take(row, moment.atMs, facts);
      watch.condition.take(row, moment, facts);
      const news = watch.laps.take(row, moment, watch.laps === leader ? undefined : leader);
      facts.push(...news.facts);
      watch.gaps.take(row, moment, news.facts.length > 0, facts);
      for (const lap of news.takenBack) takenBack.push(keyOf(row.car, lap));
    }
    return takenBack;
  }

  #watch(car: string): CarWatch | undefined {
    const known = this.#cars.get(car);
    if (known !== undefined) return known;
    if (this.#cars.size >= MOST_CARS) {
      this.#onProblem('too many cars');
      return undefined;
    }
    const watch = {
      entry: new EntryWatch(car),
      condition: new ConditionWatch(car),
      laps: new LapWatch(car, this.#service.columns.has('laps')),
      gaps: new GapWatch(car),
    };
    this.#cars.set(car, watch);
    return watch;
  }

  #takeClass(name: string, { atMs }: FrameMoment, facts: RaceFact[]): void {
    // A class is met with each line of each second.
    if (this.#classNames.has(name)) return;
    if (this.#classNames.size < MOST_CLASSES) this.#classNames.add(name);
    const id = classIdOf(name);
    if (id === '' || this.#classes.has(id) || this.#classes.size >= MOST_CLASSES) return;
    this.#classes.set(id, name);
    const classes = [...this.#classes].map(([each, its]) => ({ id: each, name: its }));
    facts.push({ type: 'session-updated', atMs, changes: { classes } });
  }

  #takeOrder(rows: readonly CarRow[], { atMs }: FrameMoment, facts: RaceFact[]): void {
    const cars = rows.flatMap(({ car }) => (this.#cars.has(car) ? [car] : []));
    const order = cars.join(' ');
    // A screen that flickers shows nobody for a moment.
    if (cars.length === 0 || order === this.#order) return;
    this.#order = order;
    facts.push({ type: 'order-reported', atMs, cars });
  }

  #takeWeather(session: unknown, { atMs }: FrameMoment, facts: RaceFact[]): void {
    const weather = weatherOf(this.#service.trackData, isObject(session) ? session.trackData : undefined);
    const text = JSON.stringify(weather);
    if (text === '{}' || text === this.#weather) return;
    this.#weather = text;
    facts.push({ type: 'weather', atMs, ...weather });
  }

  /** Puts the facts of a frame in order of time, and says which earlier ones no longer hold. */
  #tell(facts: RaceFact[], takenBack: readonly string[], atMs: number): readonly RaceFact[] {
    facts.sort((one, other) => one.atMs - other.atMs);
    for (const key of takenBack) {
      const withdrawnSeq = this.#told.get(key);
      if (withdrawnSeq === undefined) continue;
      this.#told.delete(key);
      facts.push({ type: 'passing-withdrawn', atMs, car: key.slice(key.indexOf(' ') + 1), withdrawnSeq });
    }
    for (const fact of facts) {
      this.#count++;
      if (fact.type === 'passing') this.#told.set(keyOf(fact.car, fact.lapNumber ?? 0), this.#count);
    }
    return facts;
  }
}

/** `undefined` of no rows. */
export function mostLapsOf(rows: readonly CarRow[]): number | undefined {
  return rows.length === 0 ? undefined : rows.reduce((most, { laps = 0 }) => Math.max(most, laps), 0);
}

/** The flag falls with the leader: where one frame shows both, at the crossing. */
function placeChequered(facts: RaceFact[], leader: string | undefined): void {
  const at = facts.findIndex((fact) => fact.type === 'flag-changed' && fact.flag === 'chequered');
  const crossing = facts.find((fact) => fact.type === 'passing' && fact.car === leader);
  const flag = facts[at];
  if (flag !== undefined && crossing !== undefined) facts[at] = { ...flag, atMs: crossing.atMs };
}

function keyOf(car: string, lap: number): string {
  return `${lap} ${car}`;
}
