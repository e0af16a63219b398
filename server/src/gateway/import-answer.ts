import { PassThrough } from 'node:stream';
import type { ImportRefusal, ImportStep } from '@pitboard/shared/protocol/import.ts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type ImportDesk, ImportStoreError } from '../imports/import-desk.ts';
import type { Log } from '../log.ts';
import { ImportError, type ImportErrorCode } from '../sources/import/import-error.ts';
import type { SpooledFile } from '../sources/import/import-messages.ts';

const STEPS_TYPE = 'application/x-ndjson';
const MOST_PROBLEMS = 50;

const STATUS_OF: Readonly<Record<ImportErrorCode | 'storage', number>> = {
  'too-large': 413,
  'no-race': 422,
  'too-slow': 422,
  storage: 503,
  failed: 500,
};

type Order = { readonly files: readonly SpooledFile[]; readonly imports: ImportDesk; readonly log: Log };

/** Imports what was uploaded and tells what came of it: at the end, or for who wants to watch, step by step. */
export async function answerImport(request: FastifyRequest, reply: FastifyReply, order: Order): Promise<FastifyReply> {
  const gone = new AbortController();
  reply.raw.on('close', () => gone.abort());
  reply.header('cache-control', 'no-store');
  if (request.headers.accept?.includes(STEPS_TYPE) === true) return answerSteps(reply, order, gone.signal);
  try {
    return reply.send(await order.imports.import({ ...order, onStep: () => undefined, signal: gone.signal }));
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal === undefined) throw error;
    return reply.code(STATUS_OF[refusal.error]).send(refusal);
  }
}

async function answerSteps(
  reply: FastifyReply,
  { files, imports, log }: Order,
  signal: AbortSignal,
): Promise<FastifyReply> {
  const lines = new PassThrough();
  const onStep = (step: ImportStep): void => void lines.write(`${JSON.stringify(step)}\n`);
  reply.type(`${STEPS_TYPE}; charset=utf-8`);
  void reply.send(lines);
  try {
    onStep({ step: 'done', answer: await imports.import({ files, onStep, signal }) });
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal === undefined) log.error(`import: ${error instanceof Error ? error.stack : String(error)}`);
    onStep({
      step: 'refused',
      refusal: refusal ?? { error: 'failed', message: 'the server failed; its log says why' },
    });
  }
  lines.end();
  return reply;
}

type KnownRefusal = ImportRefusal & { readonly error: keyof typeof STATUS_OF };

/** What whoever asked is told; `undefined` for what is nobody's business but the log's. */
function refusalOf(error: unknown): KnownRefusal | undefined {
  if (error instanceof ImportStoreError) return { error: 'storage', message: error.message };
  if (!(error instanceof ImportError)) return undefined;
  const { code, message, problems } = error;
  return { error: code, message, ...problems[0], problems: problems.slice(0, MOST_PROBLEMS) };
}
