import type { RmonitorMessage } from './rmonitor-message.ts';

/** When something was heard: wall clock, where the line or the capture tells it. */
export type Heard = { readonly epochMs: number | undefined };

export type HeardMessage = { readonly message: RmonitorMessage; readonly heard: Heard };

/** Heartbeats after which a list that names no run has to do without. */
const BEATS_WITHOUT_RUN = 5;
/** Heartbeats without anything else: nothing is being told anew. */
const BEATS_ALONE = 3;
const MOST_HELD = 20_000;
const MOST_IDLE = 300;

/** What a timing computer tells while it is not clear of which run. */
export class HeldLines {
  #held: HeardMessage[] = [];
  #isHolding = true;
  #beats = 0;
  #others = 0;
  #isNamed = false;

  get isHolding(): boolean {
    return this.#isHolding;
  }

  /** More than heartbeats is held. */
  get isWorthReading(): boolean {
    return this.#others > 0;
  }

  begin(): void {
    this.#isHolding = true;
  }

  /**
   * @param hasRun whether there is a run that the lines may belong to
   * @returns whether enough was heard
   */
  add(heard: HeardMessage, hasRun: boolean): boolean {
    const { kind } = heard.message;
    this.#held.push(heard);
    if (kind === 'run') this.#isNamed = true;
    if (kind !== 'heartbeat') {
      this.#others++;
      return this.#held.length >= MOST_HELD;
    }
    this.#beats++;
    if (this.#others > 0) return this.#isNamed || this.#beats >= BEATS_WITHOUT_RUN;
    if (hasRun) return this.#beats >= BEATS_ALONE;
    // Before the first line of a run its heartbeats are kept for the flags that they show, as many as may matter.
    if (this.#held.length >= MOST_IDLE) this.#held = this.#held.slice(-MOST_IDLE / 2);
    this.#beats = 0;
    return false;
  }

  release(): readonly HeardMessage[] {
    const held = this.#held;
    this.#held = [];
    this.#isHolding = false;
    this.#beats = 0;
    this.#others = 0;
    this.#isNamed = false;
    return held;
  }
}
