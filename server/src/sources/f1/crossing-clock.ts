import type { CarNumber } from '@pitboard/shared/domain/names.ts';
import { medianOf } from '../import/median.ts';

/** Loops of a lap: the finish line, the ends of the first and the second sector. */
export const LOOPS = ['SF', 'S1', 'S2'] as const;

/** A crossing as the feed tells it. Times in ms. */
export type ToldCrossing = {
  readonly car: CarNumber;
  /** Laps completed at this crossing, or before it for a loop within the lap. */
  readonly lap: number;
  /** Place in `LOOPS`. */
  readonly loop: number;
  /** When the feed said so, by its own clock. */
  readonly stampMs: number;
  /** Official time of the sector that ends here. */
  readonly sectorMs?: number | undefined;
  /** Official time of the lap that ends here. */
  readonly lapTimeMs?: number | undefined;
  /** The gap to the leader that the feed claims of this very crossing. */
  readonly gapMs?: number | undefined;
};

/**
 * From a crossing to its message, beyond what the start signal takes to its own: 0.4 s in the one race whose official time
 * could be set beside every message, some 0.3 s by the end of two others (2023, 2025).
 */
export const MESSAGE_LAG_MS = 350;
/** A chain of official times that parts further from the stamps has missed something. */
const CHAIN_TOLERANCE_MS = 5000;
const CLAIM_TOLERANCE_MS = 2000;
/** Crossings of so many places back are behind every car that counts from them. */
const PLACES_KEPT = 30;
/** The newest stamps place a car as well as all of them. */
const STAMPS_KEPT = 60;

type Track = {
  place: number;
  /** The last crossing as it was told. */
  atMs: number;
  /** The same by the chain of official times, and the last crossing of the line by it. */
  chainMs: number;
  linePlace: number;
  lineChainMs: number;
  /** What the chain is moved by: for a car that only stamps place, the median of what they part from it. */
  shiftMs: number;
  partings: number[];
  /** A claim has placed the car among the others. */
  isTied: boolean;
  /** By how much the claim of the crossing before parted from the chain. */
  lastDifferenceMs: number | undefined;
};

type First = { readonly car: CarNumber; readonly atMs: number; readonly shiftMs: number };

/**
 * Tells when a crossing was, to the millisecond among the cars. Stamps come late and jitter by a tenth of a second, so a car
 * is carried on by its official lap times, within a lap by its sector times, and all its stamps together place that chain: by
 * the median of what they part from it. As soon as the feed claims a gap at a crossing of the line, the chain is tied to that
 * of the first car there; one that parts from these claims by the same time twice running is put right. What is left is one
 * lag for the whole field.
 */
export function createCrossingClock() {
  const tracks = new Map<CarNumber, Track>();
  const firsts = new Map<number, First>();
  /** Others are placed by this car from here on: its chain moves no more. */
  const hold = ({ car, shiftMs }: First): void => {
    const track = tracks.get(car);
    if (track === undefined || track.isTied) return;
    Object.assign(track, { isTied: true, shiftMs, partings: [] });
  };
  return {
    /** When the crossing was, by the clock of the feed. */
    timeOf(told: ToldCrossing): number {
      const place = told.lap * LOOPS.length + told.loop;
      const track = tracks.get(told.car);
      const first = firsts.get(place);
      const isOther = first !== undefined && first.car !== told.car;
      const claimedMs = !isOther || told.gapMs === undefined ? undefined : first.atMs + told.gapMs;
      const stampedMs = told.stampMs - MESSAGE_LAG_MS;
      const settled = settle({ stampedMs, chainMs: chainOf(track, told, place), claimedMs, track });
      if (settled.isTied && track?.isTied !== true && first !== undefined) hold(first);
      const { chainMs, shiftMs, partings, isTied } = settled;
      const sumMs = Math.round(chainMs + shiftMs);
      const atMs = track !== undefined && track.place < place ? Math.max(sumMs, track.atMs + 1) : sumMs;
      tracks.set(told.car, {
        place,
        atMs,
        chainMs,
        linePlace: told.loop === 0 ? place : (track?.linePlace ?? -1),
        lineChainMs: told.loop === 0 ? chainMs : (track?.lineChainMs ?? 0),
        shiftMs,
        partings,
        isTied,
        lastDifferenceMs: told.loop === 0 ? settled.differenceMs : track?.lastDifferenceMs,
      });
      if (first === undefined) {
        firsts.set(place, { car: told.car, atMs, shiftMs });
        if (firsts.size > PLACES_KEPT) firsts.delete(firsts.keys().next().value as number);
      }
      return atMs;
    },
  };
}
export type CrossingClock = ReturnType<typeof createCrossingClock>;

/** The crossing by official times from the last one, before the chain is moved. */
function chainOf(track: Track | undefined, told: ToldCrossing, place: number): number | undefined {
  if (track === undefined) return undefined;
  if (told.loop === 0 && told.lapTimeMs !== undefined && track.linePlace === place - LOOPS.length) {
    return track.lineChainMs + told.lapTimeMs;
  }
  return told.sectorMs !== undefined && track.place === place - 1 ? track.chainMs + told.sectorMs : undefined;
}

type Evidence = {
  readonly stampedMs: number;
  readonly chainMs: number | undefined;
  readonly claimedMs: number | undefined;
  readonly track: Track | undefined;
};
type Settled = Pick<Track, 'chainMs' | 'shiftMs' | 'partings' | 'isTied'> & { readonly differenceMs?: number };

function settle({ stampedMs, chainMs, claimedMs, track }: Evidence): Settled {
  const isNear = (ms: number | undefined, toleranceMs: number): ms is number =>
    ms !== undefined && Math.abs(ms - stampedMs) <= toleranceMs;
  const byClaim = isNear(claimedMs, CLAIM_TOLERANCE_MS)
    ? { chainMs: claimedMs, shiftMs: 0, partings: [], isTied: true, differenceMs: 0 }
    : undefined;
  if (track === undefined || !isNear(chainMs, CHAIN_TOLERANCE_MS)) {
    return byClaim ?? { chainMs: stampedMs, shiftMs: 0, partings: [0], isTied: false };
  }
  if (!track.isTied) {
    const partings = [...track.partings.slice(1 - STAMPS_KEPT), stampedMs - chainMs];
    return byClaim ?? { chainMs, shiftMs: medianOf(partings) ?? 0, partings, isTied: false };
  }
  const { shiftMs, partings } = track;
  const kept = { chainMs, shiftMs, partings, isTied: true };
  if (claimedMs === undefined) return kept;
  const differenceMs = claimedMs - chainMs - shiftMs;
  const isAgain = differenceMs !== 0 && Math.abs(differenceMs - (track.lastDifferenceMs ?? Number.NaN)) <= 1;
  return isAgain && byClaim !== undefined ? byClaim : { ...kept, differenceMs };
}
