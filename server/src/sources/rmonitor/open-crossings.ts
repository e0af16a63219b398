/** A crossing of the line that no place has confirmed yet. */
export type OpenCrossing = {
  readonly lapTimeMs: number | undefined;
  readonly totalMs: number;
  /** Heartbeats when it was told. */
  readonly beat: number;
};

/** Few are ever open: a car laps once a minute. */
const MOST_OPEN = 8;
/** Less than this is no penalty, but a time that was put right. */
const LEAST_PENALTY_MS = 500;
/** A place belongs to a crossing that was told just before. */
const TOGETHER_BEATS = 3;

/** Whether a place adds a penalty to the time of the crossing: tenths are the least that officials add. */
export function isPenalty(addedMs: number): boolean {
  return addedMs >= LEAST_PENALTY_MS && addedMs % 100 === 0;
}

/** The crossings of one car that await their place. */
export class OpenCrossings {
  #open: readonly OpenCrossing[] = [];

  get oldest(): OpenCrossing | undefined {
    return this.#open[0];
  }

  add(crossing: OpenCrossing): void {
    if (this.at(crossing.totalMs) === undefined) this.#open = [...this.#open, crossing].slice(-MOST_OPEN);
  }

  at(totalMs: number): OpenCrossing | undefined {
    return this.#open.findLast((open) => open.totalMs === totalMs);
  }

  /** Those up to this time are settled, by a place of that time. */
  settle(totalMs: number): void {
    if (this.#open.length > 0) this.#open = this.#open.filter((open) => open.totalMs > totalMs);
  }

  /**
   * The crossing that a place shows: at its time less what was added before, at its time, or the newest one when a penalty
   * is added with this very lap.
   * @param addedMs what the officials have added so far
   */
  shownBy(totalMs: number, addedMs: number, beats: number): OpenCrossing | undefined {
    const newest = this.#open.at(-1);
    const isAdded =
      newest !== undefined && isPenalty(totalMs - newest.totalMs) && beats - newest.beat <= TOGETHER_BEATS;
    return this.at(totalMs - addedMs) ?? this.at(totalMs) ?? (isAdded ? newest : undefined);
  }
}
