import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import type { FastifyRequest } from 'fastify';
import type { SpooledFile } from '../sources/import/import-messages.ts';
import { RequestError } from './request-error.ts';

export type Upload = {
  readonly files: readonly SpooledFile[];
  remove(): Promise<void>;
};

type SpoolOptions = {
  /** Where uploads are kept while they are read; made where it is missing. */
  readonly folder: string;
  /** At most. */
  readonly bytes: number;
  readonly files: number;
};

/**
 * Writes the files of a request into a folder of their own, under numbers: their names open nothing.
 * @throws {RequestError} for more than the limits, and for a body that holds no file
 */
export async function spoolUpload(request: FastifyRequest, options: SpoolOptions): Promise<Upload> {
  await mkdir(options.folder, { recursive: true });
  const folder = await mkdtemp(join(options.folder, 'pitboard-import-'));
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true });
  try {
    const spool = new Spool(folder, options);
    await Promise.race([takeAll(request, spool), cutOff(request, spool)]);
    if (spool.files.length === 0) throw new RequestError(400, 'bad-request', { message: NO_FILE });
    return { files: spool.files, remove };
  } catch (error) {
    await remove();
    throw explain(error as Error);
  }
}

async function takeAll(request: FastifyRequest, spool: Spool): Promise<void> {
  if (request.isMultipart()) {
    for await (const part of request.parts()) {
      if (part.type === 'file') await spool.take(part.filename, part.file);
    }
  } else {
    const { name } = request.query as { readonly name?: unknown };
    await spool.take(typeof name === 'string' ? name : 'file', request.raw);
  }
}

/** Fails when the sender goes away in the middle: the parser of forms would wait for ever. */
function cutOff({ raw }: FastifyRequest, spool: Spool): Promise<never> {
  return new Promise((_resolve, reject) => {
    const onClose = (): void => {
      if (!raw.complete) void spool.stop().then(() => reject(new Error(CUT_OFF)));
    };
    // It may have gone before anybody listens.
    if (raw.destroyed) onClose();
    else raw.once('close', onClose);
  });
}

/** What the disk has against it is the server's fault; all else that is wrong with a body is its sender's. */
function explain(error: Error & { readonly statusCode?: number; readonly syscall?: string }): Error {
  if (error instanceof RequestError || error.statusCode !== undefined) return error;
  if (error.syscall !== undefined) return new RequestError(503, 'storage', { message: `not stored: ${error.message}` });
  return new RequestError(400, 'bad-request', { message: `the upload cannot be read: ${error.message}` });
}

const CUT_OFF = 'it was cut off';
const NO_FILE = 'send files: as multipart/form-data, or one as the body with ?name=';

class Spool {
  readonly files: SpooledFile[] = [];
  readonly #folder: string;
  readonly #limits: Omit<SpoolOptions, 'folder'>;
  #bytes = 0;
  #current: Readable | undefined;
  #taking: Promise<void> = Promise.resolve();
  #isStopped = false;

  constructor(folder: string, limits: Omit<SpoolOptions, 'folder'>) {
    this.#folder = folder;
    this.#limits = limits;
  }

  /** Lets go of what is being written; nothing touches the disk after that. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#current?.destroy();
    await this.#taking.catch(() => undefined);
  }

  take(name: string, content: Readable): Promise<void> {
    this.#current = content;
    this.#taking = this.#take(name, content);
    return this.#taking;
  }

  async #take(name: string, content: Readable): Promise<void> {
    // Of a form, parts that have arrived already are still handed over.
    if (this.#isStopped) throw new Error(CUT_OFF);
    if (this.files.length >= this.#limits.files) throw tooLarge(`more than ${this.#limits.files} files`);
    const path = join(this.#folder, String(this.files.length));
    const out = createWriteStream(path, { mode: 0o600 });
    const closed = new Promise<void>((resolve) => out.once('close', resolve));
    // An error without a listener ends the process: a write that is under way fails when the upload is cut off.
    let failure: Error | undefined;
    out.on('error', (error) => {
      failure = error;
    });
    let bytes = 0;
    try {
      for await (const chunk of content) {
        if (failure !== undefined) throw failure;
        bytes += chunk.length;
        this.#bytes += chunk.length;
        if (this.#bytes > this.#limits.bytes) throw tooLarge(`more than ${Math.round(this.#limits.bytes / 1e6)} MB`);
        if (!out.write(chunk)) await once(out, 'drain');
      }
      out.end();
      await finished(out);
    } finally {
      out.destroy();
      await closed;
    }
    // A browser that sends a form without a choice sends a file without name and content.
    if (name !== '' || bytes > 0) this.files.push({ path, name, bytes });
  }
}

function tooLarge(what: string): RequestError {
  return new RequestError(413, 'too-large', { message: `${what} in one upload: bring in fewer files at a time` });
}
