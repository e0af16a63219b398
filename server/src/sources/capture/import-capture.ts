import { createFeedCollector, type FeedCollector } from '../feed/collect-feed.ts';
import type { FeedProtocol, FeedReader } from '../feed/feed.ts';
import { FEED_PROTOCOLS } from '../feed/feeds.ts';
import { type ImportedRace, NoRaceError, type Skipped } from '../import/imported-race.ts';
import type { FileReader, RaceFormat } from '../import/race-format.ts';
import { createSkipCounter, type SkipCounter } from '../import/skip-counter.ts';
import { withoutEarlyFlags } from '../rmonitor/early-flags.ts';
import { parseCaptureHeader } from './capture-lines.ts';
import { createCaptureReader } from './capture-reader.ts';

/** What `pitboard record` wrote: the sessions of a feed, read as they would have been live. */
export const pitboardCapture: RaceFormat = createCaptureFormat(FEED_PROTOCOLS);

export function createCaptureFormat(protocols: readonly FeedProtocol[]): RaceFormat {
  return {
    id: 'pitboard-capture',
    title: 'Pitboard capture of a live feed',
    recognises: ({ text }) => isHeader(text.replace(/^\uFEFF/, '').split('\n', 1)[0] ?? ''),
    open: () => {
      const { skip, skipped } = createSkipCounter();
      const collectors: FeedCollector[] = [];
      return {
        open: (name) => openCapture({ name, protocols, skip, collectors }),
        finish: () => {
          const races = collectors
            .flatMap((collector) => collector.races())
            .filter(isDriven)
            .map(withoutEarlyFlags);
          if (races.length === 0) throw new NoRaceError(`no session found in the capture${reasonOf(skipped())}`);
          return { races, skipped: skipped() };
        },
      };
    },
  };
}

function isDriven({ events }: ImportedRace): boolean {
  return events.some(({ type }) => type === 'passing');
}

function isHeader(line: string): boolean {
  return typeof parseCaptureHeader(line) !== 'string';
}

function reasonOf({ examples: [first] }: Skipped): string {
  return first === undefined ? '' : `: line ${first.line}, ${first.reason}`;
}

type OpenCapture = {
  readonly name: string;
  readonly protocols: readonly FeedProtocol[];
  readonly skip: SkipCounter['skip'];
  readonly collectors: FeedCollector[];
};

function openCapture({ name, protocols, skip, collectors }: OpenCapture): FileReader {
  let lineOfFile = 1;
  let startedEpochMs = 0;
  let reader: FeedReader | undefined;
  const collector = createFeedCollector((_line, _text, reason) => skip(name, lineOfFile, reason));
  const file = createCaptureReader({
    onHeader: (header) => {
      const protocol = protocols.find(({ id }) => id === header.protocol);
      if (protocol === undefined) {
        skip(name, 1, 'a feed that is not known here');
        return;
      }
      ({ startedEpochMs } = header);
      reader = protocol.createReader(collector);
      collectors.push(collector);
    },
    onEntry: (entry, line) => {
      lineOfFile = line;
      if (entry.kind === 'piece') reader?.read(entry.bytes, startedEpochMs + entry.atMs);
      else reader?.cut();
    },
    onBad: (line, problem) => skip(name, line, problem),
  });
  return {
    write: file.write,
    end: () => {
      file.end();
      reader?.end?.();
    },
  };
}
