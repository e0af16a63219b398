/** Steps to the moment before or after the playhead. The story comes with the first step, if it is not there yet. */
export function stepToMoment(way: -1 | 1): void {
  void import('./moment-steps.ts').then(({ stepMoment }) => stepMoment(way));
}
