import { feedSessionId } from '@pitboard/server/sources/feed/feed-session-id.ts';
import { KnownFacts } from '@pitboard/server/sources/feed/known-facts.ts';
import { partialOrders } from '@pitboard/server/sources/feed/partial-orders.ts';
import { ToldFacts } from '@pitboard/server/sources/feed/told-facts.ts';
import type { RaceFact } from '@pitboard/shared/protocol/race-event.ts';
import { idSchema } from '@pitboard/shared/protocol/scalars.ts';
import { describe, expect, it } from 'vitest';
import { aManifest, aPassing, numbered } from '../../../builders.ts';

function knowing(...facts: readonly RaceFact[]): KnownFacts {
  const known = new KnownFacts(aManifest());
  for (const event of numbered(facts)) known.learn(event);
  return known;
}

const entry = (lastName: string) => ({ car: '9', drivers: [{ id: 'd9', lastName }] });
const gap = { type: 'gap-reported', car: '1', to: 'leader', ms: 900 } as const;
const penalty = { type: 'penalty', id: 'p1', car: '1', state: 'given', sanction: { kind: 'time', ms: 5000 } } as const;
const message = { type: 'race-control-message', text: 'Car 1 under investigation' } as const;

/** A stored fact, the same as a feed tells it again, and one that only looks like it. */
const PAIRS: readonly (readonly [string, RaceFact, RaceFact, RaceFact])[] = [
  [
    'the crossing that ends a lap',
    aPassing({ lapNumber: 7, lapTimeMs: 90_000, atMs: 630_000 }),
    aPassing({ lapNumber: 7, atMs: 999_000 }),
    aPassing({ lapNumber: 8, atMs: 720_000 }),
  ],
  [
    'a crossing without a number',
    aPassing({ loop: 'S1', atMs: 50_000 }),
    aPassing({ loop: 'S1', atMs: 20_000 }),
    aPassing({ loop: 'S1', atMs: 50_001 }),
  ],
  [
    'a phase',
    { type: 'session-phase', atMs: 0, phase: 'running', startEpochMs: 5 },
    { type: 'session-phase', atMs: 700_000, phase: 'running', startEpochMs: 6 },
    { type: 'session-phase', atMs: 700_000, phase: 'suspended' },
  ],
  [
    'a flag',
    { type: 'flag-changed', atMs: 5, flag: 'yellow', sector: 2 },
    { type: 'flag-changed', atMs: 99_000, flag: 'yellow', sector: 2 },
    { type: 'flag-changed', atMs: 99_000, flag: 'yellow', sector: 3 },
  ],
  [
    'an entry',
    { type: 'entry-updated', atMs: 0, entry: entry('Quick') },
    { type: 'entry-updated', atMs: 7, entry: entry('Quick') },
    { type: 'entry-updated', atMs: 7, entry: entry('Slow') },
  ],
  [
    'an order',
    { type: 'order-reported', atMs: 0, cars: ['2', '1'] },
    { type: 'order-reported', atMs: 9, cars: ['2', '1'] },
    { type: 'order-reported', atMs: 9, cars: ['1', '2'] },
  ],
  ['a gap', { ...gap, atMs: 1 }, { ...gap, atMs: 2 }, { ...gap, atMs: 2, ms: 901 }],
  [
    'a visit to the pits',
    { type: 'pit-entry', atMs: 60_000, car: '1' },
    { type: 'pit-entry', atMs: 90_000, car: '1' },
    { type: 'pit-exit', atMs: 90_000, car: '1' },
  ],
  [
    'who is out',
    { type: 'car-retired', atMs: 1, car: '1', reason: 'gearbox' },
    { type: 'car-retired', atMs: 90_000, car: '1', reason: 'gearbox' },
    { type: 'car-retired', atMs: 90_000, car: '2', reason: 'gearbox' },
  ],
  ['a penalty', { ...penalty, atMs: 1 }, { ...penalty, atMs: 90_000 }, { ...penalty, atMs: 90_000, state: 'served' }],
  ['a message', { ...message, atMs: 50_000 }, { ...message, atMs: 51_900 }, { ...message, atMs: 90_000 }],
  [
    'a deleted lap',
    { type: 'lap-invalidated', atMs: 1, car: '1', lapNumber: 3 },
    { type: 'lap-invalidated', atMs: 90_000, car: '1', lapNumber: 3 },
    { type: 'lap-invalidated', atMs: 90_000, car: '1', lapNumber: 4 },
  ],
  [
    'a best lap',
    { type: 'best-lap-reported', atMs: 1, car: '1', lapTimeMs: 88_000 },
    { type: 'best-lap-reported', atMs: 90_000, car: '1', lapTimeMs: 88_000 },
    { type: 'best-lap-reported', atMs: 90_000, car: '1', lapTimeMs: 87_999 },
  ],
  [
    'a part of the manifest',
    { type: 'session-updated', atMs: 1, changes: { session: 'Heat 2' } },
    { type: 'session-updated', atMs: 2, changes: { session: 'Heat 2' } },
    { type: 'session-updated', atMs: 2, changes: { session: 'Heat 3' } },
  ],
];

