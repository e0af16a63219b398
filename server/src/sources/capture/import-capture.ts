import { createFeedCollector, type FeedCollector } from '../feed/collect-feed.ts';
import type { FeedProtocol, FeedReader } from '../feed/feed.ts';
import { FEED_PROTOCOLS } from '../feed/feeds.ts';
import { type ImportedRace, NoRaceError, type Skipped } from '../import/imported-race.ts';
import type { FileReader, RaceFormat } from '../import/race-format.ts';
import { createSkipCounter, type SkipCounter } from '../import/skip-counter.ts';
import { withoutEarlyFlags } from '../rmonitor/early-flags.ts';
import { type CaptureHeader, parseCaptureHeader } from './capture-lines.ts';
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
      const feeds: Feed[] = [];
      return {
        open: (name) => openCapture({ name, protocols, skip, feeds }),
        finish: () => {
          for (const { reader } of feeds) reader.end?.();
          const races = feeds
            .flatMap(({ collector }) => collector.races())
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

/** What one feed said, in one capture or in several that follow each other. */
type Feed = {
  readonly key: string;
  readonly reader: FeedReader;
  readonly collector: FeedCollector;
  /** Where it was read to last. */
  place: { readonly file: string; readonly line: number };
  heardEpochMs: number;
  isOpen: boolean;
};

type OpenCapture = {
  readonly name: string;
  readonly protocols: readonly FeedProtocol[];
  readonly skip: SkipCounter['skip'];
  readonly feeds: Feed[];
};

function openCapture({ name, protocols, skip, feeds }: OpenCapture): FileReader {
  let startedEpochMs = 0;
  let feed: Feed | undefined;
  const file = createCaptureReader({
    onHeader: (header) => {
      ({ startedEpochMs } = header);
      feed = feedOf(header, feeds) ?? openFeed(header, protocols, skip);
      if (feed === undefined) return skip(name, 1, 'a feed that is not known here');
      if (!feeds.includes(feed)) feeds.push(feed);
      feed.isOpen = true;
      feed.reader.cut();
    },
    onEntry: (entry, line) => {
      if (feed === undefined) return;
      feed.place = { file: name, line };
      feed.heardEpochMs = startedEpochMs + entry.atMs;
      if (entry.kind === 'piece') feed.reader.read(entry.bytes, feed.heardEpochMs);
      else feed.reader.cut();
    },
    onBad: (line, problem) => skip(name, line, problem),
  });
  return {
    write: file.write,
    end: () => {
      file.end();
      if (feed !== undefined) feed.isOpen = false;
    },
  };
}

const keyOf = ({ protocol, address }: CaptureHeader): string => `${protocol} ${address}`;

/** The feed that this capture goes on with: a recorder that was started again writes another file. */
function feedOf(header: CaptureHeader, feeds: readonly Feed[]): Feed | undefined {
  const feed = feeds.findLast(({ key }) => key === keyOf(header));
  return feed === undefined || feed.isOpen || header.startedEpochMs < feed.heardEpochMs ? undefined : feed;
}

function openFeed(
  header: CaptureHeader,
  protocols: readonly FeedProtocol[],
  skip: SkipCounter['skip'],
): Feed | undefined {
  const protocol = protocols.find(({ id }) => id === header.protocol);
  if (protocol === undefined) return undefined;
  const collector: FeedCollector = createFeedCollector((_line, _text, reason) => {
    skip(feed.place.file, feed.place.line, reason);
  });
  const feed: Feed = {
    key: keyOf(header),
    reader: protocol.createReader(collector),
    collector,
    place: { file: '', line: 1 },
    heardEpochMs: 0,
    isOpen: false,
  };
  return feed;
}
