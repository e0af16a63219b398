import { formatRecording } from '@pitboard/shared/protocol/recording.ts';
import type { Command } from 'commander';
import { writeRecordingFile } from '../recordings/recording-file.ts';
import { listScenarios, simulate } from '../sources/simulator-source.ts';
import { parseCount, parseSeed } from './options.ts';
import { USUAL_SEED } from './race-input.ts';

type SimulateFlags = {
  readonly scenario: string;
  readonly seed: number;
  readonly out: string;
  readonly positions?: number;
  readonly loops?: number;
};

export function addSimulateCommand(program: Command): void {
  const scenarios = listScenarios().map(({ id, title }) => `  ${id.padEnd(16)}${title}`);
  program
    .command('simulate')
    .description('Simulates a race and writes it as a recording. The same seed gives the same race.')
    .requiredOption('--scenario <id>', 'which race')
    .option('--seed <number>', 'which of its many courses', parseSeed, USUAL_SEED)
    .option('--out <file>', 'where to: .jsonl, .jsonl.gz, or - for the standard output', '-')
    .option('--positions <hz>', 'reports of where each car is between the loops, a second', parseCount)
    .option('--loops <n>', 'timing loops a lap, where the scenario leaves a choice', parseCount)
    .addHelpText(
      'after',
      `
Scenarios:
${scenarios.join('\n')}

Examples:
  pitboard simulate --scenario baku-2014 --seed 7 --out baku.jsonl.gz
  pitboard simulate --scenario baku-2014 | grep car-retired`,
    )
    .action(writeRace);
}

async function writeRace({ scenario, seed, out, positions, loops }: SimulateFlags): Promise<void> {
  const race = simulate({ scenario, seed, positionsHz: positions, loops });
  if (out === '-') {
    process.stdout.write(formatRecording(race.manifest, race.events));
    return;
  }
  await writeRecordingFile(out, race);
  console.error(`${out}: ${race.events.length} events`);
}
