import { parseManifest, parseRaceEvent, parseRaceFact } from '@pitboard/shared/protocol/parse.ts';
import type { RaceFact } from '@pitboard/shared/protocol/race-event.ts';
import { formatRecording, parseRecording, RecordingError } from '@pitboard/shared/protocol/recording.ts';
import { decodeSegment, encodeSegment } from '@pitboard/shared/protocol/segment.ts';
import { decodeWireBatch, encodeWireBatch } from '@pitboard/shared/protocol/wire-batch.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aManifest, aPassing, numbered, someEvents } from '../builders.ts';
import { anyEvents, anyFact, factOfType, raceEventTypes } from '../race-fact-arbitrary.ts';
import { randomRaceManifest } from '../random-race.ts';

const LOOPS = ['SF', 'S1', 'S2'];
/** Over a wire and back. */
const sent = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

describe('E. Encodings', () => {
  it('[E1] a wire batch gives back what went in, of every type, in any order of time', () => {
    fc.assert(
      fc.property(anyEvents, (events) => {
        expect(decodeWireBatch(sent(encodeWireBatch(events, LOOPS)), LOOPS)).toEqual({ ok: true, value: events });
      }),
      { numRuns: 300 },
    );
  });

  it('[E1] a plain passing costs a car, a loop and the time since the one before', () => {
    const events = numbered([aPassing({ atMs: 5000, loop: 'S1' }), aPassing({ atMs: 4990, car: '2', loop: 'S2' })], 7);
    expect(encodeWireBatch(events, LOOPS)).toEqual([7, 5000, '1', 1, -10, '2', 2]);
    expect(() => encodeWireBatch([], LOOPS)).toThrow(RangeError);
  });

  it.each([{ lapNumber: 3 }, { lapTimeMs: 90_000 }, { speedKph: 211.5 }, { driver: 'a1' }, { inPitLane: false }])(
    '[E1] [E2] a passing that says no more than %j is kept whole',
    (more) => {
      const events = numbered([aPassing(more), aPassing({ atMs: 2000 })]);
      expect(decodeWireBatch(sent(encodeWireBatch(events, LOOPS)), LOOPS)).toEqual({ ok: true, value: events });
      expect(decodeSegment(sent(encodeSegment(1, events)))).toEqual({ ok: true, value: events });
    },
  );

  it('[E1] an overtake is one passing, whoever else is on the track', () => {
    const batch = encodeWireBatch(numbered([aPassing({ atMs: 3_600_000, car: '007', loop: 'S2' })], 5000), LOOPS);
    expect(JSON.stringify(batch).length).toBeLessThan(30);
  });

  it('[E2] a segment gives back what went in, of every type, in any order of time', () => {
    fc.assert(
      fc.property(anyEvents, (events) => {
        const segment = encodeSegment(events[0]?.seq ?? 1, events);
        expect(decodeSegment(sent(segment))).toEqual({ ok: true, value: events });
      }),
      { numRuns: 300 },
    );
  });

  it('[E2] a segment holds more strange cars than anybody enters', () => {
    const events = numbered(Array.from({ length: 3000 }, (_, index) => aPassing({ car: `x${index}`, atMs: index })));
    expect(decodeSegment(sent(encodeSegment(1, events)))).toEqual({ ok: true, value: events });
  });

  it('[E2] a car in its stride costs nothing but its index', () => {
    expect(encodeSegment(1, someEvents(60)).loop.filter((distance) => distance !== 0).length).toBeLessThan(4);
  });

  it('[E3] junk is answered with a problem', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.anything(),
          fc.json().map((text) => JSON.parse(text) as unknown),
        ),
        (junk) => {
          for (const parsed of [parseRaceEvent(junk), parseRaceFact(junk), parseManifest(junk), decodeSegment(junk)]) {
            expect(parsed.ok).toBe(false);
          }
          const batch = decodeWireBatch([1, 0, junk], LOOPS);
          if (batch.ok) expect(batch.value).toEqual([]);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('[E3] an encoding with one thing wrong gives a problem or events that pass their schema', () => {
    const junk = fc.oneof(
      fc.anything(),
      fc.integer(),
      fc.constantFrom('__proto__', 'constructor', -1, 1.5, 1e308, Number.NaN),
    );
    fc.assert(
      fc.property(anyEvents, fc.nat(), junk, (events, place, wrong) => {
        const batch = [...encodeWireBatch(events, LOOPS)];
        batch[place % batch.length] = wrong;
        const segment = encodeSegment(events[0]?.seq ?? 1, events);
        const keys = Object.keys(segment);
        const key = keys[place % keys.length] as string;
        for (const decoded of [decodeWireBatch(batch, LOOPS), decodeSegment({ ...segment, [key]: wrong })]) {
          if (decoded.ok) for (const event of decoded.value) expect(parseRaceEvent(event).ok).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });

  it.each([
    ['null'],
    [42],
    [[]],
    [[0, 0]],
    [[1.5, 0]],
    [[1, 'x']],
    [[1, 0, '1']],
    [[1, 0, '1', 9]],
    [[1, 0, '1', 'length']],
    [[1, 0, null]],
    [[1, 0, true]],
    [[1, 0, { type: 'passing', car: '1', loop: 'SF', seq: 9 }]],
  ])('[E3] %j is no batch', (batch) => {
    expect(decodeWireBatch(batch, LOOPS)).toMatchObject({ ok: false, problem: expect.any(String) });
  });

  it.each([
    { count: 3 },
    { atMs: [1] },
    { car: [] },
    { loop: [] },
    { others: [[0, { type: 'pit-exit', car: '1' }]] },
    { car: [0, 7] },
  ])('[E4] a segment with %j in place of its own is refused', (wrong) => {
    const segment = encodeSegment(1, numbered([aPassing(), aPassing({ atMs: 2000, loop: 'S1' })]));
    expect(decodeSegment(segment).ok).toBe(true);
    expect(decodeSegment({ ...segment, ...wrong }).ok).toBe(false);
  });

  it.each(raceEventTypes)('[E5] a %s passes its schema, and gains no field', (type) => {
    fc.assert(
      fc.property(factOfType(type), (fact) => {
        expect(parseRaceFact(fact)).toEqual({ ok: true, value: fact });
        expect(parseRaceFact({ ...fact, surprise: 1 }).ok).toBe(false);
        expect(parseRaceFact({ ...fact, atMs: 0.5 }).ok).toBe(false);
      }),
      { numRuns: 40 },
    );
  });

  it.each<unknown>([
    { ...aPassing(), type: 'teleported' },
    { ...aPassing(), car: 'a b' },
    { ...aPassing(), car: '1\u0000' },
    { ...aPassing(), car: '123456789' },
    { ...aPassing(), loop: '../etc' },
    { ...aPassing(), lapNumber: -1 },
    { ...aPassing(), speedKph: Number.POSITIVE_INFINITY },
    { ...aPassing(), atMs: 864_000_001 },
    { ...aPassing(), driver: null },
  ])('[E5] %j is refused', (fact) => {
    expect(parseRaceFact(fact)).toMatchObject({ ok: false, problem: expect.stringMatching(/./) });
  });

  it('[E5] a manifest names the finish line first, loops once and cars once', () => {
    expect(parseManifest(aManifest())).toEqual({ ok: true, value: aManifest() });
    const loops = [
      { id: 'S1', kind: 'sector' as const },
      { id: 'SF', kind: 'finish' as const },
    ];
    expect(parseManifest(aManifest({ circuit: { name: 'x', loops } })).ok).toBe(false);
    const twice = [
      { id: 'SF', kind: 'finish' as const },
      { id: 'SF', kind: 'sector' as const },
    ];
    expect(parseManifest(aManifest({ circuit: { name: 'x', loops: twice } })).ok).toBe(false);
    expect(
      parseManifest(
        aManifest({
          entries: [
            { car: '1', drivers: [] },
            { car: '1', drivers: [] },
          ],
        }),
      ).ok,
    ).toBe(false);
  });
});

describe('R. Recordings and replay', () => {
  const events = (facts: readonly RaceFact[]) => numbered(facts);

  it('[R1] a recording of any events is read back as it was written', () => {
    fc.assert(
      fc.property(fc.array(anyFact, { maxLength: 30 }), (facts) => {
        const manifest = randomRaceManifest();
        const read = parseRecording(formatRecording(manifest, events(facts)));
        expect(read).toEqual({ manifest, events: events(facts), tornLine: undefined });
      }),
      { numRuns: 150 },
    );
  });

  it('[R1] byte order marks, foreign line ends and blank lines do not disturb', () => {
    const text = `\uFEFF${formatRecording(aManifest(), someEvents(3)).replaceAll('\n', '\r\n\r\n')}`;
    expect(parseRecording(text).events).toEqual(someEvents(3));
  });

  it('[R2] cut off anywhere after its header, a recording gives everything before the cut', () => {
    const text = formatRecording(aManifest(), someEvents(20));
    const header = formatRecording(aManifest(), []).length;
    fc.assert(
      fc.property(fc.integer({ min: header, max: text.length }), (cut) => {
        const { events: kept, tornLine } = parseRecording(text.slice(0, cut));
        const whole = text.slice(header, cut).split('\n').length - 1;
        expect(kept.length - whole).toBeLessThanOrEqual(1);
        expect(kept).toEqual(someEvents(20).slice(0, kept.length));
        expect(kept.length).toBeGreaterThanOrEqual(whole);
        if (tornLine !== undefined) expect(tornLine.line).toBe(whole + 2);
      }),
    );
  });

  it.each([
    ['', 1, /empty/],
    ['no JSON\n', 1, /not JSON/],
    ['{"format":"other","version":1,"manifest":{}}\n', 1, /not a Pitboard recording/],
    ['{"format":"pitboard-recording","version":2,"manifest":{}}\n', 1, /version 2/],
    ['{"format":"pitboard-recording","version":1,"manifest":{}}\n', 1, /manifest/],
    [`${formatRecording(aManifest(), someEvents(2))}{"seq":4}\n`, 4, /type|atMs/],
    [`${formatRecording(aManifest(), someEvents(2))}junk\n`, 4, /not JSON/],
    [
      formatRecording(
        aManifest(),
        someEvents(5).filter((event) => event.seq !== 3),
      ),
      4,
      /seq is 4, expected 3/,
    ],
  ])('[R3] what is wrong with %j is said with its line', (text, line, problem) => {
    const read = () => parseRecording(text);
    expect(read).toThrow(RecordingError);
    expect(read).toThrow(problem);
    expect(read).toThrow(expect.objectContaining({ line }));
  });
});
