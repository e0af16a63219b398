import type { CarNumber } from '../domain/names.ts';
import type { LapRecord, PitVisit } from '../race/race-history.ts';
import { isRacingLap, type Scene } from './moment-scene.ts';
import { median } from './pace.ts';

/** Further apart, two cars were in no fight before their stops. */
const FIGHT_MS = 10_000;
/** Less is the usual scatter of stops. */
const LONG_MS = 3000;
/** A stop that fills up for about as many laps is of the same kind. */
const LIKE_LAPS = 1;
/** Stops of the class, with or without a driver change, that say what is usual: the newest ones. */
const KNOWN_STOPS = 30;
const FEWEST_STOPS = 5;

export type LongStop = { readonly longByMs: number | undefined; readonly rival: CarNumber | undefined };

type Stop = { readonly pitTimeMs: number; readonly laps: number };

const USUAL: LongStop = { longByMs: undefined, rival: undefined };

/** [M7] Follows the stops and says of each whether it was long: against the car that it was in a fight with, or against what is usual. */
export function stopLengths() {
  const rivals = new Map<CarNumber, CarNumber>();
  const lastLaps = new Map<CarNumber, number>();
  const filledLaps = new Map<CarNumber, number>();
  const lastAtPosition = new Map<number, LapRecord>();
  const stops = new Map<string, readonly Stop[]>();
  return {
    /** Who fights with whom, as of the last lap that both raced. */
    onLap(lap: LapRecord, scene: Scene): void {
      const ahead = lastAtPosition.get(lap.position - 1);
      lastAtPosition.set(lap.position, lap);
      if (ahead?.lap !== lap.lap || !isRacingLap(lap) || !isRacingLap(ahead)) return;
      const [own, other] = [scene.car(lap.car), scene.car(ahead.car)];
      if (lap.atMs - ahead.atMs > FIGHT_MS || own.stops !== other.stops || own.entry?.class !== other.entry?.class)
        return;
      rivals.set(lap.car, ahead.car);
    },
    onExit({ car, pitTimeMs, driverBefore, driverAfter, lap }: PitVisit, scene: Scene): LongStop {
      const own = scene.car(car);
      // A driver change takes its time.
      const kind = `${own.entry?.class} ${driverBefore === driverAfter}`;
      const newest = stops.get(kind) ?? [];
      // Where stops are prescribed, nobody refuels.
      const laps = scene.mandatoryStops > 0 ? 0 : lap - (lastLaps.get(car) ?? 0);
      lastLaps.set(car, lap);
      filledLaps.set(car, laps);
      if (pitTimeMs === undefined) return USUAL;
      stops.set(kind, [...newest, { pitTimeMs, laps }].slice(-KNOWN_STOPS));
      const known = newest.filter((other) => Math.abs(other.laps - laps) <= LIKE_LAPS).map((other) => other.pitTimeMs);
      if (scene.flag !== 'green') return USUAL;
      const rival = scene.car(rivals.get(car) ?? car);
      const isAnswer = rival !== own && rival.stops === own.stops;
      const isAlike = Math.abs((filledLaps.get(rival.car) ?? 0) - laps) <= LIKE_LAPS;
      const lostMs = isAnswer && isAlike ? pitTimeMs - (rival.lastPitTimeMs ?? pitTimeMs) : 0;
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
