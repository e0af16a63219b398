import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parseRecording } from '@pitboard/shared/protocol/recording.ts';
import { idSchema } from '@pitboard/shared/protocol/scalars.ts';
import { type Command, Option } from 'commander';
import { UsageError } from '../config.ts';
import type { ImportedRace } from '../sources/import/imported-race.ts';
import { writeTiming71Replay } from '../sources/timing71/replay-writer.ts';
import { parseUrl } from './options.ts';
import { createProgress } from './progress.ts';
import { RACE_HELP, readRace } from './race-input.ts';

type ExportOptions = { readonly from?: string; readonly to: 'recording' | 'timing71'; readonly out: string };

export function addExportCommand(program: Command): void {
  program
    .command('export')
    .description('Writes a session as a recording, or as a replay for Timing71.')
    .argument('<session...>', `its id on a server; without --from ${RACE_HELP}`)
    .option('--from <url>', 'the server', parseUrl)
    .addOption(new Option('--to <format>', 'what to write').choices(['recording', 'timing71']).default('recording'))
    .requiredOption('--out <file>', 'where to: .jsonl or .jsonl.gz for a recording, .zip for timing71')
    .addHelpText(
      'after',
      `
Examples:
  pitboard export baku-2014 --from http://localhost:4000 --out baku.jsonl.gz
  pitboard export race.jsonl.gz --to timing71 --out replay.zip
  pitboard export 23_Analysis_Race.CSV 03_Results_Race.CSV --to timing71 --out replay.zip`,
    )
    .action(exportSession);
}

async function exportSession(inputs: readonly string[], options: ExportOptions): Promise<void> {
  const { from, to, out } = options;
  const [session = ''] = inputs;
  if (from !== undefined && inputs.length > 1) throw new UsageError('one session at a time');
  if (to === 'timing71') return exportReplay(inputs, options);
  if (from === undefined) throw new UsageError('--from: the server that has the session is needed');
  const packed = out.endsWith('.gz') ? '?gzip' : '';
  const body = await fetchRecording(session, from, packed);
  await writeWhole(out, Readable.fromWeb(body));
  console.error(`${out} written`);
}

async function exportReplay(inputs: readonly string[], { from, out }: ExportOptions): Promise<void> {
  if (!/\.zip$/i.test(out)) throw new UsageError('--out: a name that ends in .zip');
  const race = from === undefined ? await readRace(inputs) : await fetchRace(inputs[0] ?? '', from);
  const progress = createProgress();
  try {
    const replay = writeTiming71Replay(race, (share) => progress.show(`${out}: ${Math.round(share * 100)} %`));
    await writeWhole(out, Readable.from(replay));
  } finally {
    progress.end();
  }
  console.error(`${out} written`);
}

async function fetchRace(session: string, from: string): Promise<ImportedRace> {
  const body = await fetchRecording(session, from, '');
  return parseRecording(await new Response(body).text());
}

async function fetchRecording(session: string, from: string, query: string): Promise<ReadableStream> {
  if (!idSchema.safeParse(session).success) throw new UsageError(`${session}: not the id of a session`);
  const response = await fetch(new URL(`/api/sessions/${session}/recording${query}`, from)).catch((error: Error) => {
    throw new Error(`cannot reach ${from}: ${(error.cause as Error | undefined)?.message ?? error.message}`);
  });
  if (!response.ok || response.body === null) throw new Error(await problemOf(response));
  return response.body;
}

/** Under its own name only once it is whole. */
async function writeWhole(out: string, content: Readable): Promise<void> {
  const part = `${out}.part`;
  try {
    await pipeline(content, createWriteStream(part));
    await rename(part, out);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}

async function problemOf(response: Response): Promise<string> {
  const answer = (await response.json().catch(() => undefined)) as { readonly message?: string } | undefined;
  return answer?.message ?? `the server answered ${response.status}`;
}
