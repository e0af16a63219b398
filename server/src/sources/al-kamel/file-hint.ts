import type { SessionKind } from '@pitboard/shared/domain/status.ts';
import { cleanName } from '../import/names.ts';
import { capitalised, namesOfStem } from './event-name.ts';

/** What the name of a file, with the folders that it came in, lets on about what is in it. A hint, never more. */
export type FileHint = {
  readonly name: string;
  /** Date and time of the session, as the archive names its folders: `202406151600`. */
  readonly stamp: string | undefined;
  /** The folder, without those of the hours of a race. */
  readonly folder: string;
  /** What is left of the file's own name without the kind of document: `Race 1`. */
  readonly stem: string;
  /** 2 for what is marked as official, 0 for what is marked as not yet, 1 for all else. */
  readonly rank: number;
  /** Of the race that the file covers up to; `Infinity` for all of it. */
  readonly hour: number;
  readonly event: string | undefined;
  readonly series: string | undefined;
  readonly session: string | undefined;
  readonly season: number | undefined;
  /** `undefined` where no word tells. */
  readonly kind: SessionKind | undefined;
};

const HOUR = /(?:^|[\s_-])hour[\s_-]*(\d{1,2})(?=$|[\s_.-])/i;
const NOT_YET = /(?:^|[\s_-])(?:provisional|unofficial|draft)(?=$|[\s_.-])/i;
const OFFICIAL = /(?:^|[\s_-])(?:official|final)(?=$|[\s_.-])/i;
const STAMP = /(?:^|\D)((?:19|20)\d{10})(?!\d)/;
/** Kinds of documents, and what is said of them. */
const DOCUMENT =
  /\b(?:analysis(?:\s?endurance)?(?:\s?with\s?sections)?|time\s?cards?|results?(?:\s?by\s?class)?|classification(?:\s?by\s?class)?|flags\s?analysis(?:\s?with\s?rc\s?messages)?|weather|laps|official|provisional|unofficial|draft|anonymized|hour\s?\d{1,2})\b/gi;

/** @param name cleaned: parts of a path with `/` between them */
export function fileHintOf(name: string): FileHint {
  const parts = name.split(/[/\\]+/);
  const file = parts.pop() ?? '';
  const hourOf = (text: string) => HOUR.exec(text)?.[1];
  const hour = hourOf(file) ?? parts.map(hourOf).findLast((each) => each !== undefined);
  const folders = parts.filter((part) => hourOf(part) === undefined);
  const base = file.replace(/\.\w{1,5}$/, '');
  const archive = archiveOf(folders) ?? copyOf(base);
  const stem = stemOf(base);
  const isNumbered = /^\d\d_/.test(base);
  const names = isNumbered ? { event: undefined, session: cleanName(stem) } : namesOfStem(stem);
  const session = archive?.session ?? names.session;
  return {
    name,
    stamp: STAMP.exec(base)?.[1] ?? folders.map((part) => STAMP.exec(part)?.[1]).findLast((each) => each !== undefined),
    folder: folders.join('/'),
    stem,
    rank: NOT_YET.test(base) ? 0 : OFFICIAL.test(base) ? 2 : 1,
    hour: hour === undefined ? Number.POSITIVE_INFINITY : Number(hour),
    event: archive?.event ?? names.event,
    series: archive?.series,
    session,
    season: seasonOf(base) ?? seasonOf(folders.join('/')),
    kind: kindOf(session ?? '') ?? kindOf(base),
  };
}

type Archive = Pick<FileHint, 'event' | 'series' | 'session'>;

/** `…/{NN_season}/{NN_event}/{id_series}/{stamp_session}`: folders of the timing company's archive. */
function archiveOf(folders: readonly string[]): Archive | undefined {
  const at = folders.findLastIndex((part) => /^(?:19|20)\d{10}_./.test(part));
  if (at < 0) return undefined;
  const named = (part: string | undefined) => cleanName(/^\d{1,4}_(.+)$/.exec(part ?? '')?.[1] ?? '');
  const session = cleanName((folders[at] ?? '').slice(13).replaceAll('_', ' '));
  return { session, series: named(folders[at - 1]), event: named(folders[at - 2]) };
}

/** `gt_2023_fair-contest_202307221210-race-laps`: how copies of the archive are named. */
function copyOf(base: string): Archive | undefined {
  const [, series, event] = /^([a-z]{2,8})_(?:19|20)\d\d_([a-z][a-z0-9-]*)_\d{12}-/.exec(base) ?? [];
  if (series === undefined || event === undefined) return undefined;
  return { series: series.toUpperCase(), event: capitalised(event.split('-')), session: undefined };
}

function stemOf(base: string): string {
  return base
    .replace(/^\d\d_/, '')
    .replace(/[\s_-]+/g, ' ')
    .replace(DOCUMENT, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

function seasonOf(text: string): number | undefined {
  const year = /(?:^|\D)((?:19|20)\d\d)(?:\D|$|\d{4,10}(?:\D|$))/.exec(text)?.[1];
  return year === undefined ? undefined : Number(year);
}

/** The kind of session that a name tells; `undefined` where no word does. */
export function kindOf(text: string): SessionKind | undefined {
  if (/warm.?up/i.test(text)) return 'warm-up';
  if (/qualif|hyperpole|superpole/i.test(text)) return 'qualifying';
  if (/practice|(?:^|[^a-z])(?:fp\d|test(?![a-z]))/i.test(text)) return 'practice';
  return /(?:^|[^a-z])race(?![a-z])/i.test(text) ? 'race' : undefined;
}
