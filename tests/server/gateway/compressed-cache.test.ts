import { CompressedCache, encodingFor } from '@pitboard/server/gateway/compressed-cache.ts';
import { describe, expect, it } from 'vitest';

describe('packed bodies', () => {
  it.each([
    ['gzip, deflate, br, zstd', 'br'],
    ['BR;q=0.5, gzip', 'br'],
    ['gzip, br;q=0', 'gzip'],
    ['br;q=0.0, gzip;q=0', 'identity'],
    ['deflate', 'identity'],
    ['', 'identity'],
    [undefined, 'identity'],
  ])('[W8] "%s" is served with %s', (header, encoding) => {
    expect(encodingFor(header)).toBe(encoding);
  });

  it('[W8] are made once, also for those who ask at the same time', async () => {
    const cache = new CompressedCache(10_000);
    let made = 0;
    const make = async () => `body ${++made}`;
    const bodies = await Promise.all([cache.get('a', 'identity', make), cache.get('a', 'identity', make)]);
    expect(bodies.map(String)).toEqual(['body 1', 'body 1']);
    expect(String(await cache.get('a', 'identity', make))).toBe('body 1');
    await cache.get('a', 'gzip', make);
    expect(made).toBe(2);
  });

  it('[W8] take no more memory than allowed: the one not asked for longest goes first', async () => {
    const cache = new CompressedCache(250);
    const made: string[] = [];
    const get = async (key: string) => {
      await cache.get(key, 'identity', async () => {
        made.push(key);
        return key.repeat(100);
      });
    };
    for (const key of ['a', 'b', 'a', 'c', 'a', 'b']) await get(key);
    expect(made).toEqual(['a', 'b', 'c', 'b']);
  });

  it('[W8] that could not be made are tried again', async () => {
    const cache = new CompressedCache(100);
    await expect(cache.get('a', 'br', () => Promise.reject(new Error('disk')))).rejects.toThrow('disk');
    expect((await cache.get('a', 'identity', async () => 'fine')).toString()).toBe('fine');
    expect((await cache.get('a', 'br', async () => 'fine')).length).toBeGreaterThan(0);
  });
});
