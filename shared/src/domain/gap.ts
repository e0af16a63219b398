/**
 * How a gap is known: `measured` at a loop both cars crossed; `provisional` a lower bound that grows
 * until the chaser reaches the next loop; `official` as the feed claims; `estimated` computed from pace.
 */
export type GapProvenance = 'measured' | 'provisional' | 'official' | 'estimated';

/** Distance in time behind another car. Never a magic number: the leader, laps and "unknown" have their own shape. */
export type Gap =
  | { readonly kind: 'leader'; readonly lap: number }
  | { readonly kind: 'time'; readonly ms: number; readonly provenance: GapProvenance }
  | {
      readonly kind: 'laps';
      readonly laps: number;
      /** Time behind at the chaser's last loop all the same, where it is known. */
      readonly ms: number | undefined;
      readonly provenance: GapProvenance;
    }
  | { readonly kind: 'unknown' };
