import type { TrackFlag } from '@pitboard/shared/domain/flag.ts';
import type { Manifest } from '@pitboard/shared/protocol/manifest.ts';
import type { RaceFact } from '@pitboard/shared/protocol/race-event.ts';
import type { HeartbeatMessage, MultiloopFlag } from './multiloop-message.ts';

/** The clock of a run may be a little off from one heartbeat to the next. */
const TOLERANCE_MS = 1500;
/** A first flag so soon after the start is that of the start. */
const AT_START_MS = 3000;
const BACKWARDS_MS = 5000;
const LONGEST_MS = 864_000_000;

const FLAGS: Readonly<Record<MultiloopFlag, TrackFlag | undefined>> = {
  G: 'green',
  Y: 'yellow',
  R: 'red',
  W: 'white',
  K: 'chequered',
  C: undefined,
  U: undefined,
};

/** What heartbeats tell of a run: that it runs and is over, flags, the clock and the distance. */
export class MultiloopClock {
  /** The latest session time that was told of. */
  elapsedMs = 0;
  #flag: TrackFlag | undefined;
  #phase: 'scheduled' | 'running' | 'closed' = 'scheduled';
  /** Wall clock at session time zero by the latest heartbeat; `undefined` before the first. */
  startEpochMs: number | undefined;
  #beatMs = 0;
  #backwards = 0;
  #totalMs: number | undefined;
  #lapsToGo = 0;
  #totalLaps: number | undefined;
  #distance: Manifest['distance'];

  get isChequered(): boolean {
    return this.#flag === 'chequered';
  }

  /** The run has begun anew: its clock goes on from an earlier time that began later, and not by one slip. */
  isRestart(message: HeartbeatMessage): boolean {
    const isBack = FLAGS[message.flag] !== undefined && message.elapsedMs + BACKWARDS_MS < this.#beatMs;
    this.#backwards = isBack && !this.#isOld(message) ? this.#backwards + 1 : 0;
    return this.#backwards > 1;
  }

  onHeartbeat(message: HeartbeatMessage, lapsOfLeader: number): readonly RaceFact[] {
    if (this.#backwards > 0 || this.#isOld(message)) return [];
    this.#beatMs = Math.max(this.#beatMs, message.elapsedMs);
    this.startEpochMs = message.epochMs - message.elapsedMs;
    this.see(message.elapsedMs);
    const shown = this.#flag;
    const facts = [...this.#begin(message), ...this.#show(message.flag)];
    return [...facts, ...this.#time(message, shown !== this.#flag), ...this.#distanceOf(message, lapsOfLeader)];
  }

  /** Flag information counts where there are no heartbeats. */
  onFlag(flag: MultiloopFlag, elapsedMs: number): readonly RaceFact[] {
    if (this.startEpochMs !== undefined) return [];
    this.see(elapsedMs);
    return this.#show(flag);
  }

  see(elapsedMs: number): void {
    this.elapsedMs = Math.max(this.elapsedMs, elapsedMs);
  }

  /** Another run has begun. */
  close(): readonly RaceFact[] {
    if (this.#phase !== 'running') return [];
    this.#phase = 'closed';
    return [{ type: 'session-phase', atMs: this.elapsedMs, phase: 'closed' }];
  }

  /** A heartbeat that is told again: of an earlier time of the same run. */
  #isOld({ epochMs, elapsedMs }: HeartbeatMessage): boolean {
    if (this.startEpochMs === undefined || elapsedMs >= this.#beatMs) return false;
    return Math.abs(epochMs - elapsedMs - this.startEpochMs) <= BACKWARDS_MS;
  }

  #begin({ flag, epochMs, elapsedMs }: HeartbeatMessage): readonly RaceFact[] {
    if (this.#phase !== 'scheduled' || FLAGS[flag] === undefined || elapsedMs === 0) return [];
    this.#phase = 'running';
    return [{ type: 'session-phase', atMs: 0, phase: 'running', startEpochMs: Math.max(0, epochMs - elapsedMs) }];
  }

  #show(code: MultiloopFlag): readonly RaceFact[] {
    const flag = FLAGS[code];
    const atMs = this.#flag === undefined && this.elapsedMs < AT_START_MS ? 0 : this.elapsedMs;
    // Cold after the chequered flag: everybody is home.
    if (flag === undefined) return this.isChequered ? this.close() : [];
    if (flag === this.#flag) return [];
    this.#flag = flag;
    return [{ type: 'flag-changed', atMs, flag }];
  }

  /** Only what does not follow from what was told before. */
  #time({ flag, elapsedMs, lapsToGo, timeToGoMs }: HeartbeatMessage, isNewFlag: boolean): readonly RaceFact[] {
    if (this.#phase === 'scheduled' || elapsedMs < this.elapsedMs) return [];
    const isTimed = timeToGoMs > 0 && elapsedMs + timeToGoMs <= LONGEST_MS;
    const totalMs = isTimed ? elapsedMs + timeToGoMs : undefined;
    const isMoved = totalMs !== undefined && Math.abs(totalMs - (this.#totalMs ?? 0)) > TOLERANCE_MS;
    if (!isMoved && !isNewFlag && lapsToGo === this.#lapsToGo) return [];
    this.#totalMs = totalMs ?? this.#totalMs;
    this.#lapsToGo = lapsToGo;
    const remainingMs = this.#totalMs === undefined ? undefined : Math.max(0, this.#totalMs - elapsedMs);
    const running = this.#phase === 'running' && FLAGS[flag] !== undefined && flag !== 'K';
    return [
      {
        type: 'clock',
        atMs: elapsedMs,
        running,
        elapsedMs,
        ...(remainingMs === undefined ? {} : { remainingMs }),
        ...(lapsToGo > 0 && lapsToGo <= 100_000 ? { lapsToGo } : {}),
      },
    ];
  }

  /** Laps count where no time was ever set. They and the leader's laps are told one after the other: only what is told twice counts. */
  #distanceOf({ lapsToGo }: HeartbeatMessage, lapsOfLeader: number): readonly RaceFact[] {
    const totalLaps = lapsToGo > 0 ? lapsToGo + lapsOfLeader : this.#totalLaps;
    const isSure = totalLaps === this.#totalLaps;
    this.#totalLaps = totalLaps;
    let distance = this.#distance;
    if (this.#totalMs !== undefined) distance = { durationMs: Math.round(this.#totalMs / 1000) * 1000 };
    else if (totalLaps !== undefined && totalLaps <= 10_000 && isSure) distance = { laps: totalLaps };
    const isSame = distance?.laps === this.#distance?.laps && distance?.durationMs === this.#distance?.durationMs;
    if (distance === undefined || isSame || this.isChequered) return [];
    this.#distance = distance;
    return [{ type: 'session-updated', atMs: this.elapsedMs, changes: { distance } }];
  }
}
