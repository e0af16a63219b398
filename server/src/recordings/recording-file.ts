import { createWriteStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { constants, createGzip, gunzipSync } from 'node:zlib';
import type { Manifest } from '@pitboard/shared/protocol/manifest.ts';
import type { RaceEvent } from '@pitboard/shared/protocol/race-event.ts';
import { formatRecordingHeader, formatRecordingLine, parseRecording } from '@pitboard/shared/protocol/recording.ts';

const LINES_PER_WRITE = 1000;

/** A recording file that cannot be read; the message names the file and says why. */
export class RecordingFileError extends Error {
  constructor(file: string, problem: string) {
    super(`${file}: ${problem}`);
    this.name = 'RecordingFileError';
  }
}

export type RecordingFile = {
  readonly manifest: Manifest;
  readonly events: readonly RaceEvent[];
  /** Says what is missing at the end of a file that was cut off; `undefined` for a whole one. */
  readonly torn: string | undefined;
};

/**
 * Reads a recording, packed or not. Of a file that was cut off, everything before the cut.
 * @throws {RecordingFileError}
 */
export async function readRecordingFile(file: string): Promise<RecordingFile> {
  const bytes = await readFile(file).catch((error: NodeJS.ErrnoException) => {
    throw new RecordingFileError(file, error.code === 'ENOENT' ? 'there is no such file' : error.message);
  });
  try {
    const { text, isCut } = unpack(bytes);
    const { manifest, events, tornLine } = parseRecording(text);
    const torn =
      isCut || tornLine !== undefined ? `${file} was cut off: it ends after ${events.length} events` : undefined;
    return { manifest, events, torn };
  } catch (error) {
    throw new RecordingFileError(file, (error as Error).message);
  }
}

function unpack(bytes: Buffer): { readonly text: string; readonly isCut: boolean } {
  const isPacked = bytes[0] === 0x1f && bytes[1] === 0x8b;
  if (!isPacked) return { text: bytes.toString('utf8'), isCut: false };
  try {
    return { text: gunzipSync(bytes).toString('utf8'), isCut: false };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'Z_BUF_ERROR') throw error;
    // The end is missing: take what can be unpacked. What is left of its last line may be half a character.
    const text = gunzipSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH }).toString('utf8');
    return { text, isCut: true };
  }
}

/** Writes a recording; packed where the name ends in `.gz`. */
export async function writeRecordingFile(
  file: string,
  { manifest, events }: Pick<RecordingFile, 'manifest' | 'events'>,
): Promise<void> {
  const lines = Readable.from(recordingText(manifest, events));
  const out = createWriteStream(file);
  await (file.endsWith('.gz') ? pipeline(lines, createGzip(), out) : pipeline(lines, out));
}

function* recordingText(manifest: Manifest, events: readonly RaceEvent[]): Generator<string> {
  yield formatRecordingHeader(manifest);
  for (let from = 0; from < events.length; from += LINES_PER_WRITE) {
    yield events
      .slice(from, from + LINES_PER_WRITE)
      .map(formatRecordingLine)
      .join('');
  }
}

/** A session id from the name of a recording file: `My race.jsonl.gz` → `My-race`. */
export function sessionIdOfFile(file: string): string {
  const name = basename(file)
    .replace(/\.gz$/, '')
    .replace(/\.jsonl$/, '');
  const id = name.replace(/[^A-Za-z0-9._-]+/g, '-').replace(/^[^A-Za-z0-9]+/, '');
  return id.slice(0, 64) || 'recording';
}
