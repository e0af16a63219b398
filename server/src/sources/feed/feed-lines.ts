import { createLineReader } from '../import/line-reader.ts';

type FeedLineHandlers = Pick<Parameters<typeof createLineReader>[0], 'onLine' | 'onTooLong' | 'longest'>;

/** The lines of UTF-8 that a feed sends, cut anywhere; after `cut` the half of a line that had come is forgotten. */
export function createFeedLines(handlers: FeedLineHandlers): { read(bytes: Uint8Array): void; cut(): void } {
  let lines = createLineReader(handlers);
  let decoder = new TextDecoder();
  return {
    read: (bytes) => lines.write(decoder.decode(bytes, { stream: true })),
    cut: () => {
      lines = createLineReader(handlers);
      decoder = new TextDecoder();
    },
  };
}
