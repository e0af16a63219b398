import { connect, type Socket } from 'node:net';
import type { CaptureEntry } from '@pitboard/server/sources/capture/capture-lines.ts';
import { openSpeakerServer, type SpeakerServer } from '@pitboard/server/sources/rmonitor/rmonitor-speaker-server.ts';
import { playSpeech, speechOfCapture } from '@pitboard/server/sources/rmonitor/rmonitor-speaker-speech.ts';
import { afterEach, describe, expect, it } from 'vitest';
import { FakeTimers } from '../../fake-timers.ts';

const HOST = '127.0.0.1';
const open: { server?: SpeakerServer; sockets: Socket[] } = { sockets: [] };
afterEach(async () => {
  for (const socket of open.sockets.splice(0)) socket.destroy();
  await open.server?.close();
});

async function aServer(welcome: () => string): Promise<SpeakerServer> {
  open.server = await openSpeakerServer({ host: HOST, port: 0, welcome: () => Buffer.from(welcome()) });
  return open.server;
}

function listen({ port }: SpeakerServer) {
  const heard = { text: '', isClosed: false };
  const socket = connect({ host: HOST, port });
  open.sockets.push(socket);
  socket.on('data', (bytes) => {
    heard.text += bytes.toString('latin1');
  });
  socket.on('error', () => undefined);
  socket.on('close', () => {
    heard.isClosed = true;
  });
  return { heard, socket };
}

const piece = (atMs: number, text: string): CaptureEntry => ({
  kind: 'piece',
  atMs,
  bytes: Buffer.from(text, 'latin1'),
});

describe('U. Sources at run time', () => {
  it('[U49] each who connects hears how things stand, then what all hear', async () => {
    let state = 'one ';
    const server = await aServer(() => state);
    const early = listen(server);
    await expect.poll(() => early.heard.text).toBe('one ');
    server.send(Buffer.from('news '));
    state = 'two ';
    const late = listen(server);
    await expect.poll(() => late.heard.text).toBe('two ');
    server.send(Buffer.from('end'));
    await expect.poll(() => [early.heard.text, late.heard.text]).toEqual(['one news end', 'two end']);
  });

  it('[U49] who talks, who leaves and who never listens harms nobody', async () => {
    const server = await aServer(() => '');
    const [talker, leaver, sleeper, good] = [listen(server), listen(server), listen(server), listen(server)];
    await expect.poll(() => server.clients).toBe(4);
    talker.socket.write('x'.repeat(100_000));
    leaver.socket.destroy();
    sleeper.socket.pause();
    await expect.poll(() => server.clients).toBe(3);
    const news = Buffer.alloc(500_000, 'n');
    for (let round = 0; round < 60 && server.clients === 3; round++) {
      server.send(news);
      // The good one takes in what it was sent before there is more.
      await expect.poll(() => good.heard.text.length).toBe((round + 1) * news.length);
    }
    expect(server.clients).toBe(2);
    expect(good.heard.isClosed).toBe(false);
  });

  it('[U49] a port that is taken is told', async () => {
    const { port } = await aServer(() => '');
    await expect(openSpeakerServer({ host: HOST, port, welcome: () => Buffer.alloc(0) })).rejects.toMatchObject({
      code: 'EADDRINUSE',
    });
  });

  it('[U50] a capture is spoken byte for byte at its own times, faster or from later on', async () => {
    const entries: CaptureEntry[] = [
      { kind: 'opened', atMs: 0 },
      piece(1000, '$F,\xe9'),
      piece(3000, '1\r\n$G'),
      { kind: 'closed', atMs: 3500, reason: '' },
      piece(9000, '$H\r\n'),
      { kind: 'closed', atMs: 9500, reason: '' },
    ];
    const timers = new FakeTimers();
    const said: string[] = [];
    const speech = speechOfCapture(entries);
    const send = (bytes: Uint8Array) => {
      if (bytes.length > 0) said.push(Buffer.from(bytes).toString('latin1'));
    };
    const { stop } = playSpeech({ speech, speed: 2, startAtMs: 1500, timers, send });
    expect(Buffer.from(speech.welcome()).toString('latin1')).toBe('$F,\xe9');
    await timers.advance(700);
    expect(said).toEqual([]);
    await timers.advance(100);
    expect(said).toEqual(['1\r\n$G']);
    await timers.advance(3000);
    // Half a line that was lost spoils no other.
    expect(said.join('')).toBe('1\r\n$G\r\n$H\r\n');
    expect(Buffer.from(speech.welcome()).toString('latin1')).toBe('$F,\xe91\r\n$G\r\n$H\r\n');
    stop();
    await timers.advance(1000);
  });
});
