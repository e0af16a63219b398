const HIDDEN_EVERY_MS = 1000;

/** Frames of the page; a timer in their place while it is hidden, where frames stop. */
export function browserFrames(onFrame: (clockMs: number) => void): () => void {
  let frame = 0;
  let timer: ReturnType<typeof setInterval> | undefined;
  const onVisibleFrame = (): void => {
    frame = requestAnimationFrame(onVisibleFrame);
    onFrame(performance.now());
  };
  const start = (): void => {
    cancelAnimationFrame(frame);
    clearInterval(timer);
    if (document.hidden) timer = setInterval(() => onFrame(performance.now()), HIDDEN_EVERY_MS);
    else frame = requestAnimationFrame(onVisibleFrame);
  };
  document.addEventListener('visibilitychange', start);
  start();
  return () => {
    document.removeEventListener('visibilitychange', start);
    cancelAnimationFrame(frame);
    clearInterval(timer);
  };
}
