import type { RaceEvent, RaceFact } from '@pitboard/shared/protocol/race-event.ts';
import type { SessionClock } from '@pitboard/shared/protocol/socket-events.ts';
import type { Source } from './source.ts';
import type { Timers } from './timers.ts';

/** What a replay plays to: a session of this server, or a connection to another one. */
export type ReplayTarget = {
  append(facts: readonly RaceFact[]): Promise<void>;
  /** Called at the start of every run, and at its end (rate 0). */
  setClock(clock: SessionClock): void;
  /** Called before every run but the first. */
  startOver(): Promise<void>;
};

export type ReplayOptions = {
  readonly events: readonly RaceEvent[];
  /** 2 plays twice as fast. */
  readonly speed: number;
  readonly target: ReplayTarget;
  readonly timers: Timers;
  /** Where a run begins; what happened before is there at once. The first event where it is not given. */
  readonly startAtMs?: number | undefined;
  /** Wall-clock pause before it starts over; plays once where it is not given. */
  readonly loopPauseMs?: number | undefined;
  /** Called once a replay that does not loop is through, or has failed. */
  readonly onEnd?: (error: Error | undefined) => void;
};

/** Facts due within so short a time go out together. */
const SHORTEST_WAIT_MS = 20;

/** Plays a log as if it were happening now. Where it stands is computed from the clock, so it never drifts. */
export function createReplaySource(options: ReplayOptions): Source {
  return new ReplaySource(options);
}

class ReplaySource implements Source {
  readonly #options: ReplayOptions;
  /** Session time at which each event is due: a fact that came late comes late again. */
  readonly #dueMs: readonly number[];
  #startedEpochMs = 0;
  #next = 0;
  #stopped = false;
  #cancelWait: () => void = () => undefined;
  #working: Promise<void> = Promise.resolve();

  constructor(options: ReplayOptions) {
    this.#options = options;
    this.#dueMs = dueTimes(options.events);
  }

  start(): void {
    this.#do(async () => this.#beginRun());
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#cancelWait();
    await this.#working;
  }

  get #startAtMs(): number {
    return this.#options.startAtMs ?? this.#dueMs[0] ?? 0;
  }

  async #beginRun(): Promise<void> {
    const { target, timers, speed } = this.#options;
    this.#next = 0;
    this.#startedEpochMs = timers.nowEpochMs();
    target.setClock({ atMs: this.#startAtMs, epochMs: this.#startedEpochMs, rate: speed });
    await this.#play();
  }

  #positionMs(): number {
    const { timers, speed } = this.#options;
    return this.#startAtMs + (timers.nowEpochMs() - this.#startedEpochMs) * speed;
  }

  async #play(): Promise<void> {
    const { events, target, speed } = this.#options;
    const atMs = this.#positionMs();
    const from = this.#next;
    while (this.#next < events.length && (this.#dueMs[this.#next] as number) <= atMs) this.#next++;
    if (this.#next > from) await target.append(events.slice(from, this.#next).map(withoutSeq));
    const dueMs = this.#dueMs[this.#next];
    if (dueMs === undefined) return this.#endRun();
    this.#wait(Math.max(SHORTEST_WAIT_MS, (dueMs - this.#positionMs()) / speed), () => this.#play());
  }

  async #endRun(): Promise<void> {
    const { target, timers, loopPauseMs, onEnd } = this.#options;
    target.setClock({ atMs: this.#dueMs.at(-1) ?? this.#startAtMs, epochMs: timers.nowEpochMs(), rate: 0 });
    if (loopPauseMs === undefined) {
      onEnd?.(undefined);
      return;
    }
    this.#wait(loopPauseMs, async () => {
      await target.startOver();
      await this.#beginRun();
    });
  }

  #wait(delayMs: number, then: () => Promise<void>): void {
    if (!this.#stopped) this.#cancelWait = this.#options.timers.after(delayMs, () => this.#do(then));
  }

  #do(step: () => Promise<void>): void {
    this.#working = step().catch((error: unknown) => this.#options.onEnd?.(error as Error));
  }
}

function dueTimes(events: readonly RaceEvent[]): number[] {
  let latestMs = Number.NEGATIVE_INFINITY;
  return events.map((event) => {
    latestMs = Math.max(latestMs, event.atMs);
    return latestMs;
  });
}

function withoutSeq({ seq: _seq, ...fact }: RaceEvent): RaceFact {
  return fact;
}
