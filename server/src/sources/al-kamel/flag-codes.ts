import type { TrackFlag } from '@pitboard/shared/domain/flag.ts';

const FLAGS: Readonly<Record<string, TrackFlag>> = {
  GF: 'green',
  YF: 'yellow',
  FCY: 'full-course-yellow',
  VSC: 'virtual-safety-car',
  SF: 'safety-car',
  SC: 'safety-car',
  RF: 'red',
  FF: 'chequered',
};

/** The flag of a code; `undefined` for one that is not known. */
export function flagOf(code: string): TrackFlag | undefined {
  return Object.hasOwn(FLAGS, code) ? FLAGS[code] : undefined;
}
