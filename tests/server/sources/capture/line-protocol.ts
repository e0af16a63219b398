import type { FeedProtocol } from '@pitboard/server/sources/feed/feed.ts';
import { aManifest, aPassing } from '../../../builders.ts';

/** A feed of car numbers, a line each: every line is a passing at the time of its arrival. */
export function aLineProtocol(startedEpochMs: number): FeedProtocol {
  return {
    id: 'lines',
    title: 'Lines',
    schemes: ['lines:'],
    example: 'lines://example.org:1',
    createReader: (sink) => {
      let rest = '';
      let line = 0;
      let isBegun = false;
      return {
        read: (bytes, arrivedEpochMs) => {
          const lines = (rest + Buffer.from(bytes).toString('latin1')).split('\n');
          rest = lines.pop() ?? '';
          for (const text of lines) {
            line++;
            if (!isBegun) sink.session('one', aManifest());
            isBegun = true;
            if (/^\d$/.test(text)) sink.facts([aPassing({ car: text, atMs: arrivedEpochMs - startedEpochMs })]);
            else sink.skipped(line, text, 'no number');
          }
        },
        cut: () => {
          rest = '';
        },
      };
    },
    connect: () => ({ close: () => undefined }),
  };
}
