import { CAR_FLAGS, type CarFlag, type TrackFlag } from '../domain/flag.ts';
import type { RaceState } from './race-state.ts';

/** How much a flag slows the race: 0 = racing at full speed. Every flag has its place; a new one does not compile without. */
export function flagSeverity(flag: TrackFlag): number {
  switch (flag) {
    case 'green':
    case 'white':
    case 'chequered':
      return 0;
    case 'yellow':
      return 1;
    case 'double-yellow':
      return 2;
    case 'slow-zone':
      return 3;
    case 'virtual-safety-car':
      return 4;
    case 'full-course-yellow':
      return 5;
    case 'code-60':
      return 6;
    case 'safety-car':
      return 7;
    case 'red':
      return 8;
  }
}

/** The flag that slows more; the first where they are equal. */
export function worseFlag(one: TrackFlag, other: TrackFlag): TrackFlag {
  return flagSeverity(other) > flagSeverity(one) ? other : one;
}

/** True while the whole field races at full speed. */
export function isGreen(flag: TrackFlag): boolean {
  return flagSeverity(flag) === 0;
}

/** What a lap that begins now sees. [F18] While the session is suspended that is red, whatever is shown. */
export function lapFlagNow({ flag, suspension }: Pick<RaceState, 'flag' | 'suspension'>): TrackFlag {
  if (suspension !== undefined) return 'red';
  return flag === 'chequered' ? 'green' : flag;
}

/** The worst flag that stands in any sector now. */
export function worstLocalFlag({ sectorFlags }: Pick<RaceState, 'sectorFlags'>): TrackFlag {
  let worst: TrackFlag = 'green';
  for (const { flag } of sectorFlags) worst = worseFlag(worst, flag);
  return worst;
}

export function isCarFlag(flag: TrackFlag | CarFlag): flag is CarFlag {
  return (CAR_FLAGS as readonly string[]).includes(flag);
}
