import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { importAnswerSchema } from '@pitboard/shared/protocol/import.ts';
import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { startTestServer } from '../server/test-server.ts';
import { AL_KAMEL_RACES, NO_REAL_DATA, realDataFolder } from './real-data.ts';

const suffix = realDataFolder === undefined ? ` (${NO_REAL_DATA})` : '';

function contentOf(name: string): Uint8Array {
  return readFileSync(join(realDataFolder ?? '', 'alkamel', name));
}

describe.skipIf(realDataFolder === undefined)(`B. Files brought in: real ones${suffix}`, () => {
  it('[B10] a day of racing is one session, as it is and as gzip', async () => {
    const server = await startTestServer();
    const [name] = AL_KAMEL_RACES[2].files;
    const content = contentOf(name);
    const bring = async (body: Uint8Array) => {
      const url = new URL(`/api/import?name=${name}`, server.url);
      const headers = { 'content-type': 'application/octet-stream' };
      const response = await fetch(url, { method: 'POST', headers, body: Buffer.from(body) });
      return importAnswerSchema.parse(await response.json());
    };
    const plain = await bring(content);
    expect(plain.skipped.lines).toBe(0);
    expect(plain.sessions).toMatchObject([{ kind: 'race', cars: 62, known: false }]);
    expect((await bring(gzipSync(content))).sessions).toMatchObject([{ id: plain.sessions[0]?.id, known: true }]);
    await server.close();
  });

  it('[B2] laps, results and weather of two races in one archive are two races', async () => {
    const server = await startTestServer();
    const files = AL_KAMEL_RACES.slice(0, 2).flatMap((race) => [...race.files]);
    const archive = zipSync(Object.fromEntries(files.map((name) => [name, contentOf(name)])));
    const url = new URL('/api/import?name=season.zip', server.url);
    const headers = { 'content-type': 'application/zip' };
    const response = await fetch(url, { method: 'POST', headers, body: Buffer.from(archive) });
    const { sessions, files: told } = importAnswerSchema.parse(await response.json());
    expect(told.filter(({ problem }) => problem !== undefined)).toEqual([]);
    expect(sessions.map(({ cars }) => cars).sort()).toEqual([18, 20]);
    await server.close();
  });
});
