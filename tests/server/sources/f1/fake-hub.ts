import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';

/** Ends each message of the hub's protocol. */
const END = '\u001e';
const INVOCATION = 1;
const COMPLETION = 3;
const PING = 6;
const CLOSE = 7;

type FakeHubOptions = {
  /** What a subscriber is told first, by topic. */
  readonly states: Readonly<Record<string, unknown>>;
  /** Refuses whoever brings no such bearer token. */
  readonly token?: string;
  /** Refuses to negotiate with whoever does not bring the cookie of an earlier `OPTIONS`. */
  readonly needsCookie?: boolean;
  readonly refusesSubscription?: boolean;
};

/** A hub that speaks the JSON protocol of SignalR Core, as far as Formula 1's timing uses it. */
export type FakeHub = {
  /** To connect to: `f1+http://127.0.0.1:…/signalrcore`. */
  readonly url: URL;
  /** Requests in order: `OPTIONS /signalrcore/negotiate`. */
  readonly requests: readonly string[];
  /** Topics of each subscription. */
  readonly subscriptions: readonly unknown[];
  /** Headers with which the last socket came. */
  socketHeaders(): IncomingMessage['headers'];
  /** Tells everybody who has subscribed, all messages in one frame. */
  feed(...messages: readonly (readonly [string, unknown, string])[]): void;
  ping(): void;
  /** The line is cut, without a word. */
  drop(): void;
  /** The hub says that it closes. */
  dismiss(): void;
  stop(): Promise<void>;
};

export async function startFakeHub({
  states,
  token,
  needsCookie,
  refusesSubscription,
}: FakeHubOptions): Promise<FakeHub> {
  const requests: string[] = [];
  const subscriptions: unknown[] = [];
  const sockets = new Set<WebSocket>();
  let socketHeaders: IncomingMessage['headers'] = {};

  const isStranger = (request: IncomingMessage): boolean =>
    (token !== undefined && request.headers.authorization !== `Bearer ${token}`) ||
    (needsCookie === true && !/AWSALBCORS=box-7/.test(request.headers.cookie ?? ''));

  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    const { pathname } = new URL(request.url ?? '/', 'http://hub');
    requests.push(`${request.method} ${pathname}`);
    if (request.method === 'OPTIONS') {
      response.writeHead(204, { 'Set-Cookie': 'AWSALBCORS=box-7; Path=/; SameSite=None' }).end();
    } else if (isStranger(request)) {
      response.writeHead(401).end();
    } else {
      const availableTransports = [{ transport: 'WebSockets', transferFormats: ['Text', 'Binary'] }];
      response.writeHead(200, { 'Content-Type': 'application/json' });
      response.end(
        JSON.stringify({ negotiateVersion: 1, connectionId: 'one', connectionToken: 'secret', availableTransports }),
      );
    }
  };

  const server = createServer(answer);
  const gate = new WebSocketServer({ noServer: true });
  server.on('upgrade', (request, socket: Socket, head) => {
    socketHeaders = request.headers;
    if (isStranger(request)) socket.destroy();
    else gate.handleUpgrade(request, socket, head, (accepted) => converse(accepted));
  });

  const converse = (socket: WebSocket): void => {
    let isGreeted = false;
    socket.on('message', (data) => {
      for (const text of data.toString().split(END).filter(Boolean)) {
        const message = JSON.parse(text);
        if (!isGreeted) {
          isGreeted = message.protocol === 'json' && message.version === 1;
          socket.send(`${isGreeted ? '{}' : '{"error":"unknown protocol"}'}${END}`);
        } else if (message.type === INVOCATION && message.target === 'Subscribe') {
          subscriptions.push(message.arguments[0]);
          const outcome = refusesSubscription === true ? { error: 'not now' } : { result: states };
          socket.send(JSON.stringify({ type: COMPLETION, invocationId: message.invocationId, ...outcome }) + END);
          sockets.add(socket);
        }
      }
    });
    socket.on('close', () => sockets.delete(socket));
  };

  const tell = (text: string): void => {
    for (const socket of sockets) socket.send(text);
  };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: new URL(`f1+http://127.0.0.1:${(server.address() as AddressInfo).port}/signalrcore`),
    requests,
    subscriptions,
    socketHeaders: () => socketHeaders,
    feed: (...messages) =>
      tell(
        messages.map((words) => JSON.stringify({ type: INVOCATION, target: 'feed', arguments: words }) + END).join(''),
      ),
    ping: () => tell(JSON.stringify({ type: PING }) + END),
    drop: () => {
      for (const socket of sockets) socket.terminate();
    },
    dismiss: () => tell(JSON.stringify({ type: CLOSE, error: 'the session is over' }) + END),
    stop: async () => {
      for (const socket of gate.clients) socket.terminate();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
