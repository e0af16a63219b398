import { createFeedCollector, type FeedCollector } from '../feed/collect-feed.ts';
import { NoRaceError } from '../import/imported-race.ts';
import type { RaceFormat } from '../import/race-format.ts';
import { createSkipCounter } from '../import/skip-counter.ts';
import { createMultiloopReader } from './multiloop-reader.ts';
import { parseMultiloopLine } from './parse-multiloop.ts';

const LOOKED_AT = 50;

/** Lines of Multiloop as they came, with a time before each or without. Heartbeats tell the wall clock. */
export const multiloopCapture: RaceFormat = {
  id: 'multiloop',
  title: 'Multiloop capture',
  recognises: ({ bytes }) => {
    const lines = Buffer.from(bytes)
      .toString('latin1')
      .replace(/^\xEF\xBB\xBF/, '')
      .split(/\r?\n/, LOOKED_AT);
    return lines.some((line) => typeof parseMultiloopLine(line) === 'object');
  },
  open: () => {
    const { skip, skipped } = createSkipCounter();
    const collectors: FeedCollector[] = [];
    return {
      open: (name) => {
        const collector = createFeedCollector((line, _text, reason) => skip(name, line, reason));
        collectors.push(collector);
        const reader = createMultiloopReader(collector);
        return { write: (bytes) => reader.read(bytes, 0), end: () => reader.end() };
      },
      finish: () => {
        const races = collectors.flatMap((collector) => collector.races());
        if (races.length === 0) throw new NoRaceError('no run found: the lines of Multiloop tell of none');
        return { races, skipped: skipped() };
      },
    };
  },
};
