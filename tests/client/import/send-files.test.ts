import { afterEach, describe, expect, test } from 'vitest';
import { type SendStep, sendFiles } from '../../../client/src/import/send-files.ts';
import { keepServerToken } from '../../../client/src/store/server-token.ts';
import { anAnswer, asRequest, FakeRequest } from './fake-request.ts';

function sent(): { request: FakeRequest; steps: SendStep[]; cancel: () => void } {
  const request = new FakeRequest();
  const steps: SendStep[] = [];
  const files = ['laps.csv', 'spa/results.csv'].map((name) => ({ name, file: new File(['x'], 'other') }));
  const cancel = sendFiles(files, {
    onStep: (step) => steps.push(step),
    createRequest: () => asRequest(request),
  });
  return { request, steps, cancel };
}

afterEach(() => keepServerToken(undefined));

describe('B. Files brought in', () => {
  test('[B17] files go under their paths, and the answer comes step by step, cut anywhere', () => {
    const { request, steps } = sent();
    expect(request.body?.getAll('file').map((file) => (file as File).name)).toEqual(['laps.csv', 'spa/results.csv']);
    request.upload.onprogress?.({ loaded: 30, total: 60 });
    const answer = anAnswer();
    const reading = { step: 'reading', file: 'laps.csv', share: 0.5 } as const;
    const text = [{ step: 'waiting' }, reading, { step: 'done', answer }].map((step) => `${JSON.stringify(step)}\n`);
    for (const letter of text.join('')) request.receive(letter);
    request.end();
    expect(steps).toEqual([
      { step: 'uploading', share: 0 },
      { step: 'uploading', share: 0.5 },
      { step: 'waiting' },
      reading,
      { step: 'done', answer },
    ]);
  });

  test('[B19] what the server refuses, and what it says that nobody understands', () => {
    const last = (status: number, text: string) => {
      const { request, steps } = sent();
      request.end(status, text);
      return steps.at(-1);
    };
    expect(last(422, '{"error":"no-race","message":"m","file":"a","line":3,"reason":"r"}')).toEqual({
      step: 'refused',
      refusal: { error: 'no-race', message: 'm', file: 'a', line: 3, reason: 'r' },
    });
    expect(last(413, '<html>')).toMatchObject({ step: 'refused', refusal: { error: 'too-large' } });
    expect(last(502, '')).toMatchObject({ step: 'refused', refusal: { error: 'failed' } });
    expect(last(200, '{"step":"reading","file":"a","share":9}\njunk\n')).toEqual({ step: 'cut' });
  });

  test('[B19] a connection that is lost is said once', () => {
    const { request, steps } = sent();
    request.onerror?.();
    request.end();
    expect(steps.slice(1)).toEqual([{ step: 'cut' }]);
  });

  test('[B17] what is given up tells nothing more', () => {
    const { request, steps, cancel } = sent();
    cancel();
    expect(request.isAborted).toBe(true);
    request.onerror?.();
    request.step({ step: 'waiting' });
    expect(steps).toHaveLength(1);
  });

  test('[B20] the token goes along where there is one, and junk does not', () => {
    expect(sent().request.headers.get('authorization')).toBeUndefined();
    keepServerToken('secret-token-0123');
    expect(sent().request.headers.get('authorization')).toBe('Bearer secret-token-0123');
    keepServerToken('with\nline');
    expect(sent().request.headers.get('authorization')).toBeUndefined();
  });
});
