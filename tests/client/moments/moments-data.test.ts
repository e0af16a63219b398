import { atMsOf, emphasise, isShown, kindOf, storyUntil } from '@pitboard/client/moments/moments-data.ts';
import type { RaceFact } from '@pitboard/shared/protocol/race-event.ts';
import { describe, expect, it } from 'vitest';
import { raceOfCrossings } from '../gap-chart/race-of-crossings.ts';

const facts: readonly RaceFact[] = [
  { atMs: 10_000, type: 'race-control-message', text: 'DRS is disabled', category: 'information' },
  { atMs: 150_000, type: 'incident', text: '#1 and #2 touch', kind: 'contact', cars: ['1', '2'] },
  { atMs: 155_000, type: 'race-control-message', text: 'CARS 1 AND 2 NOTED', category: 'incident', cars: ['2', '1'] },
  { atMs: 156_000, type: 'race-control-message', text: 'CAR 3 NOTED', category: 'incident', cars: ['3'] },
  { atMs: 160_000, type: 'race-control-message', text: 'RED FLAG SOON', category: 'flag' },
  { atMs: 170_000, type: 'flag-changed', flag: 'safety-car' },
  { atMs: 170_000, type: 'race-control-message', text: 'SAFETY CAR DEPLOYED', category: 'safety-car' },
  {
    atMs: 230_000,
    type: 'race-control-message',
    text: 'CARS 1 AND 2: NO ACTION',
    category: 'incident',
    cars: ['1', '2'],
  },
  { atMs: 240_000, type: 'car-retired', car: '3', reason: 'gearbox' },
];
const race = raceOfCrossings({
  crossings: { '1': [0, 100, 200, 300], '2': [1, 101, 201, 301], '3': [2, 102, 202] },
  facts,
});

function storyAt(atMs: number) {
  const { history, nowMs, state } = race.viewAt(atMs);
  return storyUntil(state.manifest, history, nowMs);
}
const textsAt = (atMs: number) =>
  storyAt(atMs).flatMap((item) => (item.source === 'message' ? [item.message.text] : []));

describe('Story', () => {
  it('[V35] messages of race control stand among the moments in order of time', () => {
    const story = storyAt(400_000);
    const times = story.map(atMsOf);
    expect(times).toEqual([...times].sort((a, b) => a - b));
    expect(story.map(kindOf)).toContain('retirement');
    expect(textsAt(400_000)).toContain('DRS is disabled');
  });

  it('[V36] a message that repeats what a moment has just told is left out; others are kept', () => {
    expect(textsAt(400_000)).toEqual(['DRS is disabled', 'CAR 3 NOTED', 'RED FLAG SOON', 'CARS 1 AND 2: NO ACTION']);
    expect(storyAt(400_000).filter((item) => kindOf(item) === 'incident')).toHaveLength(1);
  });

  it('[V37] the story at a moment is the beginning of the whole: no line changes or goes away later', () => {
    const whole = storyAt(400_000);
    for (let atMs = 0; atMs <= 400_000; atMs += 5000) {
      const story = storyAt(atMs);
      expect(story).toEqual(whole.slice(0, story.length));
      expect(whole.slice(story.length).every((item) => atMsOf(item) > atMs)).toBe(true);
    }
  });

  it('[V38] filters show the words of race control, or the story of one car', () => {
    const story = storyAt(400_000);
    const control = story.filter((item) => isShown(item, 'control', undefined)).map(kindOf);
    expect(control).toContain('flag');
    expect(control).toContain('race-control-message');
    expect(control).not.toContain('retirement');
    const ofThree = story.filter((item) => isShown(item, 'car', '3')).map(kindOf);
    expect(ofThree).toEqual(['race-control-message', 'retirement']);
    expect(story.filter((item) => isShown(item, 'car', undefined))).toEqual([]);
  });

  it('[V39] names of the cars and their crews stand out, the longest name first, and never within a word', () => {
    const manifest = raceOfCrossings({
      crossings: { '6': [0], '66': [1] },
      manifest: {
        entries: [
          {
            car: '6',
            drivers: [
              { id: 'a', lastName: 'Mayr-Melnhof' },
              { id: 'b', lastName: 'Linde' },
            ],
          },
          {
            car: '66',
            drivers: [
              { id: 'c', lastName: 'van der Linde' },
              { id: 'd', lastName: 'Day (Jr.)' },
            ],
          },
        ],
      },
    }).manifest;
    const names = (text: string, cars: readonly string[]) =>
      emphasise(text, cars, manifest).flatMap((part) => (part.isName ? [part.text] : []));
    expect(names('van der Linde passes Mayr-Melnhof, Linden looks on.', ['66', '6'])).toEqual([
      'van der Linde',
      'Mayr-Melnhof',
    ]);
    expect(names('#6 and #66 touch; Day (Jr.) is unhurt', ['6', '66'])).toEqual(['#6', '#66', 'Day (Jr.)']);
    expect(names('#6 touches #66', ['6'])).toEqual(['#6']);
    expect(names('Green flag.', [])).toEqual([]);
    const parts = emphasise('Linde: +0.588 s.', ['6'], manifest);
    expect(parts.map((part) => part.text).join('')).toBe('Linde: +0.588 s.');
  });
});
