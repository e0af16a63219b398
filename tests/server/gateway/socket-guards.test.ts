import { closeSlowSocket } from '@pitboard/server/gateway/socket-guards.ts';
import { describe, expect, it } from 'vitest';

describe('slow viewers', () => {
  it.each([
    [0, false],
    [200, false],
    [201, true],
  ])('[W17] with %i messages waiting: let go %s', (waiting, isClosed) => {
    let closed = false;
    const conn = {
      writeBuffer: Array.from({ length: waiting }, () => 'message'),
      close: () => {
        closed = true;
      },
    };
    closeSlowSocket({ conn: conn as never });
    expect(closed).toBe(isClosed);
  });
});
