import type { CarNumber } from '@pitboard/shared/domain/names.ts';

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

type Track = {
  place: number;
  atMs: number;
  /** Where and when the car was last at the line. */
  linePlace: number;
  lineAtMs: number;
  /** Placed among the others: by a claim, or as the first at a loop. What only a stamp placed is not. */
  isTied: boolean;
  /** By how much the claim of the crossing before parted from the chain. */
  lastDifferenceMs: number | undefined;
};

/**
 * Tells when a crossing was, to the millisecond among the cars. Stamps come late and jitter by a tenth of a second, so they
 * only anchor: from there a car is carried on by its official lap times, within a lap by its sector times. A car that has no
 * chain yet is tied to the first one over the same loop by the gap that the feed claims of that crossing; one whose chain
 * parts from these claims by the same time twice running is put right. What is left is one lag for the whole field.
 */
export function createCrossingClock() {
  const tracks = new Map<CarNumber, Track>();
  const firsts = new Map<number, { readonly car: CarNumber; readonly atMs: number }>();
  return {
    /** When the crossing was, by the clock of the feed. */
    timeOf(told: ToldCrossing): number {
      const place = told.lap * LOOPS.length + told.loop;
      const track = tracks.get(told.car);
      const first = firsts.get(place);
      const claimedMs = first === undefined || told.gapMs === undefined ? undefined : first.atMs + told.gapMs;
      const { atMs, differenceMs, isTied } = settle(
        told.stampMs - MESSAGE_LAG_MS,
        chainOf(track, told, place),
        claimedMs,
        track,
      );
      const settled = track !== undefined && track.place < place ? Math.max(atMs, track.atMs + 1) : atMs;
      tracks.set(told.car, {
        place,
        atMs: settled,
        linePlace: told.loop === 0 ? place : (track?.linePlace ?? -1),
        lineAtMs: told.loop === 0 ? settled : (track?.lineAtMs ?? 0),
        isTied: isTied || first === undefined,
        lastDifferenceMs: told.loop === 0 ? differenceMs : track?.lastDifferenceMs,
      });
      if (first === undefined) {
        firsts.set(place, { car: told.car, atMs: settled });
        if (firsts.size > PLACES_KEPT) firsts.delete(firsts.keys().next().value as number);
      }
      return settled;
    },
    /** The chain of a car is broken: what comes next has nothing to be carried on from. */
    lose(car: CarNumber): void {
      tracks.delete(car);
    },
  };
}
export type CrossingClock = ReturnType<typeof createCrossingClock>;

/** The crossing by official times from the last one. */
function chainOf(track: Track | undefined, told: ToldCrossing, place: number): number | undefined {
  if (track === undefined) return undefined;
  if (told.loop === 0 && told.lapTimeMs !== undefined && track.linePlace === place - LOOPS.length) {
    return track.lineAtMs + told.lapTimeMs;
  }
  return told.sectorMs !== undefined && track.place === place - 1 ? track.atMs + told.sectorMs : undefined;
}

type Settled = { readonly atMs: number; readonly isTied: boolean; readonly differenceMs?: number | undefined };

function settle(
  stampedMs: number,
  chainMs: number | undefined,
  claimedMs: number | undefined,
  track: Track | undefined,
): Settled {
  const isNear = (ms: number | undefined, toleranceMs: number): ms is number =>
    ms !== undefined && Math.abs(ms - stampedMs) <= toleranceMs;
  const byClaim = isNear(claimedMs, CLAIM_TOLERANCE_MS)
    ? { atMs: claimedMs, isTied: true, differenceMs: 0 }
    : undefined;
  if (!isNear(chainMs, CHAIN_TOLERANCE_MS)) return byClaim ?? { atMs: stampedMs, isTied: false };
  if (track?.isTied !== true) return byClaim ?? { atMs: chainMs, isTied: false };
  if (claimedMs === undefined) return { atMs: chainMs, isTied: true };
  const differenceMs = claimedMs - chainMs;
  const isAgain = differenceMs !== 0 && Math.abs(differenceMs - (track.lastDifferenceMs ?? Number.NaN)) <= 1;
  return isAgain && byClaim !== undefined ? byClaim : { atMs: chainMs, isTied: true, differenceMs };
}
