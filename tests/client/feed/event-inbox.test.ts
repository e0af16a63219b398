import { EventInbox } from '@pitboard/client/feed/event-inbox.ts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { someEvents } from '../../builders.ts';

const EVENTS = someEvents(60);
const run = (fromSeq: number, toSeq: number) => EVENTS.slice(fromSeq - 1, toSeq);

describe('Event inbox', () => {
  test('[W30] holds back what came early until what is before it has come', () => {
    const inbox = new EventInbox();
    expect(inbox.offer(run(4, 6))).toEqual([]);
    expect(inbox.hole()).toEqual({ fromSeq: 1, toSeq: 3 });
    expect(inbox.offer(run(1, 3))).toEqual(run(1, 6));
    expect(inbox.hole()).toBeUndefined();
  });

  test('[W31] leaves out what has come before, also where runs overlap', () => {
    const inbox = new EventInbox();
    expect(inbox.offer(run(1, 5))).toEqual(run(1, 5));
    expect(inbox.offer(run(2, 4))).toEqual([]);
    expect(inbox.offer(run(4, 8))).toEqual(run(6, 8));
    expect(inbox.hole()).toBeUndefined();
  });

  test('[W31] gives every event once and in order, however runs arrive', () => {
    const piece = fc.tuple(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 60 }));
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        const inbox = new EventInbox();
        const given = pieces.flatMap(([one, other]) => inbox.offer(run(Math.min(one, other), Math.max(one, other))));
        given.push(...inbox.offer(run(1, 60)));
        expect(given).toEqual(EVENTS);
      }),
    );
  });
});
