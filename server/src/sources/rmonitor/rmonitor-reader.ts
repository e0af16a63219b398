import type { FeedReader, FeedSink } from '../feed/feed.ts';
import { createLineReader } from '../import/line-reader.ts';
import { decodeText, textOfBytes } from './decode-text.ts';
import { parseMessage } from './parse-message.ts';
import { RunSwitch } from './run-switch.ts';

/** Understands the lines of a timing computer one by one. */
export type RmonitorLines = {
  /**
   * @param text without its end
   * @param epochMs when it arrived; `undefined` where nobody noted it
   */
  line(text: string, line: number, epochMs: number | undefined): void;
  /** A note of whoever made the recording. */
  note(text: string, epochMs: number | undefined): void;
  /** Whatever comes now may be told anew. */
  cut(): void;
  /** Hands over what was found so far. */
  flush(): void;
  /** Nothing more comes. */
  end(): void;
};

export function createRmonitorLines(sink: FeedSink): RmonitorLines {
  const runs = new RunSwitch(sink);
  return {
    line: (text, line, epochMs) => {
      if (text.trim() === '') return;
      sink.line(text);
      const message = parseMessage(text.trim());
      if (message === undefined) return;
      if (typeof message === 'string') sink.skipped(line, text, message);
      else runs.take(message, { epochMs });
    },
    note: (text, epochMs) => runs.note(text, epochMs),
    cut: () => runs.hold(),
    flush: () => runs.flush(),
    end: () => runs.end(),
  };
}

/** Reads what a timing computer sends, cut anywhere. */
export function createRmonitorReader(sink: FeedSink): FeedReader {
  const lines = createRmonitorLines(sink);
  let epochMs = 0;
  let line = 0;
  const open = () =>
    createLineReader({
      onLine: (bytes) => lines.line(decodeText(bytes), ++line, epochMs),
      onTooLong: () => sink.skipped(++line, '', 'line too long'),
    });
  let reader = open();
  return {
    read: (bytes, arrivedEpochMs) => {
      epochMs = arrivedEpochMs;
      reader.write(textOfBytes(bytes));
      lines.flush();
    },
    cut: () => {
      reader = open();
      lines.cut();
      lines.flush();
    },
    end: () => lines.end(),
  };
}
