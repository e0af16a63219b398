import { createHash } from 'node:crypto';
import { manifestSchema } from '@pitboard/shared/protocol/manifest.ts';
import { raceFactSchema } from '@pitboard/shared/protocol/race-event.ts';
import { segmentSchema } from '@pitboard/shared/protocol/segment.ts';
import * as socket from '@pitboard/shared/protocol/socket-events.ts';
import { describe, expect, it } from 'vitest';
import { toJSONSchema } from 'zod';

const SCHEMAS = {
  manifest: manifestSchema,
  fact: raceFactSchema,
  segment: segmentSchema,
  lobby: socket.lobbySchema,
  joinRequest: socket.joinRequestSchema,
  joinReply: socket.joinReplySchema,
  sessionStatus: socket.sessionStatusSchema,
  sourceOpen: socket.sourceOpenSchema,
  sourcePush: socket.sourcePushSchema,
  sourceClose: socket.sourceCloseSchema,
};

/** Of the shapes as they were when the version was last raised. */
const SHAPES = { version: 9, hash: '9b0618a236271a4d' };

function hashOf(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 16);
}

function shapesNow(): Record<string, unknown> {
  return Object.fromEntries(Object.entries(SCHEMAS).map(([name, schema]) => [name, toJSONSchema(schema)]));
}

describe('E. Encodings', () => {
  it('[E6] the protocol has the version that belongs to its shapes', () => {
    expect(
      { version: socket.PROTOCOL_VERSION, hash: hashOf(shapesNow()) },
      'A message, a fact or the manifest has changed its shape. Raise PROTOCOL_VERSION in shared/src/protocol/socket-events.ts, then write version and hash down here',
    ).toEqual(SHAPES);
  });

  it('[E6] the hash sees a new field, a wider range and a new kind of fact', () => {
    const plain = shapesNow();
    expect(hashOf(plain)).toBe(hashOf(shapesNow()));
    const text = JSON.stringify(plain);
    for (const [from, to] of [
      ['"maxLength":8', '"maxLength":9'],
      ['"pit-entry"', '"pit-arrival"'],
      ['"inPitLane"', '"inLane"'],
    ] as const) {
      expect(text).toContain(from);
      expect(hashOf(JSON.parse(text.replaceAll(from, to)))).not.toBe(hashOf(plain));
    }
  });
});
