import { readdirSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { RunningServer } from '@pitboard/server/main.ts';
import { createSqliteEventStore } from '@pitboard/server/storage/sqlite-event-store.ts';
import {
  type ImportAnswer,
  importAnswerSchema,
  importRefusalSchema,
  importRulesSchema,
  importStepSchema,
} from '@pitboard/shared/protocol/import.ts';
import { formatRecording, parseRecording } from '@pitboard/shared/protocol/recording.ts';
import { lobbySchema } from '@pitboard/shared/protocol/socket-events.ts';
import { strToU8, zipSync } from 'fflate';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { aManifest, someEvents } from '../../builders.ts';
import { startTestServer, TEST_TOKEN, temporaryFolder } from '../test-server.ts';

let server: RunningServer;
let folder: ReturnType<typeof temporaryFolder>;
beforeEach(async () => {
  folder = temporaryFolder();
  server = await startTestServer({ importLimitMb: 4, dataDir: folder.path });
});
afterEach(async () => {
  await server.close();
  folder.remove();
});

type Files = Readonly<Record<string, string | Uint8Array>>;
type Asked = { readonly headers?: Record<string, string>; readonly url?: string };

const race = (count = 50, changes: Parameters<typeof aManifest>[0] = {}): string =>
  formatRecording(aManifest({ event: 'Harbour Cup', session: 'Race 1', ...changes }), someEvents(count));

function formOf(files: Files): FormData {
  const form = new FormData();
  for (const [name, content] of Object.entries(files)) form.append('file', new Blob([content as BlobPart]), name);
  return form;
}

function send(files: Files, { headers = {}, url = server.url }: Asked = {}): Promise<Response> {
  return fetch(new URL('/api/import', url), { method: 'POST', headers, body: formOf(files) });
}

async function imported(files: Files): Promise<ImportAnswer> {
  const response = await send(files);
  expect(response.status).toBe(200);
  return importAnswerSchema.parse(await response.json());
}

async function lobby(url = server.url) {
  return lobbySchema.parse(await (await fetch(new URL('/api/sessions', url))).json());
}

/** A bare request, with headers that `fetch` would not let through. */
function raw(
  method: string,
  path: string,
  headers: Record<string, string>,
  body = '',
): Promise<{ readonly status: number; readonly body: string }> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(new URL(path, server.url), { method, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString() }));
    });
    request.on('error', reject);
    request.end(body);
  });
}

/** A busy machine takes its time. */
const PATIENT = { timeout: 15_000 };
const spooled = () => readdirSync(join(folder.path, 'uploads'));

