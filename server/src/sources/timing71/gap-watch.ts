import type { RaceFact } from '@pitboard/shared/protocol/race-event.ts';
import type { CarRow } from './car-row.ts';
import type { ClaimedGap } from './cells.ts';
import type { FrameMoment } from './moment.ts';

/** Between laps the gaps of a screen change every second, and tell nothing that is measured better. */
const BETWEEN_LAPS_MS = 60_000;

/** The gaps that the screen claims for one car: with each lap, and once a minute between. */
export class GapWatch {
  readonly #car: string;
  #gap = '';
  #interval = '';
  #toldMs: number | undefined;

  constructor(car: string) {
    this.#car = car;
  }

  take(row: CarRow, { atMs, isStarted }: FrameMoment, hasDoneLap: boolean, facts: RaceFact[]): void {
    const isDue = hasDoneLap || this.#toldMs === undefined || atMs - this.#toldMs >= BETWEEN_LAPS_MS;
    if (!isStarted || !isDue) return;
    this.#gap = this.#tell('leader', row.gap, this.#gap, atMs, facts);
    this.#interval = this.#tell('car-ahead', row.interval, this.#interval, atMs, facts);
  }

  #tell(
    to: 'leader' | 'car-ahead',
    gap: ClaimedGap | undefined,
    before: string,
    atMs: number,
    facts: RaceFact[],
  ): string {
    const now = gap === undefined ? '' : `${gap.ms ?? ''}/${gap.laps ?? ''}`;
    if (gap === undefined || now === before) return before;
    this.#toldMs = atMs;
    facts.push({ type: 'gap-reported', atMs, car: this.#car, to, ...gap });
    return now;
  }
}
