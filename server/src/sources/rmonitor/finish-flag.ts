import type { Manifest } from '@pitboard/shared/protocol/manifest.ts';

/** A flag that is shown so soon after a crossing of the leader is taken to have fallen at it. */
const TOGETHER_MS = 3000;
/** Times are cut to seconds: the time is over, or as good as. */
const CUT_MS = 2000;
/** The leader is not seen for so many laps: it will not come. */
const LAPS_AWAITED = 1.5;
const SHORTEST_WAIT_MS = 60_000;

/** A crossing on which the time ran out, or nearly, may count as either. */
const SURE_MS = 3000;

type Lead = { readonly laps: number; readonly atMs: number };

/** When a flag fell, and the laps that were driven after the time, from just before the crossing that they count from. */
export type FlagFall = { readonly atMs: number; readonly sentOn?: { readonly laps: number; readonly fromMs: number } };

/**
 * When the chequered flag of a race fell. A leader who has done the distance may be sent on, for a lap after the time or
 * more: then the flag waits for the leader, for it did not fall where the distance was done. Where it is sure how many laps
 * were added, they are told and the flag stays at its time; else it falls when the leader takes it.
 */
export class FinishFlag {
  #shownMs: number | undefined;
  #lead: Lead | undefined;
  #before: Lead | undefined;
  /** The first lead after the time was over. */
  #inTime: Lead | undefined;
  #isSure = false;

  /**
   * A car is the first to complete so many laps.
   * @param overMs how long the time was over by then, below zero before; `undefined` of no race by time
   */
  onLead(lead: Lead, overMs: number | undefined): void {
    this.#before = this.#lead;
    this.#lead = lead;
    const isBefore = overMs !== undefined && overMs < -SURE_MS;
    if (isBefore || overMs === undefined) this.#inTime = undefined;
    else this.#inTime ??= lead;
    if (isBefore) this.#isSure = true;
    else if (overMs === undefined || overMs <= SURE_MS) this.#isSure = false;
  }

  /**
   * The flag is shown at this race time, or still is.
   * @returns when it fell; `undefined` while the leader is awaited
   */
  fall(nowMs: number, distance: Manifest['distance']): FlagFall | undefined {
    const isNew = this.#shownMs === undefined;
    this.#shownMs ??= nowMs;
    const shownMs = this.#shownMs;
    const leadMs = this.#lead?.atMs ?? Number.NEGATIVE_INFINITY;
    if (leadMs >= shownMs) {
      return !isNew || isDone(this.#before, distance) ? this.#taken(leadMs, shownMs, distance) : { atMs: shownMs };
    }
    if (isNew) return leadMs < shownMs - TOGETHER_MS && isDone(this.#lead, distance) ? undefined : { atMs: shownMs };
    const lapMs = leadMs - (this.#before?.atMs ?? leadMs);
    return nowMs - leadMs > Math.max(SHORTEST_WAIT_MS, lapMs * LAPS_AWAITED) ? { atMs: shownMs } : undefined;
  }

  #taken(leadMs: number, shownMs: number, distance: Manifest['distance']): FlagFall {
    const laps = (this.#lead?.laps ?? 0) - (this.#inTime?.laps ?? Number.POSITIVE_INFINITY);
    if (!this.#isSure || this.#inTime === undefined || !(laps > 0) || distance?.laps !== undefined)
      return { atMs: leadMs };
    return { atMs: shownMs, sentOn: { laps, fromMs: this.#inTime.atMs - 1 } };
  }

  /** It is told, or shown no more: when it was shown, if the leader was awaited. */
  settle(): number | undefined {
    const shownMs = this.#shownMs;
    this.#shownMs = undefined;
    return shownMs;
  }
}

function isDone(lead: Lead | undefined, { durationMs, laps }: NonNullable<Manifest['distance']> = {}): boolean {
  if (lead === undefined) return false;
  return (laps !== undefined && lead.laps >= laps) || (durationMs !== undefined && lead.atMs >= durationMs - CUT_MS);
}
