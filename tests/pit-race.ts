import type { Manifest } from '@pitboard/shared/protocol/manifest.ts';
import { aManifest } from './builders.ts';
import { aRace, type RaceScript } from './race-script.ts';

/** How long the others take past the lane of `driveWithStops`. */
const BYPASS_S = 10;
const LAP_S = 90;

type Drive = {
  /** When the car crosses the start line. */
  readonly fromS: number;
  readonly laps: number;
  /** Seconds in the lane, by the lap of the stop. The lane lies behind the line: one lap is in-lap and out-lap. */
  readonly stops?: Readonly<Record<number, number>>;
  /** Lap time without a stop. */
  readonly lapS?: number;
};

/** Laps of 90 s through all three loops. A stop takes 4 s after the line into the lane and costs its time there less 10 s. */
export function driveWithStops(
  race: RaceScript,
  car: string,
  { fromS, laps, stops = {}, lapS = LAP_S }: Drive,
): RaceScript {
  let line = fromS;
  race.cross(car, 'SF', line);
  for (let lap = 1; lap <= laps; lap++) {
    const pitS = stops[lap];
    const lossS = pitS === undefined ? 0 : pitS - BYPASS_S;
    if (pitS !== undefined) race.pitIn(car, line + 4).pitOut(car, line + 4 + pitS);
    race.cross(car, 'S1', line + lossS + lapS / 3).cross(car, 'S2', line + lossS + (2 * lapS) / 3);
    line += lapS + lossS;
    race.cross(car, 'SF', line);
  }
  return race;
}

/** Five cars, 1 to 5, that cross the line once, these seconds apart from the first, who does so after 91 s. */
export function aLineOf(gapsS: readonly number[], lossMs: number, more: Partial<Manifest> = {}): RaceScript {
  const cars = gapsS.map((_, index) => String(index + 1));
  const race = aRace({
    circuit: { ...aManifest().circuit, pitLane: { lossMs } },
    entries: cars.map((car, index) => ({ car, class: index % 2 === 0 ? 'pro' : 'am', drivers: [] })),
    ...more,
  }).start();
  gapsS.forEach((gap, index) => {
    race.cross(String(index + 1), 'SF', 91 + gap);
  });
  return race;
}
