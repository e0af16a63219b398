import { checkPush } from '@pitboard/server/sessions/check-push.ts';
import { describe, expect, it } from 'vitest';
import { aPassing, someFacts } from '../../builders.ts';

const from = (firstSourceSeq: number) => ({ name: 'feed', firstSourceSeq });

describe('what a source sends', () => {
  it('[W4] drops what is stored already, and keeps the rest', () => {
    const facts = someFacts(5);
    expect(checkPush({ facts, source: from(1) }, 3)).toEqual({
      ok: true,
      facts: facts.slice(3),
      position: { name: 'feed', lastSourceSeq: 5 },
    });
    expect(checkPush({ facts, source: from(1) }, 8)).toEqual({
      ok: true,
      facts: [],
      position: { name: 'feed', lastSourceSeq: 8 },
    });
  });

  it('[W5] refuses a hole, and says what is expected', () => {
    const answer = checkPush({ facts: someFacts(1), source: from(5) }, 3);
    expect(answer).toMatchObject({ ok: false, error: 'sequence-hole', sourceSeq: 4 });
  });

  it('[W6] names the first bad fact by the number its source gave it', () => {
    const facts = [aPassing(), { type: 'passing', atMs: 1000, car: '', loop: 'SF' }, { type: 'nonsense' }];
    const answer = checkPush({ facts, source: from(7) }, 6);
    expect(answer).toMatchObject({ ok: false, error: 'bad-fact', sourceSeq: 8 });
    expect(answer).toHaveProperty('message', expect.stringContaining('car'));
  });

  it.each([null, 'text', 3, [], {}, { type: 'passing' }, { ...aPassing(), extra: 1 }, { ...aPassing(), atMs: 0.5 }])(
    '[W6] refuses %j as a fact',
    (bad) => {
      expect(checkPush({ facts: [bad] }, 0)).toMatchObject({ ok: false, error: 'bad-fact', sourceSeq: 1 });
    },
  );

  it('[W4] takes facts without numbers as they come', () => {
    const facts = someFacts(2);
    expect(checkPush({ facts }, 0)).toEqual({ ok: true, facts, position: undefined });
  });
});
