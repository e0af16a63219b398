/** Flags that stand for the whole track, or for one of its sectors. */
export const TRACK_FLAGS = [
  'green',
  'yellow',
  'double-yellow',
  'slow-zone',
  'virtual-safety-car',
  'full-course-yellow',
  'code-60',
  'safety-car',
  'red',
  'white',
  'chequered',
] as const;
export type TrackFlag = (typeof TRACK_FLAGS)[number];

/** Flags shown to one car. */
export const CAR_FLAGS = ['blue', 'black', 'black-orange', 'black-white'] as const;
export type CarFlag = (typeof CAR_FLAGS)[number];
