import { mkdirSync, writeFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import type { RunningServer } from '@pitboard/server/main.ts';
import { formatRecording, parseRecording } from '@pitboard/shared/protocol/recording.ts';
import { decodeSegment, SEGMENT_SIZE } from '@pitboard/shared/protocol/segment.ts';
import { lobbySchema } from '@pitboard/shared/protocol/socket-events.ts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { aManifest, aPassing, someEvents, someFacts } from '../../builders.ts';
import { startTestServer, TEST_TOKEN, temporaryFolder } from '../test-server.ts';

let server: RunningServer;
const COUNT = SEGMENT_SIZE + 7;

beforeEach(async () => {
  server = await startTestServer({
    origins: ['https://allowed.example'],
    sessions: [{ id: 'recorded', manifest: aManifest(), events: someEvents(COUNT) }],
    featured: 'recorded',
  });
});
afterEach(() => server.close());

function get(path: string, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(new URL(path, server.url), { headers });
}

/** The answer as it came over the wire, packed or not. */
function getRaw(path: string, encoding: string): Promise<{ encoding: string | undefined; body: Buffer }> {
  return new Promise((resolve, reject) => {
    const options = { headers: { 'accept-encoding': encoding } };
    httpRequest(new URL(path, server.url), options, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({ encoding: response.headers['content-encoding'], body: Buffer.concat(chunks) }),
      );
    })
      .on('error', reject)
      .end();
  });
}

async function logPath(id = 'recorded'): Promise<string> {
  const { log } = (await (await get(`/api/sessions/${id}`)).json()) as { log: string };
  return `/api/sessions/${id}/logs/${log}`;
}

function post(lines: readonly unknown[], { id = 'race', token = TEST_TOKEN, query = '' } = {}): Promise<Response> {
  const body = lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n');
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/x-ndjson' };
  return fetch(new URL(`/api/sessions/${id}/events${query}`, server.url), { method: 'POST', headers, body });
}

const header = { format: 'pitboard-recording', version: 1, manifest: aManifest() };

describe('history over HTTP', () => {
  it('[W8] whole segments may be kept for ever, and hold what happened', async () => {
    const response = await get(`${await logPath()}/segments/0`);
    expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(decodeSegment(await response.json())).toEqual({ ok: true, value: someEvents(SEGMENT_SIZE) });
  });

  it('[W8] a segment that is not full is not given out as one', async () => {
    const response = await get(`${await logPath()}/segments/1`);
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ error: 'segment-not-full' });
  });

  it('[W8] the open tail is fresh each time, from any event on', async () => {
    const response = await get(`${await logPath()}/events?from=${SEGMENT_SIZE + 3}`);
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(decodeSegment(await response.json())).toEqual({
      ok: true,
      value: someEvents(COUNT).slice(SEGMENT_SIZE + 2),
    });
    const whole = decodeSegment(await (await get(`${await logPath()}/events?from=1`)).json());
    expect(whole.ok && whole.value.length).toBe(SEGMENT_SIZE);
    const beyond = await (await get(`${await logPath()}/events?from=${COUNT + 1}`)).json();
    expect(beyond).toMatchObject({ fromSeq: COUNT + 1, count: 0 });
  });

  it('[W8] comes packed as the client likes it best', async () => {
    const path = `${await logPath()}/segments/0`;
    const plain = await getRaw(path, 'identity');
    const br = await getRaw(path, 'gzip, deflate, br');
    const gzip = await getRaw(path, 'gzip, br;q=0');
    expect([plain.encoding, br.encoding, gzip.encoding]).toEqual([undefined, 'br', 'gzip']);
    expect(brotliDecompressSync(br.body).equals(plain.body)).toBe(true);
    expect(gunzipSync(gzip.body).equals(plain.body)).toBe(true);
    expect(br.body.length).toBeLessThan(plain.body.length / 5);
  });

  it('[W8] the log of an earlier run is gone, and the answer says so', async () => {
    const response = await get('/api/sessions/recorded/logs/another/segments/0');
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ error: 'unknown-log' });
  });

  it('[W21] the same recording keeps its log through a restart, so caches stay good', async () => {
    const before = await logPath();
    await server.close();
    server = await startTestServer({
      sessions: [{ id: 'recorded', manifest: aManifest(), events: someEvents(COUNT) }],
    });
    expect(await logPath()).toBe(before);
  });

  it('[W22] all of it comes as a recording, packed on demand', async () => {
    const text = await (await get('/api/sessions/recorded/recording')).text();
    expect(text).toBe(formatRecording(aManifest(), someEvents(COUNT)));
    const response = await get('/api/sessions/recorded/recording?gzip');
    expect(response.headers.get('content-disposition')).toBe('attachment; filename="recorded.jsonl.gz"');
    expect(gunzipSync(Buffer.from(await response.arrayBuffer())).toString()).toBe(text);
    expect(parseRecording(text).events).toHaveLength(COUNT);
  });
});

