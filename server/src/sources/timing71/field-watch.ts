import type { RaceFact } from '@pitboard/shared/protocol/race-event.ts';
import type { CarRow } from './car-row.ts';
import { ConditionWatch } from './condition-watch.ts';
import { classIdOf, EntryWatch } from './entry-watch.ts';
import { GapWatch } from './gap-watch.ts';
import { LapWatch } from './lap-watch.ts';
import type { FrameMoment } from './moment.ts';

/** A lap of a car, to be known by. */
export type LapKey = { readonly car: string; readonly lap: number };

type CarWatch = {
  readonly entry: EntryWatch;
  readonly condition: ConditionWatch;
  readonly laps: LapWatch;
  readonly gaps: GapWatch;
};

const MOST_CARS = 500;
const MOST_CLASSES = 50;
/** Who is shown as home may have come home up to a second after the time of the frame. */
const HOME_MS = 1000;

/** All cars of a screen, their classes and their order. */
export class FieldWatch {
  readonly #onProblem: (reason: string) => void;
  readonly #cars = new Map<string, CarWatch>();
  readonly #classes = new Map<string, string>();
  readonly #classNames = new Set<string>();
  #order: readonly string[] = [];

  constructor(onProblem: (reason: string) => void) {
    this.#onProblem = onProblem;
  }

  /** @returns laps that no longer count */
  take(rows: readonly CarRow[], moment: FrameMoment, facts: RaceFact[]): readonly LapKey[] {
    const takenBack: LapKey[] = [];
    const leader = rows[0] === undefined ? undefined : this.#watch(rows[0].car, moment)?.laps;
    for (const row of rows) {
      const watch = this.#watch(row.car, moment);
      if (watch === undefined) continue;
      this.#takeClass(row.class, moment, facts);
      watch.entry.take(row, moment.atMs, facts);
      watch.condition.take(row, moment, facts);
      const news = watch.laps.take(row, moment, watch.laps === leader ? undefined : leader);
      facts.push(...news.facts);
      watch.gaps.take(row, moment, news.facts.length > 0, facts);
      for (const lap of news.takenBack) takenBack.push({ car: row.car, lap });
    }
    this.#takeOrder(rows, moment, facts);
    return takenBack;
  }

  /** Nothing more comes: what waits is told. */
  end(facts: RaceFact[]): void {
    for (const { laps } of this.#cars.values()) facts.push(...laps.end());
  }

  /** As it was told last, leader first. */
  get order(): readonly string[] {
    return this.#order;
  }

  /** Cars of which nothing has been seen but that they have not started. */
  get notStarted(): readonly string[] {
    return [...this.#cars].flatMap(([car, { condition }]) => (condition.hasNotStarted ? [car] : []));
  }

  #watch(car: string, { countsLaps }: FrameMoment): CarWatch | undefined {
    const known = this.#cars.get(car);
    if (known !== undefined) return known;
    if (this.#cars.size >= MOST_CARS) {
      this.#onProblem('too many cars');
      return undefined;
    }
    const watch = {
      entry: new EntryWatch(car),
      condition: new ConditionWatch(car),
      laps: new LapWatch(car, countsLaps),
      gaps: new GapWatch(car),
    };
    this.#cars.set(car, watch);
    return watch;
  }

  #takeClass(name: string, { atMs }: FrameMoment, facts: RaceFact[]): void {
    // A class is met with each line of each second.
    if (this.#classNames.has(name)) return;
    if (this.#classNames.size < MOST_CLASSES) this.#classNames.add(name);
    const id = classIdOf(name);
    if (id === '' || this.#classes.has(id) || this.#classes.size >= MOST_CLASSES) return;
    this.#classes.set(id, name);
    const classes = [...this.#classes].map(([each, its]) => ({ id: each, name: its }));
    facts.push({ type: 'session-updated', atMs, changes: { classes } });
  }

  #takeOrder(rows: readonly CarRow[], { atMs, isOver }: FrameMoment, facts: RaceFact[]): void {
    const cars = rows.flatMap(({ car }) => (this.#cars.has(car) ? [car] : []));
    const isSame = cars.length === this.#order.length && cars.every((car, place) => car === this.#order[place]);
    // What was said before a car came home says nothing of the result.
    const isHome = isOver && facts.some(({ type }) => type === 'passing');
    // A screen that flickers shows nobody for a moment.
    if (cars.length === 0 || (isSame && !isHome)) return;
    this.#order = cars;
    facts.push({ type: 'order-reported', atMs: atMs + (isHome ? HOME_MS : 0), cars });
  }
}
