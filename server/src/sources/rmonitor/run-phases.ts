import type { TrackFlag } from '@pitboard/shared/domain/flag.ts';
import type { Manifest } from '@pitboard/shared/protocol/manifest.ts';
import { FinishFlag, type FlagFall } from './finish-flag.ts';
import type { Heartbeat } from './rmonitor-message.ts';
import type { Tell } from './told-passings.ts';

type Shown = {
  readonly raceTimeMs: number;
  readonly timeToGoMs: number | undefined;
  readonly lapsToGo: number | undefined;
};

/** Both times are cut to seconds, each by itself. */
const SAME_CLOCK_MS = 2000;
/** Ten days and 10,000 laps are more than any race. */
const LONGEST_MS = 864_000_000;
const MOST_LAPS = 10_000;

type PhaseParts = {
  readonly tell: Tell;
  readonly isRace: () => boolean;
  readonly distance: () => Manifest['distance'];
  /** So many laps were driven after the time: that counts from this session time. */
  readonly onSentOn: (laps: number, fromMs: number) => void;
};

/** Phases, flags and the official clock of a run, from its heartbeats. */
export class RunPhases {
  readonly #parts: PhaseParts;
  readonly #tell: Tell;
  readonly #finish = new FinishFlag();
  #phase: 'scheduled' | 'formation' | 'running' | 'finished' | 'closed' = 'scheduled';
  #flag: TrackFlag | undefined;
  #isTimed = false;
  #isByLaps = false;
  #isHeld = false;
  /** What the clock showed when it was stated last, and the heartbeat before this one. */
  #stated: Shown | undefined;
  #before: Shown | undefined;
  /** Since when the time to go has stood still. */
  #stillSinceMs = 0;
  #length: string | undefined;

  constructor(parts: PhaseParts) {
    this.#parts = parts;
    this.#tell = parts.tell;
  }

  get isClosed(): boolean {
    return this.#phase === 'closed';
  }

  get isFlaggedOff(): boolean {
    return this.#flag === 'chequered';
  }

  /** @param startEpochMs wall clock at session time zero, where it is known */
  onBeat(beat: Heartbeat, nowMs: number, startEpochMs: number | undefined): void {
    const { flag, raceTimeMs = nowMs } = beat;
    if (this.#phase === 'closed') return;
    if (raceTimeMs < 0) {
      this.#form(raceTimeMs, beat);
      return;
    }
    if (flag === undefined) {
      if (this.#phase === 'running' && raceTimeMs === 0) this.#end('finished', nowMs);
      return;
    }
    if (this.#phase !== 'running') this.#run(startEpochMs);
    const fall = this.#fall(flag, raceTimeMs);
    const isNew = fall !== undefined && flag !== this.#flag;
    if (isNew) this.#show(flag, fall);
    this.#showClock({ raceTimeMs, timeToGoMs: beat.timeToGoMs, lapsToGo: beat.lapsToGo }, isNew);
  }

  /** A car is the first to complete so many laps. */
  onLead(laps: number, atMs: number): void {
    const { raceTimeMs = 0, timeToGoMs = 0 } = this.#stated ?? {};
    const goneMs = this.#isHeld ? 0 : atMs - raceTimeMs;
    this.#finish.onLead({ laps, atMs }, this.#isTimed ? goneMs - timeToGoMs : undefined);
  }

  /** The timing computer has closed the run, or gone on to another one. */
  close(nowMs: number): void {
    if (this.#phase !== 'closed' && this.#phase !== 'scheduled') this.#end('closed', nowMs);
  }

  /** A run that was closed goes on. */
  reopen(): void {
    if (this.#phase === 'closed') this.#phase = 'finished';
  }

  /**
   * The planned distance, once two heartbeats agree on it: it may be extended.
   * @param lapsOfLeader completed
   */
  distanceOf(beat: Heartbeat, lapsOfLeader: number): Manifest['distance'] {
    const { lapsToGo = 0, timeToGoMs = 0, raceTimeMs = 0, flag } = beat;
    // What is shown after the end is of the next run.
    const isOver = this.#phase === 'finished' || this.#phase === 'closed';
    if (flag === 'chequered' || (flag === undefined && isOver)) return undefined;
    // Both are cut: together they may lack a second.
    const sumMs = timeToGoMs + raceTimeMs;
    const isTimed = timeToGoMs > 0 && sumMs >= 0 && sumMs < LONGEST_MS;
    const durationMs = isTimed ? (sumMs % 60_000 === 59_000 ? sumMs + 1000 : sumMs) : undefined;
    const totalLaps = lapsToGo + lapsOfLeader;
    const laps = lapsToGo <= 0 || totalLaps > MOST_LAPS ? undefined : totalLaps;
    const length = `${durationMs} ${laps}`;
    const isSure = length === this.#length;
    this.#length = length;
    if (!isSure || (durationMs === undefined && laps === undefined)) return undefined;
    return { ...(durationMs === undefined ? {} : { durationMs }), ...(laps === undefined ? {} : { laps }) };
  }

  #form(raceTimeMs: number, { timeToGoMs }: Heartbeat): void {
    if (this.#phase === 'formation') return;
    this.#phase = 'formation';
    this.#flag = undefined;
    this.#tell({ type: 'session-phase', atMs: raceTimeMs, phase: 'formation' });
    const remainingMs = timeToGoMs === undefined || timeToGoMs <= 0 ? undefined : timeToGoMs + raceTimeMs;
    if (remainingMs === undefined || remainingMs < 0) return;
    this.#tell({ type: 'clock', atMs: raceTimeMs, running: false, elapsedMs: 0, remainingMs });
  }

  #run(startEpochMs: number | undefined): void {
    this.#phase = 'running';
    this.#stated = undefined;
    this.#tell({
      type: 'session-phase',
      atMs: 0,
      phase: 'running',
      ...(startEpochMs === undefined || startEpochMs < 0 ? {} : { startEpochMs: Math.round(startEpochMs) }),
    });
  }

  /** When a flag that is shown fell; `undefined` while it waits. */
  #fall(flag: TrackFlag, raceTimeMs: number): FlagFall | undefined {
    if (flag !== 'chequered') this.#finish.settle();
    const mayWait = flag === 'chequered' && this.#flag !== undefined && !this.isFlaggedOff && this.#parts.isRace();
    return mayWait ? this.#finish.fall(raceTimeMs, this.#parts.distance()) : { atMs: raceTimeMs };
  }

  #show(flag: TrackFlag, { atMs, sentOn }: FlagFall): void {
    this.#finish.settle();
    if (sentOn !== undefined) this.#parts.onSentOn(sentOn.laps, sentOn.fromMs);
    this.#flag = flag;
    this.#tell({ type: 'flag-changed', atMs, flag });
  }

