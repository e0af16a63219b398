import type { CarNumber } from '@pitboard/shared/domain/names.ts';
import type { LineCrossing } from './rmonitor-message.ts';
import { aheadOf, type RunClock } from './run-clock.ts';
import type { Tell } from './told-passings.ts';

/** The line of the finish, on the track and in the pit lane. */
const FINISH_LINES: ReadonlySet<string> = new Set(['SFT', 'SFP']);
/** Time at the line and the crossing that RMonitor tells of it are the same to the millisecond, once the clocks agree. */
const SAME_CROSSING_MS = 1500;

type Last = { readonly name: string; readonly timeOfDayMs: number };

/** Crossings may overtake each other by this much; what is older was told before. */
const OVERTAKEN_MS = 5000;

function isTold(newest: Last, { name, timeOfDayMs }: Last): boolean {
  const laterMs = aheadOf(timeOfDayMs, newest.timeOfDayMs);
  return laterMs < -OVERTAKEN_MS || (laterMs === 0 && name === newest.name);
}

/** Whether a line lies on the track, behind the finish line. */
export function isTrackLoop(line: string): boolean {
  return /^T[2-9A-Z]$/.test(line);
}

/** Crossings of timing lines by the enhanced protocol of IMSA: the pit lane, and loops behind the finish line. */
export class LineCrossings {
  readonly #tell: Tell;
  readonly #clock: RunClock;
  readonly #finish = new Map<CarNumber, Last>();
  readonly #newest = new Map<CarNumber, Last>();

  constructor(tell: Tell, clock: RunClock) {
    this.#tell = tell;
    this.#clock = clock;
  }

  /** Whether the feed tells of the pit lane. */
  get isUsed(): boolean {
    return this.#newest.size > 0;
  }

  onCrossing(car: CarNumber, { line, name, timeOfDayMs }: LineCrossing): void {
    const newest = this.#newest.get(car);
    if (newest !== undefined && isTold(newest, { name: `${line} ${name}`, timeOfDayMs })) return;
    if (newest === undefined || aheadOf(timeOfDayMs, newest.timeOfDayMs) >= 0) {
      this.#newest.set(car, { name: `${line} ${name}`, timeOfDayMs });
    }
    if (FINISH_LINES.has(name)) this.#finish.set(car, { name, timeOfDayMs });
    const atMs = this.#clock.atTimeOfDay(timeOfDayMs);
    if (atMs === undefined) return;
    if (name === 'PIP') this.#tell({ type: 'pit-entry', atMs, car });
    else if (name === 'POP') this.#tell({ type: 'pit-exit', atMs, car });
    else if (isTrackLoop(line)) this.#tell({ type: 'passing', atMs, car, loop: line });
  }

  /** The crossing of the finish line that ended a lap at this race time: its two times align the clocks. */
  onLap(car: CarNumber, totalMs: number): void {
    const last = this.#finish.get(car);
    const atMs = last === undefined ? undefined : this.#clock.atTimeOfDay(last.timeOfDayMs);
    if (last === undefined || atMs === undefined || Math.abs(atMs - totalMs) > SAME_CROSSING_MS) return;
    this.#clock.align(last.timeOfDayMs - totalMs);
  }

  /** Whether the car crossed the finish line in the pit lane at that session time. */
  wasInPitLane(car: CarNumber, atMs: number): boolean {
    const last = this.#finish.get(car);
    if (last?.name !== 'SFP') return false;
    const lineMs = this.#clock.atTimeOfDay(last.timeOfDayMs);
    return lineMs !== undefined && Math.abs(lineMs - atMs) <= SAME_CROSSING_MS;
  }
}
