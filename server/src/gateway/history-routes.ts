import { pipeline, Readable } from 'node:stream';
import { createGzip } from 'node:zlib';
import { formatRecordingHeader, formatRecordingLine } from '@pitboard/shared/protocol/recording.ts';
import { idSchema } from '@pitboard/shared/protocol/scalars.ts';
import { encodeSegment, SEGMENT_SIZE } from '@pitboard/shared/protocol/segment.ts';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { RaceSession } from '../sessions/race-session.ts';
import type { SessionRegistry } from '../sessions/session-registry.ts';
import { CompressedCache, encodingFor } from './compressed-cache.ts';
import type { HttpContext } from './http-context.ts';
import { parseInput, RequestError, sessionOf } from './request-error.ts';

/** Some 1,500 whole segments of a busy race. */
const CACHE_LIMIT_BYTES = 32_000_000;

const logParams = { id: idSchema, log: idSchema };
const segmentParamsSchema = z.object({ ...logParams, n: z.coerce.number().int().min(0) });
const tailParamsSchema = z.object(logParams);
const tailQuerySchema = z.object({ from: z.coerce.number().int().min(1) });
const sessionParamsSchema = z.object({ id: idSchema });
const recordingQuerySchema = z.object({ gzip: z.string().optional() });

/** The history of a log: whole segments, which never change; the open tail; all of it as a recording. */
export function addHistoryRoutes(app: FastifyInstance, { registry }: HttpContext): void {
  const cache = new CompressedCache(CACHE_LIMIT_BYTES);

  app.get('/api/sessions/:id/logs/:log/segments/:n', async (request, reply) => {
    const { id, log, n } = parseInput(segmentParamsSchema, request.params);
    const session = sessionWithLog(registry, id, log);
    const fromSeq = n * SEGMENT_SIZE + 1;
    if (session.headSeq < fromSeq + SEGMENT_SIZE - 1) {
      const message = `segment ${n} is not full yet: use …/events?from=${fromSeq}`;
      throw new RequestError(404, 'segment-not-full', { message });
    }
    reply.header('cache-control', 'public, max-age=31536000, immutable');
    return sendSegment(request, reply, { session, fromSeq, cache });
  });

  app.get('/api/sessions/:id/logs/:log/events', async (request, reply) => {
    const { id, log } = parseInput(tailParamsSchema, request.params);
    const { from } = parseInput(tailQuerySchema, request.query);
    const session = sessionWithLog(registry, id, log);
    reply.header('cache-control', 'no-store');
    return sendSegment(request, reply, { session, fromSeq: from, cache });
  });

  app.get('/api/sessions/:id/recording', async (request, reply) => {
    const { id } = parseInput(sessionParamsSchema, request.params);
    const { gzip } = parseInput(recordingQuerySchema, request.query);
    const text = Readable.from(recordingLines(sessionOf(registry, id)));
    const file = gzip === undefined ? `${id}.jsonl` : `${id}.jsonl.gz`;
    reply.header('cache-control', 'no-store');
    reply.header('content-disposition', `attachment; filename="${file}"`);
    reply.type(gzip === undefined ? 'application/x-ndjson; charset=utf-8' : 'application/gzip');
    // The pipeline ends the response when the reading fails: its error needs no other handling.
    return reply.send(gzip === undefined ? text : pipeline(text, createGzip(), () => undefined));
  });
}

function sessionWithLog(registry: SessionRegistry, id: string, log: string): RaceSession {
  const session = sessionOf(registry, id);
  if (session.log !== log) {
    throw new RequestError(404, 'unknown-log', {
      message: `session "${id}" has started over: its log is "${session.log}"`,
    });
  }
  return session;
}

type SegmentRequest = { readonly session: RaceSession; readonly fromSeq: number; readonly cache: CompressedCache };

async function sendSegment(request: FastifyRequest, reply: FastifyReply, segment: SegmentRequest): Promise<Buffer> {
  const { session, fromSeq, cache } = segment;
  const encoding = encodingFor(request.headers['accept-encoding']);
  const untilSeq = Math.min(session.headSeq, fromSeq + SEGMENT_SIZE - 1);
  const body = await cache.get(`${session.log} ${fromSeq} ${untilSeq}`, encoding, async () => {
    const events = await session.read(fromSeq, untilSeq - fromSeq + 1);
    return JSON.stringify(encodeSegment(fromSeq, events));
  });
  reply.header('vary', 'accept-encoding');
  if (encoding !== 'identity') reply.header('content-encoding', encoding);
  reply.type('application/json; charset=utf-8');
  return body;
}

async function* recordingLines(session: RaceSession): AsyncGenerator<string> {
  const { log, manifest, headSeq } = session;
  yield formatRecordingHeader(manifest);
  for (let fromSeq = 1; fromSeq <= headSeq; fromSeq += SEGMENT_SIZE) {
    if (session.log !== log) throw new Error(`session "${session.id}" has started over`);
    const events = await session.read(fromSeq, Math.min(SEGMENT_SIZE, headSeq - fromSeq + 1));
    yield events.map(formatRecordingLine).join('');
  }
}
