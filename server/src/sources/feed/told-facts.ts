/** A run of facts that stand in the log as they were told, without a hole. */
type Run = { readonly firstTold: number; readonly firstSeq: number; count: number };

/** Runs break where a fact was known already or somebody else wrote: hardly ever. */
const RUN_LIMIT = 50_000;

/** Which place in the log each fact has that a feed told, both counted from 1. */
export class ToldFacts {
  #runs: Run[] = [];

  stored(told: number, seq: number): void {
    const last = this.#runs.at(-1);
    if (last !== undefined && told === last.firstTold + last.count && seq === last.firstSeq + last.count) {
      last.count++;
      return;
    }
    if (this.#runs.length >= RUN_LIMIT) this.#runs = this.#runs.slice(RUN_LIMIT / 2);
    this.#runs.push({ firstTold: told, firstSeq: seq, count: 1 });
  }

  /** `undefined` for a fact that was left out, or told too long ago. */
  seqOf(told: number): number | undefined {
    let low = 0;
    let high = this.#runs.length - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      const run = this.#runs[middle] as Run;
      if (told < run.firstTold) high = middle - 1;
      else if (told >= run.firstTold + run.count) low = middle + 1;
      else return run.firstSeq + told - run.firstTold;
    }
    return undefined;
  }
}
