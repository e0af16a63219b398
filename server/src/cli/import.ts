import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Command } from 'commander';
import { UsageError } from '../config.ts';
import { importedSessionId } from '../imports/imported-session-id.ts';
import { writeRecordingFile } from '../recordings/recording-file.ts';
import type { ImportedRace } from '../sources/import/imported-race.ts';
import { parseUrl } from './options.ts';
import { importRaceFiles } from './race-files.ts';
import { sendRecording } from './send-recording.ts';
import { tellSkipped } from './tell-skipped.ts';
import { TOKEN_HELP } from './token.ts';

const RECORDING_EXTENSION = /\.jsonl(?:\.gz)?$/;

type ImportFlags = { readonly out?: string; readonly to?: string; readonly token?: string };

export function addImportCommand(program: Command): void {
  program
    .command('import')
    .description('Makes recordings of timing files of any known format, or brings them to a running server.')
    .argument('<files...>', 'files and folders, packed or not: what each holds is told by its content')
    .option('--out <file>', 'where to: a file .jsonl or .jsonl.gz (numbered for several sessions), or a folder')
    .option('--to <url>', 'the server to bring them to', parseUrl)
    .option('--token <token>', `${TOKEN_HELP}; not needed on the machine of the server`)
    .addHelpText(
      'after',
      `
Laps, results and weather of a session belong together: give them in one command.
Lines that cannot be read are left out, counted, and named.

Examples:
  pitboard import 23_Analysis_Race.CSV 03_Results_Race.CSV --out race.jsonl.gz
  pitboard import weekend.zip --out weekend/
  pitboard import recordings/2031-spa --to http://localhost:4000`,
    )
    .action(importFiles);
}

async function importFiles(files: readonly string[], flags: ImportFlags): Promise<void> {
  if (flags.out === undefined && flags.to === undefined) throw new UsageError('where to? Give --out or --to');
  const { races, skipped } = await importRaceFiles(files);
  tellSkipped(skipped);
  if (flags.out !== undefined) await writeRaces(races, flags.out);
  if (flags.to === undefined) return;
  for (const race of races) await sendRecording(race, { to: flags.to, token: flags.token });
}

async function writeRaces(races: readonly ImportedRace[], out: string): Promise<void> {
  if (!RECORDING_EXTENSION.test(out)) await mkdir(out, { recursive: true });
  const files = outFiles(races, out);
  for (const [index, race] of races.entries()) {
    const file = files[index] ?? out;
    await writeRecordingFile(file, race);
    const { event, session, entries } = race.manifest;
    console.error(`${file}: ${event}, ${session}: ${race.events.length} events, ${entries.length} cars`);
  }
}

/** A name for each race: the one that was given, numbered where there are several, or ids in the folder that was given. */
function outFiles(races: readonly ImportedRace[], out: string): readonly string[] {
  const extension = RECORDING_EXTENSION.exec(out)?.[0];
  if (extension !== undefined) {
    const stem = out.slice(0, -extension.length);
    return races.length === 1 ? [out] : races.map((_, index) => `${stem}-${index + 1}${extension}`);
  }
  const ids: string[] = [];
  for (const { manifest } of races) ids.push(importedSessionId(manifest, (id) => ids.includes(id)));
  return ids.map((id) => join(out, `${id}.jsonl.gz`));
}
