import type { CarNumber } from '../domain/names.ts';
import type { LapRecord, PitVisit } from '../race/race-history.ts';
import { isRacingLap, type Scene } from './moment-scene.ts';
import { median } from './pace.ts';

/** Further apart, two cars were in no fight before their stops. */
const FIGHT_MS = 10_000;
/** Less is the usual scatter of stops. */
const LONG_MS = 3000;
/** Stops of the class, with or without a driver change, that say what is usual: the newest ones. */
const KNOWN_STOPS = 15;
const FEWEST_STOPS = 5;

export type LongStop = { readonly longByMs: number | undefined; readonly rival: CarNumber | undefined };

const USUAL: LongStop = { longByMs: undefined, rival: undefined };

/** [M7] Follows the stops and says of each whether it was long: against the car that it was in a fight with, or against what is usual. */
export function stopLengths() {
  const rivals = new Map<CarNumber, CarNumber>();
  const lastAtPosition = new Map<number, LapRecord>();
  const times = new Map<string, readonly number[]>();
  return {
    /** Who fights with whom, as of the last lap that both raced. */
    onLap(lap: LapRecord, scene: Scene): void {
      const ahead = lastAtPosition.get(lap.position - 1);
      lastAtPosition.set(lap.position, lap);
      if (ahead?.lap !== lap.lap || !isRacingLap(lap) || !isRacingLap(ahead)) return;
      if (lap.atMs - ahead.atMs > FIGHT_MS || scene.car(lap.car).stops !== scene.car(ahead.car).stops) return;
      rivals.set(lap.car, ahead.car);
    },
    onExit({ car, pitTimeMs, driverBefore, driverAfter }: PitVisit, scene: Scene): LongStop {
      const own = scene.car(car);
      // A driver change takes its time.
      const kind = `${own.entry?.class} ${driverBefore === driverAfter}`;
      const known = times.get(kind) ?? [];
      if (pitTimeMs === undefined) return USUAL;
      times.set(kind, [...known, pitTimeMs].slice(-KNOWN_STOPS));
      if (scene.flag !== 'green') return USUAL;
      const rival = scene.car(rivals.get(car) ?? car);
      const lostMs = rival === own || rival.stops !== own.stops ? 0 : pitTimeMs - (rival.lastPitTimeMs ?? pitTimeMs);
      if (lostMs >= LONG_MS && isUnusual(known, pitTimeMs, LONG_MS)) return { longByMs: lostMs, rival: rival.car };
      if (known.length < FEWEST_STOPS || !isUnusual(known, pitTimeMs, 2 * LONG_MS)) return USUAL;
      return { longByMs: pitTimeMs - (median(known) as number), rival: undefined };
    },
  };
}

/** Longer than the usual stop by three times the usual scatter. */
function isUnusual(known: readonly number[], pitTimeMs: number, leastMs: number): boolean {
  const usual = median(known);
  if (usual === undefined) return true;
  const scatter = median(known.map((time) => Math.abs(time - usual))) ?? 0;
  return pitTimeMs - usual >= Math.max(leastMs, 3 * scatter);
}
