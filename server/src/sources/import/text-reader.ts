import type { FileReader } from './race-format.ts';

type TextTarget = { write(text: string): void; end(): void };

/** Decodes a file whose bytes may be cut within a character. What the encoding does not know is replaced, not refused. */
export function createTextReader(target: TextTarget, encoding: 'utf-8' | 'latin1' = 'utf-8'): FileReader {
  // The byte order mark is left to the reader of lines.
  const decoder = new TextDecoder(encoding, { ignoreBOM: true });
  return {
    write: (bytes) => target.write(decoder.decode(bytes, { stream: true })),
    end: () => {
      const last = decoder.decode();
      if (last !== '') target.write(last);
      target.end();
    },
  };
}
