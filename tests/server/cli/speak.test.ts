import { writeFileSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { formatCaptureEntry, formatCaptureHeader } from '@pitboard/server/sources/capture/capture-lines.ts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../server/test-server.ts';
import { runPitboard, startPitboard } from './run-pitboard.ts';

let folder: ReturnType<typeof temporaryFolder>;
const open: { stop?: () => void } = {};
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => {
  open.stop?.();
  folder.remove();
});

/** Starts the command on a free port and listens to it. */
async function listenTo(words: readonly string[]) {
  const { child, ending } = startPitboard(['speak', ...words, '--port', '0']);
  const port = await new Promise<number>((resolve, reject) => {
    let out = '';
    child.stdout?.on('data', (bytes: Buffer) => {
      out += bytes.toString();
      const found = /Speaking on 127\.0\.0\.1:(\d+)/.exec(out)?.[1];
      if (found !== undefined) resolve(Number(found));
    });
    ending.then(({ err }) => reject(new Error(err)), reject);
  });
  const socket: Socket = connect({ host: '127.0.0.1', port });
  const heard = { text: '' };
  socket.on('error', () => undefined);
  socket.on('data', (bytes) => {
    heard.text += bytes.toString('latin1');
  });
  open.stop = () => {
    socket.destroy();
    child.kill('SIGKILL');
  };
  return { heard, child, ending };
}

describe('U. Sources at run time', () => {
  it('[U52] a scenario is spoken from where it was asked, and a signal ends it', async () => {
    const { heard, child, ending } = await listenTo(['baku-2014', '--start-at', '00:20:00', '--speed', '20']);
    await expect.poll(() => heard.text, { timeout: 20_000 }).toMatch(/\$J,"[^"]+","00:01:\d\d\.\d{3}","00:2/);
    expect(heard.text).toMatch(/^\$B,1,"Main Race"\r\n\$C,1,/);
    expect(heard.text).toContain('$G,1,');
    expect(heard.text).not.toContain('$L,');
    child.kill('SIGINT');
    expect((await ending).code).toBe(0);
  });

  it('[U52] a capture is spoken as it was heard', async () => {
    const file = join(folder.path, 'race.jsonl.gz');
    const pieces = ['$B,5,"R', 'ace"\r\n', '$F,9,"\xe9"\r\n'];
    const entries = pieces.map(
      (text, index) => ({ kind: 'piece', atMs: index * 100, bytes: Buffer.from(text, 'latin1') }) as const,
    );
    const header = formatCaptureHeader({
      protocol: 'rmonitor',
      address: 'rmonitor://10.0.0.7:50000',
      startedEpochMs: 0,
    });
    writeFileSync(file, gzipSync(header + entries.map(formatCaptureEntry).join('')));
    const { heard } = await listenTo([file]);
    await expect.poll(() => heard.text, { timeout: 20_000 }).toBe(pieces.join(''));
  });

  it('[U52] what cannot be spoken is said in one line', async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
    const { port } = taken.address() as { port: number };
    const cases = await Promise.all([
      runPitboard(['speak', join(folder.path, 'none.jsonl')]),
      runPitboard(['speak', 'baku-2014', '--port', String(port)]),
      runPitboard(['speak', 'baku-2014', '--start-at', 'noon']),
    ]);
    taken.close();
    expect(cases.map(({ code }) => code)).toEqual([1, 1, 2]);
    expect(cases[0]?.err).toContain('there is no such file');
    expect(cases[1]?.err).toContain(`port ${port} is taken`);
  });
});
