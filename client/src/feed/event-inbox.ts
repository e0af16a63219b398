import type { RaceEvent } from '@pitboard/shared/protocol/race-event.ts';

/** `fromSeq` to `toSeq`, both missing. */
export type Hole = { readonly fromSeq: number; readonly toSeq: number };

/** Puts runs of events that arrive in any order, and more than once, into the order of their `seq`. */
export class EventInbox {
  #nextSeq = 1;
  /** Runs that wait behind a hole, by their first `seq`. */
  readonly #waiting = new Map<number, readonly RaceEvent[]>();

  /** The first event that has not arrived. */
  get nextSeq(): number {
    return this.#nextSeq;
  }

  /** @param run contiguous in `seq`. Returns all events that are due now, in order. */
  offer(run: readonly RaceEvent[]): readonly RaceEvent[] {
    const first = run[0];
    if (first === undefined) return [];
    const known = this.#waiting.get(first.seq);
    if (known === undefined || known.length < run.length) this.#waiting.set(first.seq, run);
    return this.#takeDue();
  }

  /** What must be fetched before the events that wait can be used; `undefined` while none waits. */
  hole(): Hole | undefined {
    if (this.#waiting.size === 0) return undefined;
    return { fromSeq: this.#nextSeq, toSeq: Math.min(...this.#waiting.keys()) - 1 };
  }

  #takeDue(): readonly RaceEvent[] {
    const due: RaceEvent[] = [];
    for (let run = this.#nextRun(); run !== undefined; run = this.#nextRun()) {
      const fresh = run.slice(this.#nextSeq - (run[0] as RaceEvent).seq);
      due.push(...fresh);
      this.#nextSeq += fresh.length;
    }
    return due;
  }

  /** A waiting run that starts at or before the next event; it waits no longer. */
  #nextRun(): readonly RaceEvent[] | undefined {
    for (const [fromSeq, run] of this.#waiting) {
      if (fromSeq > this.#nextSeq) continue;
      this.#waiting.delete(fromSeq);
      if (fromSeq + run.length > this.#nextSeq) return run;
    }
    return undefined;
  }
}
