import type { Command } from 'commander';
import { UsageError } from '../config.ts';
import type { ReplayPlan, ServedSession } from '../main.ts';
import { FeedAddressError, parseFeedAddress } from '../sources/feed/feed-address.ts';
import { FEED_PROTOCOLS } from '../sources/feed/feeds.ts';
import { parsePort, parseSpeed } from './options.ts';
import { readRaces, scenarioRace } from './race-input.ts';
import { runServer, type ServerFlags } from './run-server.ts';

type ServeFlags = ServerFlags & {
  readonly speed: number;
  readonly recording: readonly string[];
  readonly scenario: readonly string[];
  readonly empty?: boolean;
};

/** Shown where nobody asked for another race. */
const USUAL_SCENARIO = 'baku-2014';
/** A few seconds to take the grid in, and the start. */
const LEAD_IN_MS = 15_000;
const LOOP_PAUSE_MS = 45_000;

export function addServeCommand(program: Command): void {
  program
    .command('serve')
    .description('Serves the dashboard, with the Baku race of 2014 both recorded and live, on a loop.')
    .option('--port <port>', 'port to listen on, or the next free one (default: PORT or 4000)', parsePort)
    .option('--host <host>', 'address to listen on; 0.0.0.0 for the whole network (default: HOST or 127.0.0.1)')
    .option('--data <folder>', 'folder for what is pushed (default: PITBOARD_DATA or data)')
    .option('--speed <factor>', 'how fast races are played live', parseSpeed, 1)
    .option(
      '--recording <file...>',
      'races to serve in place of the Baku race: recordings, timing files of any known format, folders',
      [],
    )
    .option('--scenario <id...>', 'simulated races to serve, recorded and live, in place of the Baku race', [])
    .option('--source <address...>', 'live feeds to listen to in this run, like rmonitor://192.168.1.20:50000')
    .option('--empty', 'serve nothing but what sources push')
    .addHelpText(
      'after',
      `
Examples:
  pitboard serve                                      the Baku race, at http://localhost:4000
  pitboard serve --speed 8                            eight times as fast
  pitboard serve --recording spa.jsonl.gz monza.jsonl
  pitboard serve --recording 23_Analysis_Race.CSV 03_Results_Race.CSV
  pitboard serve --source rmonitor://192.168.1.20:50000
                                                      and the race that the timing computer there tells of
  HOST=0.0.0.0 PORT=80 pitboard serve --empty         for your own race, pushed by "pitboard push"

Environment: PORT, HOST, PITBOARD_DATA, PITBOARD_INGEST_TOKEN (made and kept in the data folder if not set),
PITBOARD_ORIGINS (other web pages that may use this server, separated by commas)`,
    )
    .action(serve);
}

async function serve(flags: ServeFlags): Promise<void> {
  for (const address of flags.source ?? []) checkSource(address);
  const isAsked = [flags.recording, flags.scenario, flags.source ?? []].some((given) => given.length > 0);
  const isUsual = !isAsked && flags.empty !== true;
  const scenarios = isUsual ? [USUAL_SCENARIO] : flags.scenario;
  const simulated = scenarios.map(scenarioRace);
  const recorded = await readRaces(flags.recording);
  const replay: ReplayPlan = { speed: flags.speed, startAtMs: -LEAD_IN_MS, loopPauseMs: LOOP_PAUSE_MS };
  const live: ServedSession[] = simulated.map((race) => ({ ...race, id: `${race.id}-live`, replay }));
  const sessions = [...live, ...simulated, ...recorded];
  await runServer(flags, sessions, sessions[0]?.id);
}

/** @throws {UsageError} */
function checkSource(address: string): void {
  try {
    parseFeedAddress(address, FEED_PROTOCOLS);
  } catch (error) {
    throw error instanceof FeedAddressError ? new UsageError(`--source: ${error.message}`) : error;
  }
}
