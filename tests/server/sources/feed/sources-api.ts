import type { RunningServer, ServerOptions } from '@pitboard/server/main.ts';
import type { RaceEvent } from '@pitboard/shared/protocol/race-event.ts';
import { parseRecording } from '@pitboard/shared/protocol/recording.ts';
import type { SessionState } from '@pitboard/shared/protocol/socket-events.ts';
import { type SourceList, type SourceStatus, sourceListSchema } from '@pitboard/shared/protocol/sources.ts';
import { vi } from 'vitest';
import { startTestServer, TEST_TOKEN } from '../../test-server.ts';
import { tinyProtocol } from './tiny-protocol.ts';

/** A server that listens to tiny timing. */
export function startFeedServer(options: Partial<ServerOptions> = {}): Promise<RunningServer> {
  return startTestServer({ feedProtocols: [tinyProtocol], ...options });
}

export type Asked = { readonly method?: string; readonly body?: unknown; readonly token?: string | undefined };

/** A request to `/api/sources…`. */
export function askSources(server: RunningServer, path = '', asked: Asked = {}): Promise<Response> {
  const { method = 'GET', body, token = TEST_TOKEN } = asked;
  return fetch(new URL(`/api/sources${path}`, server.url), {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

export async function addSource(server: RunningServer, address: string, name: string): Promise<SourceStatus> {
  const response = await askSources(server, '', { method: 'POST', body: { address, name } });
  if (response.status !== 201) throw new Error(await response.text());
  return (await response.json()) as SourceStatus;
}

export async function listSources(server: RunningServer): Promise<SourceList> {
  return sourceListSchema.parse(await (await askSources(server)).json());
}

export async function sourceOf(server: RunningServer, id: string): Promise<SourceStatus | undefined> {
  return (await listSources(server)).sources.find((source) => source.id === id);
}

/** The log of a session; empty while there is none. */
export async function logOf(server: RunningServer, id: string): Promise<readonly RaceEvent[]> {
  const response = await fetch(new URL(`/api/sessions/${id}/recording`, server.url));
  return response.ok ? parseRecording(await response.text()).events : [];
}

export async function stateOf(server: RunningServer, id: string): Promise<SessionState | undefined> {
  const response = await fetch(new URL(`/api/sessions/${id}`, server.url));
  return ((await response.json()) as { summary?: { state: SessionState } }).summary?.state;
}

/** The finish-line crossings of a log, as `car lap`, in order. */
export function lapsIn(log: readonly RaceEvent[]): string[] {
  return log.flatMap((event) => (event.type === 'passing' ? [`${event.car} ${event.lapNumber}`] : []));
}

/** Waits until something holds. */
export function eventually(check: () => unknown): Promise<unknown> {
  return vi.waitFor(check, { timeout: 15_000, interval: 40 });
}
