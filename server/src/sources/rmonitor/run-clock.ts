import type { Heartbeat } from './rmonitor-message.ts';

const DAY_MS = 86_400_000;
/** Ten days: what a session time may be. */
const LONGEST_MS = 864_000_000;
/** Heartbeats overtake each other on some lines; further back than this they are no stragglers. */
const STRAGGLER_MS = 20_000;
/** Time of day and race time are cut to seconds, each by itself. */
const SAME_START_MS = 3000;
/** A race clock that falls back further than this was started anew. */
const RESTART_MS = 10_000;
/** A crossing may be told before the heartbeat of its second. */
const AHEAD_MS = 5000;
const MOST_STARTS = 20;

/**
 * What a heartbeat is to a run: the next one, a straggler that is passed over, a repeat of what was heard before, or the
 * first one of a race clock that was started anew.
 */
export type Beat = 'next' | 'straggler' | 'repeat' | 'restart';

/** The race clock of a run, as its heartbeats and crossings tell it. */
export class RunClock {
  /** Session time: the latest that is known; it stands while no race clock runs. */
  nowMs = 0;
  /** Time of day at session time zero. */
  startOfDayMs: number | undefined;
  /** Heartbeats since the run was heard of. */
  beats = 0;
  /** Whether the race clock counted at the last of them. */
  isRunning = false;
  #timeOfDayMs: number | undefined;
  #highestMs: number | undefined;
  #isAligned = false;
  /** All that were known: race clocks are put right by some seconds while they run. */
  #starts: number[] = [];
  #isRepeating = false;

  /** Everything is told again from before: nothing is news until the clock is where it was. */
  get isRepeating(): boolean {
    return this.#isRepeating;
  }

  /** What this heartbeat is; `take` it when it is the next one or restarts the clock. */
  judge(beat: Heartbeat): Beat {
    const verdict = this.#verdictOn(beat);
    this.#isRepeating = verdict === 'repeat';
    return verdict;
  }

  #verdictOn(beat: Heartbeat): Beat {
    const { timeOfDayMs, raceTimeMs } = beat;
    const aheadMs = aheadOf(timeOfDayMs, this.#timeOfDayMs);
    const highestMs = this.#highestMs ?? Number.NEGATIVE_INFINITY;
    const counts = isRunning(beat) && raceTimeMs !== undefined;
    if (aheadMs < 0 && aheadMs >= -STRAGGLER_MS && !(counts && raceTimeMs > highestMs)) {
      return this.#isRepeating ? 'repeat' : 'straggler';
    }
    // The clock of a computer may be set while nothing runs; once something ran, it is the witness of what is told again.
    if (this.#highestMs === undefined) return 'next';
    if (!counts) return aheadMs < 0 ? 'repeat' : 'next';
    if (raceTimeMs < highestMs - RESTART_MS) return this.#hasStartOf(beat) ? 'repeat' : 'restart';
    return this.#isRepeating && aheadMs < 0 ? 'repeat' : 'next';
  }

  /** Takes in a heartbeat that is the next one, or restarts the clock. */
  take(beat: Heartbeat): void {
    const { timeOfDayMs, raceTimeMs } = beat;
    this.beats++;
    this.isRunning = isRunning(beat);
    this.#timeOfDayMs = timeOfDayMs ?? this.#timeOfDayMs;
    if (!isRunning(beat) || raceTimeMs === undefined) return;
    if (this.#highestMs === undefined || raceTimeMs < this.#highestMs - RESTART_MS) {
      this.nowMs = raceTimeMs;
      this.#isAligned = false;
    }
    this.#highestMs = raceTimeMs;
    this.nowMs = Math.max(this.nowMs, raceTimeMs);
    if (timeOfDayMs !== undefined) this.#startAt(inDay(timeOfDayMs - raceTimeMs));
  }

  /** A crossing at this race time was told: it is at least so late. */
  crossed(atMs: number): void {
    if (this.#highestMs === undefined || atMs <= this.#highestMs + AHEAD_MS) this.nowMs = Math.max(this.nowMs, atMs);
  }

  /** A better witness of time zero than the heartbeat: a crossing with both its times. */
  align(startOfDayMs: number): void {
    if (this.#isAligned || !(this.startOfDayMs === undefined || this.#isStart(startOfDayMs))) return;
    this.startOfDayMs = inDay(startOfDayMs);
    this.#isAligned = true;
  }

  /** Session time at a time of day; `undefined` before the start is known, and beyond any session. */
  atTimeOfDay(timeOfDayMs: number): number | undefined {
    if (this.startOfDayMs === undefined) return undefined;
    // Within half a day of what is known: a race may go over midnight, and over days.
    const atMs = this.nowMs + aheadOf(timeOfDayMs, inDay(this.startOfDayMs + this.nowMs));
    return Math.abs(atMs) <= LONGEST_MS ? atMs : undefined;
  }

  #hasStartOf({ timeOfDayMs, raceTimeMs }: Heartbeat): boolean {
    if (timeOfDayMs === undefined || raceTimeMs === undefined) return false;
    return this.#starts.some((start) => isSame(start, timeOfDayMs - raceTimeMs));
  }

  #startAt(startOfDayMs: number): void {
    if (this.#isStart(startOfDayMs)) return;
    this.startOfDayMs = startOfDayMs;
    this.#isAligned = false;
    this.#starts.push(startOfDayMs);
    if (this.#starts.length > MOST_STARTS) this.#starts.shift();
  }

  #isStart(timeOfDayMs: number): boolean {
    return this.startOfDayMs !== undefined && isSame(this.startOfDayMs, timeOfDayMs);
  }
}

function isSame(startOfDayMs: number, otherMs: number): boolean {
  return Math.abs(aheadOf(startOfDayMs, otherMs)) <= SAME_START_MS;
}

/** The race clock counts while a flag is shown, and down to the start while it is negative. */
export function isRunning({ flag, raceTimeMs }: Heartbeat): boolean {
  return flag !== undefined || (raceTimeMs !== undefined && raceTimeMs < 0);
}

/** How much later one time of day is than the other, by the shorter way round; 0 where one is not known. */
export function aheadOf(timeOfDayMs: number | undefined, otherMs: number | undefined): number {
  if (timeOfDayMs === undefined || otherMs === undefined) return 0;
  const difference = inDay(timeOfDayMs - otherMs);
  return difference > DAY_MS / 2 ? difference - DAY_MS : difference;
}

function inDay(ms: number): number {
  return ((ms % DAY_MS) + DAY_MS) % DAY_MS;
}
