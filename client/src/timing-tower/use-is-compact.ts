import { type RefObject, useLayoutEffect, useState } from 'react';

const ROW_PX = 32;
const HEAD_PX = 30;

/** The whole field does not fit into `area` at the usual row height. By entries, so that it stays as cars drop out. */
export function useIsCompact(area: RefObject<HTMLElement | null>, entries: number): boolean {
  const [heightPx, setHeightPx] = useState(Number.POSITIVE_INFINITY);
  useLayoutEffect(() => {
    if (area.current === null || typeof ResizeObserver === 'undefined') return;
    const observer = new ResizeObserver(([entry]) => entry && setHeightPx(entry.contentRect.height));
    observer.observe(area.current);
    return () => observer.disconnect();
  }, [area]);
  return entries * ROW_PX + HEAD_PX > heightPx;
}
