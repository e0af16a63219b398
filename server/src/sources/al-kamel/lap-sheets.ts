import { medianOf } from '../import/median.ts';
import type { Sheet } from './al-kamel-sheets.ts';

const DAY_MS = 86_400_000;
/** Two clocks of one start differ by less, those of two sessions by more. */
const SAME_START_MS = 2000;

/** Whether two files of laps tell of one session: the same laps, or other cars that started at the same moment. */
export function isSameSession(one: Sheet, other: Sheet): boolean {
  const { common, equal } = compareLaps(one, other);
  if (common > 0) return equal * 2 >= common;
  const [stamp, otherStamp] = [one.hint.stamp, other.hint.stamp];
  if (stamp !== undefined && otherStamp !== undefined && stamp !== otherStamp) return false;
  const [start, otherStart] = [startOfDayMs(one), startOfDayMs(other)];
  return start === undefined || otherStart === undefined || isSameStart(start, otherStart);
}

/** Laps of a car that are looked at: two races differ from the first one on. */
const LAPS_COMPARED = 5;

/** Laps that both tell of, and those of them that end at the same moment. */
function compareLaps(one: Sheet, other: Sheet): { readonly common: number; readonly equal: number } {
  let [common, equal] = [0, 0];
  for (const [car, laps] of one.laps) {
    const others = other.laps.get(car);
    if (others === undefined) continue;
    let left = LAPS_COMPARED;
    for (const [number, { endMs }] of laps) {
      const same = others.get(number);
      if (same !== undefined) common++;
      if (same?.endMs === endMs) equal++;
      if (--left === 0) break;
    }
  }
  return { common, equal };
}

/** The local time of day at the start, where the laps tell the time; it may lie a day off. */
export function startOfDayMs({ laps }: Pick<Sheet, 'laps'>): number | undefined {
  const starts = [...laps.values()].flatMap((byNumber) => {
    const [lap] = byNumber.values();
    return lap?.timeOfDayMs === undefined ? [] : lap.timeOfDayMs - lap.endMs;
  });
  return medianOf(starts);
}

/** True for two times of day that are one, over midnight too. */
export function isSameStart(oneMs: number, otherMs: number): boolean {
  const apartMs = (((oneMs - otherMs) % DAY_MS) + DAY_MS) % DAY_MS;
  return Math.min(apartMs, DAY_MS - apartMs) <= SAME_START_MS;
}
