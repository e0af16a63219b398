import type { Command } from 'commander';
import { InvalidArgumentError } from 'commander';
import { UsageError } from '../config.ts';
import { chooseSession, sessionLabel } from '../results/choose-session.ts';
import { resultTable } from '../results/result-table.ts';
import { resultJson, sessionResult } from '../results/session-result.ts';
import { parseTimeText } from '../sources/import/time-text.ts';
import { importRaceFiles } from './race-files.ts';

type ResultsOptions = { readonly json?: true; readonly at?: number; readonly session?: string };

export function addResultsCommand(program: Command): void {
  program
    .command('results')
    .description('Prints the classification of a session from timing files of any format, without a server.')
    .argument('<files...>', 'files of one session in any order, or folders of them')
    .option('--json', 'one line of JSON, for programs')
    .option('--at <time>', 'the order at that race time, like 00:32:00', parseMoment)
    .option(
      '--session <name>',
      'which session, by name or number, where the files hold several; the last one with laps',
    )
    .addHelpText(
      'after',
      `
The official order is shown where a result file is given or the feed states it, else the one on the road. Times are in
milliseconds in JSON, and null is what the files do not tell.

Examples:
  pitboard results 23_Analysis_Race.CSV 03_Results_Race.CSV
  pitboard results 23_Analysis_Race.CSV --at 12:00:00
  pitboard results weekend/ --session qualifying --json`,
    )
    .action(printResults);
}

async function printResults(paths: readonly string[], { json, at, session }: ResultsOptions): Promise<void> {
  const { races, skipped } = await importRaceFiles(paths);
  const race = chooseSession(races, session);
  const others = races.flatMap((other, index) => (other === race ? [] : [`${index + 1} ${sessionLabel(other)}`]));
  if (race === undefined) throw new UsageError(`--session: there is none called ${session}, but ${others.join('; ')}`);
  if (others.length > 0) console.error(`Shown: ${sessionLabel(race)}. By --session: ${others.join('; ')}`);
  const result = sessionResult(race, skipped, at);
  const text = json ? resultJson(result) : resultTable(result, race.manifest, { atMs: at, isPlain: isPlain() });
  process.stdout.write(`${text}\n`);
}

function isPlain(): boolean {
  return !process.stdout.isTTY || (process.env.NO_COLOR ?? '') !== '';
}

/** `00:32:00`, `32:00`, `24:01:55.856` in ms. */
function parseMoment(text: string): number {
  const ms = /:/.test(text) ? parseTimeText(text) : undefined;
  if (ms === undefined) throw new InvalidArgumentError('a race time, like 00:32:00.');
  return ms;
}
