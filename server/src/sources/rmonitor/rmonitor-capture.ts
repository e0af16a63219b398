import { createFeedCollector } from '../feed/collect-feed.ts';
import { type ImportedRace, NoRaceError } from '../import/imported-race.ts';
import { createLineReader } from '../import/line-reader.ts';
import type { FileReader, RaceFormat } from '../import/race-format.ts';
import { createSkipCounter } from '../import/skip-counter.ts';
import { parseCaptureLine } from './capture-line.ts';
import { decodeText, textOfBytes } from './decode-text.ts';
import { withoutEarlyFlags } from './early-flags.ts';
import { createRmonitorLines, type RmonitorLines } from './rmonitor-reader.ts';

const COMMAND = /^\$(?:[ABCEFGHIJLT]|COMP|COR|SP|SR|RM\w{1,4}),/;
const MOST_LOOKED_AT = 400;
/** One line may look like the feed by chance. */
const LEAST_LINES = 2;

/** What somebody wrote down of a timing computer: raw, or with the times of arrival, in any of the ways that are about. */
export const rmonitorCapture: RaceFormat = {
  id: 'rmonitor-capture',
  title: 'RMonitor capture',
  recognises: ({ text }) => isCapture(text),
  open: () => {
    const { skip, skipped } = createSkipCounter();
    let place = { file: '', line: 0 };
    const collector = createFeedCollector((_line, _text, reason) => skip(place.file, place.line, reason));
    const lines = createRmonitorLines(collector);
    return {
      open: (file) => {
        lines.cut();
        const seen = (line: number) => {
          place = { file, line };
        };
        return openCapture(lines, seen, (line, reason) => skip(file, line, reason));
      },
      finish: () => {
        lines.end();
        const races = collector.races().filter(hasPassings).map(withoutEarlyFlags);
        if (races.length === 0)
          throw new NoRaceError('no race found: nobody crosses the line in this RMonitor capture');
        return { races, skipped: skipped() };
      },
    };
  },
};

function isCapture(text: string): boolean {
  let feed = 0;
  let other = 0;
  for (const line of text.split('\n', MOST_LOOKED_AT)) {
    if (line.trim() === '') continue;
    const parsed = parseCaptureLine(line);
    if (parsed.kind === 'feed') {
      if (COMMAND.test(parsed.text)) feed++;
      else other++;
    } else if (parsed.kind === 'unknown') {
      other++;
    }
  }
  return feed >= LEAST_LINES && feed > other;
}

function openCapture(
  lines: RmonitorLines,
  seen: (line: number) => void,
  skip: (line: number, reason: string) => void,
): FileReader {
  let epochMs: number | undefined;
  let isFeed = true;
  const onLine = (bytes: string, line: number): void => {
    const parsed = parseCaptureLine(decodeText(line === 1 ? bytes.replace(/^\u00ef\u00bb\u00bf/, '') : bytes));
    seen(line);
    if (parsed.kind === 'stamp') {
      epochMs = parsed.epochMs ?? epochMs;
      isFeed = parsed.isFeed;
    } else if (parsed.kind === 'note') {
      lines.note(parsed.text, parsed.epochMs ?? epochMs);
    } else if (parsed.kind === 'feed' && isFeed) {
      epochMs = parsed.epochMs ?? epochMs;
      lines.line(parsed.text, line, epochMs);
    } else if (parsed.kind === 'unknown' && isFeed && bytes.trim() !== '') {
      skip(line, 'no line of RMonitor');
    }
  };
  const reader = createLineReader({ onLine, onTooLong: (line) => skip(line, 'line too long') });
  return {
    write: (bytes) => {
      reader.write(textOfBytes(bytes));
      lines.flush();
    },
    end: () => {
      reader.end();
      lines.flush();
    },
  };
}

function hasPassings({ events }: ImportedRace): boolean {
  return events.some(({ type }) => type === 'passing');
}
