import { sessionResult } from '@pitboard/server/results/session-result.ts';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Chance } from '../../../random-race.ts';
import { importTexts, type LapNote, lapSheet } from './sheet-builder.ts';

const NUMBERS = ['01', '1', '001', '7', '007', '23', '023', '91', '5', '50'];
const RED_MS = 3_900_000;

/** A lap as it was driven, before it is written down. */
type Driven = {
  readonly car: string;
  readonly lap: number;
  readonly lapMs: number;
  readonly endMs: number;
  readonly inPit: boolean;
  readonly pitMs: number | undefined;
  readonly driver: number;
};

function clock(ms: number): string {
  const hours = Math.floor(ms / 3_600_000);
  const minutes = Math.floor(ms / 60_000) % 60;
  const seconds = ((ms % 60_000) / 1000).toFixed(3);
  if (hours > 0) return `${hours}:${String(minutes).padStart(2, '0')}:${seconds.padStart(6, '0')}`;
  return minutes > 0 ? `${minutes}:${seconds.padStart(6, '0')}` : seconds;
}

type Race = { readonly laps: readonly Driven[]; readonly flagMs: number };

/** A race of two to ten cars: stops, some of them lap after lap, retirements, a lap of an hour, one of seventeen. */
function driveRace(seed: number): Race {
  const chance = new Chance(seed);
  const cars = NUMBERS.slice(0, 2 + chance.below(NUMBERS.length - 1));
  const distanceMs = 1_500_000 + chance.below(6_000_000);
  const redLap = chance.happens(0.3) ? 3 + chance.below(10) : -1;
  const all = cars.map((car, place): readonly Driven[] => {
    const paceMs = 80_000 + chance.below(25_000);
    const retires = chance.happens(0.2) ? 1 + chance.below(25) : Number.POSITIVE_INFINITY;
    const laps: Driven[] = [];
    let endMs = 0;
    let driver = 1;
    let cameFromPit = false;
    for (let lap = 1; lap <= retires && endMs < distanceMs + 400_000; lap++) {
      const inPit: boolean = chance.happens(0.08) || (cameFromPit && chance.happens(0.2));
      const pitMs = cameFromPit ? 30_000 + chance.below(60_000) : undefined;
      const sleepsMs = chance.happens(0.002) ? 63_000_000 : 0;
      const redMs = lap === redLap ? RED_MS : 0;
      const lapMs = paceMs - (lap === 1 ? 9000 : 0) + chance.below(3000) + (pitMs ?? 0) + redMs + sleepsMs;
      // Nobody crosses the line in the same millisecond as another.
      endMs += lapMs + ((NUMBERS.length + place - ((endMs + lapMs) % NUMBERS.length)) % NUMBERS.length);
      const whole = endMs - (laps.at(-1)?.endMs ?? 0);
      if (cameFromPit && chance.happens(0.5)) driver = (driver % 3) + 1;
      laps.push({ car, lap, lapMs: whole, endMs, inPit, pitMs, driver });
      cameFromPit = inPit;
    }
    return laps;
  });
  return flagOff(all, distanceMs);
}

/** The first of those who still drive takes the flag when the time is over, every other car at its next crossing. */
function flagOff(all: readonly (readonly Driven[])[], distanceMs: number): Race {
  const next = all.flatMap((laps) => laps.find(({ endMs }) => endMs >= distanceMs) ?? []);
  const flagMs = next.toSorted((one, other) => other.lap - one.lap || one.endMs - other.endMs)[0]?.endMs ?? 0;
  const laps = all.flatMap((own) => {
    const last = own.findIndex(({ endMs }) => endMs >= flagMs);
    return last < 0 ? own : own.slice(0, last + 1);
  });
  return { laps, flagMs };
}

function notesOf({ laps, flagMs }: Race): readonly LapNote[] {
  const lasts = lastLaps(laps);
  const best = bestsOf(laps);
  const overall = [...best.values()].toSorted((one, other) => one.lapMs - other.lapMs)[0];
  return laps.map((lap): LapNote => {
    const isBest = best.get(lap.car) === lap;
    return {
      car: lap.car,
      lap: lap.lap,
      lapTime: clock(lap.lapMs),
      elapsed: clock(lap.endMs),
      inPit: lap.inPit,
      pitTime: lap.pitMs === undefined ? '' : `0:${clock(lap.pitMs).padStart(9, '0:')}`,
      driverNumber: String(lap.driver),
      driver: `Driver ${'ABC'[lap.driver - 1]}${lap.car}`,
      mark: isBest ? (lap === overall ? '3' : '2') : '0',
      flag: lasts.includes(lap) && lap.endMs >= flagMs ? 'FF' : 'GF',
    };
  });
}

/** Of each car, the winner's first. */
function lastLaps(laps: readonly Driven[]): readonly Driven[] {
  const last = new Map(laps.map((lap) => [lap.car, lap]));
  return [...last.values()].toSorted((one, other) => other.lap - one.lap || one.endMs - other.endMs);
}

function bestsOf(laps: readonly Driven[]): ReadonlyMap<string, Driven> {
  const best = new Map<string, Driven>();
  for (const lap of laps) {
    const known = best.get(lap.car);
    if (lap.lap > 1 && !lap.inPit && lap.pitMs === undefined && (known === undefined || lap.lapMs < known.lapMs)) {
      best.set(lap.car, lap);
    }
  }
  return best;
}

function leadChanges(laps: readonly Driven[]): number {
  const leaders: string[] = [];
  for (const { lap, car } of laps.toSorted((one, other) => one.endMs - other.endMs)) leaders[lap] ??= car;
  return leaders.filter((car, lap) => lap > 1 && car !== leaders[lap - 1]).length;
}

describe('I. Imports', () => {
  it('[I14] invented races give the classification that their laps spell out', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 30 }), (seed) => {
        const driven = driveRace(seed);
        const { laps } = driven;
        const { skipped, ...race } = importTexts(lapSheet(notesOf(driven)));
        const result = sessionResult(race, skipped);
        const best = bestsOf(laps);
        const [winner] = lastLaps(laps);
        const theirs = lastLaps(laps).map((last, index) => {
          const own = laps.filter(({ car }) => car === last.car);
          const lapsDown = (winner?.lap ?? 0) - last.lap;
          return {
            position: index + 1,
            car: last.car,
            laps: last.lap,
            totalTimeMs: last.endMs,
            gapMs: lapsDown === 0 ? last.endMs - (winner?.endMs ?? 0) : undefined,
            lapsDown,
            bestLapMs: best.get(last.car)?.lapMs,
            bestLap: best.get(last.car)?.lap,
            pitStops: own.filter(({ inPit }) => inPit).length,
            driverChanges: own.filter(({ driver }, at) => at > 0 && driver !== own[at - 1]?.driver).length,
          };
        });
        const ours = result.classification.map(
          ({ position, car, laps: count, totalTimeMs, gapMs, lapsDown, ...more }) => {
            const { bestLapMs, bestLap, pitStops, driverChanges } = more;
            const figures = { bestLapMs, bestLap, pitStops, driverChanges };
            return { position, car, laps: count, totalTimeMs, gapMs, lapsDown, ...figures };
          },
        );
        expect(ours).toEqual(theirs);
        expect(result.leadChanges).toBe(leadChanges(laps));
        expect(skipped.lines).toBe(0);
      }),
      { numRuns: 60 },
    );
  });
});
