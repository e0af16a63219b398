import type { Server as HttpServer } from 'node:http';
import { INGEST_NAMESPACE, LIVE_NAMESPACE } from '@pitboard/shared/protocol/socket-events.ts';
import { Server } from 'socket.io';
import type { Log } from '../log.ts';
import type { RaceSession } from '../sessions/race-session.ts';
import type { SessionRegistry } from '../sessions/session-registry.ts';
import type { Timers } from '../sources/timers.ts';
import { attachIngest, type IngestNamespace } from './ingest-namespace.ts';
import { LiveGateway, type LiveNamespace } from './live-namespace.ts';
import { isAllowedOrigin } from './origins.ts';

const MESSAGE_SIZE_LIMIT = 1_000_000;
const SECOND_MS = 1000;

export type SocketGatewayOptions = {
  readonly registry: SessionRegistry;
  readonly token: string;
  readonly origins: readonly string[];
  readonly connectionLimit: number;
  readonly timers: Timers;
  readonly log: Log;
};

export type SocketGateway = {
  attach(server: HttpServer): void;
  viewersOf(session: RaceSession): number;
  readonly viewers: number;
  /** Ends every connection; clients come back by themselves once there is a server again. */
  close(): Promise<void>;
};

/** The Socket.IO side of the server: viewers on `/live`, sources on `/ingest`. */
export function createSocketGateway(options: SocketGatewayOptions): SocketGateway {
  const { registry, token, origins, connectionLimit, timers, log } = options;
  const io = new Server({
    // Each of these would take the path on which a message is encoded once for a whole room.
    perMessageDeflate: false,
    serveClient: false,
    maxHttpBufferSize: MESSAGE_SIZE_LIMIT,
    ...(origins.length > 0 ? { cors: { origin: [...origins] } } : {}),
    allowRequest: (request, decide) => {
      if (!isAllowedOrigin(request, origins)) decide('this origin is not allowed; see PITBOARD_ORIGINS', false);
      else if (io.engine.clientsCount >= connectionLimit) decide('too many connections', false);
      else decide(null, true);
    },
  });
  const live = new LiveGateway(io.of(LIVE_NAMESPACE) as LiveNamespace, registry, timers);
  attachIngest(io.of(INGEST_NAMESPACE) as IngestNamespace, { registry, token, log });
  let cancelTick = timers.after(SECOND_MS, tick);
  function tick(): void {
    live.tick();
    cancelTick = timers.after(SECOND_MS, tick);
  }
  return {
    attach: (server) => {
      io.attach(server);
    },
    viewersOf: (session) => live.viewersOf(session),
    get viewers() {
      return live.viewers;
    },
    close: async () => {
      cancelTick();
      live.close();
      await io.close();
    },
  };
}
