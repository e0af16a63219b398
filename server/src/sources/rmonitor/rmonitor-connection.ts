import { connect as connectSocket } from 'node:net';
import type { FeedConnection, FeedConnectionHandlers } from '../feed/feed.ts';
import { lineProblem } from '../feed/line-problem.ts';

/** Where a timing computer listens unless its address says otherwise. */
const DEFAULT_PORT = 50_000;

export type LineLimits = {
  /** How long a connection may take to open. */
  readonly connectMs: number;
  /** The heartbeat comes each second: a line that is silent for longer is dead, whatever its socket says. */
  readonly silenceMs: number;
};

const LIMITS: LineLimits = { connectMs: 10_000, silenceMs: 15_000 };
const KEEP_ALIVE_MS = 5000;

/** Opens a line to a timing computer, `rmonitor://host:port`: it talks by itself, and nothing is ever sent to it. */
export function connectRmonitor(
  url: URL,
  handlers: FeedConnectionHandlers,
  limits: LineLimits = LIMITS,
): FeedConnection {
  let isOver = false;
  const end = (reason?: string): void => {
    if (isOver) return;
    isOver = true;
    socket.destroy();
    if (reason !== undefined) handlers.closed(reason);
  };
  const socket = connectSocket({
    host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
    port: url.port === '' ? DEFAULT_PORT : Number(url.port),
    keepAlive: true,
    keepAliveInitialDelay: KEEP_ALIVE_MS,
  });
  let silence = 'no answer';
  socket.setTimeout(limits.connectMs, () => end(silence));
  socket.on('connect', () => {
    if (isOver) return;
    silence = `silent for ${limits.silenceMs / 1000} s`;
    socket.setTimeout(limits.silenceMs);
    handlers.opened();
  });
  socket.on('data', (bytes) => isOver || handlers.received(bytes));
  socket.on('end', () => end('the timing computer ended the line'));
  socket.on('error', (error: NodeJS.ErrnoException) => end(lineProblem(error.code ?? error.message)));
  socket.on('close', () => end('the line was cut'));
  return { close: () => end() };
}
