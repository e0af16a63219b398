import type { Manifest } from '@pitboard/shared/protocol/manifest.ts';

/** A flag that is shown so soon after a crossing of the leader is taken to have fallen at it. */
const TOGETHER_MS = 3000;
/** Times are cut to seconds: the time is over, or as good as. */
const CUT_MS = 2000;
/** The leader is not seen for so many laps: it will not come. */
const LAPS_AWAITED = 1.5;
const SHORTEST_WAIT_MS = 60_000;

type Lead = { readonly laps: number; readonly atMs: number };

/**
 * When the chequered flag of a race fell. A leader who has done the distance may be sent on, for a lap after the time or
 * more: then the flag waits for the leader, for it did not fall where the distance was done.
 */
export class FinishFlag {
  #shownMs: number | undefined;
  #lead: Lead | undefined;
  #before: Lead | undefined;

  /** A car is the first to complete so many laps. */
  onLead(lead: Lead): void {
    this.#before = this.#lead;
    this.#lead = lead;
  }

  /**
   * The flag is shown at this race time, or still is.
   * @returns when it fell; `undefined` while the leader is awaited
   */
  fellAt(nowMs: number, distance: Manifest['distance']): number | undefined {
    const isNew = this.#shownMs === undefined;
    this.#shownMs ??= nowMs;
    const shownMs = this.#shownMs;
    const leadMs = this.#lead?.atMs ?? Number.NEGATIVE_INFINITY;
    if (leadMs >= shownMs) return !isNew || isDone(this.#before, distance) ? leadMs : shownMs;
    if (isNew) return leadMs < shownMs - TOGETHER_MS && isDone(this.#lead, distance) ? undefined : shownMs;
    const lapMs = leadMs - (this.#before?.atMs ?? leadMs);
    return nowMs - leadMs > Math.max(SHORTEST_WAIT_MS, lapMs * LAPS_AWAITED) ? shownMs : undefined;
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
