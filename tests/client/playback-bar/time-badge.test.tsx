import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { attachPlayback, playback } from '../../../client/src/feed/playback.ts';
import { DelayPanel } from '../../../client/src/playback-bar/delay-panel.tsx';
import { TimeBadge } from '../../../client/src/playback-bar/time-badge.tsx';
import { INITIAL_PLAYBACK, playbackStore } from '../../../client/src/store/playback-store.ts';
import { INITIAL_RACE, raceStore } from '../../../client/src/store/race-store.ts';
import { INITIAL_CHOICES, viewStore } from '../../../client/src/store/view-store.ts';
import { ticker } from '../../../client/src/ui/ticker.ts';

const badge = () => document.body.textContent;

beforeEach(() => {
  raceStore.setState(INITIAL_RACE);
  viewStore.setState(INITIAL_CHOICES);
  playbackStore.setState({ ...INITIAL_PLAYBACK, mode: 'following', live: true });
  ticker.publish(2_114_600);
});
afterEach(cleanup);

describe('Time badge', () => {
  test('[V14] says in the same corner whether this is live, delayed, elsewhere, or without data', () => {
    render(<TimeBadge onDelay={() => undefined} />);
    expect(badge()).toBe('0:35:14LIVE');
    act(() => viewStore.getState().setDelayMs(35_000));
    expect(badge()).toBe('0:35:14−35.0 s');
    act(() => playbackStore.setState({ mode: 'playing' }));
    expect(badge()).toBe('To live0:35:14REPLAY');
    act(() => playbackStore.setState({ mode: 'following' }));
    act(() => viewStore.getState().setDelayMs(0));
    act(() => raceStore.setState({ feed: { ...INITIAL_RACE.feed, silentSinceClockMs: 5 } }));
    expect(badge()).toBe('0:35:14NO DATA');
  });

  test('[V14] a recording has no live to go back to', () => {
    playbackStore.setState({ mode: 'playing', live: false });
    render(<TimeBadge onDelay={() => undefined} />);
    expect(badge()).toBe('0:35:14REPLAY');
  });

  test('[V14] time runs outside of React, and changes with the second', () => {
    render(<TimeBadge onDelay={() => undefined} />);
    ticker.publish(2_114_999);
    expect(badge()).toBe('0:35:14LIVE');
    ticker.publish(2_115_000);
    expect(badge()).toBe('0:35:15LIVE');
  });
});

describe('Broadcast delay', () => {
  beforeEach(() => {
    HTMLDialogElement.prototype.show = vi.fn();
    HTMLDialogElement.prototype.close = vi.fn();
    attachPlayback({ ...playback, setDelay: viewStore.getState().setDelayMs });
    render(<DelayPanel onClose={() => undefined} />);
  });
  afterEach(() => attachPlayback(undefined));
  const delayMs = () => viewStore.getState().delayMs;

  test('[V10] is set in steps, never below zero, and put back', () => {
    const press = (name: string) => fireEvent.click(screen.getByLabelText(name));
    press('5 s longer');
    press('0.1 s longer');
    expect(delayMs()).toBe(5100);
    press('1 s shorter');
    press('5 s shorter');
    expect(delayMs()).toBe(0);
    press('5 s longer');
    fireEvent.click(screen.getByText('Live, no delay'));
    expect(delayMs()).toBe(0);
  });

  test('[V10] is typed in, with a comma too, and nonsense changes nothing', () => {
    const type = (text: string) => {
      const input = screen.getByLabelText('Delay in seconds');
      fireEvent.change(input, { target: { value: text } });
      fireEvent.keyDown(input, { key: 'Enter' });
    };
    type('12,5');
    expect(delayMs()).toBe(12_500);
    type('soon');
    expect(delayMs()).toBe(12_500);
  });
});
