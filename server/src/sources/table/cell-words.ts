import type { TrackFlag } from '@pitboard/shared/domain/flag.ts';

const FLAGS: ReadonlyMap<string, TrackFlag> = new Map(
  Object.entries({
    green: 'green grun gf g clear allclear start',
    yellow: 'yellow gelb yf y',
    'double-yellow': 'doubleyellow doppelgelb',
    'full-course-yellow': 'fcy fullcourseyellow fullcoursecaution caution',
    'code-60': 'code60 c60',
    'slow-zone': 'slowzone',
    'safety-car': 'safety safetycar sc sf',
    'virtual-safety-car': 'vsc virtualsafetycar',
    red: 'red rot rf r stopped redflag',
    chequered: 'finish chequered checkered ff ziel zielflagge end ende',
  }).flatMap(([flag, words]) => words.split(' ').map((word): [string, TrackFlag] => [word, flag as TrackFlag])),
);

/** The flag that a word in English or German, or a usual code, stands for. */
export function flagOf(text: string): TrackFlag | undefined {
  const plain = text
    .slice(0, 40)
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[^a-z0-9]+/g, '');
  return FLAGS.get(plain) ?? FLAGS.get(plain.replace(/(?:flag|flagge)$/, ''));
}

/** Whether a cell is ticked, whatever with: anything but nothing, zero and no. */
export function isMarked(text: string): boolean {
  return !/^(?:|0|0\.0|-|n|no|nein|f|false|falsch)$/i.test(text);
}
