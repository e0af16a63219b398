import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { readCaptureFile } from '@pitboard/server/sources/capture/capture-file.ts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../server/test-server.ts';
import { runPitboard, startPitboard } from './run-pitboard.ts';

let folder: ReturnType<typeof temporaryFolder>;
const open: { server?: Server } = {};
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => {
  open.server?.close();
  folder.remove();
});

const LINES = ['$B,5,"Harbour Race"\r\n', '$A,"7","7",0,"Ann","Berg","",1\r\n$G,1,"7",,"00:00:0', '0.000"\r\n'];

/** A timing computer that says its lines to everybody, and cuts the first line after the first of them. */
function startTimingComputer(): Promise<number> {
  let calls = 0;
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    calls++;
    socket.write(LINES[0] as string);
    if (calls === 1) setTimeout(() => socket.destroy(), 50);
    else for (const line of LINES.slice(1)) socket.write(line);
  });
  open.server = server;
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as { port: number }).port));
  });
}

describe('U. Sources at run time', () => {
  it('[U51] the command helps by example, and names every kind of feed', async () => {
    const { code, out } = await runPitboard(['record', '--help']);
    expect(code).toBe(0);
    expect(out).toMatch(/Example:\n {2}pitboard record rmonitor:\/\//);
    expect(out).toMatch(/multiloop:\/\//);
  });

  it.each(['race.jsonl', 'race.jsonl.gz'])(
    '[U51] %s has what was heard, over a lost line, when a signal ends it',
    async (name) => {
      const port = await startTimingComputer();
      const file = join(folder.path, name);
      const { child, ending } = startPitboard(['record', `rmonitor://127.0.0.1:${port}`, '--out', file]);
      await expect
        .poll(async () => (existsSync(file) ? ((await readCaptureFile(file))?.entries.length ?? 0) : 0), {
          timeout: 20_000,
        })
        .toBeGreaterThan(4);
      child.kill('SIGINT');
      const { code, err } = await ending;
      expect(code).toBe(0);
      expect(err).toContain(`${name}: 4 lines`);
      const capture = await readCaptureFile(file);
      expect(capture?.header).toMatchObject({ protocol: 'rmonitor', address: `rmonitor://127.0.0.1:${port}` });
      expect(capture?.entries.map(({ kind }) => kind).filter((kind) => kind !== 'piece')).toEqual([
        'opened',
        'closed',
        'opened',
      ]);
      const heard = capture?.entries
        .map((entry) => (entry.kind === 'piece' ? Buffer.from(entry.bytes).toString('latin1') : ''))
        .join('');
      expect(heard).toBe(`${LINES[0]}${LINES.join('')}`);
    },
  );

  it('[U51] it ends by itself when its time is over', async () => {
    const port = await startTimingComputer();
    const file = join(folder.path, 'race.jsonl');
    const { code } = await runPitboard(['record', `rmonitor://127.0.0.1:${port}`, '--out', file, '--for', '2s']);
    expect(code).toBe(0);
    expect((await readCaptureFile(file))?.entries.length).toBeGreaterThan(1);
  });

  it('[U51] what cannot be recorded is said in one line', async () => {
    const there = join(folder.path, 'there.jsonl');
    writeFileSync(there, 'kept');
    const free = join(folder.path, 'free.jsonl');
    const cases = await Promise.all([
      runPitboard(['record', 'morse://127.0.0.1:1', '--out', free]),
      runPitboard(['record', 'rmonitor://127.0.0.1:1', '--out', join(folder.path, 'x.txt')]),
      runPitboard(['record', 'rmonitor://127.0.0.1:1', '--out', free, '--for', 'ever']),
      runPitboard(['record', 'rmonitor://127.0.0.1:1', '--out', there]),
    ]);
    expect(cases.map(({ code }) => code)).toEqual([2, 2, 2, 1]);
    expect(cases[0]?.err).toContain('morse:');
    expect(cases[3]?.err).toContain('there is such a file already');
    expect(readFileSync(there, 'utf8')).toBe('kept');
    expect(existsSync(free)).toBe(false);
  });
});
