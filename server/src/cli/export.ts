import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Command } from 'commander';
import { parseId, parseUrl } from './options.ts';

export function addExportCommand(program: Command): void {
  program
    .command('export')
    .description('Fetches a session from a server and writes it as a recording.')
    .argument('<session>', 'its id', parseId)
    .requiredOption('--from <url>', 'the server', parseUrl)
    .requiredOption('--out <file>', 'where to: .jsonl or .jsonl.gz')
    .addHelpText(
      'after',
      `
Example:
  pitboard export baku-2014 --from http://localhost:4000 --out baku.jsonl.gz`,
    )
    .action(exportSession);
}

async function exportSession(session: string, { from, out }: { from: string; out: string }): Promise<void> {
  const packed = out.endsWith('.gz') ? '?gzip' : '';
  const response = await fetch(new URL(`/api/sessions/${session}/recording${packed}`, from)).catch((error: Error) => {
    throw new Error(`cannot reach ${from}: ${(error.cause as Error | undefined)?.message ?? error.message}`);
  });
  if (!response.ok || response.body === null) throw new Error(await problemOf(response));
  // Under its own name only once it is whole.
  const part = `${out}.part`;
  try {
    await pipeline(Readable.fromWeb(response.body), createWriteStream(part));
    await rename(part, out);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
  console.error(`${out} written`);
}

async function problemOf(response: Response): Promise<string> {
  const answer = (await response.json().catch(() => undefined)) as { readonly message?: string } | undefined;
  return answer?.message ?? `the server answered ${response.status}`;
}
