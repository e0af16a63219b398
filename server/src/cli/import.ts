import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Command } from 'commander';
import { UsageError } from '../config.ts';
import { writeRecordingFile } from '../recordings/recording-file.ts';
import type { ImportedRace, Skipped } from '../sources/import/imported-race.ts';
import { createImporter, type Importer } from '../sources/import/importer.ts';
import { createProgress, type Progress } from './progress.ts';

/** Fifty times the laps of a 24-hour race: whatever is larger is something else. */
const LARGEST_FILE = 150_000_000;
const SHOWN_EXAMPLES = 5;

export function addImportCommand(program: Command): void {
  program
    .command('import')
    .description(
      'Makes a recording of the files of a timing company: Al Kamel laps, with results and weather beside them.',
    )
    .argument('<files...>', 'CSV files of one session, in any order: what each holds is told by its columns')
    .requiredOption('--out <file>', 'where to: .jsonl or .jsonl.gz')
    .addHelpText(
      'after',
      `
Lines that cannot be read are left out, counted, and named.

Example:
  pitboard import 23_Analysis_Race.CSV 03_Results_Race.CSV --out race.jsonl.gz`,
    )
    .action(importFiles);
}

async function importFiles(files: readonly string[], { out }: { out: string }): Promise<void> {
  if (!/\.jsonl(\.gz)?$/.test(out)) throw new UsageError('--out: a name that ends in .jsonl or .jsonl.gz');
  const importer = createImporter();
  const progress = createProgress();
  try {
    for (const file of files) await readInto(importer, file, progress);
  } finally {
    progress.end();
  }
  const { races, skipped } = importer.finish();
  const race = races[0] as ImportedRace;
  await writeRecordingFile(out, race);
  console.error(`${out}: ${race.events.length} events, ${race.manifest.entries.length} cars`);
  tellSkipped(skipped);
}

async function readInto(importer: Importer, file: string, progress: Progress): Promise<void> {
  const { size } = await stat(file).catch((error: NodeJS.ErrnoException) => {
    throw new Error(`${file}: ${error.code === 'ENOENT' ? 'there is no such file' : error.message}`);
  });
  if (size > LARGEST_FILE) throw new Error(`${file}: larger than ${LARGEST_FILE / 1e6} MB`);
  const sheet = importer.open(basename(file));
  const stream = createReadStream(file);
  try {
    for await (const chunk of stream) {
      sheet.write(chunk as Buffer);
      progress.show(`${file}: ${Math.round((stream.bytesRead / Math.max(1, size)) * 100)} %`);
    }
  } catch (error) {
    throw new Error(`${file}: ${(error as Error).message}`);
  }
  sheet.end();
}

function tellSkipped({ lines, examples }: Skipped): void {
  if (lines === 0) return;
  const shown = examples.slice(0, SHOWN_EXAMPLES).map(({ file, line, reason }) => `${file}:${line} ${reason}`);
  console.error(
    `${lines} ${lines === 1 ? 'line' : 'lines'} left out: ${shown.join('; ')}${lines > shown.length ? '; …' : ''}`,
  );
}
