import type { Command } from 'commander';
import { InvalidArgumentError } from 'commander';
import { UsageError } from '../config.ts';
import { addressForOthers } from '../sources/capture/capture-lines.ts';
import { createCaptureWriter } from '../sources/capture/capture-writer.ts';
import { type RecordStatus, recordFeed } from '../sources/capture/record-feed.ts';
import { type FeedAddress, parseFeedAddress } from '../sources/feed/feed-address.ts';
import { FEED_PROTOCOLS } from '../sources/feed/feeds.ts';
import { systemTimers } from '../sources/timers.ts';
import { createProgress } from './progress.ts';

type RecordFlags = { readonly out: string; readonly for?: number };

export function addRecordCommand(program: Command): void {
  const examples = FEED_PROTOCOLS.map(({ example, title }) => `  ${example.padEnd(40)} ${title}`);
  program
    .command('record')
    .description(
      'Records a live feed as it arrives, byte for byte with the times of arrival, through lost connections.',
    )
    .argument('<address>', 'of the timing system')
    .requiredOption('--out <file>', 'where to: .jsonl or .jsonl.gz; a file that is there already is left alone')
    .option('--for <time>', 'how long, like 90s, 45m or 2h30m (default: until it is stopped)', parseLength)
    .addHelpText(
      'after',
      `
What was recorded is read by "pitboard import", "results" and "speak".

Feeds:
${examples.join('\n')}

Example:
  pitboard record rmonitor://192.168.1.20:50000 --out race.jsonl.gz --for 2h`,
    )
    .action(record);
}

async function record(address: string, { out, for: lengthMs }: RecordFlags): Promise<void> {
  if (!/\.jsonl(\.gz)?$/.test(out)) throw new UsageError('--out: a name that ends in .jsonl or .jsonl.gz');
  const { bytes, lines } = await recordInto(out, feedAt(address), lengthMs);
  console.error(`${out}: ${lines} lines, ${bytes} bytes`);
}

/** Resolves when the time is over or a signal ends it, once everything is on disk. */
function recordInto(file: string, { protocol, url }: FeedAddress, lengthMs: number | undefined): Promise<RecordStatus> {
  const startedEpochMs = systemTimers.nowEpochMs();
  const watch = createWatch(url);
  return new Promise((resolve, reject) => {
    const writer = createCaptureWriter({
      file,
      header: { protocol: protocol.id, address: addressForOthers(url), startedEpochMs },
      timers: systemTimers,
      onProblem: (error) => leave(() => reject(inPlainWords(error, file))),
    });
    const recorder = recordFeed({
      protocol,
      url,
      startedEpochMs,
      timers: systemTimers,
      random: Math.random,
      onEntry: (entry) => writer.write(entry),
      onStatus: watch.show,
    });
    const end = (): void => leave(() => void writer.end().then(() => resolve(watch.last()), reject));
    const cancelEnd = lengthMs === undefined ? () => undefined : systemTimers.after(lengthMs, end);
    process.once('SIGINT', end).once('SIGTERM', end);
    const leave = (then: () => void): void => {
      process.off('SIGINT', end).off('SIGTERM', end);
      cancelEnd();
      recorder.stop();
      watch.end();
      then();
    };
  });
}

/** Shows on the terminal how a recording stands. */
function createWatch(url: URL) {
  const progress = createProgress();
  let last: RecordStatus = { state: 'connecting', bytes: 0, lines: 0, lastLine: '', problem: undefined };
  return {
    last: () => last,
    show: (status: RecordStatus): void => {
      const { state, problem, lines, bytes, lastLine } = status;
      if (state !== last.state && state !== 'connecting') progress.end();
      if (state === 'connected' && state !== last.state) console.error(`connected to ${addressForOthers(url)}`);
      if (state === 'waiting' && problem !== last.problem) console.error(`${problem}; trying again`);
      last = status;
      progress.show(`${lines} lines, ${bytes} bytes  ${forTerminal(lastLine)}`);
    },
    end: () => progress.end(),
  };
}

function feedAt(address: string): FeedAddress {
  try {
    return parseFeedAddress(address, FEED_PROTOCOLS);
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

/** What a feed sends must not steer the terminal. */
function forTerminal(text: string): string {
  return text.replace(/[^\x20-\x7E\xA0-\xFF]/g, '·').slice(0, 60);
}

function inPlainWords(error: Error, file: string): Error {
  const isThere = (error as NodeJS.ErrnoException).code === 'EEXIST';
  return isThere ? new Error(`${file}: there is such a file already`) : error;
}

function parseLength(text: string): number {
  const match = /^(?:(\d{1,3})h)?(?:(\d{1,4})m)?(?:(\d{1,5})s)?$/.exec(text);
  const [, hours = '0', minutes = '0', seconds = '0'] = match ?? [];
  const ms = ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000;
  if (ms === 0 || ms > 30 * 24 * 3_600_000) throw new InvalidArgumentError('a time like 90s, 45m or 2h30m.');
  return ms;
}