  #end(phase: 'finished' | 'closed', atMs: number): void {
    const awaitedMs = this.#finish.settle();
    if (awaitedMs !== undefined) this.#show('chequered', { atMs: awaitedMs });
    this.#phase = phase;
    this.#tell({ type: 'session-phase', atMs, phase });
  }

  /** [N12] The clock is stated where it does not simply run on. */
  #showClock(shown: Shown, isNewFlag: boolean): void {
    const { raceTimeMs, timeToGoMs = 0, lapsToGo = 0 } = shown;
    const before = this.#before;
    this.#before = shown;
    this.#isTimed ||= timeToGoMs > 0;
    this.#isByLaps ||= lapsToGo > 0;
    if (before?.timeToGoMs !== timeToGoMs) this.#stillSinceMs = raceTimeMs;
    const isHeld = timeToGoMs > 0 && raceTimeMs - this.#stillSinceMs >= SAME_CLOCK_MS;
    const isNews = isNewFlag || isHeld !== this.#isHeld || (!isHeld && this.#departs(shown));
    this.#isHeld = isHeld;
    if (!isNews) return;
    this.#stated = shown;
    this.#tell({
      type: 'clock',
      atMs: raceTimeMs,
      running: !isHeld,
      elapsedMs: raceTimeMs,
      ...(this.#isTimed ? { remainingMs: Math.max(0, timeToGoMs) } : {}),
      ...(this.#isByLaps ? { lapsToGo: Math.min(lapsToGo, 100_000) } : {}),
    });
  }

  #departs({ raceTimeMs, timeToGoMs = 0, lapsToGo = 0 }: Shown): boolean {
    const stated = this.#stated;
    if (stated === undefined || (this.#isByLaps && lapsToGo !== (stated.lapsToGo ?? 0))) return true;
    if (!this.#isTimed) return false;
    const expectedMs = Math.max(0, (stated.timeToGoMs ?? 0) - (raceTimeMs - stated.raceTimeMs));
    return Math.abs(expectedMs - timeToGoMs) >= SAME_CLOCK_MS;
  }
}
