import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { bearerToken, isToken, keptToken } from '@pitboard/server/gateway/auth.ts';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../test-server.ts';

describe('token of sources', () => {
  it('[W19] is made once, kept for its owner only, and told to be new only then', async () => {
    const folder = temporaryFolder();
    const dataDir = join(folder.path, 'data');
    const first = await keptToken(dataDir);
    expect(first.isNew).toBe(true);
    expect(first.token).toMatch(/^[\w-]{32}$/);
    expect(statSync(join(dataDir, 'ingest-token')).mode & 0o777).toBe(0o600);
    expect(readFileSync(join(dataDir, 'ingest-token'), 'utf8').trim()).toBe(first.token);
    expect(await keptToken(dataDir)).toEqual({ token: first.token, isNew: false });
    folder.remove();
  });

  it('[W19] is compared whole', () => {
    expect(isToken('secret-token', 'secret-token')).toBe(true);
    for (const given of ['secret-toke', 'secret-token ', 'Secret-token', '', undefined, 12, {}]) {
      expect(isToken(given, 'secret-token')).toBe(false);
    }
  });

  it('[W19] stands in the header as a bearer token', () => {
    expect(bearerToken('Bearer abc-123')).toBe('abc-123');
    expect(bearerToken('bearer abc')).toBe('abc');
    for (const header of [undefined, '', 'abc', 'Basic abc', 'Bearer', 'Bearer a b']) {
      expect(bearerToken(header)).toBeUndefined();
    }
  });
});
