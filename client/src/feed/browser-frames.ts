import type { OnFrame } from './frame-batcher.ts';

const HIDDEN_EVERY_MS = 1000;

/**
 * Frames of the page; a timer in their place while it is hidden, where frames stop. Frames that nobody asks for are
 * left out: on a weak device each of them costs, though nothing has changed.
 */
export function browserFrames(onFrame: OnFrame): () => void {
  let frame = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const draw = (): void => {
    const askedMs = onFrame(performance.now());
    const waitMs = document.hidden ? HIDDEN_EVERY_MS : askedMs;
    if (waitMs > 0) timer = setTimeout(next, waitMs);
    else next();
  };
  const next = (): void => {
    if (document.hidden) draw();
    else frame = requestAnimationFrame(draw);
  };
  const start = (): void => {
    cancelAnimationFrame(frame);
    clearTimeout(timer);
    next();
  };
  document.addEventListener('visibilitychange', start);
  start();
  return () => {
    document.removeEventListener('visibilitychange', start);
    cancelAnimationFrame(frame);
    clearTimeout(timer);
  };
}
