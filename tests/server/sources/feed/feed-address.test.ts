import { parseFeedAddress, sameFeed } from '@pitboard/server/sources/feed/feed-address.ts';
import { describe, expect, it } from 'vitest';
import { runPitboard } from '../../cli/run-pitboard.ts';
import { tinyProtocol } from './tiny-protocol.ts';

const single = { ...tinyProtocol, id: 'single', schemes: ['single:', 'single+http:'], example: 'single:' };
const protocols = [tinyProtocol, single];

describe('U. Sources at run time', () => {
  it.each([
    [' tiny://10.0.0.9:50000 ', 'tiny'],
    ['tiny://timing.local', 'tiny'],
    ['tiny://[fe80::1]:50000', 'tiny'],
    ['single:', 'single'],
    ['single+http://127.0.0.1:8080/hub', 'single'],
  ])('[U1] %j is spoken to in %s', (address, id) => {
    const { url, protocol } = parseFeedAddress(address, protocols);
    expect(protocol.id).toBe(id);
    expect(url.href).toBe(new URL(address.trim()).href);
  });

  it.each(['', 'tiny', 'tiny:', 'tiny:10.0.0.9:50000', 'tiny://a\u0000', 'http://10.0.0.9', 'javascript:1', '\u2028'])(
    '[U1] %j is refused',
    (address) => {
      expect(() => parseFeedAddress(address, protocols)).toThrow(/tiny:\/\/192\.168\.1\.20:50000/);
    },
  );

  it.each([
    ['tiny://Timing.local', 'tiny://timing.LOCAL:50000/', true],
    ['tiny://user:word@timing.local', 'tiny://timing.local#here', true],
    ['tiny://timing.local', 'tiny://timing.local:50001', false],
    ['tiny://timing.local/one', 'tiny://timing.local/two', false],
    ['single:', 'single://', true],
    ['single+http://timing.local', 'single+http://timing.local:8080', false],
    ['tiny://timing.local', 'single+http://timing.local', false],
  ])('[U16] %j and %j: the same feed is %s', (one, other, isSame) => {
    expect(sameFeed(parseFeedAddress(one, protocols), parseFeedAddress(other, protocols))).toBe(isSame);
  });

  it('[U1] the command line names what it knows, before anything is started', async () => {
    const { code, err } = await runPitboard(['serve', '--source', 'gopher://10.0.0.9']);
    expect(code).toBe(2);
    expect(err).toMatch(/^pitboard: --source: .*gopher:.*rmonitor:\/\/\S+/);
    expect(err.trim().split('\n')).toHaveLength(1);
  });
});
