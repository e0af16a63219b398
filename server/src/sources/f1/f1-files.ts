import { type ImportedRace, NoRaceError } from '../import/imported-race.ts';
import { createLineReader } from '../import/line-reader.ts';
import type { FileReader, RaceFormat } from '../import/race-format.ts';
import { createSkipCounter, type SkipCounter } from '../import/skip-counter.ts';
import { createTextReader } from '../import/text-reader.ts';
import { createStreamParser, type F1FileKind, kindOfHead, parseMessageLine, type StampedLine } from './f1-lines.ts';
import { LONGEST_F1_LINE } from './f1-protocol.ts';
import { hasLaps, raceOfLines } from './f1-race.ts';
import { splitSessions } from './split-sessions.ts';
import { byRank } from './topics.ts';

/** Of all lines that are kept of one import: a race has some 100,000. */
const MOST_LINES = 2_000_000;

/** What one file holds. */
type FileLines = {
  readonly name: string;
  readonly kind: F1FileKind;
  readonly lines: StampedLine[];
};

/** Recordings of Formula 1's live timing: an archive's streams of topics, or the messages as a listener wrote them down. */
export const f1Files: RaceFormat = {
  id: 'f1',
  title: 'Formula 1 live timing',
  recognises: ({ text }) => kindOfHead(text) !== undefined,
  open: () => {
    const counter = createSkipCounter();
    const files: FileLines[] = [];
    return {
      open: (name) => openFile(name, files, counter),
      finish: () => {
        const all = racesOf(files);
        if (all.length === 0) throw new NoRaceError(whyNone(files));
        // Beside a session with laps one that only names cars is a remnant.
        const races = all.some(hasLaps) ? all.filter(hasLaps) : all;
        return { races, skipped: counter.skipped() };
      },
    };
  },
};

function whyNone(files: readonly FileLines[]): string {
  return files.some(({ kind }) => kind === 'state')
    ? 'only the last state of a session: its changes are needed, as in TimingData.jsonStream'
    : 'no car found: TimingData of Formula 1 is needed';
}

/** Decides with its first line what a file is, and reads it as that. */
function openFile(name: string, files: FileLines[], { skip }: SkipCounter): FileReader {
  const parseStream = createStreamParser(name);
  let file: FileLines | undefined;
  /** JSON that was laid out over many lines is one message. */
  let layout: string[] | undefined;
  let layoutLength = 0;

  const take = (text: string, line: number): void => {
    const kind = file?.kind ?? kindOfHead(text);
    if (kind === undefined) {
      // A sign of life of the hub tells nothing, and is no bad line.
      if (parseMessageLine(text) === undefined) skip(name, line, 'no message of the feed');
      return;
    }
    if (file === undefined) {
      file = { name, kind, lines: [] };
      files.push(file);
    }
    // A last state adds nothing to the changes that led to it.
    if (kind === 'state') return;
    const parsed = kind === 'stream' ? parseStream(text) : parseMessageLine(text);
    if (parsed === undefined) skip(name, line, 'no message of the feed');
    else if (file.lines.length + parsed.length > MOST_LINES) skip(name, line, 'too many lines');
    else file.lines.push(...parsed);
  };
  const lines = createLineReader({
    longest: LONGEST_F1_LINE,
    onTooLong: (line) => skip(name, line, 'line too long'),
    onLine: (text, line) => {
      if (text.trim() === '') return;
      if (file === undefined && text.trim() === '{') layout ??= [];
      if (layout === undefined) return take(text, line);
      layoutLength += text.length;
      if (layoutLength <= LONGEST_F1_LINE) layout.push(text);
    },
  });
  return createTextReader({
    write: (text) => lines.write(text),
    end: () => {
      lines.end();
      if (layout !== undefined) take(layout.join(' '), 1);
    },
  });
}

function racesOf(files: readonly FileLines[]): readonly ImportedRace[] {
  const sessions = new Map<string, FileLines[]>();
  for (const file of files) {
    // Streams of one folder belong together, and so do the parts of what a listener wrote down.
    const key = file.kind === 'stream' ? `stream ${folderOf(file.name)}` : file.kind;
    sessions.set(key, [...(sessions.get(key) ?? []), file]);
  }
  return [...sessions.values()].flatMap((parts) => {
    if (parts[0]?.kind === 'stream') return raceOfLines(interleaved(parts), undefined) ?? [];
    return splitSessions(joined(parts)).flatMap((lines) => raceOfLines(lines, 0) ?? []);
  });
}

/** The end of a file's folder: the beginning of a long path may be missing from its name. */
function folderOf(name: string): string {
  return name.replace(/[^/\\]*$/, '').slice(-60);
}

/** By time, in the order of the topics where two are of one moment, whatever the order of the files. */
function interleaved(files: readonly FileLines[]): StampedLine[] {
  const lines = files.flatMap((file) => file.lines);
  return lines.sort((one, other) => (one.atMs ?? 0) - (other.atMs ?? 0) || byRank(one, other));
}

/** One after the other as they begin, each from where the one before ends; within a file as they stand. */
function joined(files: readonly FileLines[]): StampedLine[] {
  const startOf = ({ lines }: FileLines) => lines.find(({ atMs }) => atMs !== undefined && !Number.isNaN(atMs))?.atMs;
  const sorted = files.toSorted((one, other) => (startOf(one) ?? 0) - (startOf(other) ?? 0));
  let last: StampedLine | undefined;
  return sorted.flatMap(({ lines }) => {
    const overlap = lines.findLastIndex(
      ({ atMs, packed }) => last?.atMs !== undefined && atMs === last.atMs && packed === last.packed,
    );
    last = lines.at(-1) ?? last;
    return lines.slice(overlap + 1);
  });
}
