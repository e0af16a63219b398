import type { Manifest } from '@pitboard/shared/protocol/manifest.ts';
import type { RaceEvent, RaceFact } from '@pitboard/shared/protocol/race-event.ts';
import { claimOf, momentOf, namedOf } from './fact-claims.ts';
import { LapCounts } from './lap-counts.ts';

/** Two tellings of one moment may differ by what a feed rounds its clock to. */
const NEAR_MS = 2000;

/** What is new about a fact, or the `seq` of the stored one that says the same. */
export type Recognised =
  | { readonly isKnown: false; readonly fact: RaceFact }
  | { readonly isKnown: true; readonly seq: number | undefined };

type Stored = { readonly seq: number; readonly atMs: number };

/**
 * What a log holds, asked by a feed that tells everything again to a server that has forgotten that it heard it. Each
 * stored fact answers for one that is told: after that, the same thing is new again.
 */
export class KnownFacts {
  #seq = 0;
  readonly #manifest: Map<string, string>;
  readonly #entries: Map<string, string>;
  /** What stands of each penalty. */
  readonly #penalties = new Map<string, string>();
  /** By what they name: the crossing that ended a lap, a penalty, a deleted lap. */
  readonly #named = new Map<string, Stored & { readonly lapTimeMs: number | undefined }>();
  readonly #withdrawn = new Set<number>();
  readonly #laps = new LapCounts();
  /** Laps with their times: a best lap that is one of them says nothing new. */
  readonly #driven = new Map<string, number>();
  /** Newest crossing of each car at each loop. */
  readonly #newestCrossing = new Map<string, Stored>();
  /** What was claimed last of each subject. */
  readonly #claims = new Map<string, { readonly value: string; readonly seq: number }>();
  readonly #moments = new Map<string, Stored[]>();

  constructor({ entries, ...manifest }: Manifest) {
    this.#manifest = new Map(Object.entries(manifest).map(([field, value]) => [field, JSON.stringify(value)]));
    this.#entries = new Map(entries.map((entry) => [entry.car, JSON.stringify(entry)]));
  }

  /** Of the last event taken in. */
  get seq(): number {
    return this.#seq;
  }

  /** Takes in an event of the log, in order. */
  learn(event: RaceEvent): void {
    const { seq, ...fact } = event;
    this.#seq = seq;
    if (event.type === 'passing-withdrawn') this.#withdrawn.add(event.withdrawnSeq);
    else if (event.type === 'passing') this.#learnCrossing(event);
    this.#laps.learn(event);
    const name = namedOf(fact);
    const lap = drivenLapOf(fact);
    if (lap !== undefined) this.#driven.set(lap, seq);
    if (name !== undefined) this.#named.set(name, { seq, atMs: fact.atMs, lapTimeMs: lapTimeOf(fact) });
    const moment = momentOf(fact);
    if (moment !== undefined) {
      const stored = this.#moments.get(moment) ?? [];
      stored.push({ seq, atMs: fact.atMs });
      this.#moments.set(moment, stored);
    }
    const claim = claimOf(fact);
    if (claim !== undefined) this.#claims.set(claim.subject, { value: claim.value, seq });
    this.#forgetOrderAfter(fact);
    this.#newParts(fact);
  }

  /** A stored passing was taken back. */
  withdraw(seq: number): void {
    this.#withdrawn.add(seq);
  }

  recognise(told: RaceFact): Recognised {
    const met = this.#laps.meet(told);
    const fact = this.#laps.inLog(told);
    if (fact === undefined) return { isKnown: true, seq: undefined };
    const named = this.#name(fact);
    if (met !== undefined && !this.#withdrawn.has(met)) return { isKnown: true, seq: met };
    const seq = named ?? this.#crossing(fact) ?? this.#moment(fact) ?? this.#claim(fact) ?? this.#bestOf(fact);
    if (seq !== undefined) return { isKnown: true, seq };
    const news = this.#newParts(fact);
    if (news === undefined) return { isKnown: true, seq: undefined };
    this.#forgetOrderAfter(news);
    return { isKnown: false, fact: news };
  }

  #learnCrossing({ car, loop, seq, atMs }: Stored & { readonly car: string; readonly loop: string }): void {
    const key = `${car} ${loop}`;
    if (atMs >= (this.#newestCrossing.get(key)?.atMs ?? Number.NEGATIVE_INFINITY)) {
      this.#newestCrossing.set(key, { seq, atMs });
    }
  }

  #name(fact: RaceFact): number | undefined {
    const name = namedOf(fact);
    const stored = name === undefined ? undefined : this.#named.get(name);
    if (name === undefined || stored === undefined || isOtherLap(stored, fact)) return undefined;
    this.#named.delete(name);
    return this.#withdrawn.has(stored.seq) ? undefined : stored.seq;
  }

