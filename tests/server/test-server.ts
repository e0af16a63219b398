import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RunningServer, type ServerOptions, startServer } from '@pitboard/server/main.ts';
import { INGEST_NAMESPACE, type IngestClientEvents } from '@pitboard/shared/protocol/socket-events.ts';
import { io, type Socket } from 'socket.io-client';

export const TEST_TOKEN = 'test-token-0123456789';

const silent = { info: () => undefined, error: () => undefined };

/** A server on a free port that keeps its data in memory, unless a test says otherwise. */
export function startTestServer(options: Partial<ServerOptions> = {}): Promise<RunningServer> {
  return startServer({ port: 0, ingestToken: TEST_TOKEN, log: silent, clientDir: '/nowhere', ...options });
}

export type IngestClient = Socket<Record<never, never>, IngestClientEvents>;

/** A bare connection of a source. */
export function connectSource(url: string, auth: { readonly token?: unknown } = { token: TEST_TOKEN }): IngestClient {
  return io(new URL(INGEST_NAMESPACE, url).href, { auth, transports: ['websocket'], forceNew: true });
}

/** A folder for one test; `remove` it after. */
export function temporaryFolder(): { readonly path: string; readonly remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), 'pitboard-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}
