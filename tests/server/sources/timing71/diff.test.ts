import { dictDiffOf } from '@pitboard/server/sources/timing71/dict-diff.ts';
import { applyDictDiff, type DiffProblem } from '@pitboard/server/sources/timing71/dict-patch.ts';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

/** Applies changes as they came over a wire. */
function patched(target: unknown, diff: unknown): { readonly value: unknown; readonly problems: DiffProblem[] } {
  const problems: DiffProblem[] = [];
  const copy = (value: unknown) => JSON.parse(JSON.stringify(value));
  const value = applyDictDiff(copy(target), copy(diff), (problem) => problems.push(problem));
  return { value, problems };
}

describe('Y. Timing71 and the others', () => {
  it.each([
    [
      ['change', [1, 1], ['RUN', 'PIT']],
      [
        ['7', 'RUN'],
        ['8', 'RUN'],
      ],
      [
        ['7', 'RUN'],
        ['8', 'PIT'],
      ],
    ],
    [['change', 'flagState', ['green', 'sc']], { flagState: 'green' }, { flagState: 'sc' }],
    [['change', 'a.b', [1, 2]], { a: { b: 1, c: 0 } }, { a: { b: 2, c: 0 } }],
    [['change', '', [1, 2]], 1, 2],
    [['change', [], [[], ['x']]], [], ['x']],
    [['add', '', [['lapsRemain', 4]]], { flagState: 'red' }, { flagState: 'red', lapsRemain: 4 }],
    [
      [
        'add',
        '',
        [
          [2, 'c'],
          [3, 'd'],
        ],
      ],
      ['a', 'b'],
      ['a', 'b', 'c', 'd'],
    ],
    [['add', [0], [[1, 'x']]], [['7']], [['7', 'x']]],
    [['remove', '', [['timeRemain', 9]]], { timeRemain: 9, x: 1 }, { x: 1 }],
    [
      [
        'remove',
        [],
        [
          [2, 'c'],
          [1, 'b'],
        ],
      ],
      ['a', 'b', 'c'],
      ['a'],
    ],
    [
      [
        'remove',
        '',
        [
          [1, 'b'],
          [2, 'c'],
        ],
      ],
      ['a', 'b', 'c'],
      ['a'],
    ],
    [['change', 'trackData.0', ['20', '21']], { trackData: ['20'] }, { trackData: ['21'] }],
  ])('[Y3] a change is made as dictdiffer writes it: %j', (change, before, after) => {
    expect(patched(before, [change])).toEqual({ value: after, problems: [] });
  });

  it('[Y3] another value than the one expected is replaced all the same, and counted', () => {
    expect(patched(['a'], [['change', [0], ['b', 'c']]])).toEqual({ value: ['c'], problems: ['mismatch'] });
    expect(patched({}, [['change', 'flagState', ['green', 'sc']]])).toEqual({
      value: { flagState: 'sc' },
      problems: ['mismatch'],
    });
  });

  it.each([
    [['change', [9, 1], ['a', 'b']]],
    [['change', [0, 9], ['a', 'b']]],
    [['change', '__proto__.polluted', ['a', 'b']]],
    [['change', ['constructor', 'prototype', 'polluted'], [1, 2]]],
    [['add', '__proto__', [['polluted', 1]]]],
    [['add', '', [['__proto__', { polluted: 1 }]]]],
    [['add', '', [[-1, 'x']]]],
    [['add', '', [[1.5, 'x']]]],
    [['add', '', ['x']]],
    [['remove', '', [[7, 'x']]]],
    [['remove', 'nothing', [['x', 1]]]],
    [['move', '', [['x', 1]]]],
    [['change', Array(40).fill(0), [1, 2]]],
    [['change', { '0': 1 }, [1, 2]]],
    ['change'],
    [null],
  ])('[Y3] what cannot be done, or means harm, is refused and counted: %j', (change) => {
    expect(patched([['7', 'RUN']], [change])).toEqual({ value: [['7', 'RUN']], problems: ['refused'] });
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });

  it('[Y3] changes that are no list, and lists that grow without end, are refused', () => {
    expect(patched({ a: 1 }, { a: 2 })).toEqual({ value: { a: 1 }, problems: ['refused'] });
    const items = Array.from({ length: 5000 }, (_, index) => [index, index]);
    const { value, problems } = patched([], [['add', '', items]]);
    expect([(value as unknown[]).length, problems.length]).toEqual([2000, 3000]);
  });

  it('[Y21] differences are written as dictdiffer does', () => {
    expect(dictDiffOf(1, 2)).toEqual([['change', '', [1, 2]]]);
    expect(dictDiffOf({ foo: 'bar' }, { foo: 'baz' })).toEqual([['change', 'foo', ['bar', 'baz']]]);
    expect(dictDiffOf({ foo: ['a'] }, { foo: ['b'] })).toEqual([['change', ['foo', 0], ['a', 'b']]]);
    expect(dictDiffOf({ foo: ['a', 'b', 'c', 'd'] }, { foo: ['a', 'c'] })).toEqual([
      ['change', ['foo', 1], ['b', 'c']],
      [
        'remove',
        'foo',
        [
          [3, 'd'],
          [2, 'c'],
        ],
      ],
    ]);
    expect(dictDiffOf({ foo: ['a'] }, { foo: ['a', 'b'] })).toEqual([['add', 'foo', [[1, 'b']]]]);
    expect(dictDiffOf({ a: 1, b: 2 }, { b: 2, c: 3 })).toEqual([
      ['add', '', [['c', 3]]],
      ['remove', '', [['a', 1]]],
    ]);
    expect(dictDiffOf({ 'a.b': 1 }, { 'a.b': 2 })).toEqual([['change', ['a.b'], [1, 2]]]);
    expect(dictDiffOf([null], [[1, 'pb']])).toEqual([['change', [0], [null, [1, 'pb']]]]);
  });

  it('[Y21] what is written as differences is read back the same, whatever it was', () => {
    const key = fc.string({ maxLength: 4 }).filter((name) => !['__proto__', 'constructor', 'prototype'].includes(name));
    const { state } = fc.letrec((tie) => ({
      state: fc.oneof(
        { maxDepth: 4 },
        fc.constantFrom(null, '', 'RUN', 0, 1.5, true),
        fc.array(tie('state'), { maxLength: 5 }),
        fc.dictionary(key, tie('state'), { maxKeys: 4 }),
      ),
    }));
    fc.assert(
      fc.property(state, state, (before, after) => {
        expect(patched(before, dictDiffOf(before, after))).toEqual({ value: after, problems: [] });
      }),
    );
  });
});