describe('U. Sources at run time', () => {
  it.each(PAIRS)('[U7] %s is recognised, and what only looks like it is not', (_what, stored, same, other) => {
    expect(knowing(stored).recognise(same)).toMatchObject({ isKnown: true });
    expect(knowing(stored).recognise(other)).toEqual({ isKnown: false, fact: other });
    expect(knowing().recognise(same)).toEqual({ isKnown: false, fact: same });
  });

  it('[U7] each stored fact answers for one that is told: after that it is new again', () => {
    const known = knowing(aPassing({ lapNumber: 7 }), { type: 'flag-changed', atMs: 5, flag: 'yellow' });
    expect(known.recognise(aPassing({ lapNumber: 7, atMs: 1500 }))).toEqual({ isKnown: true, seq: 1 });
    expect(known.recognise(aPassing({ lapNumber: 7, atMs: 1500 }))).toMatchObject({ isKnown: false });
    expect(known.recognise({ type: 'flag-changed', atMs: 90_000, flag: 'green' })).toMatchObject({ isKnown: false });
    expect(known.recognise({ type: 'flag-changed', atMs: 95_000, flag: 'yellow' })).toMatchObject({ isKnown: false });
  });

  it('[U7] a feed that tells all that happened is recognised moment by moment', () => {
    const flags = (['green', 'yellow', 'green'] as const).map((flag, index) => ({
      type: 'flag-changed' as const,
      atMs: index * 60_000,
      flag,
    }));
    const known = knowing(...flags);
    expect(flags.map((fact) => known.recognise({ ...fact, atMs: fact.atMs + 800 }))).toEqual([
      { isKnown: true, seq: 1 },
      { isKnown: true, seq: 2 },
      { isKnown: true, seq: 3 },
    ]);
    expect(known.recognise({ type: 'flag-changed', atMs: 200_000, flag: 'red' })).toMatchObject({ isKnown: false });
  });

  it('[U7] a lap of the same number that took another time at another time is another lap', () => {
    const stored = aPassing({ lapNumber: 7, lapTimeMs: 90_000, atMs: 630_000 });
    const known = knowing(stored);
    const other = aPassing({ lapNumber: 7, lapTimeMs: 91_000, atMs: 721_000 });
    expect(known.recognise(other)).toEqual({ isKnown: false, fact: other });
    expect(known.recognise({ ...stored, atMs: 640_000 })).toMatchObject({ isKnown: true });
    expect(knowing(stored).recognise({ ...stored, lapTimeMs: 90_001 })).toMatchObject({ isKnown: true });
  });

  it('[U7] a best lap that was driven here is known, one that nobody saw is not', () => {
    const best: RaceFact = { type: 'best-lap-reported', atMs: 900_000, car: '1', lapNumber: 7, lapTimeMs: 88_000 };
    const lap = aPassing({ lapNumber: 7, lapTimeMs: 88_000 });
    expect(knowing(lap).recognise(best)).toEqual({ isKnown: true, seq: 1 });
    expect(knowing({ ...lap, lapTimeMs: 88_001 }).recognise(best)).toMatchObject({ isKnown: false });
    expect(knowing({ ...lap, car: '2' }).recognise(best)).toMatchObject({ isKnown: false });
    const withdrawn: RaceFact = { type: 'passing-withdrawn', atMs: 0, car: '1', withdrawnSeq: 1 };
    expect(knowing(lap, withdrawn).recognise(best)).toMatchObject({ isKnown: false });
  });

  it('[U7] an order that is built up row by row is told when it is whole', () => {
    const orders: RaceFact[] = [['1'], ['1', '2'], ['1', '2', '3'], ['1', '3'], ['3', '1'], ['3', '1', '2']].map(
      (cars, index) => ({ type: 'order-reported', atMs: index, cars }),
    );
    const between = aPassing();
    const partial = partialOrders(orders.flatMap((order) => [order, between]));
    expect(orders.map((order) => partial.has(order))).toEqual([true, true, false, false, true, false]);
    expect(partial.has(between)).toBe(false);
  });

  it('[U19] a feed that has forgotten laps taken away counts on with those of the log', () => {
    const taken = (laps: number): RaceFact => ({
      ...penalty,
      atMs: 700_000,
      id: 'laps',
      sanction: { kind: 'laps', laps },
    });
    const lap = (lapNumber: number, atMs = lapNumber * 90_000) => aPassing({ lapNumber, atMs, lapTimeMs: atMs / 10 });
    const known = knowing(lap(5), lap(6), lap(7), taken(2));
    // Shown with five laps at the time of the seventh, and found out of by one lap after the other.
    expect(known.recognise(lap(5, 630_000))).toEqual({ isKnown: true, seq: 3 });
    expect(known.recognise(lap(6, 720_000))).toEqual({ isKnown: false, fact: lap(8, 720_000) });
    expect(known.recognise(taken(1))).toEqual({ isKnown: true, seq: 4 });
    expect(known.recognise(lap(8, 810_000))).toEqual({ isKnown: false, fact: lap(9, 810_000) });
    expect(known.recognise(taken(2))).toMatchObject({ isKnown: true });
    expect(known.recognise(lap(10, 900_000))).toEqual({ isKnown: false, fact: lap(10, 900_000) });
    expect(known.recognise(taken(3))).toEqual({ isKnown: false, fact: taken(3) });
  });

  it('[U19] nor does it lose the lap that was driven while nobody listened', () => {
    const taken: RaceFact = { ...penalty, atMs: 700_000, id: 'laps', sanction: { kind: 'laps', laps: 1 } };
    const known = knowing(aPassing({ lapNumber: 6, atMs: 540_000 }), aPassing({ lapNumber: 7, atMs: 630_000 }), taken);
    expect(known.recognise(aPassing({ lapNumber: 7, atMs: 720_000 }))).toEqual({
      isKnown: false,
      fact: aPassing({ lapNumber: 8, atMs: 720_000 }),
    });
    const given = knowing(aPassing({ lapNumber: 7, atMs: 630_000 }), taken, { ...taken, state: 'withdrawn' });
    expect(given.recognise(aPassing({ lapNumber: 8, atMs: 720_000 }))).toMatchObject({ fact: { lapNumber: 8 } });
  });

  it('[U19] a feed that finds more laps taken away than the log has counts on with those of the log', () => {
    const known = knowing(aPassing({ lapNumber: 7, atMs: 630_000 }));
    expect(known.recognise(aPassing({ lapNumber: 8, atMs: 630_000 }))).toEqual({ isKnown: true, seq: 1 });
    const taken: RaceFact = { ...penalty, atMs: 700_000, sanction: { kind: 'laps', laps: 1 } };
    expect(known.recognise(taken)).toMatchObject({ isKnown: true });
    expect(known.recognise(aPassing({ lapNumber: 9, atMs: 720_000 }))).toEqual({
      isKnown: false,
      fact: aPassing({ lapNumber: 8, atMs: 720_000 }),
    });
  });

  it('[U8] a crossing that is told anew after it was withdrawn is stored with the number that it had', () => {
    const known = knowing(aPassing({ lapNumber: 7, atMs: 630_000 }));
    expect(known.recognise(aPassing({ lapNumber: 6, atMs: 630_000 }))).toEqual({ isKnown: true, seq: 1 });
    known.withdraw(1);
    expect(known.recognise(aPassing({ lapNumber: 7, atMs: 630_000 }))).toEqual({
      isKnown: false,
      fact: aPassing({ lapNumber: 7, atMs: 630_000 }),
    });
  });

  it('[U7] the same penalty of another car is another one', () => {
    const given: RaceFact = { ...penalty, atMs: 1 };
    expect(knowing(given).recognise({ ...given, car: '2' })).toMatchObject({ isKnown: false });
  });

  it('[U8] a lap that was withdrawn may be told again', () => {
    const known = knowing(aPassing({ lapNumber: 7 }), {
      type: 'passing-withdrawn',
      atMs: 0,
      car: '1',
      withdrawnSeq: 1,
    });
    expect(known.recognise(aPassing({ lapNumber: 7 }))).toMatchObject({ isKnown: false });
  });

  it('[U8] the same order says something new after a flag or a phase', () => {
    const order: RaceFact = { type: 'order-reported', atMs: 0, cars: ['2', '1'] };
    const chequered = { type: 'flag-changed', atMs: 9, flag: 'chequered' } as const;
    const again: RaceFact = { ...order, atMs: 20 };
    expect(knowing(order, chequered).recognise(again)).toMatchObject({ isKnown: false });
    expect(knowing(order, chequered).recognise(order)).toMatchObject({ isKnown: true });
    const known = knowing(order);
    known.recognise(chequered);
    expect(known.recognise(again)).toMatchObject({ isKnown: false });
  });

  it('[U8] of a change to the session, only what is new is stored', () => {
    const changes = { session: 'Heat 2', event: 'Test Event' };
    expect(knowing().recognise({ type: 'session-updated', atMs: 1, changes })).toEqual({
      isKnown: false,
      fact: { type: 'session-updated', atMs: 1, changes: { session: 'Heat 2' } },
    });
  });

  it('[U9] places in the log are found for facts that were told, in one run or many', () => {
    const told = new ToldFacts();
    for (const [index, seq] of [11, 12, 13, 40, 41, 5].entries()) told.stored(index < 3 ? index + 1 : index + 3, seq);
    expect([0, 1, 3, 4, 5, 6, 7, 8, 9].map((number) => told.seqOf(number))).toEqual([
      undefined,
      11,
      13,
      undefined,
      undefined,
      40,
      41,
      5,
      undefined,
    ]);
  });

  it('[U9] a place told too long ago is forgotten, never mistaken', () => {
    const told = new ToldFacts();
    for (let number = 1; number <= 60_000; number++) told.stored(number, number * 2);
    expect(told.seqOf(1)).toBeUndefined();
    expect(told.seqOf(59_999)).toBe(119_998);
  });

  it.each([
    ['orbits', '36-Saturday 8 Hour', 'orbits-36-saturday-8-hour'],
    ['orbits', '36 / Saturday:8.Hour', 'orbits-36-saturday-8.hour'],
    ['orbits', 'Qualifying Übung', /^orbits-qualifying-ubung-[0-9a-f]{8}$/],
    ['orbits', '練習', /^orbits-[0-9a-f]{8}$/],
    ['orbits', '', /^orbits-[0-9a-f]{8}$/],
    ['orbits', 'x'.repeat(500), /^orbits-x{48}-[0-9a-f]{8}$/],
    ['orbits', '../../etc\u0000', /^orbits-etc-[0-9a-f]{8}$/],
  ])('[U5] source %s and key %j make the session %s', (source, key, expected) => {
    const id = feedSessionId(source, key);
    if (typeof expected === 'string') expect(id).toBe(expected);
    else expect(id).toMatch(expected);
    expect(idSchema.safeParse(id).success).toBe(true);
    expect(feedSessionId(source, key)).toBe(id);
    expect(feedSessionId(source, `${key}練`)).not.toBe(id);
  });
});
