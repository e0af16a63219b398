import type { TrackFlag } from '@pitboard/shared/domain/flag.ts';
import type { Manifest } from '@pitboard/shared/protocol/manifest.ts';
import type { RaceFact } from '@pitboard/shared/protocol/race-event.ts';
import { type CarRow, mostLapsOf } from './car-row.ts';
import { isObject } from './dict-diff.ts';
import { FieldWatch, type LapKey } from './field-watch.ts';
import { flagOfState } from './flags.ts';
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

/** What a service may lag behind what happened. */
const LAG_MS = 2000;
/** Frames are named by the second that they fall in. */
const SECOND_MS = 1000;
/** Session time of what happens before the start: how long it still is to the start is not known. */
const BEFORE_START_MS = -1;
const FARTHEST_MS = 863_000_000;

/** Turns the states of a timing screen, in order of time, into the facts of one session. */
export class SessionReader {
  #service: ServiceManifest;
  readonly #onProblem: (reason: string) => void;
  readonly #start = new StartClock();
  readonly #clock = new ScreenClock();
  readonly #messages = new MessageWatch();
  readonly #field: FieldWatch;
  /** Place among all facts of the session, from 1, of the passings that may yet be taken back. */
  readonly #told = new Map<string, number>();
  #count = 0;
  #zeroEpochMs: number | undefined;
  #isStartTold = false;
  #beforeMs: number | undefined;
  #flag: TrackFlag | undefined;
  #weather = '';
  #lastMs = BEFORE_START_MS;

  /** @param zeroEpochMs wall clock at session time zero, where it is known beforehand */
  constructor(service: ServiceManifest, onProblem: (reason: string) => void, zeroEpochMs?: number) {
    this.#service = service;
    this.#onProblem = onProblem;
    this.#field = new FieldWatch(onProblem);
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
    const takenBack = this.#field.take(rows, { ...moment, isOver: this.#flag === 'chequered' }, facts);
    placeChequered(facts, rows[0]?.car);
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
    const atMs = this.#lastMs + SECOND_MS;
    this.#field.end(facts);
    if (isOver && this.#isRace) {
      for (const car of this.#field.notStarted) facts.push({ type: 'car-not-starting', atMs, car });
    }
    if (isOver) {
      facts.push({ type: 'order-reported', atMs, cars: [...this.#field.order] });
      facts.push({ type: 'session-phase', atMs, phase: 'finished' });
    }
    return this.#tell(facts, [], atMs);
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
      isOver: this.#flag === 'chequered',
      countsLaps: this.#service.columns.has('laps'),
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

  #takeWeather(session: unknown, { atMs }: FrameMoment, facts: RaceFact[]): void {
    const weather = weatherOf(this.#service.trackData, isObject(session) ? session.trackData : undefined);
    const text = JSON.stringify(weather);
    if (text === '{}' || text === this.#weather) return;
    this.#weather = text;
    facts.push({ type: 'weather', atMs, ...weather });
  }

  /** Puts the facts of a frame in order of time, and says which earlier ones no longer hold. */
  #tell(facts: RaceFact[], takenBack: readonly LapKey[], atMs: number): readonly RaceFact[] {
    facts.sort((one, other) => one.atMs - other.atMs);
    for (const { car, lap } of takenBack) {
      const key = keyOf(car, lap);
      const withdrawnSeq = this.#told.get(key);
      if (withdrawnSeq === undefined) continue;
      this.#told.delete(key);
      facts.push({ type: 'passing-withdrawn', atMs, car, withdrawnSeq });
    }
    for (const fact of facts) {
      this.#count++;
      if (fact.type === 'passing') this.#told.set(keyOf(fact.car, fact.lapNumber ?? 0), this.#count);
    }
    return facts;
  }
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
