import { cleanName } from '../import/names.ts';

/** Words in names of races that are letters: series and classes, circuits and governing bodies. */
const LETTERS = new Set([
  ...['aco', 'adac', 'alms', 'aslms', 'brdc', 'btcc', 'dtm', 'elms', 'fia', 'gp', 'gt', 'gtp', 'gtwc', 'gtwce', 'imsa'],
  ...['lmc', 'lmgt3', 'lmgte', 'mpc', 'nls', 'scca', 'sro', 'tcr', 'uk', 'us', 'usa', 'vln', 'wec', 'wtcr'],
  ...['cota', 'ctmp', 'vir', 'wgi'],
]);
const LETTERS_AND_DIGIT = /^(?:f|fp|gt|lmp|p|r)\d$/;
/** Small within a name. */
const SMALL_WORDS = new Set(['and', 'at', 'by', 'de', 'del', 'des', 'di', 'do', 'du', 'of', 'the']);
/** What any file is called. */
const FILE_WORD = /^(?:copy|data|download|export|file|lap|laps|new|of|time|times|\(?\d{1,3}\)?)$/i;
const SESSION_WORD = /^(?:race|practice|qualifying|session|fp\d?|r\d|\d{1,2})$/i;

/** What the words of a file's name tell. */
type StemNames = {
  /** Without dates and the session: `WEC 2031 Fair Bay 6h` of `wec 2031 fair bay 6h race`. */
  readonly event: string | undefined;
  /** Where it has a number beside others of its kind: `Race 2`. */
  readonly session: string | undefined;
};

export function namesOfStem(stem: string): StemNames {
  const words = stem
    .replace(/\d{8,}|\b(?:19|20)\d\d \d\d \d\d\b/g, '')
    .split(/\s+/)
    .filter((word) => word !== '');
  if (words.every((word) => FILE_WORD.test(word))) return { event: undefined, session: undefined };
  const end = words.findLastIndex((word) => !SESSION_WORD.test(word)) + 1;
  const [event, session] = [words.slice(0, end), words.slice(end)];
  // A number alone belongs to the event: `Sand Ring 500 2`.
  const isNamed = session.some((word) => !/^\d+$/.test(word));
  if (!isNamed) return { event: event.length === 0 ? undefined : capitalised(words), session: undefined };
  return { event: capitalised(event), session: /\d/.test(session.join('')) ? capitalised(session) : undefined };
}

/** The words as a name, with the capitals that people write where they have none of their own. */
export function capitalised(words: readonly string[]): string | undefined {
  const isPlain = words.every((word) => word === word.toLowerCase());
  return cleanName((isPlain ? words.map(withCapitals) : words).join(' '));
}

function withCapitals(word: string, index: number): string {
  if (LETTERS.has(word) || LETTERS_AND_DIGIT.test(word)) return word.toUpperCase();
  return index > 0 && SMALL_WORDS.has(word) ? word : word.replace(/^\p{L}/u, (letter) => letter.toUpperCase());
}
