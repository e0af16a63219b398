import type { RaceEvent, RaceFact, RaceFactOf } from '@pitboard/shared/protocol/race-event.ts';

type Counted = { readonly seq: number; readonly lapNumber: number };

/**
 * The laps of a log beside those of a feed that has forgotten what it told: where officials took laps away, a feed that is
 * heard anew counts fewer of them. A crossing is the same where car, loop and time are, and tells the difference.
 */
export class LapCounts {
  readonly #crossings = new Map<string, Counted>();
  /** By car, how many laps more the log counts than the feed. */
  readonly #ahead = new Map<string, number>();
  /** By car, the laps taken away that the feed has told of by now. */
  readonly #removed = new Map<string, number>();

  learn(event: RaceEvent): void {
    if (event.type === 'penalty' && event.sanction.kind === 'laps') {
      // Until it says otherwise, the feed counts the laps that are left.
      this.#ahead.set(event.car, event.state === 'withdrawn' ? 0 : event.sanction.laps);
    }
    if (event.type !== 'passing' || event.lapNumber === undefined) return;
    this.#crossings.set(keyOf(event), { seq: event.seq, lapNumber: event.lapNumber });
  }

  /** The `seq` of the stored crossing that a passing is, whatever its number. */
  meet(fact: RaceFact): number | undefined {
    if (fact.type !== 'passing' || fact.lapNumber === undefined) return undefined;
    const stored = this.#crossings.get(keyOf(fact));
    if (stored !== undefined) this.#ahead.set(fact.car, stored.lapNumber - fact.lapNumber);
    return stored?.seq;
  }

  /** A fact with laps as the log counts them; `undefined` where the log has no more to say of it. */
  inLog(fact: RaceFact): RaceFact | undefined {
    switch (fact.type) {
      case 'passing':
        return fact.lapNumber === undefined ? fact : { ...fact, lapNumber: this.#count(fact.car, fact.lapNumber) };
      case 'lap-invalidated':
        return { ...fact, lapNumber: Math.max(1, this.#count(fact.car, fact.lapNumber)) };
      case 'penalty':
        return this.#penalty(fact);
      default:
        return fact;
    }
  }

  #count(car: string, laps: number): number {
    return Math.max(0, laps + (this.#ahead.get(car) ?? 0));
  }

  #penalty(fact: RaceFactOf<'penalty'>): RaceFact | undefined {
    const { car, sanction, state } = fact;
    if (sanction.kind !== 'laps') return fact;
    const found = (state === 'withdrawn' ? 0 : sanction.laps) - (this.#removed.get(car) ?? 0);
    this.#removed.set(car, (this.#removed.get(car) ?? 0) + found);
    const ahead = this.#ahead.get(car) ?? 0;
    // The feed finds out what the log knows.
    if (found > 0 && found <= ahead) this.#ahead.set(car, ahead - found);
    const laps = this.#count(car, sanction.laps);
    return laps === 0 ? undefined : { ...fact, sanction: { kind: 'laps', laps } };
  }
}

function keyOf({ car, loop, atMs }: RaceFactOf<'passing'>): string {
  return `${car} ${loop} ${atMs}`;
}
