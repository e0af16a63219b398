import type { TrackFlag } from '@pitboard/shared/domain/flag.ts';

/** Six letters wide, filled with spaces and cut; capitals as they like. */
export function flagOf(text: string): TrackFlag | 'unknown' | undefined {
  const word = text.trim().toLowerCase();
  if (word === '') return undefined;
  return FLAGS.find(([start]) => word.startsWith(start))?.[1] ?? 'unknown';
}

const FLAGS: readonly (readonly [string, TrackFlag])[] = [
  ['green', 'green'],
  ['yellow', 'yellow'],
  ['red', 'red'],
  ['finish', 'chequered'],
  ['check', 'chequered'],
  ['cheq', 'chequered'],
  ['white', 'white'],
  ['fcy', 'full-course-yellow'],
  ['full', 'full-course-yellow'],
  ['sc', 'safety-car'],
  ['safety', 'safety-car'],
  ['vsc', 'virtual-safety-car'],
  ['code', 'code-60'],
  ['purple', 'code-60'],
];
