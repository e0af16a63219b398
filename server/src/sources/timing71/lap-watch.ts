import type { RaceFact } from '@pitboard/shared/protocol/race-event.ts';
import { BestWatch } from './best-watch.ts';
import type { CarRow } from './car-row.ts';
import { type Crossing, crossingOf } from './crossing-time.ts';
import type { FrameMoment } from './moment.ts';

export type LapNews = {
  readonly facts: readonly RaceFact[];
  /** Laps that were told and are no longer counted. */
  readonly takenBack: readonly number[];
};

type ShownLap = {
  readonly lap: number;
  readonly moment: FrameMoment;
  /** To the leader, where the frame of the lap brought a new one. */
  readonly gapMs: number | undefined;
};

/** What the column of lap times shows, and what of it has not been told yet. */
type ShownTimes = {
  readonly newTime: { readonly ms: number; readonly atMs: number } | undefined;
  readonly lastMs: number | undefined;
};

const NONE: readonly never[] = [];
/** Count and time of a lap may come in different frames, either first. */
const TOGETHER_MS = 5000;
const PATIENCE_MS = 3000;
/** A count that falls for less is a flicker. */
const FLICKER_MS = 10_000;
const KEPT_CROSSINGS = 64;

/** The laps of one car, told from the count and the times that the screen shows. */
export class LapWatch {
  readonly #car: string;
  /** False where the service shows no count: then every new lap time is a lap. */
  readonly #countsLaps: boolean;
  readonly #crossings = new Map<number, Crossing>();
  readonly #best: BestWatch;
  #laps: number | undefined;
  #lastMs: number | undefined;
  #gapMs: number | undefined;
  #newTime: ShownTimes['newTime'];
  #waiting: ShownLap | undefined;
  #fallenSinceMs: number | undefined;
  #newest: Crossing | undefined;

  constructor(car: string, countsLaps: boolean) {
    this.#car = car;
    this.#countsLaps = countsLaps;
    this.#best = new BestWatch(car);
  }