describe('what there is', () => {
  it('[W13] the lobby lists the sessions', async () => {
    const lobby = lobbySchema.parse(await (await get('/api/sessions')).json());
    expect(lobby.featured).toBe('recorded');
    expect(lobby.sessions).toMatchObject([{ id: 'recorded', state: 'recorded', headSeq: COUNT, viewers: 0 }]);
  });

  it('[W13] health is told', async () => {
    const health = await (await get('/api/health')).json();
    expect(health).toMatchObject({ status: 'ok', version: expect.any(String), sessions: 1, viewers: 0 });
  });

  it.each([
    ['/api/sessions/nowhere', 404, 'unknown-session'],
    ['/api/sessions/..%2F..%2Fetc', 400, 'bad-request'],
    ['/api/sessions/recorded/logs/x/segments/-1', 400, 'bad-request'],
    ['/api/sessions/recorded/logs/x/segments/1.5', 400, 'bad-request'],
    ['/api/sessions/recorded/logs/x/events?from=0', 400, 'bad-request'],
    ['/api/sessions/recorded/logs/x/events', 400, 'bad-request'],
    ['/api/nothing', 404, 'not-found'],
    ['/api', 404, 'not-found'],
  ])('[W20] %s is answered with %i %s', async (path, status, error) => {
    const response = await get(path);
    expect(response.status).toBe(status);
    expect(await response.json()).toEqual({ error, message: expect.any(String) });
  });

  it('[W18] other pages may read it only where the operator allows them', async () => {
    const allowed = await get('/api/sessions', { origin: 'https://allowed.example' });
    expect(allowed.headers.get('access-control-allow-origin')).toBe('https://allowed.example');
    const strange = await get('/api/sessions', { origin: 'https://strange.example' });
    expect(strange.headers.get('access-control-allow-origin')).toBeNull();
  });

  it('[W18] pages may load and run nothing but what this server serves', async () => {
    const policy = (await get('/api/health')).headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'self'");
    expect(policy).toContain("script-src 'self';");
    expect(policy).not.toContain("script-src 'self' ");
  });
});

