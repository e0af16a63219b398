import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RunningServer } from '@pitboard/server/main.ts';
import { writeRecordingFile } from '@pitboard/server/recordings/recording-file.ts';
import { parseRecording } from '@pitboard/shared/protocol/recording.ts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { aManifest, someEvents, someFacts } from '../../builders.ts';
import { startTestServer, temporaryFolder } from '../test-server.ts';
import { runPitboard, spawnServer } from './run-pitboard.ts';

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder.remove());

const COMMANDS = ['serve', 'replay', 'simulate', 'push', 'export'];

describe('command line', () => {
  it('[W27] helps with every command, by example', async () => {
    const { code, out } = await runPitboard(['--help']);
    expect(code).toBe(0);
    const helps = await Promise.all(COMMANDS.map((command) => runPitboard([command, '--help'])));
    helps.forEach((help, index) => {
      expect(out).toContain(COMMANDS[index]);
      expect(help.code).toBe(0);
      expect(help.out).toMatch(/Examples?:\n {2}pitboard /);
    });
  });

  it.each([
    [2, ['fly'], 'unknown command'],
    [2, ['serve', '--port', 'http'], 'a port, 0 to 65535'],
    [2, ['replay', 'baku-2014', '--speed', '0'], 'a number above 0'],
    [2, ['push', 'x.jsonl', '--session', 'race'], '--to'],
    [2, ['replay', 'baku-2014', '--to', 'http://localhost:1', '--loop'], '--loop needs a server of its own'],
    [1, ['simulate', '--scenario', 'atlantis'], 'there is no scenario "atlantis"'],
    [1, ['serve', '--recording', '/nowhere/race.jsonl'], 'there is no such file'],
    [1, ['export', 'race', '--from', 'http://127.0.0.1:1', '--out', '/dev/null'], 'cannot reach'],
  ])('[W27] exits with %i and one clear line for %j', async (code, words, message) => {
    const ending = await runPitboard(words);
    expect(ending.code).toBe(code);
    expect(ending.err).toContain(message);
    expect(ending.err).not.toMatch(/\n\s+at /);
    expect(ending.err.trim().split('\n').length).toBeLessThanOrEqual(2);
  });

  it('[W27] the same seed gives the same race, to a file and to the standard output', async () => {
    const file = join(folder.path, 'race.jsonl');
    const written = await runPitboard(['simulate', '--scenario', 'baku-2014', '--seed', '3', '--out', file]);
    expect(written).toMatchObject({ code: 0, out: '' });
    const { out } = await runPitboard(['simulate', '--scenario', 'baku-2014', '--seed', '3']);
    expect(readFileSync(file, 'utf8')).toBe(out);
    expect(parseRecording(out).events.length).toBeGreaterThan(1000);
  });

  it('[W28] ends in good order on a signal, and goes on from its data', async () => {
    const words = ['--empty', '--port', '0', '--data', folder.path];
    const server = await spawnServer(words);
    const file = join(folder.path, 'race.jsonl');
    await writeRecordingFile(file, { manifest: aManifest(), events: someEvents(20) });
    const pushed = await runPitboard(['push', file, '--to', server.url, '--session', 'race']);
    expect(pushed).toMatchObject({ code: 0, err: '20 facts stored as session "race"\n' });
    const repeated = await runPitboard(['push', file, '--to', server.url, '--session', 'race']);
    expect(repeated.err).toMatch(/^0 facts stored as session "race"; 20 of "push" were there already/);
    expect(await server.stop('SIGTERM')).toMatchObject({ code: 0 });
    const again = await spawnServer(words);
    const lobby = await (await fetch(`${again.url}api/sessions`)).json();
    expect(lobby).toMatchObject({ sessions: [{ id: 'race', state: 'recorded', headSeq: 20 }] });
    expect(await again.stop('SIGINT')).toMatchObject({ code: 0 });
  });
});

describe('command line, with a server', () => {
  let server: RunningServer;
  beforeEach(async () => {
    server = await startTestServer();
  });
  afterEach(() => server.close());

  it('[W22] what was pushed is exported as it was', async () => {
    const file = join(folder.path, 'race.jsonl.gz');
    const out = join(folder.path, 'out.jsonl');
    await writeRecordingFile(file, { manifest: aManifest(), events: someEvents(1200) });
    expect(await runPitboard(['push', file, '--to', server.url, '--session', 'race'])).toMatchObject({ code: 0 });
    expect(await runPitboard(['export', 'race', '--from', server.url, '--out', out])).toMatchObject({ code: 0 });
    expect(parseRecording(readFileSync(out, 'utf8'))).toEqual({
      manifest: aManifest(),
      events: someEvents(1200),
      tornLine: undefined,
    });
  });

  it('[W23] facts are pushed as they come on the standard input, numbered or not', async () => {
    const words = ['push', '-', '--to', server.url, '--session', 'race'];
    const header = JSON.stringify({ format: 'pitboard-recording', version: 1, manifest: aManifest() });
    const lines = (facts: readonly object[]) => facts.map((fact) => JSON.stringify(fact)).join('\n');
    const first = await runPitboard(words, `${header}\n${lines(someFacts(3))}\n`);
    expect(first).toMatchObject({ code: 0 });
    // The server has the session by now, and three facts of this source.
    const second = await runPitboard(words, lines(someFacts(5).slice(3)));
    expect(second).toMatchObject({ code: 0 });
    const text = await (await fetch(`${server.url}api/sessions/race/recording`)).text();
    expect(parseRecording(text).events).toEqual(someEvents(5));
  });

  it('[W27] a bad line, a wrong token and an unknown session are told in one line', async () => {
    const words = ['push', '-', '--to', server.url, '--session', 'race'];
    const header = JSON.stringify({ format: 'pitboard-recording', version: 1, manifest: aManifest() });
    const bad = await runPitboard(words, `${header}\n{"type":"passing"}\n`);
    expect(bad).toMatchObject({ code: 1, err: expect.stringMatching(/^pitboard: line 2: .*\n$/) });
    const file = join(folder.path, 'race.jsonl');
    writeFileSync(file, `${header}\n`);
    const stranger = await runPitboard([...words, '--token', 'wrong-token-00000000'], header);
    expect(stranger).toMatchObject({ code: 1, err: expect.stringMatching(/^pitboard: unauthorized: .*\n$/) });
    const nameless = await runPitboard(['push', '-', '--to', server.url, '--session', 'other'], '{"type":"clock"}');
    expect(nameless).toMatchObject({ code: 1, err: expect.stringMatching(/^pitboard: there is no session .*\n$/) });
  });

  it('[W11] a recording is replayed to a server in time, and recorded there', async () => {
    const file = join(folder.path, 'race.jsonl');
    await writeRecordingFile(file, { manifest: aManifest(), events: someEvents(300) });
    const words = ['replay', file, '--to', server.url, '--session', 'race', '--speed', '1000'];
    expect(await runPitboard(words)).toMatchObject({ code: 0 });
    const session = await (await fetch(`${server.url}api/sessions/race`)).json();
    expect(session).toMatchObject({ headSeq: 300, summary: { state: 'recorded' } });
    expect(await runPitboard(words)).toMatchObject({ code: 1, err: expect.stringContaining('choose another') });
  });
});
