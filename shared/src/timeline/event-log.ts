import type { RaceEvent } from '../protocol/race-event.ts';

/** Events were given to a log with a hole before them, which has to be fetched first. */
export class SequenceGapError extends Error {
  readonly expectedSeq: number;
  readonly seq: number;
  constructor(expectedSeq: number, seq: number) {
    super(`event ${seq} came where ${expectedSeq} was due: fetch what lies between`);
    this.name = 'SequenceGapError';
    this.expectedSeq = expectedSeq;
    this.seq = seq;
  }
}

/** The facts of a session: as they arrived, and as they happened. */
export class EventLog {
  readonly #arrived: RaceEvent[] = [];
  /** In order of (`atMs`, `seq`), without what was withdrawn. */
  readonly #happened: RaceEvent[] = [];

  get headSeq(): number {
    return this.#arrived.length;
  }

  get happened(): readonly RaceEvent[] {
    return this.#happened;
  }

  /** Events in order of arrival. */
  arrived(fromSeq: number, count: number): readonly RaceEvent[] {
    return this.#arrived.slice(fromSeq - 1, fromSeq - 1 + count);
  }

  /**
   * Takes events in, contiguous with the log; repeats are left out.
   * @returns the first place in `happened` that is not as it was
   * @throws {SequenceGapError} when events between are missing
   */
  append(events: readonly RaceEvent[]): number {
    let changedFrom = this.#happened.length;
    for (const event of events) {
      if (event.seq <= this.headSeq) continue;
      if (event.seq !== this.headSeq + 1) throw new SequenceGapError(this.headSeq + 1, event.seq);
      this.#arrived.push(event);
      changedFrom = Math.min(changedFrom, this.#insert(event));
      if (event.type === 'passing-withdrawn') {
        changedFrom = Math.min(changedFrom, this.#withdraw(event.withdrawnSeq, event.car));
      }
    }
    return changedFrom;
  }

  /** How many events of `happened` lie at or before `atMs`. */
  countUntil(atMs: number): number {
    let low = 0;
    let high = this.#happened.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#happened[middle] as RaceEvent).atMs <= atMs) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #insert(event: RaceEvent): number {
    const last = this.#happened.at(-1);
    if (last === undefined || last.atMs <= event.atMs) return this.#happened.push(event) - 1;
    // A late fact: its seq is the highest, so it stands behind all that happened at the same time.
    const place = this.countUntil(event.atMs);
    this.#happened.splice(place, 0, event);
    return place;
  }

  #withdraw(seq: number, car: string): number {
    const withdrawn = this.#arrived[seq - 1];
    const length = this.#happened.length;
    if (withdrawn?.type !== 'passing' || withdrawn.car !== car) return length;
    // Among events of one moment the place is found by seq.
    let place = this.countUntil(withdrawn.atMs) - 1;
    while (place >= 0 && this.#happened[place] !== withdrawn) place--;
    if (place < 0) return length;
    this.#happened.splice(place, 1);
    return place;
  }
}
