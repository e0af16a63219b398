import type { FileReader } from './race-format.ts';

/** What spreadsheets call "Unicode text". */
export type Utf16 = 'utf-16le' | 'utf-16be';

/** The encoding that a byte order mark tells; `undefined` where there is none of these. */
export function utf16Of(head: Uint8Array): Utf16 | undefined {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  return head[0] === 0xfe && head[1] === 0xff ? 'utf-16be' : undefined;
}

/** Hands text in UTF-16 over in UTF-8, which is what formats read; its bytes may be cut anywhere. */
export function createUtf16Reader(encoding: Utf16, target: FileReader): FileReader {
  const decoder = new TextDecoder(encoding);
  const hand = (text: string): void => {
    if (text !== '') target.write(Buffer.from(text));
  };
  return {
    write: (bytes) => hand(decoder.decode(bytes, { stream: true })),
    end: () => {
      hand(decoder.decode());
      target.end();
    },
  };
}
