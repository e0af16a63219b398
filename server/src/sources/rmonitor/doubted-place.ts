/** What a place in the race says of a car. */
export type Standing = { readonly laps: number; readonly totalMs: number | undefined };

/** A place that must stand for a while. */
type Doubted = Standing & { readonly beat: number; readonly accepted: () => void };

type BeatClock = { readonly beats: number; readonly isRunning: boolean };

/** Heartbeats that such a place must stand; a list that starts from nothing is often followed by the true one. */
const DOUBTED_BEATS = 1;
const NO_LAPS_BEATS = 3;

/** [N15] The place of a car with fewer laps, or with a lap that nobody can drive, until it has stood for a while. */
export class DoubtedPlace {
  readonly #clock: BeatClock;
  #doubted: Doubted | undefined;
  #confirmedBeat = Number.NEGATIVE_INFINITY;

  constructor(clock: BeatClock) {
    this.#clock = clock;
  }

  /** The place that is shown was just told: what stands behind it in the same list is older. */
  get isJustConfirmed(): boolean {
    return this.#clock.beats - this.#confirmedBeat <= 1;
  }

  confirm(isConfirmed: boolean): void {
    this.#confirmedBeat = isConfirmed ? this.#clock.beats : Number.NEGATIVE_INFINITY;
  }

  /** @param accepted called once the place counts */
  doubt(standing: Standing, accepted: () => void): void {
    this.#doubted = { ...standing, beat: this.#clock.beats, accepted };
  }

  /** Another place was told, which counts. */
  clear(): void {
    this.#doubted = undefined;
  }

  /** At a heartbeat: the place that has stood for long enough. */
  takeStood(): Doubted | undefined {
    const doubted = this.#doubted;
    if (doubted === undefined || !this.#hasStood(doubted)) return undefined;
    this.#doubted = undefined;
    return doubted;
  }

  #hasStood({ totalMs, beat }: Doubted): boolean {
    const { beats, isRunning } = this.#clock;
    if (totalMs !== undefined) return beats - beat >= DOUBTED_BEATS;
    // [N10] A scoreboard that is cleared before the next start takes nothing back: then the clock begins again.
    return isRunning && beats - beat >= NO_LAPS_BEATS;
  }
}
