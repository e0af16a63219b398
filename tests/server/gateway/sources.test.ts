import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RunningServer } from '@pitboard/server/main.ts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { aManifest } from '../../builders.ts';
import {
  addSource,
  askSources,
  eventually,
  lapsIn,
  listSources,
  logOf,
  sourceOf,
  startFeedServer,
  stateOf,
} from '../sources/feed/sources-api.ts';
import { TimingComputer } from '../sources/feed/timing-computer.ts';
import { temporaryFolder } from '../test-server.ts';

let computer: TimingComputer;
let folder: ReturnType<typeof temporaryFolder>;
let server: RunningServer;

beforeEach(async () => {
  computer = await TimingComputer.start();
  folder = temporaryFolder();
  server = await startFeedServer({ dataDir: folder.path });
});
afterEach(async () => {
  await server.close();
  computer.close();
  folder.remove();
});

const post = (body: unknown) => askSources(server, '', { method: 'POST', body });

async function restart(options: Parameters<typeof startFeedServer>[0] = {}): Promise<void> {
  await server.close();
  server = await startFeedServer({ dataDir: folder.path, ...options });
}

describe('U. Sources at run time', () => {
  it('[U4] a source tells how it goes', async () => {
    computer.say('session 1 Race', 'phase running 0', 'lap 7 1 90000 90000', 'nonsense \u0007');
    const added = await addSource(server, computer.address, 'Orbits at the tower');
    expect(added).toMatchObject({ id: 'orbits-at-the-tower', protocol: 'tiny', kept: true });
    await eventually(async () => expect(await sourceOf(server, added.id)).toMatchObject({ linesRead: 4 }));
    await eventually(async () =>
      expect(await sourceOf(server, added.id)).toEqual({
        id: 'orbits-at-the-tower',
        name: 'Orbits at the tower',
        address: computer.address,
        protocol: 'tiny',
        kept: true,
        state: 'connected',
        sinceEpochMs: expect.any(Number),
        attempts: 0,
        lastLine: { text: 'nonsense ␇', epochMs: expect.any(Number) },
        linesRead: 4,
        linesSkipped: 1,
        lastSkipped: { line: 4, text: 'nonsense ␇', reason: 'unknown word nonsense' },
        factsLeftOut: 0,
        sessions: [{ id: 'orbits-at-the-tower-1', title: 'Test Event · Race' }],
      }),
    );
    computer.pull();
    await eventually(async () =>
      expect(await sourceOf(server, added.id)).toMatchObject({
        state: 'waiting',
        problem: expect.stringContaining('line'),
        nextAttemptEpochMs: expect.any(Number),
      }),
    );
    computer.plug();
    await eventually(async () => expect(await sourceOf(server, added.id)).toMatchObject({ state: 'connected' }));
    expect(await sourceOf(server, added.id)).not.toHaveProperty('problem');
  });

  it('[U13] sources are kept for the next start, for their owner only, until they are removed', async () => {
    await addSource(server, computer.address, 'Orbits');
    await addSource(server, 'tiny://127.0.0.1:1', '');
    const file = join(folder.path, 'sources.json');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    await restart();
    expect((await listSources(server)).sources).toMatchObject([
      { id: 'orbits', name: 'Orbits', address: computer.address, kept: true },
      { id: '127.0.0.1', name: 'tiny://127.0.0.1:1' },
    ]);
    expect((await askSources(server, '/orbits', { method: 'DELETE' })).status).toBe(204);
    await restart();
    expect((await listSources(server)).sources.map(({ id }) => id)).toEqual(['127.0.0.1']);
    expect(readdirSync(folder.path).filter((name) => name.includes('draft'))).toEqual([]);
  });

  it('[U13] those that the command line names are for one run', async () => {
    await restart({ sources: [computer.address, computer.address, 'strange://x'] });
    expect((await listSources(server)).sources).toMatchObject([{ address: computer.address, kept: false }]);
    await addSource(server, 'tiny://127.0.0.1:1', 'Kept');
    await restart();
    expect((await listSources(server)).sources.map(({ id }) => id)).toEqual(['kept']);
  });

  it('[U14] a list that is damaged is set aside, and what another version wrote stays in it', async () => {
    const errors: string[] = [];
    const log = { info: () => undefined, error: (line: string) => errors.push(line) };
    const file = join(folder.path, 'sources.json');
    const strange = { id: 'strange', name: 'Strange', address: 'strange://host' };
    writeFileSync(file, JSON.stringify({ version: 1, sources: [strange] }));
    await restart({ log });
    expect((await listSources(server)).sources).toEqual([]);
    await addSource(server, computer.address, 'Orbits');
    expect(JSON.parse(readFileSync(file, 'utf8')).sources).toMatchObject([{ id: 'orbits' }, strange]);
    writeFileSync(file, '{"version":1,"sources":[{"id":"');
    await restart({ log });
    expect((await listSources(server)).sources).toEqual([]);
    expect(existsSync(`${file}.unreadable`)).toBe(true);
    expect(errors).toEqual([expect.stringContaining('strange'), expect.stringContaining('damaged')]);
  });

  it('[U15] nothing of it is told or done without the token', async () => {
    const requests = [
      askSources(server, '', { token: 'guessed-token-000000' }),
      askSources(server, '', { token: 'guessed-token-000000', method: 'POST', body: { address: computer.address } }),
      askSources(server, '/orbits', { token: 'guessed-token-000000' }),
      askSources(server, '/orbits', { token: 'guessed-token-000000', method: 'DELETE' }),
      fetch(new URL('/api/sources', server.url)),
    ];
    for (const response of await Promise.all(requests)) {
      expect(response.status).toBe(401);
      expect(await response.json()).toMatchObject({ error: 'unauthorized' });
    }
    expect((await listSources(server)).sources).toEqual([]);
  });

  it.each([
    ['a scheme that nobody speaks', { address: 'http://127.0.0.1:50000' }, 'bad-address', 'tiny://192.168.1.20:50000'],
    ['no scheme', { address: '192.168.1.20' }, 'bad-address', 'Tiny timing'],
    ['no computer', { address: 'tiny:50000' }, 'bad-address', 'no computer'],
    ['a space', { address: 'tiny://a b' }, 'bad-address', 'no address'],
    ['nothing', { address: '' }, 'bad-request', 'address'],
    ['too much', { address: `tiny://${'x'.repeat(600)}` }, 'bad-request', 'address'],
    ['a strange name', { address: 'tiny://a', name: 'a\u0000b' }, 'bad-request', 'name'],
    ['a strange field', { address: 'tiny://a', more: 1 }, 'bad-request', 'more'],
    ['no object', [], 'bad-request', 'expected object'],
  ])('[U1] an address with %s is refused', async (_what, body, error, says) => {
    const response = await post(body);
    expect(response.status).toBe(400);
    expect(await response.json()).toEqual({ error, message: expect.stringContaining(says) });
    expect((await listSources(server)).sources).toEqual([]);
  });

  it('[U15] what is secret in an address is kept, and shown to nobody', async () => {
    const address = 'tiny://user:secret@127.0.0.1:1/feed?token=secret';
    await addSource(server, address, '');
    expect(await (await askSources(server)).text()).not.toContain('secret');
    expect(await sourceOf(server, '127.0.0.1')).toMatchObject({ address: 'tiny://127.0.0.1:1/feed' });
    expect(readFileSync(join(folder.path, 'sources.json'), 'utf8')).toContain(address);
  });

  it('[U15] a source that is not there is said so', async () => {
    for (const method of ['GET', 'DELETE']) {
      const response = await askSources(server, '/nowhere', { method });
      expect(response.status).toBe(404);
      expect(await response.json()).toMatchObject({ error: 'unknown-source' });
    }
    expect((await askSources(server, '/..%2f..', {})).status).toBe(400);
  });

  it('[U16] the same computer is listened to once, names that repeat are told apart, and 20 are enough', async () => {
    await addSource(server, computer.address, 'Orbits');
    const again = await post({ address: ` ${computer.address} `, name: 'Another' });
    expect(again.status).toBe(409);
    expect(await again.json()).toMatchObject({ error: 'already-listed', message: expect.stringContaining('Orbits') });
    for (let port = 1; port < 20; port++) await addSource(server, `tiny://127.0.0.1:${port}`, 'Orbits');
    const { sources, limit } = await listSources(server);
    expect(sources.map(({ id }) => id).slice(0, 3)).toEqual(['orbits', 'orbits-2', 'orbits-3']);
    expect([sources.length, limit]).toEqual([20, 20]);
    const one = await post({ address: 'tiny://127.0.0.1:99' });
    expect(one.status).toBe(409);
    expect(await one.json()).toMatchObject({ error: 'too-many' });
  });

  it('[U17] who removes a source ends its session, and who adds it again goes on', async () => {
    computer.say('session 1', 'phase running 0', 'lap 7 1 90000 90000');
    await addSource(server, computer.address, 'Orbits');
    await eventually(async () => expect(await stateOf(server, 'orbits-1')).toBe('live'));
    await askSources(server, '/orbits', { method: 'DELETE' });
    expect(await stateOf(server, 'orbits-1')).toBe('recorded');
    computer.say('lap 7 2 180000 90000');
    await addSource(server, computer.address, 'Orbits');
    await eventually(async () => expect(lapsIn(await logOf(server, 'orbits-1'))).toEqual(['7 1', '7 2']));
    expect(await stateOf(server, 'orbits-1')).toBe('live');
  });

  it('[U18] a session that somebody else makes is left alone, and that is said', async () => {
    await restart({ sessions: [{ id: 'orbits-1', manifest: aManifest(), events: [] }] });
    computer.say('session 1', 'phase running 0', 'lap 7 1 90000 90000');
    await addSource(server, computer.address, 'Orbits');
    await eventually(async () =>
      expect(await sourceOf(server, 'orbits')).toMatchObject({ problem: expect.stringContaining('orbits-1') }),
    );
    expect(await logOf(server, 'orbits-1')).toEqual([]);
  });
});
