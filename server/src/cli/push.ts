import type { Command } from 'commander';
import { PushClient } from '../sources/push-client.ts';
import { type LineRace, readLineRace } from './line-race.ts';
import { parseId, parseSpeed, parseUrl } from './options.ts';
import { createProgress } from './progress.ts';
import { findToken, TOKEN_HELP } from './token.ts';

type PushFlags = {
  readonly to: string;
  readonly session: string;
  readonly token?: string;
  readonly source: string;
  readonly speed?: number;
};

export function addPushCommand(program: Command): void {
  program
    .command('push')
    .description('Sends a recording, or facts as they come on the standard input, to a running server.')
    .argument('<file>', 'a recording (.jsonl, .jsonl.gz), or - for lines on the standard input')
    .requiredOption('--to <url>', 'the server', parseUrl)
    .requiredOption('--session <id>', 'its id on the server', parseId)
    .option('--token <token>', TOKEN_HELP)
    .option('--source <name>', 'names this sender: run again, it goes on where it stopped', parseId, 'push')
    .option('--speed <factor>', 'send in time, that much faster (default: as fast as possible)', parseSpeed)
    .addHelpText(
      'after',
      `
Lines are those of a recording: a header first, unless the server has the session already, then a fact a line.
What the server has not acknowledged is sent again, after a cut or when the same push is started again.

Examples:
  pitboard push race.jsonl.gz --to http://localhost:4000 --session spa --token …
  my-timing-adapter | pitboard push - --to https://timing.example.org --session spa --token …`,
    )
    .action(push);
}

async function push(file: string, flags: PushFlags): Promise<void> {
  const race = await readLineRace(file);
  const progress = createProgress();
  const client = new PushClient({
    url: flags.to,
    token: await findToken(flags.token),
    session: flags.session,
    source: flags.source,
    manifest: race.manifest,
    rate: flags.speed,
    onAcknowledged: (sourceSeq) => progress.show(`${sourceSeq} facts stored`),
    onConnection: (state) => progress.show(state === 'lost' ? 'connection lost, trying again' : 'connected'),
  });
  try {
    const acknowledged = await client.open();
    const { sent, known } = await sendAll(client, race, { acknowledged, speed: flags.speed });
    await client.finish();
    progress.end();
    const others = known === 0 ? '' : `; ${known} of "${flags.source}" were there already and are left as they are`;
    console.error(`${sent} facts stored as session "${flags.session}"${others}`);
  } finally {
    client.close();
  }
}

type Pace = { readonly acknowledged: number; readonly speed: number | undefined };

type Sent = { readonly sent: number; readonly known: number };

/** Sends every fact that the server lacks; those without `seq` are new, and are numbered from where the server is. */
async function sendAll(client: PushClient, race: LineRace, { acknowledged, speed }: Pace): Promise<Sent> {
  let sent = 0;
  let known = 0;
  let sourceSeq = acknowledged;
  let start: { readonly atMs: number; readonly epochMs: number } | undefined;
  for await (const { seq, fact } of race.facts) {
    sourceSeq = seq ?? sourceSeq + 1;
    if (sourceSeq <= acknowledged) {
      known++;
      continue;
    }
    sent++;
    if (speed !== undefined) {
      start ??= { atMs: fact.atMs, epochMs: Date.now() };
      const waitMs = (fact.atMs - start.atMs) / speed - (Date.now() - start.epochMs);
      if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs));
    }
    await client.push([fact], sourceSeq);
  }
  return { sent, known };
}
