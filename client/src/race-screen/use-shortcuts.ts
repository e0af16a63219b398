import { useEffect } from 'react';
import { playback } from '../feed/playback.ts';
import { stepSpeed } from '../playback-bar/speed-menu.tsx';
import { stepToMoment } from '../playback-bar/step-to-moment.ts';
import { playbackStore } from '../store/playback-store.ts';
import { viewStore } from '../store/view-store.ts';

export type OpenDialog = (dialog: 'help' | 'delay' | undefined) => void;

/** The keys of the race screen. Set `onDialog` once: it must keep its reference. */
export function useShortcuts(onDialog: OpenDialog): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (isTakenElsewhere(event)) return;
      const command = commandFor(event, onDialog);
      if (command === undefined) return;
      event.preventDefault();
      command();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [onDialog]);
}

/** Keys that belong to what has the focus, to a dialog, or to the browser. */
function isTakenElsewhere(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return true;
  if (document.querySelector('dialog:modal') !== null) return true;
  const target = event.target instanceof Element ? event.target : undefined;
  if (target?.closest('input:not([type="range"]), select, textarea') !== null && target !== undefined) return true;
  return event.key === ' ' && target?.closest('button, a, summary') !== null && target !== undefined;
}

function commandFor({ key, shiftKey }: KeyboardEvent, onDialog: OpenDialog): (() => void) | undefined {
  switch (key) {
    case ' ':
      return togglePlay;
    case 'ArrowLeft':
      return () => playback.step(shiftKey ? -30_000 : -10_000);
    case 'ArrowRight':
      return () => playback.step(shiftKey ? 30_000 : 10_000);
    case '[':
      return () => stepSpeed(-1);
    case ']':
      return () => stepSpeed(1);
    case ',':
      return () => stepToMoment(-1);
    case '.':
      return () => stepToMoment(1);
    case '?':
      return () => onDialog('help');
    case 'Escape':
      return () => viewStore.getState().selectCar(undefined);
    default:
      return letterCommand(key.toLowerCase(), onDialog);
  }
}

function letterCommand(letter: string, onDialog: OpenDialog): (() => void) | undefined {
  const { theme, setTheme } = viewStore.getState();
  switch (letter) {
    case 'l':
      return playback.goLive;
    case 'd':
      return () => onDialog('delay');
    case 't':
      return () => setTheme(theme === 'dark' ? 'light' : 'dark');
    default:
      return undefined;
  }
}

function togglePlay(): void {
  if (playbackStore.getState().mode === 'paused') playback.play();
  else playback.pause();
}
