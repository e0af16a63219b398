import { closeSync, openSync, readSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { type CheckedRace, checkRace } from './checked-race.ts';
import { ImportError } from './import-error.ts';
import type { EventsWanted, ImportNews, ImportTask, SpooledFile } from './import-messages.ts';
import { createImporter, type Importer } from './importer.ts';

// Runs in a thread of its own: the server goes on serving, and neither its memory nor its time is at stake.

const CHUNK_BYTES = 262_144;
const PROGRESS_EVERY_MS = 100;
/** More sessions than a weekend has, and a page can show. */
const MOST_RACES = 100;

const task = workerData as ImportTask;
const totalBytes = Math.max(
  1,
  task.files.reduce((sum, { bytes }) => sum + bytes, 0),
);
let readBytes = 0;
let toldEpochMs = 0;

function tell(news: ImportNews): void {
  parentPort?.postMessage(news);
}

try {
  const races = readAll();
  parentPort?.on('message', ({ race, from, count }: EventsWanted) => {
    tell({ type: 'events', events: races[race]?.events.slice(from, from + count) ?? [] });
  });
} catch (error) {
  if (!(error instanceof Error)) throw error;
  const { code, problems } = error instanceof ImportError ? error : { code: 'failed' as const, problems: [] };
  if (code === 'failed') console.error(error);
  tell({ type: 'refused', code, message: error.message, problems });
}

function readAll(): readonly CheckedRace[] {
  const importer = createImporter(undefined, task.limits);
  for (const file of task.files) readFile(importer, file);
  const { races: found, official: _, ...result } = importer.finish();
  if (found.length > MOST_RACES) {
    throw new ImportError('too-large', `${found.length} sessions are more than ${MOST_RACES}: bring in fewer files`);
  }
  const races = found.map(checkRace);
  const told = races.map(({ manifest, contentId, events }) => ({ manifest, contentId, eventCount: events.length }));
  tell({ type: 'read', result: { ...result, races: told } });
  return races;
}

function readFile(importer: Importer, { path, name }: SpooledFile): void {
  const reader = importer.open(name);
  const file = openSync(path, 'r');
  try {
    const buffer = Buffer.alloc(CHUNK_BYTES);
    for (let length = readSync(file, buffer); length > 0; length = readSync(file, buffer)) {
      reader.write(buffer.subarray(0, length));
      readBytes += length;
      tellProgress(name);
    }
  } finally {
    closeSync(file);
  }
  reader.end();
}

function tellProgress(file: string): void {
  const nowEpochMs = Date.now();
  if (nowEpochMs - toldEpochMs < PROGRESS_EVERY_MS) return;
  toldEpochMs = nowEpochMs;
  tell({ type: 'reading', file, share: readBytes / totalBytes });
}
