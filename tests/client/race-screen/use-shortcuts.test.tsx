import { cleanup, fireEvent, render } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { attachPlayback, type Playback } from '../../../client/src/feed/playback.ts';
import { useShortcuts } from '../../../client/src/race-screen/use-shortcuts.ts';
import { INITIAL_PLAYBACK, playbackStore } from '../../../client/src/store/playback-store.ts';
import { INITIAL_CHOICES, viewStore } from '../../../client/src/store/view-store.ts';

const done: string[] = [];
const say =
  (what: string) =>
  (...figures: readonly unknown[]): void => {
    done.push([what, ...figures].join(' '));
  };
const fake: Playback = {
  seek: say('seek'),
  step: say('step'),
  play: say('play'),
  pause: say('pause'),
  setSpeed: say('speed'),
  goLive: say('live'),
  setDelay: say('delay'),
  setScrubbing: say('scrub'),
  reachMs: () => 0,
  edgeMs: () => 0,
};
const onDialog = vi.fn();

function Screen() {
  useShortcuts(onDialog);
  return (
    <>
      <input type="text" />
      <input type="range" />
      <button type="button">a button</button>
    </>
  );
}

function press(key: string, how: { shiftKey?: boolean; ctrlKey?: boolean; on?: Element } = {}): void {
  const { on = document.body, ...modifiers } = how;
  fireEvent.keyDown(on, { key, ...modifiers });
}

beforeEach(() => {
  done.length = 0;
  onDialog.mockReset();
  viewStore.setState(INITIAL_CHOICES);
  playbackStore.setState({ ...INITIAL_PLAYBACK, mode: 'playing' });
  attachPlayback(fake);
  render(<Screen />);
});
afterEach(() => {
  attachPlayback(undefined);
  cleanup();
});

describe('Keys', () => {
  test('[V15] move the playhead', () => {
    press('ArrowLeft');
    press('ArrowRight', { shiftKey: true });
    press(' ');
    playbackStore.setState({ mode: 'paused' });
    press(' ');
    press('l');
    press(']');
    press('[');
    expect(done).toEqual(['step -10000', 'step 30000', 'pause', 'play', 'live', 'speed 2', 'speed 0.5']);
  });

  test('[V15] open dialogs, change the theme, clear the selection', () => {
    viewStore.getState().selectCar('7');
    press('?');
    press('d');
    press('t');
    press('Escape');
    expect(onDialog.mock.calls).toEqual([['help'], ['delay']]);
    expect(viewStore.getState()).toMatchObject({ theme: 'light', selectedCar: undefined });
  });

  test('[V15] leave alone what belongs to a field, a button or the browser', () => {
    press('l', { on: document.querySelector('input[type=text]') as Element });
    press(' ', { on: document.querySelector('button') as Element });
    press('l', { ctrlKey: true });
    expect(done).toEqual([]);
    press('ArrowLeft', { on: document.querySelector('input[type=range]') as Element });
    expect(done).toEqual(['step -10000']);
  });
});
