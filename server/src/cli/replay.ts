import type { RaceEvent } from '@pitboard/shared/protocol/race-event.ts';
import type { Command } from 'commander';
import { UsageError } from '../config.ts';
import type { ServedSession } from '../main.ts';
import { PushClient } from '../sources/push-client.ts';
import { createReplaySource, type ReplayTarget } from '../sources/replay-source.ts';
import { systemTimers } from '../sources/timers.ts';
import { parseId, parsePort, parseSpeed, parseUrl } from './options.ts';
import { readRace } from './race-input.ts';
import { runServer, type ServerFlags } from './run-server.ts';
import { findToken, TOKEN_HELP } from './token.ts';

type ReplayFlags = ServerFlags & {
  readonly speed: number;
  readonly session?: string;
  readonly loop?: boolean;
  readonly to?: string;
  readonly token?: string;
};

const LOOP_PAUSE_MS = 45_000;

export function addReplayCommand(program: Command): void {
  program
    .command('replay')
    .description('Plays a recording, or a simulated race, as if it were live: on a server of its own, or to another.')
    .argument('<race>', 'a recording file, or the id of a scenario')
    .option('--speed <factor>', 'how fast it is played', parseSpeed, 1)
    .option('--session <id>', 'its id on the server (default: from the name of the file)', parseId)
    .option('--loop', 'start over at the end (on a server of its own only)')
    .option('--to <url>', 'send it to a running server', parseUrl)
    .option('--token <token>', TOKEN_HELP)
    .option('--port <port>', 'port of its own server (default: PORT or 4000)', parsePort)
    .option('--host <host>', 'address of its own server (default: HOST or 127.0.0.1)')
    .option('--data <folder>', 'data folder of its own server (default: PITBOARD_DATA or data)')
    .addHelpText(
      'after',
      `
Examples:
  pitboard replay baku-2014 --speed 30 --loop
  pitboard replay race.jsonl.gz --to http://localhost:4000 --session spa-live --token …`,
    )
    .action(replay);
}

async function replay(input: string, flags: ReplayFlags): Promise<void> {
  const race = await readRace(input);
  const id = flags.session ?? `${race.id}-live`;
  if (flags.to !== undefined) {
    if (flags.loop === true) throw new UsageError('--loop needs a server of its own: leave out --to');
    return replayTo(flags.to, { ...race, id }, flags);
  }
  const plan = { speed: flags.speed, loopPauseMs: flags.loop === true ? LOOP_PAUSE_MS : undefined };
  await runServer(flags, [{ ...race, id, replay: plan }], id);
}

async function replayTo(url: string, race: ServedSession, { speed, token }: ReplayFlags): Promise<void> {
  const { id: session, manifest } = race;
  const client = new PushClient({
    url,
    token: await findToken(token),
    session,
    source: 'replay',
    manifest,
    rate: speed,
  });
  try {
    const acknowledged = await client.open();
    // Started again, it goes on where it was stopped.
    const events = race.events.slice(acknowledged);
    await playTo(client, { events, speed, firstSourceSeq: acknowledged + 1 });
    await client.finish();
    if (events.length === 0) throw new Error(`"${session}" has all of it already: choose another --session`);
  } finally {
    client.close();
  }
}

type Play = { readonly events: readonly RaceEvent[]; readonly speed: number; readonly firstSourceSeq: number };

function playTo(client: PushClient, { events, speed, firstSourceSeq }: Play): Promise<void> {
  let nextSourceSeq = firstSourceSeq;
  const append: ReplayTarget['append'] = async (facts) => {
    await client.push(facts, nextSourceSeq);
    nextSourceSeq += facts.length;
  };
  return new Promise<void>((resolve, reject) => {
    const onEnd = (error: Error | undefined) => (error === undefined ? resolve() : reject(error));
    const target = { append, setClock: () => undefined, startOver: async () => undefined };
    createReplaySource({ events, speed, target, timers: systemTimers, onEnd }).start();
  });
}