describe('push over HTTP', () => {
  it('[W23] a recording makes the session, and its numbers tell repeats', async () => {
    const events = someEvents(4);
    const first = await post([header, ...events.slice(0, 2)]);
    expect(await first.json()).toEqual({ acknowledged: 2, headSeq: 2 });
    const second = await post([header, ...events]);
    expect(await second.json()).toEqual({ acknowledged: 4, headSeq: 4 });
    const response = await get(`${await logPath('race')}/events?from=1`);
    expect(decodeSegment(await response.json())).toEqual({ ok: true, value: events });
  });

  it('[W23] facts without numbers are stored as they come, one request one transaction', async () => {
    await post([header]);
    expect(await (await post(someFacts(2))).json()).toEqual({ acknowledged: 2, headSeq: 2 });
    expect(await (await post([aPassing()])).json()).toEqual({ acknowledged: 3, headSeq: 3 });
  });

  it('[W23] facts can be numbered by the request', async () => {
    await post([header]);
    const query = '?source=loops&firstSourceSeq=1';
    expect(await (await post(someFacts(2), { query })).json()).toEqual({ acknowledged: 2, headSeq: 2 });
    expect(await (await post(someFacts(3), { query })).json()).toEqual({ acknowledged: 3, headSeq: 3 });
    const hole = await post(someFacts(1), { query: '?source=loops&firstSourceSeq=9' });
    expect(hole.status).toBe(409);
    expect(await hole.json()).toMatchObject({ error: 'sequence-hole' });
  });

  it.each([
    ['a bad fact', [header, aPassing(), '', { type: 'passing' }], 400, { error: 'bad-fact', line: 4 }],
    ['no JSON', [header, aPassing(), '{'], 400, { error: 'bad-line', line: 3 }],
    ['a hole', [header, { seq: 1, ...aPassing() }, { seq: 3, ...aPassing() }], 400, { error: 'bad-line', line: 3 }],
    ['a bad manifest', [{ ...header, manifest: {} }], 400, { error: 'bad-manifest', line: 1 }],
    ['a new version', [{ ...header, version: 2 }], 400, { error: 'bad-manifest', line: 1 }],
    ['no header', [aPassing()], 404, { error: 'unknown-session' }],
  ])('[W23] %s is refused with its line, and nothing is kept', async (_what, lines, status, answer) => {
    const response = await post(lines);
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject(answer);
    const head = await get('/api/sessions/race');
    if (head.ok) expect(await head.json()).toMatchObject({ headSeq: 0 });
  });

  it('[W19] needs the token', async () => {
    const response = await post([header], { token: 'guessed-token-000000' });
    expect(response.status).toBe(401);
    expect(await response.json()).toMatchObject({ error: 'unauthorized' });
    expect((await get('/api/sessions/race')).status).toBe(404);
  });

  it('[W20] a session that the server plays itself takes nothing', async () => {
    const response = await post([aPassing()], { id: 'recorded' });
    expect(response.status).toBe(409);
    expect(await response.json()).toMatchObject({ error: 'read-only-session' });
  });

  it('[W17] a body without end is refused', async () => {
    const response = await post(['x'.repeat(17_000_000)]);
    expect(response.status).toBe(413);
    expect(await response.json()).toMatchObject({ error: 'too-large' });
  });
});

describe('files of the client', () => {
  it('[W24] every place within the client gets its page, hashed files may be kept for ever', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder.path, 'assets'));
    writeFileSync(join(folder.path, 'index.html'), '<!doctype html><title>board</title>');
    writeFileSync(join(folder.path, 'assets', 'app-1a2b.js'), 'plain();');
    writeFileSync(join(folder.path, 'assets', 'app-1a2b.js.br'), 'packed');
    await server.close();
    server = await startTestServer({ clientDir: folder.path });
    for (const path of ['/', '/s/baku-2014.1?t=5']) {
      const page = await get(path, { accept: 'text/html' });
      expect(await page.text()).toContain('<title>board</title>');
      expect(page.headers.get('cache-control')).toBe('no-cache');
    }
    const script = await get('/assets/app-1a2b.js', { 'accept-encoding': 'identity' });
    expect(await script.text()).toBe('plain();');
    expect(script.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    const packed = await getRaw('/assets/app-1a2b.js', 'br');
    expect(packed).toEqual({ encoding: 'br', body: Buffer.from('packed') });
    expect((await get('/assets/missing.js')).status).toBe(404);
    folder.remove();
  });

  it('[W24] a client that is not built is said not to be', async () => {
    const page = await get('/', { accept: 'text/html' });
    expect(page.status).toBe(503);
    expect(await page.text()).toContain('npm run build');
  });
});
