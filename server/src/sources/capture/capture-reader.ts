import { createLineReader } from '../import/line-reader.ts';
import type { FileReader } from '../import/race-format.ts';
import { createTextReader } from '../import/text-reader.ts';
import { type CaptureEntry, type CaptureHeader, parseCaptureEntry, parseCaptureHeader } from './capture-lines.ts';

export type CaptureHandlers = {
  readonly onHeader: (header: CaptureHeader) => void;
  /** @param line of the capture, counting from 1 */
  readonly onEntry: (entry: CaptureEntry, line: number) => void;
  /** A line that says nothing. After a first line that is no header nothing else comes. */
  readonly onBad: (line: number, problem: string) => void;
};

const LINE_FEED = 0x0a;

/** Reads a capture that comes in pieces, cut anywhere. A last line that was torn off is no fault. */
export function createCaptureReader({ onHeader, onEntry, onBad }: CaptureHandlers): FileReader {
  let state: 'header' | 'entries' | 'refused' = 'header';
  let isClosed = true;
  /** The last line, while it may yet turn out to be torn. */
  let torn: { readonly line: number; readonly problem: string } | undefined;

  const onLine = (text: string, line: number): void => {
    if (torn !== undefined) onBad(torn.line, torn.problem);
    torn = undefined;
    if (state === 'refused' || text.trim() === '') return;
    if (state === 'header') {
      const header = parseCaptureHeader(text);
      state = typeof header === 'string' ? 'refused' : 'entries';
      if (typeof header === 'string') onBad(line, header);
      else onHeader(header);
      return;
    }
    const entry = parseCaptureEntry(text);
    if (typeof entry === 'string') torn = { line, problem: entry };
    else onEntry(entry, line);
  };

  const onTooLong = (line: number): void => {
    if (state === 'header') state = 'refused';
    onBad(line, 'line too long');
  };
  const reader = createTextReader(createLineReader({ onLine, onTooLong }));
  return {
    write: (bytes) => {
      if (bytes.length === 0) return;
      isClosed = bytes[bytes.length - 1] === LINE_FEED;
      reader.write(bytes);
    },
    end: () => {
      reader.end();
      if (torn !== undefined && isClosed) onBad(torn.line, torn.problem);
    },
  };
}
