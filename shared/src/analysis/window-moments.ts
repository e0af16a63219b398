import type { Moment } from './moment.ts';
import type { Scene } from './moment-scene.ts';

/** A moment that the clock brings, not a car. `tell` is asked when all that happened until then is known. */
export type Timer = { readonly atMs: number; readonly tell: (scene: Scene) => Moment };

/** The window for mandatory stops opens and shuts. */
export function windowTimers({ manifest, mandatoryStops }: Scene): readonly Timer[] {
  const { windowOpensMs: opensMs, windowClosesMs: closesMs } = manifest.pitRules ?? {};
  const timers: Timer[] = [];
  if (mandatoryStops === 0) return timers;
  if (opensMs !== undefined) {
    timers.push({
      atMs: opensMs,
      tell: () => ({ kind: 'window-open', atMs: opensMs, importance: 2, cars: [], closesMs }),
    });
  }
  if (closesMs !== undefined) timers.push({ atMs: closesMs, tell: (scene) => windowShut(closesMs, scene) });
  return timers;
}

/** A car on the road that has too few mandatory stops behind it has missed it; one that is in the lane has not. */
function windowShut(atMs: number, scene: Scene): Moment {
  const missed = [...scene.cars.values()]
    .filter(({ status, served }) => (status === 'running' || status === 'stopped') && served < scene.mandatoryStops)
    .map(({ car }) => car);
  return { kind: 'window-shut', atMs, importance: 3, cars: missed, missed };
}
