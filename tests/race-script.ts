import type { Manifest } from '@pitboard/shared/protocol/manifest.ts';
import type { RaceEvent, RaceFact, RaceFactOf } from '@pitboard/shared/protocol/race-event.ts';
import type { CarState, RaceState } from '@pitboard/shared/race/race-state.ts';
import { carOf, type RaceView } from '@pitboard/shared/race/race-view.ts';
import { createRaceTimeline, type RaceTimeline } from '@pitboard/shared/timeline/race-timeline.ts';
import { aManifest, numbered } from './builders.ts';

type Flag = RaceFactOf<'flag-changed'>['flag'];

/** A race written down fact by fact, in any order; times in seconds, as a person thinks of a race. */
export class RaceScript {
  readonly manifest: Manifest;
  readonly #facts: RaceFact[] = [];

  constructor(manifest: Partial<Manifest> = {}) {
    this.manifest = aManifest(manifest);
  }

  fact(...facts: readonly RaceFact[]): this {
    this.#facts.push(...facts);
    return this;
  }

  start(): this {
    return this.fact({ type: 'session-phase', atMs: 0, phase: 'running' });
  }

  cross(car: string, loop: string, seconds: number, more: Partial<RaceFactOf<'passing'>> = {}): this {
    return this.fact({ type: 'passing', atMs: ms(seconds), car, loop, ...more });
  }

  /** Crosses the line at these times, the first of them the start line, and the two loops between at a third of the way. */
  laps(car: string, ...lineSeconds: readonly number[]): this {
    lineSeconds.forEach((seconds, lap) => {
      this.cross(car, 'SF', seconds);
      const next = lineSeconds[lap + 1];
      if (next === undefined) return;
      this.cross(car, 'S1', seconds + (next - seconds) / 3).cross(car, 'S2', seconds + ((next - seconds) * 2) / 3);
    });
    return this;
  }

  pitIn(car: string, seconds: number): this {
    return this.fact({ type: 'pit-entry', atMs: ms(seconds), car });
  }

  pitOut(car: string, seconds: number): this {
    return this.fact({ type: 'pit-exit', atMs: ms(seconds), car });
  }

  driver(car: string, driver: string, seconds: number): this {
    return this.fact({ type: 'driver-changed', atMs: ms(seconds), car, driver });
  }

  flag(flag: Flag, seconds: number, where: { sector?: number; car?: string } = {}): this {
    return this.fact({ type: 'flag-changed', atMs: ms(seconds), flag, ...where });
  }

  retire(car: string, seconds: number, more: Partial<RaceFactOf<'car-retired'>> = {}): this {
    return this.fact({ type: 'car-retired', atMs: ms(seconds), car, ...more });
  }

  /** In order of time; facts of one moment in the order in which they were written. */
  events(): RaceEvent[] {
    return numbered(this.#facts.toSorted((one, other) => one.atMs - other.atMs));
  }

  timeline(): RaceTimeline {
    const timeline = createRaceTimeline(this.manifest);
    timeline.append(this.events());
    return timeline;
  }

  view(seconds: number): RaceView {
    return this.timeline().viewAt(ms(seconds));
  }

  state(seconds: number): RaceState {
    return this.view(seconds).state;
  }

  car(car: string, seconds: number): CarState {
    const state = carOf(this.state(seconds), car);
    if (state === undefined) throw new Error(`no car ${car}`);
    return state;
  }
}

/** A race with the cars 1, 2 and 3, the line and two sectors; nobody laps in under 36 s. */
export function aRace(manifest: Partial<Manifest> = {}): RaceScript {
  return new RaceScript(manifest);
}

function ms(seconds: number): number {
  return Math.round(seconds * 1000);
}
