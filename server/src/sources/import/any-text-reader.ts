import type { FileReader } from './race-format.ts';
import { createTextReader } from './text-reader.ts';

type TextTarget = { write(text: string): void; end(): void };

/** The longest character of UTF-8. */
const LONGEST_CHARACTER = 4;

/**
 * Decodes what a spreadsheet has written: UTF-8, or, where the first character that is no ASCII is none of UTF-8 either, the
 * Latin-1 that older programs write umlauts in. The same however the file is cut.
 */
export function createAnyTextReader(target: TextTarget): FileReader {
  let reader: FileReader | undefined;
  let held: Uint8Array = new Uint8Array();
  const decide = (isLast: boolean): void => {
    const at = held.findIndex((byte) => byte >= 0x80);
    const first = at < 0 ? held.length : at;
    if (at >= 0 && (isLast || held.length - at >= LONGEST_CHARACTER)) {
      reader = createTextReader(target, isUtf8(held.subarray(at)) ? 'utf-8' : 'latin1');
      reader.write(held);
      held = new Uint8Array();
      return;
    }
    // What is ASCII is the same in both.
    if (first > 0) target.write(new TextDecoder().decode(held.subarray(0, first)));
    // The giver may use its buffer again.
    held = Uint8Array.prototype.slice.call(held, first);
  };
  return {
    write: (bytes) => {
      if (reader !== undefined) return reader.write(bytes);
      held = held.length === 0 ? bytes : Buffer.concat([held, bytes]);
      decide(false);
    },
    end: () => {
      if (reader === undefined && held.length > 0) decide(true);
      if (reader === undefined) target.end();
      else reader.end();
    },
  };
}

/** Whether a whole character of UTF-8 stands at the beginning of these bytes. */
function isUtf8(bytes: Uint8Array): boolean {
  const [lead = 0] = bytes;
  const length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
  if (lead < 0xc2 || lead > 0xf4 || bytes.length < length) return false;
  return bytes.subarray(1, length).every((byte) => (byte & 0xc0) === 0x80);
}
