import type { FileReader } from './race-format.ts';

/** How much of a file is looked at to tell what it is. */
const HEAD_BYTES = 65_536;

/** Holds back the beginning of a file until there is enough of it to choose who reads it. */
export function createHeadReader(choose: (head: Uint8Array) => FileReader | undefined): FileReader {
  let held: Uint8Array[] = [];
  let heldBytes = 0;
  let isChosen = false;
  let reader: FileReader | undefined;
  const begin = (): void => {
    isChosen = true;
    const head = Buffer.concat(held);
    held = [];
    reader = choose(head.subarray(0, HEAD_BYTES));
    if (head.length > 0) reader?.write(head);
  };
  return {
    write: (bytes) => {
      if (isChosen) {
        reader?.write(bytes);
        return;
      }
      // The giver may use its buffer again.
      held.push(Uint8Array.prototype.slice.call(bytes));
      heldBytes += bytes.length;
      if (heldBytes >= HEAD_BYTES) begin();
    },
    end: () => {
      if (!isChosen) begin();
      reader?.end();
    },
  };
}
