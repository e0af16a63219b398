import type { RaceEvent } from '@pitboard/shared/protocol/race-event.ts';
import type { Command } from 'commander';
import { UsageError } from '../config.ts';
import type { ServedSession } from '../main.ts';
import { PushClient } from '../sources/push-client.ts';
import { createReplaySource, type ReplayTarget } from '../sources/replay-source.ts';
import { systemTimers } from '../sources/timers.ts';
import { parseId, parsePort, parseSpeed, parseUrl } from './options.ts';
import { RACE_HELP, readRace } from './race-input.ts';
import { runServer, type ServerFlags } from './run-server.ts';
import { findToken, TOKEN_HELP } from './token.ts';

type ReplayFlags = ServerFlags & {
  readonly speed: number;
  readonly session?: string;
  readonly pick?: string;
  readonly loop?: boolean;
  readonly to?: string;
  readonly token?: string;
};

const LOOP_PAUSE_MS = 45_000;

export function addReplayCommand(program: Command): void {
  program
    .command('replay')
    .description('Plays a recorded or simulated race as if it were live: on a server of its own, or to another.')
    .argument('<race...>', RACE_HELP)
    .option('--speed <factor>', 'how fast it is played', parseSpeed, 1)
    .option('--session <id>', 'its id on the server (default: from the name of the file or of the race)', parseId)
    .option('--pick <name>', 'which session, by name or number, where the files hold several; the last one with laps')
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
  pitboard replay 23_Analysis_Race.CSV 03_Results_Race.CSV --speed 60
  pitboard replay weekend/ --pick qualifying
  pitboard replay race.jsonl.gz --to http://localhost:4000 --session spa-live --token …`,
    )
    .action(replay);
}

/** An id has 64 letters at most. */
function liveIdOf(id: string): string {
  return `${id.slice(0, 59)}-live`;
}

async function replay(inputs: readonly string[], flags: ReplayFlags): Promise<void> {
  const race = await readRace(inputs, flags.pick);
  const id = flags.session ?? liveIdOf(race.id);
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
