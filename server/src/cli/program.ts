import { Command, CommanderError } from 'commander';
import { UsageError } from '../config.ts';
import { VERSION } from '../version.ts';
import { addExportCommand } from './export.ts';
import { addImportCommand } from './import.ts';
import { addPushCommand } from './push.ts';
import { addRecordCommand } from './record.ts';
import { addReplayCommand } from './replay.ts';
import { addResultsCommand } from './results.ts';
import { addServeCommand } from './serve.ts';
import { addSimulateCommand } from './simulate.ts';
import { addSpeakCommand } from './speak.ts';

/** Exit codes: done, failed, asked in a way that is not understood. */
const EXIT = { ok: 0, failure: 1, usage: 2 } as const;

/** Runs the command of a command line and resolves with the exit code. Failures are one line on stderr. */
export async function runCommandLine(words: readonly string[]): Promise<number> {
  try {
    await createProgram().parseAsync([...words], { from: 'user' });
    return EXIT.ok;
  } catch (error) {
    // Commander has said what was wrong already.
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
    console.error(`pitboard: ${error instanceof Error ? error.message : String(error)}`);
    return error instanceof UsageError ? EXIT.usage : EXIT.failure;
  }
}

function createProgram(): Command {
  const program = new Command('pitboard')
    .description('Live timing that anyone can run.')
    .version(VERSION)
    .exitOverride()
    .showHelpAfterError('Add --help for what there is.');
  const adders = [
    addServeCommand,
    addReplayCommand,
    addSimulateCommand,
    addPushCommand,
    addExportCommand,
    addImportCommand,
    addRecordCommand,
    addResultsCommand,
    addSpeakCommand,
  ];
  for (const add of adders) add(program);
  return program;
}