describe('B. Files brought in', () => {
  it('[B9] files sent become sessions of the lobby, which can be told, seen and exported', async () => {
    const answer = await imported({ 'race.jsonl': race(), 'notes.txt': 'rain' });
    expect(answer.sessions).toEqual([
      {
        id: 'harbour-cup-race-1',
        event: 'Harbour Cup',
        session: 'Race 1',
        kind: 'race',
        cars: aManifest().entries.length,
        events: 50,
        known: false,
      },
    ]);
    expect(answer.formats).toEqual(['Pitboard recordings']);
    expect(answer.files).toEqual([
      { name: 'notes.txt', problem: 'no file of a known format' },
      { name: 'race.jsonl', format: 'Pitboard recordings' },
    ]);
    expect(answer.skipped).toMatchObject({ lines: 1, examples: [{ file: 'notes.txt', line: 1 }] });
    const { sessions } = await lobby();
    expect(sessions).toMatchObject([{ id: 'harbour-cup-race-1', state: 'recorded', imported: true, headSeq: 50 }]);
    const exported = await fetch(new URL('/api/sessions/harbour-cup-race-1/recording', server.url));
    expect(parseRecording(await exported.text())).toMatchObject(parseRecording(race()));
    await expect.poll(spooled, PATIENT).toEqual([]);
  });

  it('[B9] files keep the path and the letters of their names', async () => {
    const { files } = await imported({ 'Großer Preis/鈴鹿.jsonl': race(), '../../etc/passwd': race(60) });
    expect(files.map(({ name }) => name)).toEqual(['Großer Preis/鈴鹿.jsonl', 'etc/passwd']);
  });

  it('[B9] a single file may come as the body, of whatever type it says it is', async () => {
    for (const type of ['application/json', 'text/plain', 'x/y']) {
      const url = new URL('/api/import?name=race.jsonl', server.url);
      const response = await fetch(url, { method: 'POST', headers: { 'content-type': type }, body: gzipSync(race()) });
      expect([type, response.status]).toEqual([type, 200]);
    }
    expect((await lobby()).sessions).toHaveLength(1);
  });

  it('[B10] the same race is the same session, however it comes; another one gets an id of its own', async () => {
    const first = await imported({ 'race.jsonl': race() });
    const again = await imported({ 'again.zip': zipSync({ 'x/race.jsonl': strToU8(race()) }) });
    expect(again.sessions).toEqual(first.sessions.map((session) => ({ ...session, known: true })));
    const other = await imported({ 'race.jsonl': race(60), 'race-3.jsonl': race(70, { event: 'Été Cup' }) });
    expect(other.sessions.map(({ id, known }) => [id, known])).toEqual([
      ['harbour-cup-race-1-2', false],
      ['ete-cup-race-1', false],
    ]);
    expect((await lobby()).sessions).toHaveLength(3);
  });

  it('[B10] imported sessions outlive the server, and one that was cut off while it was stored does not', async () => {
    await imported({ 'race.jsonl': race(5000) });
    await server.close();
    const store = createSqliteEventStore(join(folder.path, 'pitboard.db'));
    const torn = { id: 'torn', log: 'import-0123', manifest: aManifest(), rate: 1, openedEpochMs: 1, closed: false };
    await store.openSession(torn);
    await store.append(torn.log, someEvents(3));
    await store.close();
    server = await startTestServer({ dataDir: folder.path });
    expect((await lobby()).sessions).toMatchObject([{ imported: true, state: 'recorded', headSeq: 5000 }]);
    expect((await imported({ 'race.jsonl': race(5000) })).sessions).toMatchObject([{ known: true }]);
    const push = { method: 'POST', headers: { authorization: `Bearer ${TEST_TOKEN}` }, body: '{}' };
    const pushed = await fetch(new URL('/api/sessions/harbour-cup-race-1/events', server.url), push);
    expect(pushed.status).toBe(409);
    await server.close();
    const kept = createSqliteEventStore(join(folder.path, 'pitboard.db'));
    expect((await kept.sessions()).map(({ id }) => id)).toEqual(['harbour-cup-race-1']);
    await kept.close();
    server = await startTestServer();
  });

  it('[B11] who wants to watch is told how far it is, and at last what came of it', async () => {
    const headers = { accept: 'application/x-ndjson' };
    const lines = (await (await send({ 'race.jsonl': race(5000) }, { headers })).text()).trim().split('\n');
    const steps = lines.map((line) => importStepSchema.parse(JSON.parse(line)));
    expect(steps[0]).toEqual({ step: 'reading', file: 'race.jsonl', share: expect.any(Number) });
    expect(steps.at(-1)).toMatchObject({ step: 'done', answer: { sessions: [{ events: 5000 }] } });
    const shares = steps.flatMap((step) => (step.step === 'storing' ? [step.share] : []));
    expect(shares.length).toBeGreaterThan(2);
    expect(shares).toEqual([...shares].sort((one, other) => one - other));
    expect(shares.at(-1)).toBe(1);
    const refused = (await (await send({ 'a.txt': 'x' }, { headers })).text()).trim().split('\n');
    expect(importStepSchema.parse(JSON.parse(refused.at(-1) ?? ''))).toMatchObject({
      step: 'refused',
      refusal: { error: 'no-race', file: 'a.txt', reason: 'no file of a known format' },
    });
  });

  it('[B12] what cannot be imported is refused with file, line and reason, and leaves nothing behind', async () => {
    const mostlyBad = race(5) + 'junk\n'.repeat(40);
    const cases: readonly [Files, number, object][] = [
      [{ 'a.txt': 'x' }, 422, { error: 'no-race', file: 'a.txt', reason: 'no file of a known format' }],
      [{ 'a.txt': '' }, 422, { error: 'no-race', file: 'a.txt', reason: 'the file is empty' }],
      [
        { 'r.jsonl': mostlyBad },
        422,
        { error: 'no-race', file: 'r.jsonl', reason: 'most of its lines cannot be read' },
      ],
      [{ 'b.gz': gzipSync(Buffer.alloc(20_000_000)) }, 413, { error: 'too-large', file: 'b.gz' }],
      [{ 'l.csv': Buffer.alloc(2_100_000, 'a') }, 413, { error: 'too-large' }],
      [{ one: Buffer.alloc(1_500_000), two: Buffer.alloc(1_500_000) }, 413, { error: 'too-large' }],
      [{}, 400, { error: 'bad-request' }],
    ];
    for (const [files, status, refusal] of cases) {
      const response = await send(files);
      const answer = importRefusalSchema.parse(await response.json());
      expect(response.status).toBe(status);
      expect(answer).toMatchObject(refusal);
      expect(answer.message).not.toMatch(/pitboard-import-/);
    }
    expect((await lobby()).sessions).toEqual([]);
    await expect.poll(spooled, PATIENT).toEqual([]);
  });

  it('[B12] a broken upload does no harm', async () => {
    const type = 'multipart/form-data; boundary=xx';
    const url = new URL('/api/import', server.url);
    for (const body of [
      'junk',
      '--xx\r\nContent-Disposition: form-data; name="f"; filename="a"\r\n\r\nabc',
      '--xx--',
    ]) {
      const response = await fetch(url, { method: 'POST', headers: { 'content-type': type }, body });
      expect(response.status).toBe(400);
      expect(importRefusalSchema.parse(await response.json()).error).toBe('bad-request');
    }
    const gone = httpRequest(url, { method: 'POST', headers: { 'content-type': type, 'content-length': '1000000' } });
    gone.on('error', () => undefined);
    gone.write('--xx\r\nContent-Disposition: form-data; name="f"; filename="a"\r\n\r\nabc');
    await new Promise((resolve) => setTimeout(resolve, 100));
    gone.destroy();
    await expect.poll(spooled, PATIENT).toEqual([]);
    expect((await imported({ 'race.jsonl': race() })).sessions).toHaveLength(1);
  });

  it('[B12] uploads that are cut off while their bytes are written end neither the server nor fill its disk', async () => {
    const url = new URL('/api/import', server.url);
    const head = '--xx\r\nContent-Disposition: form-data; name="f"; filename="a"\r\n\r\n';
    const cut = async (index: number): Promise<void> => {
      const isForm = index % 2 === 0;
      const type = isForm ? 'multipart/form-data; boundary=xx' : 'text/csv';
      const gone = httpRequest(url, { method: 'POST', headers: { 'content-type': type, 'content-length': '1900000' } });
      gone.on('error', () => undefined);
      gone.write(
        `${isForm ? head : ''}${'car,lap\r\n'.repeat(index * 300)}${isForm ? `\r\n${head}b`.repeat(300) : ''}`,
      );
      await new Promise((resolve) => setTimeout(resolve, index));
      gone.destroy();
    };
    for (let index = 0; index < 40; index++) await cut(index);
    await expect.poll(spooled, PATIENT).toEqual([]);
    expect((await imported({ 'race.jsonl': race() })).sessions).toHaveLength(1);
  });

  it('[B12] whoever gives up in the middle leaves nothing behind', async () => {
    const gone = new AbortController();
    const url = new URL('/api/import?name=race.jsonl.gz', server.url);
    const headers = { accept: 'application/x-ndjson', 'content-type': 'application/gzip' };
    const body = gzipSync(race(40_000));
    const response = await fetch(url, { method: 'POST', headers, body, signal: gone.signal });
    await response.body?.getReader().read();
    gone.abort();
    await expect.poll(spooled, PATIENT).toEqual([]);
    expect((await lobby()).sessions).toEqual([]);
    expect((await imported({ 'race.jsonl': race() })).sessions).toMatchObject([{ id: 'harbour-cup-race-1' }]);
  });

  it('[B13] without the token only whoever sits at this machine may import, and no strange page in the browser', async () => {
    const own = new URL(server.url).host;
    const ways: readonly [Record<string, string>, boolean][] = [
      [{}, true],
      [{ origin: `http://${own}` }, true],
      [{ origin: `http://${own}`, 'sec-fetch-site': 'same-origin' }, true],
      [{ origin: 'https://evil.example' }, false],
      [{ origin: 'null' }, false],
      [{ origin: 'http://localhost:1' }, false],
      [{ 'sec-fetch-site': 'cross-site' }, false],
      [{ host: 'evil.example' }, false],
      [{ host: `evil.example:${server.port}`, origin: `http://evil.example:${server.port}` }, false],
      [{ host: 'localhost.evil.example' }, false],
      [{ 'x-forwarded-for': '203.0.113.7' }, false],
      [{ forwarded: 'for=203.0.113.7' }, false],
      [{ 'x-forwarded-for': '203.0.113.7', authorization: `Bearer ${TEST_TOKEN}` }, true],
      [{ origin: 'https://evil.example', authorization: 'Bearer wrong-token-123456' }, false],
    ];
    for (const [headers, may] of ways) {
      const { needsToken } = importRulesSchema.parse(JSON.parse((await raw('GET', '/api/import', headers)).body));
      expect([headers, needsToken]).toEqual([headers, !may]);
    }
    const strange = { origin: 'https://evil.example', 'content-type': 'text/plain' };
    expect((await raw('POST', '/api/import?name=a', strange, race())).status).toBe(401);
    expect((await raw('POST', '/api/import?name=a', { 'content-type': 'text/plain' }, race())).status).toBe(200);
  });

  it('[B13] a server can ask for the token always, and tells what it takes', async () => {
    const rules = async (url: string, headers = {}) =>
      importRulesSchema.parse(await (await fetch(new URL('/api/import', url), { headers })).json());
    expect(await rules(server.url)).toMatchObject({ limitBytes: 2_000_000, needsToken: false });
    expect((await rules(server.url)).formats).toContain('Al Kamel timing sheets');
    const strict = await startTestServer({ importAccess: 'token' });
    expect((await rules(strict.url)).needsToken).toBe(true);
    expect((await rules(strict.url, { authorization: `Bearer ${TEST_TOKEN}` })).needsToken).toBe(false);
    expect((await send({ 'race.jsonl': race() }, { url: strict.url })).status).toBe(401);
    const headers = { authorization: `Bearer ${TEST_TOKEN}` };
    expect((await send({ 'race.jsonl': race() }, { url: strict.url, headers })).status).toBe(200);
    await strict.close();
  });

  it('[B14] one import is read at a time, a few wait, and more are sent away', async () => {
    const watching = { headers: { accept: 'application/x-ndjson' } };
    const two = await Promise.all([send({ a: race(2000) }, watching), send({ a: race(2001) }, watching)]);
    const told = await Promise.all(two.map((answer) => answer.text()));
    expect(told.map((lines) => lines.startsWith('{"step":"waiting"}\n')).sort()).toEqual([false, true]);
    await expect.poll(spooled, PATIENT).toEqual([]);
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, index) => send({ 'race.jsonl': race(3000 + index) })),
    );
    const statuses = answers.map(({ status }) => status).sort();
    expect(statuses.filter((status) => status === 200).length).toBeGreaterThanOrEqual(4);
    expect(new Set(statuses)).toEqual(new Set([200, 429]));
    const busy = answers.find(({ status }) => status === 429);
    expect(importRefusalSchema.parse(await busy?.json()).error).toBe('busy');
    expect((await imported({ 'race.jsonl': race() })).sessions).toHaveLength(1);
  });

  it('[B15] an imported session can be removed again by whoever may import, and no other session', async () => {
    await server.close();
    server = await startTestServer({ sessions: [{ id: 'own', manifest: aManifest(), events: someEvents(3) }] });
    const { sessions } = await imported({ 'race.jsonl': race() });
    const id = sessions[0]?.id ?? '';
    const path = `/api/sessions/${id}`;
    expect((await raw('DELETE', path, { origin: 'https://evil.example' })).status).toBe(401);
    expect((await raw('DELETE', '/api/sessions/own', {})).status).toBe(409);
    expect((await raw('DELETE', '/api/sessions/none', {})).status).toBe(404);
    expect((await lobby()).sessions).toHaveLength(2);
    expect((await raw('DELETE', path, {})).status).toBe(204);
    expect((await lobby()).sessions.map((session) => session.id)).toEqual(['own']);
    expect((await imported({ 'race.jsonl': race() })).sessions).toMatchObject([{ id, known: false }]);
  });
});
