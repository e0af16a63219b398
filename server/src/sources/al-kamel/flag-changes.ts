import type { TrackFlag } from '@pitboard/shared/domain/flag.ts';
import type { LapRow } from './lap-row.ts';

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

export type FlagChanges = {
  readonly changes: readonly { readonly atMs: number; readonly flag: TrackFlag }[];
  /** The first crossing under the chequered flag. */
  readonly chequeredMs: number | undefined;
  /** Codes that are not known; they change no flag. */
  readonly unknown: readonly string[];
};

/** What flags were shown, as far as crossings of the line tell: each from the first crossing that saw it on. */
export function findFlagChanges(byTime: readonly LapRow[]): FlagChanges {
  const changes: { atMs: number; flag: TrackFlag }[] = [];
  const unknown = new Set<string>();
  for (const { flag: code, endMs } of byTime) {
    const flag = Object.hasOwn(FLAGS, code) ? FLAGS[code] : undefined;
    if (flag === undefined) {
      if (code !== '') unknown.add(code.slice(0, 20));
      continue;
    }
    const shown = changes.at(-1)?.flag;
    if (flag === shown || shown === 'chequered') continue;
    // The flag of the first crossing is that of the start.
    changes.push({ atMs: changes.length === 0 && flag !== 'chequered' ? 0 : endMs, flag });
  }
  const last = changes.at(-1);
  return { changes, chequeredMs: last?.flag === 'chequered' ? last.atMs : undefined, unknown: [...unknown] };
}
