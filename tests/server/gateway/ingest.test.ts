import type { RunningServer } from '@pitboard/server/main.ts';
import { type IngestReply, PROTOCOL_VERSION } from '@pitboard/shared/protocol/socket-events.ts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { aManifest, someEvents, someFacts } from '../../builders.ts';
import { connectSource, type IngestClient, startTestServer } from '../test-server.ts';

let server: RunningServer;
let socket: IngestClient;

beforeEach(async () => {
  server = await startTestServer({ sessions: [{ id: 'recorded', manifest: aManifest(), events: someEvents(5) }] });
  socket = connectSource(server.url);
});
afterEach(async () => {
  socket.disconnect();
  await server.close();
});

const opening = { protocolVersion: PROTOCOL_VERSION, session: 'race', source: 'feed', manifest: aManifest() };

function open(changes: object = {}): Promise<IngestReply> {
  return socket.emitWithAck('source:open', { ...opening, ...changes });
}

function push(changes: object = {}): Promise<IngestReply> {
  const request = { session: 'race', source: 'feed', firstSourceSeq: 1, facts: someFacts(3) };
  return socket.emitWithAck('source:push', { ...request, ...changes });
}

describe('sources', () => {
  it.each([{ token: 'wrong token 123456789' }, {}, { token: 42 }, { token: '' }])(
    '[W19] %j gets no connection',
    async (auth) => {
      const stranger = connectSource(server.url, auth);
      const error = await new Promise<Error>((resolve) => stranger.on('connect_error', resolve));
      stranger.disconnect();
      expect(error.message).toMatch(/^unauthorized: /);
    },
  );

  it('[W4] open a session, push, repeat after a cut, and close it', async () => {
    expect(await open()).toEqual({ ok: true, acknowledged: 0 });
    expect(await push()).toEqual({ ok: true, acknowledged: 3 });
    socket.disconnect();
    socket = connectSource(server.url);
    expect(await open({ manifest: undefined })).toEqual({ ok: true, acknowledged: 3 });
    expect(await push({ facts: someFacts(5) })).toEqual({ ok: true, acknowledged: 5 });
    expect(await socket.emitWithAck('source:close', { session: 'race', source: 'feed' })).toEqual({
      ok: true,
      acknowledged: 5,
    });
    const lobby = await (await fetch(`${server.url}api/sessions/race`)).json();
    expect(lobby).toMatchObject({ headSeq: 5, summary: { state: 'recorded' } });
  });

  it('[W4] two sources of one session are counted apart', async () => {
    await open();
    await open({ source: 'other' });
    expect(await push()).toEqual({ ok: true, acknowledged: 3 });
    expect(await push({ source: 'other', facts: someFacts(2) })).toEqual({ ok: true, acknowledged: 2 });
    expect(await open()).toEqual({ ok: true, acknowledged: 3 });
  });

  it('[W5] are told what is expected where facts are missing', async () => {
    await open();
    expect(await push({ firstSourceSeq: 4 })).toMatchObject({ ok: false, error: 'sequence-hole', sourceSeq: 1 });
  });

  it('[W6] are told which fact is wrong', async () => {
    await open();
    const facts = [...someFacts(2), { type: 'pit-entry' }];
    expect(await push({ facts })).toMatchObject({ ok: false, error: 'bad-fact', sourceSeq: 3 });
  });

  it.each([
    ['protocol-version', { protocolVersion: 999 }],
    ['unknown-session', { manifest: undefined }],
    ['bad-manifest', { manifest: { event: 'x' } }],
    ['bad-request', { session: '../../etc/passwd' }],
    ['bad-request', { rate: -1 }],
    ['read-only-session', { session: 'recorded' }],
  ])('[W20] are refused with "%s" for %j', async (error, changes) => {
    expect(await open(changes)).toMatchObject({ ok: false, error });
  });

  it('[W33] an ended session takes more from those who made it, and nothing from a newcomer', async () => {
    await open();
    await push();
    await socket.emitWithAck('source:close', { session: 'race', source: 'feed' });
    expect(await open({ source: 'other' })).toMatchObject({ ok: false, error: 'read-only-session' });
    expect(await open()).toEqual({ ok: true, acknowledged: 3 });
  });

  it('[W20] cannot push to a session that they have not opened', async () => {
    expect(await push()).toMatchObject({ ok: false, error: 'not-open' });
    await open();
    expect(await push({ source: 'other' })).toMatchObject({ ok: false, error: 'not-open' });
  });

  it.each([[undefined], [null], [3], ['x'], [[]], [{}], [{ session: 'race', source: 'feed', facts: 'many' }]])(
    '[W16] %j in place of a request is refused, and the server lives on',
    async (request) => {
      for (const message of ['source:open', 'source:push', 'source:close'] as const) {
        expect(await socket.emitWithAck(message, request as never)).toMatchObject({ ok: false, error: 'bad-request' });
        socket.emit(message, request as never, undefined as never);
      }
      expect(await open()).toEqual({ ok: true, acknowledged: 0 });
    },
  );
});
