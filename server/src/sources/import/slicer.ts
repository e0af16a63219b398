import type { FileReader } from './race-format.ts';

/** Cuts bytes anew into pieces of one size, so that nothing behind it depends on how they came; the last is shorter. */
export function createSlicer(sliceBytes: number, target: FileReader): FileReader {
  let held = Buffer.alloc(sliceBytes);
  let heldBytes = 0;
  return {
    write: (bytes) => {
      for (let from = 0; from < bytes.length; ) {
        const taken = Math.min(sliceBytes - heldBytes, bytes.length - from);
        held.set(bytes.subarray(from, from + taken), heldBytes);
        heldBytes += taken;
        from += taken;
        if (heldBytes < sliceBytes) continue;
        const full = held;
        held = Buffer.alloc(sliceBytes);
        heldBytes = 0;
        target.write(full);
      }
    },
    end: () => {
      if (heldBytes > 0) target.write(held.subarray(0, heldBytes));
      target.end();
    },
  };
}
