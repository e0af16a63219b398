import type { SessionPhase } from '@pitboard/shared/domain/status.ts';
import type { SessionClock, SessionState } from '@pitboard/shared/protocol/socket-events.ts';
import { clockAfter, sessionTimeAt, standingClock } from './session-clock.ts';
import type { SessionDigest } from './session-digest.ts';
import { sessionStateOf } from './session-state.ts';

/**
 * `pushed`: by sources from outside. `replayed`: played by this server as if live. `recorded`: complete from the start.
 * `imported`: the same, and kept in the store.
 */
export type SessionOrigin = 'pushed' | 'replayed' | 'recorded' | 'imported';

/** A clock that jumps by less than this is not worth a message: viewers hear of it with the next one. */
const CLOCK_JUMP_MS = 500;

/** How a session is doing: who feeds it, what time it is in there, and whether it is live. */
export class SessionPulse {
  readonly #origin: SessionOrigin;
  readonly #nowEpochMs: () => number;
  readonly #connections = new Set<string>();
  #sourceGone = false;
  #rate: number;
  #clock: SessionClock;
  #state: SessionState = 'upcoming';
  #phaseSeen: SessionPhase = 'scheduled';
  #lastArrivalEpochMs: number;

  constructor(origin: SessionOrigin, rate: number, nowEpochMs: () => number) {
    this.#origin = origin;
    this.#nowEpochMs = nowEpochMs;
    this.#rate = rate;
    this.#clock = standingClock(0, nowEpochMs());
    this.#lastArrivalEpochMs = nowEpochMs();
  }

  get clock(): SessionClock {
    return this.#clock;
  }
  get state(): SessionState {
    return this.#state;
  }

  /** The server comes back to a session: whoever fed it has to come again. */
  resume({ headSeq, headAtMs, phase }: SessionDigest): void {
    this.#sourceGone = headSeq > 0;
    this.#phaseSeen = phase;
    this.#clock = standingClock(headAtMs, this.#nowEpochMs());
  }

  /** The clock of a session that this server plays itself. */
  setClock(clock: SessionClock): void {
    this.#clock = clock;
  }

  openSource(connection: string, rate: number): void {
    this.#connections.add(connection);
    this.#sourceGone = false;
    this.#rate = rate;
    this.#lastArrivalEpochMs = this.#nowEpochMs();
  }

  loseSource(connection: string): void {
    this.#connections.delete(connection);
    this.#sourceGone = this.#connections.size === 0;
  }

  /** True when it was the last one. */
  endSource(connection: string): boolean {
    this.#connections.delete(connection);
    return this.#connections.size === 0;
  }

  /** A source sends: it is there, if only for a single request. */
  hearSource(): void {
    this.#sourceGone = false;
  }

  /** Facts have arrived. True when viewers should hear of the clock now. */
  arrive({ headAtMs, phase }: SessionDigest): boolean {
    const epochMs = this.#nowEpochMs();
    this.#lastArrivalEpochMs = epochMs;
    if (this.#origin !== 'pushed') return false;
    const before = this.#clock;
    const phaseChanged = phase !== this.#phaseSeen;
    this.#phaseSeen = phase;
    this.#clock = clockAfter(before, { epochMs, headAtMs, phase, phaseChanged, rate: this.#rate });
    const jumpMs = Math.abs(sessionTimeAt(this.#clock, epochMs) - sessionTimeAt(before, epochMs));
    return before.rate !== this.#clock.rate || jumpMs >= CLOCK_JUMP_MS;
  }

  /**
   * Looks again whether the session is live. True when that has changed.
   * @param closed its source said that nothing more will come
   */
  refresh(digest: SessionDigest, closed: boolean): boolean {
    const state = this.#stateNow(digest, closed);
    if (state === this.#state) return false;
    this.#state = state;
    if (state === 'recorded') this.#clock = standingClock(digest.headAtMs, this.#nowEpochMs());
    return true;
  }

  #stateNow({ phase, headSeq }: SessionDigest, closed: boolean): SessionState {
    if (this.#origin === 'recorded' || this.#origin === 'imported') return 'recorded';
    if (this.#origin === 'replayed') return this.#clock.rate > 0 ? 'live' : headSeq === 0 ? 'upcoming' : 'recorded';
    const silentForMs = this.#nowEpochMs() - this.#lastArrivalEpochMs;
    return sessionStateOf({ phase, headSeq, closed, sourceGone: this.#sourceGone, silentForMs });
  }
}
