import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { connectRmonitor, type LineLimits } from '@pitboard/server/sources/rmonitor/rmonitor-connection.ts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eventually } from './sources-api.ts';

let server: Server;
let sockets: Socket[];
let told: string[];

beforeEach(async () => {
  sockets = [];
  told = [];
  server = createServer((socket) => {
    socket.on('error', () => undefined);
    sockets.push(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterEach(() => {
  for (const socket of sockets) socket.destroy();
  server.close();
});

function connect(host = '127.0.0.1', limits: Partial<LineLimits> = {}) {
  const url = new URL(`rmonitor://${host}:${(server.address() as AddressInfo).port}`);
  const handlers = {
    opened: () => told.push('opened'),
    received: (bytes: Uint8Array) => told.push(new TextDecoder().decode(bytes)),
    closed: (reason: string) => told.push(`closed: ${reason}`),
  };
  return connectRmonitor(url, handlers, { connectMs: 5000, silenceMs: 5000, ...limits });
}

describe('U. Sources at run time', () => {
  it('[U3] a line opens, talks, and is said to be over once', async () => {
    connect();
    await eventually(() => expect(sockets).toHaveLength(1));
    sockets[0]?.write('$F,14\r\n');
    await eventually(() => expect(told).toEqual(['opened', '$F,14\r\n']));
    sockets[0]?.end();
    await eventually(() => expect(told.slice(2)).toEqual(['closed: the timing computer ended the line']));
  });

  it('[U3] a line that falls silent is dead, one that speaks now and then is not', async () => {
    connect('127.0.0.1', { silenceMs: 300 });
    await eventually(() => expect(sockets).toHaveLength(1));
    for (let count = 0; count < 5; count++) {
      await new Promise((resolve) => setTimeout(resolve, 120));
      sockets[0]?.write('.');
    }
    await eventually(() => expect(told.join('')).toContain('.....'));
    expect(told.join('')).not.toContain('closed');
    await eventually(() => expect(told.at(-1)).toBe('closed: silent for 0.3 s'));
  });

  it('[U3] a computer that refuses the line is named so', async () => {
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    const closed = new Promise<string>((resolve) => {
      const nothing = () => undefined;
      connectRmonitor(new URL(`rmonitor://127.0.0.1:${port}`), { opened: nothing, received: nothing, closed: resolve });
    });
    expect(await closed).toContain('nobody listens');
  });

  it('[U3] a line that is closed on this side says nothing any more', async () => {
    const connection = connect();
    await eventually(() => expect(told).toEqual(['opened']));
    connection.close();
    sockets[0]?.write('late');
    await eventually(() => expect(sockets[0]?.destroyed || sockets[0]?.readableEnded).toBe(true));
    expect(told).toEqual(['opened']);
  });
});
