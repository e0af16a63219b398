import {
  type JoinRequest,
  LIVE_NAMESPACE,
  type LiveClientEvents,
  type LiveServerEvents,
} from '@pitboard/shared/protocol/socket-events.ts';
import { io, type Socket } from 'socket.io-client';

/** What comes over the socket; unchecked, as it comes. */
export type LiveSocketHandlers = {
  /** Connected, the first time or again. */
  readonly onConnect: () => void;
  readonly onDisconnect: () => void;
  /** An attempt to connect failed; the socket tries again by itself. */
  readonly onUnreachable: () => void;
  readonly onBatch: (batch: unknown) => void;
  readonly onStatus: (status: unknown) => void;
  readonly onRestarted: (notice: unknown) => void;
};

export type LiveSocket = {
  readonly join: (request: JoinRequest, onReply: (answer: unknown) => void) => void;
  readonly close: () => void;
};

export type OpenLiveSocket = (handlers: LiveSocketHandlers) => LiveSocket;

/** Connects to the server that this page came from. */
export function openLiveSocket(handlers: LiveSocketHandlers): LiveSocket {
  const socket: Socket<LiveServerEvents, LiveClientEvents> = io(LIVE_NAMESPACE, {
    transports: ['websocket'],
    reconnectionDelay: 500,
    reconnectionDelayMax: 5000,
  });
  socket.on('connect', handlers.onConnect);
  socket.on('disconnect', (reason) => {
    handlers.onDisconnect();
    // The one case in which socket.io does not come back by itself.
    if (reason === 'io server disconnect') socket.connect();
  });
  socket.on('connect_error', handlers.onUnreachable);
  socket.on('race:events', handlers.onBatch);
  socket.on('session:status', handlers.onStatus);
  socket.on('session:restarted', handlers.onRestarted);
  return {
    join: (request, onReply) => {
      socket.emit('session:join', request, onReply);
    },
    close: () => {
      socket.close();
    },
  };
}
