import type { SessionId } from '@pitboard/shared/domain/names.ts';
import type { RaceEvent } from '@pitboard/shared/protocol/race-event.ts';
import { decodeSegment } from '@pitboard/shared/protocol/segment.ts';
import type { Hole } from './event-inbox.ts';

const PARALLEL = 4;

/** One log of a session, as the server keeps it. */
export type LogAddress = { readonly session: SessionId; readonly log: string; readonly segmentSize: number };

export type FetchJson = (path: string, signal: AbortSignal) => Promise<unknown>;

/** The server answered with an HTTP status that is no success. */
export class HttpStatusError extends Error {
  readonly status: number;
  constructor(status: number) {
    super(`the server answered ${status}`);
    this.name = 'HttpStatusError';
    this.status = status;
  }
}

/** What the server sent is not history. */
export class BadHistoryError extends Error {
  constructor(problem: string) {
    super(`bad history: ${problem}`);
    this.name = 'BadHistoryError';
  }
}

/** @throws {HttpStatusError} when the answer is no success */
export async function fetchJson(path: string, signal: AbortSignal): Promise<unknown> {
  const response = await fetch(path, { signal });
  if (!response.ok) throw new HttpStatusError(response.status);
  return response.json();
}

type HistoryRequest = {
  readonly address: LogAddress;
  readonly range: Hole;
  readonly fetchJson: FetchJson;
  readonly signal: AbortSignal;
  /** Called with each run as it comes, in any order. */
  readonly onRun: (run: readonly RaceEvent[]) => void;
};

/**
 * Fetches a range of a log: whole segments, which never change and sit in caches, in parallel; the rest as it stands.
 * @throws {HttpStatusError} @throws {BadHistoryError}
 */
export async function fetchHistory(request: HistoryRequest): Promise<void> {
  const { address, range } = request;
  const base = `/api/sessions/${address.session}/logs/${address.log}`;
  const paths: string[] = [];
  let fromSeq = range.fromSeq;
  while (fromSeq <= range.toSeq) {
    const segment = Math.floor((fromSeq - 1) / address.segmentSize);
    const endSeq = (segment + 1) * address.segmentSize;
    if (endSeq > range.toSeq) break;
    paths.push(`${base}/segments/${segment}`);
    fromSeq = endSeq + 1;
  }
  if (fromSeq <= range.toSeq) paths.push(`${base}/events?from=${fromSeq}`);
  const next = paths.values();
  await Promise.all(Array.from({ length: PARALLEL }, () => fetchOneByOne(request, next)));
}

async function fetchOneByOne(request: HistoryRequest, paths: Iterator<string>): Promise<void> {
  for (let next = paths.next(); next.done !== true; next = paths.next()) {
    const decoded = decodeSegment(await request.fetchJson(next.value, request.signal));
    if (!decoded.ok) throw new BadHistoryError(decoded.problem);
    request.onRun(decoded.value);
  }
}
