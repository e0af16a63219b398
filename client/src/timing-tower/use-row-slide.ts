import type { CarNumber } from '@pitboard/shared/domain/names.ts';
import { type RefObject, useLayoutEffect, useRef } from 'react';
import { raceStore } from '../store/race-store.ts';
import { isMotionReduced } from '../ui/motion.ts';

const SLIDE_MS = 250;
/** The playhead has not moved on by itself, but was moved: rows jump with it. */
const JUMP_MS = 4000;

/** Slides rows to their new places when the order changes. Rows have one height, so only the first is measured. */
export function useRowSlide(body: RefObject<HTMLElement | null>, cars: readonly CarNumber[]): void {
  const before = useRef(cars);
  const jumped = useJumped();
  useLayoutEffect(() => {
    const from = before.current;
    before.current = cars;
    const rows = body.current?.children;
    if (rows === undefined || from === cars || from.length !== cars.length) return;
    if (!jumped.current && !isMotionReduced()) slide([...rows] as HTMLElement[], from, cars);
  }, [body, cars, jumped]);
}

/** Whether the playhead came to where it is by a jump. */
function useJumped(): RefObject<boolean> {
  const jumped = useRef(false);
  useLayoutEffect(
    () =>
      raceStore.subscribe(({ view }, { view: last }) => {
        jumped.current = view === undefined || last === undefined || Math.abs(view.nowMs - last.nowMs) > JUMP_MS;
      }),
    [],
  );
  return jumped;
}

function slide(rows: readonly HTMLElement[], from: readonly CarNumber[], to: readonly CarNumber[]): void {
  const heightPx = rows[0]?.offsetHeight ?? 0;
  const places = new Map(from.map((car, index) => [car, index]));
  rows.forEach((row, index) => {
    const place = places.get(to[index] ?? '');
    if (place === undefined || place === index || row.animate === undefined) return;
    const rises = place > index;
    row.animate(
      [
        { transform: `translateY(${(place - index) * heightPx}px)`, zIndex: rises ? 2 : 1 },
        { transform: 'none', zIndex: rises ? 2 : 1 },
      ],
      { duration: SLIDE_MS, easing: 'cubic-bezier(0.2, 0, 0, 1)' },
    );
  });
}
