import { WebSocket } from 'ws';
import type { FeedConnection, FeedConnectionHandlers } from '../feed/feed.ts';

/** Where the command line of Timing71 serves its screen unless told otherwise. */
const USUAL_PORT = 24_771;
const HANDSHAKE_MS = 10_000;
/** A screen may stand still for long: asked now and then, a line that is alive answers. */
const PING_MS = 15_000;
/** Five hundred cars and a hundred messages. */
const LARGEST_MESSAGE = 8_000_000;

/** Listens to a timing screen, once. Each message is handed over as one line of JSON. */
export function connectScreen(url: URL, handlers: FeedConnectionHandlers, pingMs = PING_MS): FeedConnection {
  let isOver = false;
  let isAnswered = true;
  const socket = new WebSocket(screenAddressOf(url), { handshakeTimeout: HANDSHAKE_MS, maxPayload: LARGEST_MESSAGE });
  const pings = setInterval(() => {
    if (socket.readyState !== WebSocket.OPEN) return;
    if (!isAnswered) return end('no answer any more');
    isAnswered = false;
    socket.ping();
  }, pingMs);
  const stop = (): void => {
    isOver = true;
    clearInterval(pings);
    socket.terminate();
  };
  const end = (reason: string): void => {
    if (isOver) return;
    stop();
    handlers.closed(reason);
  };
  socket.on('open', () => isOver || handlers.opened());
  socket.on('pong', () => {
    isAnswered = true;
  });
  socket.on('message', (data: Buffer) => {
    isAnswered = true;
    // Line ends stand between the parts of JSON only, never in its texts.
    const text = data.toString('utf8').replace(/[\r\n]+/g, ' ');
    if (!isOver) handlers.received(Buffer.from(`${text}\n`));
  });
  socket.on('error', (error) => end(error.message || 'cannot be reached'));
  socket.on('close', () => end('the line was cut'));
  return { close: stop };
}

/** `t71://host`, as Timing71 writes it itself, or any address of a WebSocket with `timing71+` before it. */
export function screenAddressOf(url: URL): string {
  const { protocol, hostname, port, pathname, search } = url;
  if (protocol === 't71:') return `ws://${hostname}:${port || USUAL_PORT}/`;
  const scheme = protocol === 'timing71+wss:' ? 'wss' : 'ws';
  return `${scheme}://${hostname}${port === '' ? '' : `:${port}`}${pathname || '/'}${search}`;
}
