import { createWriteStream } from 'node:fs';
import type { Writable } from 'node:stream';
import { constants, createGzip } from 'node:zlib';
import type { Timers } from '../timers.ts';
import { type CaptureEntry, type CaptureHeader, formatCaptureEntry, formatCaptureHeader } from './capture-lines.ts';

/** What a crash may lose. */
const FLUSH_EVERY_MS = 1000;
/** More waiting than this means that the disk has stopped taking anything. */
const MOST_WAITING_BYTES = 64_000_000;

/** Writes a capture to disk while it comes in. */
export type CaptureWriter = {
  write(entry: CaptureEntry): void;
  /** Resolves once everything is on disk. */
  end(): Promise<void>;
};

export type CaptureWriterOptions = {
  /** Packed where the name ends in `.gz`. A file that is there already is not touched. */
  readonly file: string;
  readonly header: CaptureHeader;
  readonly timers: Timers;
  /** Once, when nothing more can be written. */
  readonly onProblem: (error: Error) => void;
};

export function createCaptureWriter({ file, header, timers, onProblem }: CaptureWriterOptions): CaptureWriter {
  const disk = createWriteStream(file, { flags: 'wx' });
  const out = file.endsWith('.gz') ? packedInto(disk) : disk;
  let waiting = formatCaptureHeader(header);
  let problem: Error | undefined;
  const onError = (error: Error): void => {
    if (problem !== undefined) return;
    problem = error;
    cancelFlush();
    onProblem(error);
  };
  disk.on('error', onError);
  const flush = (): void => {
    cancelFlush = timers.after(FLUSH_EVERY_MS, flush);
    if (waiting !== '') out.write(waiting);
    waiting = '';
    if (out.writableLength + disk.writableLength > MOST_WAITING_BYTES)
      onError(new Error(`${file}: the disk is too slow`));
  };
  let cancelFlush: () => void = () => undefined;
  flush();
  return {
    write: (entry) => {
      if (problem === undefined) waiting += formatCaptureEntry(entry);
    },
    end: () =>
      new Promise((resolve, reject) => {
        cancelFlush();
        if (problem !== undefined) return reject(problem);
        disk.once('close', () => (problem === undefined ? resolve() : reject(problem)));
        out.end(waiting);
      }),
  };
}

/** Each write goes through whole: what was packed can be unpacked without what comes after. */
function packedInto(disk: Writable): Writable {
  const gzip = createGzip({ flush: constants.Z_SYNC_FLUSH });
  gzip.pipe(disk);
  return gzip;
}
