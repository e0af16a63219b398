import { Gunzip, Inflate } from 'fflate';
import type { FileReader } from './race-format.ts';
import { createSlicer } from './slicer.ts';

/** Unpacked in steps: a step of a bomb is some 16 MB. */
const SLICE_BYTES = 16_384;

type InflateOptions = {
  readonly method: 'gzip' | 'deflate';
  /** What comes out. */
  readonly target: FileReader;
  /** Called with the sizes so far before more is handed over; may throw. */
  readonly onGrowth: (packedBytes: number, unpackedBytes: number) => void;
  /** The data are damaged, or end in the middle: what came before stands. */
  readonly onDamage: (reason: string) => void;
};

/** Unpacks data while they come in, cut anywhere. */
export function createInflateReader({ method, target, onGrowth, onDamage }: InflateOptions): FileReader {
  let packedBytes = 0;
  let unpackedBytes = 0;
  let isDamaged = false;
  let failure: { readonly error: unknown } | undefined;
  const takeOut = (bytes: Uint8Array): void => {
    if (bytes.length === 0 || failure !== undefined) return;
    try {
      unpackedBytes += bytes.length;
      onGrowth(packedBytes, unpackedBytes);
      target.write(bytes);
    } catch (error) {
      failure = { error };
    }
  };
  const stream = method === 'gzip' ? new Gunzip(takeOut) : new Inflate(takeOut);
  const push = (bytes: Uint8Array, isLast: 0 | 1): void => {
    if (isDamaged) return;
    try {
      packedBytes += bytes.length;
      stream.push(bytes, isLast === 1);
    } catch {
      isDamaged = true;
      onDamage(isLast === 1 ? 'cut off: the packed data end in the middle' : 'packed data are damaged from here on');
    }
    // An error of the target is no damage of the data.
    if (failure !== undefined) throw failure.error;
  };
  return createSlicer(SLICE_BYTES, {
    write: (bytes) => push(bytes, 0),
    end: () => {
      push(new Uint8Array(0), 1);
      target.end();
    },
  });
}
