import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { constants, createGunzip } from 'node:zlib';
import { CAPTURE_FORMAT, type CaptureEntry, type CaptureHeader } from './capture-lines.ts';
import { createCaptureReader } from './capture-reader.ts';

/** A day of the busiest feed has a tenth of it. */
const MOST_BYTES = 500_000_000;

/** A capture in memory, with how many of its lines say nothing. */
export type CaptureFile = {
  readonly header: CaptureHeader;
  readonly entries: readonly CaptureEntry[];
  readonly badLines: number;
};

/**
 * Reads a capture, packed or not; `undefined` where the file is something else. Of one that was cut off, everything before
 * the cut.
 */
export async function readCaptureFile(file: string): Promise<CaptureFile | undefined> {
  let header: CaptureHeader | undefined;
  let badLines = 0;
  let size = 0;
  let isFirst = true;
  const entries: CaptureEntry[] = [];
  const reader = createCaptureReader({
    onHeader: (read) => {
      header = read;
    },
    onEntry: (entry) => entries.push(entry),
    onBad: () => badLines++,
  });
  for await (const chunk of await unpacked(file)) {
    const bytes = chunk as Buffer;
    if (isFirst && !bytes.toString('utf8', 0, 200).includes(CAPTURE_FORMAT)) return undefined;
    isFirst = false;
    size += bytes.length;
    if (size > MOST_BYTES) throw new Error(`${file}: larger than ${MOST_BYTES / 1e6} MB`);
    reader.write(bytes);
  }
  reader.end();
  return header === undefined ? undefined : { header, entries, badLines };
}

async function unpacked(file: string): Promise<AsyncIterable<unknown>> {
  const handle = await open(file).catch((error: NodeJS.ErrnoException) => {
    throw new Error(`${file}: ${error.code === 'ENOENT' ? 'there is no such file' : error.message}`);
  });
  const { buffer } = await handle.read(Buffer.alloc(2), 0, 2, 0).finally(() => handle.close());
  const stream = createReadStream(file);
  const isPacked = buffer[0] === 0x1f && buffer[1] === 0x8b;
  return isPacked ? stream.pipe(createGunzip({ finishFlush: constants.Z_SYNC_FLUSH })) : stream;
}
