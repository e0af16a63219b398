import { parseRaceFact } from '@pitboard/shared/protocol/parse.ts';
import type { RaceFact, RaceFactOf } from '@pitboard/shared/protocol/race-event.ts';
import { SEGMENT_SIZE } from '@pitboard/shared/protocol/segment.ts';
import type { RaceSession } from '../../sessions/race-session.ts';
import { KnownFacts } from './known-facts.ts';
import { ToldFacts } from './told-facts.ts';

/** A fact that a feed told; `told` counts them from 1, and is absent for what was drawn from its manifest. */
export type Told = { readonly fact: RaceFact; readonly told: number | undefined };

/** What becomes of one: it is stored as `fact`, or is in the log already at `seq`, or is left out. */
export type Sorted = {
  readonly told: number | undefined;
  readonly fact?: RaceFact | undefined;
  readonly seq?: number | undefined;
};

/** Told of every fact that finds no place, and why. */
export type LeftOut = (fact: RaceFact, reason: string) => void;

/** Sorts what a feed tells of a session into what its log has already and what is new. */
export class FeedNews {
  readonly #session: RaceSession;
  readonly #known: KnownFacts;
  readonly #places = new ToldFacts();
  readonly #onLeftOut: LeftOut;

  private constructor(session: RaceSession, known: KnownFacts, onLeftOut: LeftOut) {
    this.#session = session;
    this.#known = known;
    this.#onLeftOut = onLeftOut;
  }

  /** Reads the whole log of a session. */
  static async of(session: RaceSession, onLeftOut: LeftOut): Promise<FeedNews> {
    const known = new KnownFacts(session.manifest);
    while (true) {
      const events = await session.read(known.seq + 1, SEGMENT_SIZE);
      if (events.length === 0) return new FeedNews(session, known, onLeftOut);
      for (const event of events) known.learn(event);
    }
  }

  /** True when the log held something before this feed began to tell. */
  get isResumed(): boolean {
    return this.#known.seq > 0;
  }

  async sort({ fact: given, told }: Told): Promise<Sorted> {
    const parsed = parseRaceFact(given);
    if (!parsed.ok) {
      this.#onLeftOut(given, parsed.problem);
      return { told };
    }
    const fact = parsed.value;
    if (fact.type === 'passing-withdrawn') return { told, fact: await this.#translated(fact) };
    const recognised = this.#known.recognise(fact);
    return recognised.isKnown ? { told, seq: recognised.seq } : { told, fact: recognised.fact };
  }

  /** Remembers the places of sorted facts, in order; new ones have them from `firstSeq` on. */
  placed(sorted: readonly Sorted[], firstSeq: number): void {
    let nextSeq = firstSeq;
    for (const { told, fact, seq } of sorted) {
      const place = fact === undefined ? seq : nextSeq++;
      if (told !== undefined && place !== undefined) this.#places.stored(told, place);
    }
  }

  async #translated(fact: RaceFactOf<'passing-withdrawn'>): Promise<RaceFact | undefined> {
    const withdrawnSeq = this.#places.seqOf(fact.withdrawnSeq);
    const [event] = withdrawnSeq === undefined ? [] : await this.#session.read(withdrawnSeq, 1);
    if (withdrawnSeq !== undefined && event?.type === 'passing' && event.car === fact.car) {
      this.#known.withdraw(withdrawnSeq);
      return { ...fact, withdrawnSeq };
    }
    this.#onLeftOut(fact, 'withdraws a passing that is not in the log');
    return undefined;
  }
}
