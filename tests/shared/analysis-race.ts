import type { Manifest } from '@pitboard/shared/protocol/manifest.ts';
import type { RaceView } from '@pitboard/shared/race/race-view.ts';
import { aRace, type RaceScript } from '../race-script.ts';

/** Scatter of a driver, in seconds, that adds up to nothing. */
export const WOBBLE = [0.05, -0.08, 0.1, -0.04, -0.06, 0.08, -0.1, 0.05] as const;

type Chase = {
  /** Lap times of car 1, in seconds. */
  readonly laps: readonly number[];
  /** How far the others are behind it at the end of each lap, in seconds. */
  readonly gaps: Readonly<Record<string, readonly number[]>>;
};

type Options = {
  readonly manifest?: Partial<Manifest>;
  /** When it is looked at, in seconds; once all is over, else. */
  readonly atSeconds?: number;
  /** The line is missed at the end of that lap. */
  readonly missed?: { readonly car: string; readonly lap: number };
  readonly more?: (script: RaceScript) => RaceScript;
};

/** A race of car 1 and of others that are given by their gaps to it at the line. */
export function chaseRace({ laps, gaps }: Chase, { manifest, atSeconds, missed, more }: Options = {}): RaceView {
  const script = aRace(manifest).start();
  const leader = [0];
  for (const lap of laps) leader.push((leader.at(-1) as number) + lap);
  const cars = { '1': leader.map(() => 0), ...mapValues(gaps, (own) => [0.2, ...own]) };
  for (const [car, behind] of Object.entries(cars)) {
    const lines = behind.map((gap, lap) => (leader[lap] as number) + gap);
    lines.forEach((atLine, lap) => {
      if (missed?.car !== car || missed.lap !== lap) script.cross(car, 'SF', atLine);
      const lapSeconds = (lines[lap + 1] ?? Number.NaN) - atLine;
      if (Number.isNaN(lapSeconds)) return;
      script.cross(car, 'S1', atLine + lapSeconds / 3).cross(car, 'S2', atLine + (lapSeconds * 2) / 3);
    });
  }
  more?.(script);
  return script.view(atSeconds ?? (leader.at(-1) as number) + 30);
}

/** The same value so many times. */
export function times<T>(count: number, value: T): T[] {
  return new Array<T>(count).fill(value);
}

function mapValues<T, U>(record: Readonly<Record<string, T>>, change: (value: T) => U): Record<string, U> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
}
