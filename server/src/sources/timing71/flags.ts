import type { TrackFlag } from '@pitboard/shared/domain/flag.ts';

/** Flag states of the common timing format; `none` says nothing. */
const FLAGS: ReadonlyMap<string, TrackFlag> = new Map([
  ['green', 'green'],
  ['yellow', 'yellow'],
  ['slow_zone', 'slow-zone'],
  // Sixty in a zone: only the zone is slow.
  ['code_60_zone', 'slow-zone'],
  ['vsc', 'virtual-safety-car'],
  ['fcy', 'full-course-yellow'],
  // What America calls a full-course yellow.
  ['caution', 'full-course-yellow'],
  ['code_60', 'code-60'],
  ['sc', 'safety-car'],
  ['red', 'red'],
  ['white', 'white'],
  ['chequered', 'chequered'],
]);

const STATES: Readonly<Record<TrackFlag, string>> = {
  green: 'green',
  yellow: 'yellow',
  'double-yellow': 'yellow',
  'slow-zone': 'slow_zone',
  'virtual-safety-car': 'vsc',
  'full-course-yellow': 'fcy',
  'code-60': 'code_60',
  'safety-car': 'sc',
  red: 'red',
  white: 'white',
  chequered: 'chequered',
};

/** `undefined` for `none` and for what is not known. */
export function flagOfState(state: unknown): TrackFlag | undefined {
  return typeof state === 'string' ? FLAGS.get(state.toLowerCase()) : undefined;
}

export function stateOfFlag(flag: TrackFlag): string {
  return STATES[flag];
}