  /** @param leader of another car that leads; its laps are taken first */
  take(row: CarRow, moment: FrameMoment, leader: LapWatch | undefined): LapNews {
    const before = this.#times;
    const isNewTime = this.#takeTime(row, moment);
    const isNewGap = row.gap?.ms !== this.#gapMs;
    this.#gapMs = row.gap?.ms;
    const counted = this.#countsLaps ? row.laps : (this.#laps ?? 0) + (isNewTime ? 1 : 0);
    if (counted === undefined) return { facts: NONE, takenBack: NONE };
    if (!moment.isStarted) {
      this.#laps = counted;
      this.#best.pass(row);
      return { facts: NONE, takenBack: NONE };
    }
    this.#best.look(row, moment);
    const facts: RaceFact[] = [];
    const known = this.#laps;
    const takenBack = counted < (known ?? 0) ? this.#takeFall(counted, moment) : NONE;
    if (counted >= (known ?? 0)) this.#fallenSinceMs = undefined;
    this.#laps ??= counted;
    if (counted > (known ?? 0)) {
      this.#laps = counted;
      // The time that comes with the next lap is not that of the one which still waits.
      if (this.#waiting !== undefined) facts.push(this.#settle(this.#waiting, leader, before));
      if (isNewTime) this.#newTime = { ms: row.lastMs ?? 0, atMs: moment.atMs };
      const shown = { lap: counted, moment, gapMs: isNewGap ? row.gap?.ms : undefined };
      if (known === undefined) facts.push(this.#join(shown, row));
      else this.#waiting = shown;
    }
    this.#settleInTime(moment, leader, facts);
    if (this.#waiting === undefined) this.#best.take(row, moment, facts);
    return { facts, takenBack };
  }

  /** Nothing more comes: what waits for its time is told without. */
  end(): readonly RaceFact[] {
    return this.#waiting === undefined ? NONE : [this.#settle(this.#waiting, undefined)];
  }

  /** The end of a lap, where it is one of the newest. */
  crossing(lap: number): Crossing | undefined {
    return this.#crossings.get(lap);
  }

  /** True for a lap time that was not there before. */
  #takeTime({ lastMs }: CarRow, { atMs }: FrameMoment): boolean {
    const isFirstSight = this.#lastMs === undefined && this.#laps === undefined;
    const isNew = lastMs !== undefined && lastMs !== this.#lastMs && !isFirstSight;
    if (isNew) this.#newTime = { ms: lastMs, atMs };
    this.#lastMs = lastMs ?? this.#lastMs;
    return isNew;
  }

  /** Tells the lap that waits once its time is known, or there is no more hope of it. */
  #settleInTime({ atMs }: FrameMoment, leader: LapWatch | undefined, facts: RaceFact[]): void {
    if (this.#waiting === undefined) return;
    const isTimed = this.#newTime !== undefined && this.#newTime.atMs >= this.#waiting.moment.atMs - TOGETHER_MS;
    if (isTimed || atMs - this.#waiting.moment.atMs >= PATIENCE_MS) facts.push(this.#settle(this.#waiting, leader));
  }

  #settle(shown: ShownLap, leader: LapWatch | undefined, times: ShownTimes = this.#times): RaceFact {
    const { lap, moment, gapMs } = shown;
    const lapTimeMs = this.#timeOf(shown, times);
    this.#waiting = undefined;
    this.#newTime = undefined;
    const clues = { lap, lapTimeMs, gapMs, previous: this.#newest, leader: leader?.crossing(lap), shown: moment };
    return this.#tell(crossingOf(clues), lapTimeMs, moment);
  }

  get #times(): ShownTimes {
    return { newTime: this.#newTime, lastMs: this.#lastMs };
  }

  /** Two laps of the same time change nothing on the screen: they are told by when they ended. */
  #timeOf({ lap, moment }: ShownLap, { newTime, lastMs }: ShownTimes): number | undefined {
    const newest = this.#newest;
    if (newTime !== undefined && newTime.atMs >= moment.atMs - TOGETHER_MS) return newTime.ms;
    if (lastMs === undefined || newest?.lap !== lap - 1) return undefined;
    const endMs = newest.atMs + lastMs;
    return endMs >= moment.afterMs && endMs <= moment.beforeMs ? lastMs : undefined;
  }

  /** Laps from before anybody looked: the gaps tell how the cars follow each other. */
  #join({ lap, moment, gapMs }: ShownLap, { lastMs }: CarRow): RaceFact {
    const atMs = Math.max(1, Math.min(moment.atMs, moment.leaderJoinMs + (gapMs ?? 0)));
    return this.#tell({ lap, atMs, isExact: false }, lastMs, moment);
  }

  #tell(crossing: Crossing, lapTimeMs: number | undefined, moment: FrameMoment): RaceFact {
    const { lap } = crossing;
    // Laps end one after the other, whatever the frames say.
    const atMs = this.#newest === undefined ? crossing.atMs : Math.max(crossing.atMs, this.#newest.atMs + 1);
    this.#newest = { ...crossing, atMs };
    this.#crossings.set(lap, this.#newest);
    this.#crossings.delete(lap - KEPT_CROSSINGS);
    this.#best.lapEnded(lap, lapTimeMs, moment);
    const time = lapTimeMs === undefined ? {} : { lapTimeMs };
    return { type: 'passing', atMs, car: this.#car, loop: 'SF', lapNumber: lap, ...time };
  }

  #takeFall(counted: number, { atMs }: FrameMoment): readonly number[] {
    this.#fallenSinceMs ??= atMs;
    if (atMs - this.#fallenSinceMs < FLICKER_MS) return NONE;
    const takenBack = [...this.#crossings.keys()].filter((lap) => lap > counted);
    for (const lap of takenBack) this.#crossings.delete(lap);
    this.#newest = this.#crossings.get(Math.max(...this.#crossings.keys()));
    this.#laps = counted;
    this.#fallenSinceMs = undefined;
    this.#waiting = undefined;
    return takenBack;
  }
}
