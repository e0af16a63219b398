/** How much one import may take in. Sizes in bytes. */
export type ImportLimits = {
  /** Of all files as they are given, packed or not. */
  readonly givenBytes: number;
  /** Of all files together once they are unpacked. */
  readonly unpackedBytes: number;
  /** Files, those in archives included. */
  readonly files: number;
};

const MB = 1_000_000;
export const USUAL_IMPORT_MB = 300;
const MOST_FILES = 20_000;

export function importLimitsOf(unpackedMb: number): ImportLimits {
  return { givenBytes: unpackedMb * MB, unpackedBytes: unpackedMb * MB, files: MOST_FILES };
}

/** A hundred times a 24-hour race. */
export const USUAL_IMPORT_LIMITS = importLimitsOf(USUAL_IMPORT_MB);

/** Text of a timing system packs at most some 40 to one; a bomb up to 1032 to one. */
const HIGHEST_RATIO = 250;
/** Up to here whatever unpacks to whatever does no harm. */
const HARMLESS_BYTES = 5 * MB;

/** True for packed data that swell beyond all reason: made to fill a disk or a memory. */
export function isBomb(packedBytes: number, unpackedBytes: number): boolean {
  return unpackedBytes > HARMLESS_BYTES && unpackedBytes > packedBytes * HIGHEST_RATIO;
}
