import type { RaceFact } from '@pitboard/shared/protocol/race-event.ts';
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { attachPlayback, type Playback } from '../../../client/src/feed/playback.ts';
import { MomentsFeed } from '../../../client/src/moments/moments-feed.tsx';
import { raceStore } from '../../../client/src/store/race-store.ts';
import { INITIAL_CHOICES, viewStore } from '../../../client/src/store/view-store.ts';
import { raceOfCrossings } from '../gap-chart/race-of-crossings.ts';

const messages = Array.from(
  { length: 450 },
  (_, index): RaceFact => ({
    atMs: 10_000 + index * 1000,
    type: 'race-control-message',
    text: `message ${index + 1}`,
    ...(index === 7 ? { cars: ['2'] } : {}),
  }),
);
const race = raceOfCrossings({ crossings: { '1': [0, 100], '2': [1, 101] }, facts: messages });

function showAt(atMs: number): void {
  raceStore.setState({ view: race.viewAt(atMs) });
  render(<MomentsFeed />);
}
const lines = () => screen.queryAllByRole('listitem').map((item) => item.textContent ?? '');

describe('Story panel', () => {
  beforeEach(() => viewStore.setState(INITIAL_CHOICES));
  afterEach(() => {
    cleanup();
    attachPlayback(undefined);
  });

  it('[V80] the newest line stands first, and nothing after the playhead stands there', () => {
    showAt(12_500);
    expect(lines()[0]).toContain('message 3');
    expect(lines().at(-1)).toContain('Start');
    expect(lines()).toHaveLength(4);
  });

  it('[V81] at most 200 lines are shown until older ones are asked for', () => {
    showAt(900_000);
    expect(lines()).toHaveLength(200);
    fireEvent.click(screen.getByRole('button', { name: /Show older \(251\)/ }));
    expect(lines()).toHaveLength(400);
    fireEvent.click(screen.getByRole('button', { name: /Show older \(51\)/ }));
    expect(lines()).toHaveLength(451);
    expect(screen.queryByRole('button', { name: /Show older/ })).toBeNull();
  });

  it('[V82] the time of a line leads there', () => {
    const sought: number[] = [];
    attachPlayback({ seek: (atMs: number) => sought.push(atMs) } as unknown as Playback);
    showAt(12_500);
    fireEvent.click(screen.getByRole('button', { name: 'Go to 0:11' }));
    expect(sought).toEqual([11_000]);
  });

  it('[V38] the story of the selected car is one of the filters; without one the panel says what to do', () => {
    showAt(60_000);
    fireEvent.click(screen.getByRole('button', { name: 'my car' }));
    expect(screen.getByText('Select a car in the tower to see its story.')).toBeTruthy();
    cleanup();
    viewStore.getState().selectCar('2');
    showAt(60_000);
    fireEvent.click(screen.getByRole('button', { name: '#2' }));
    expect(lines()).toHaveLength(1);
    expect(lines()[0]).toContain('message 8');
  });

  it('[V83] before anything has happened the panel says so, in the language of the viewer', () => {
    showAt(-1000);
    expect(screen.getByText('Nothing has happened yet')).toBeTruthy();
    cleanup();
    viewStore.setState({ locale: 'de' });
    showAt(-1000);
    expect(screen.getByText('Noch ist nichts geschehen')).toBeTruthy();
  });
});