  /** A crossing that no lap number names: nothing up to the newest stored one is news. */
  #crossing(fact: RaceFact): number | undefined {
    if (fact.type !== 'passing' || fact.lapNumber !== undefined) return undefined;
    const newest = this.#newestCrossing.get(`${fact.car} ${fact.loop}`);
    return newest !== undefined && fact.atMs <= newest.atMs ? newest.seq : undefined;
  }

  #moment(fact: RaceFact): number | undefined {
    const moment = momentOf(fact);
    const stored = moment === undefined ? undefined : this.#moments.get(moment);
    // The same order a moment later is news after a flag: only the very same is known.
    const nearMs = fact.type === 'order-reported' ? 0 : NEAR_MS;
    const index = stored?.findIndex(({ atMs }) => Math.abs(atMs - fact.atMs) <= nearMs) ?? -1;
    return index < 0 ? undefined : stored?.splice(index, 1)[0]?.seq;
  }

  #claim(fact: RaceFact): number | undefined {
    const claim = claimOf(fact);
    if (claim === undefined) return undefined;
    const known = this.#claims.get(claim.subject);
    this.#claims.delete(claim.subject);
    return known?.value === claim.value ? known.seq : undefined;
  }

  #bestOf(fact: RaceFact): number | undefined {
    const lap = fact.type === 'best-lap-reported' ? drivenLapOf(fact) : undefined;
    const seq = lap === undefined ? undefined : this.#driven.get(lap);
    return seq === undefined || this.#withdrawn.has(seq) ? undefined : seq;
  }

  /** Leaves out what entries, penalties and manifest say already; `undefined` when nothing is left. */
  #newParts(fact: RaceFact): RaceFact | undefined {
    if (fact.type === 'entry-updated') {
      const { entry } = fact;
      return setNew(this.#entries, entry.car, entry) ? fact : undefined;
    }
    if (fact.type === 'penalty') {
      const { car, id, state, sanction } = fact;
      return setNew(this.#penalties, `${car} ${id}`, { state, sanction }) ? fact : undefined;
    }
    if (fact.type !== 'session-updated') return fact;
    const changed = Object.entries(fact.changes).filter(([field, value]) => setNew(this.#manifest, field, value));
    return changed.length === 0 ? undefined : { ...fact, changes: Object.fromEntries(changed) };
  }

  /** The same order, told again after the flag or a restart, says something new: that it is still so. */
  #forgetOrderAfter({ type }: RaceFact): void {
    if (type === 'session-phase' || type === 'flag-changed') this.#claims.delete('order');
  }
}

/** The same number, but another time driven at another time: laps were counted anew. */
function isOtherLap({ atMs, lapTimeMs }: Stored & { readonly lapTimeMs: number | undefined }, fact: RaceFact): boolean {
  const told = lapTimeOf(fact);
  const isOtherTime = told !== undefined && lapTimeMs !== undefined && told !== lapTimeMs;
  return isOtherTime && Math.abs(fact.atMs - atMs) > NEAR_MS;
}

function drivenLapOf(fact: RaceFact): string | undefined {
  if (fact.type !== 'passing' && fact.type !== 'best-lap-reported') return undefined;
  const { car, lapNumber, lapTimeMs } = fact;
  return lapNumber === undefined || lapTimeMs === undefined ? undefined : `${car} ${lapNumber} ${lapTimeMs}`;
}

function lapTimeOf(fact: RaceFact): number | undefined {
  return fact.type === 'passing' ? fact.lapTimeMs : undefined;
}

function setNew(known: Map<string, string>, key: string, value: unknown): boolean {
  const text = JSON.stringify(value);
  if (known.get(key) === text) return false;
  known.set(key, text);
  return true;
}
