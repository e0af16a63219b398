import { createFeedCollector } from '@pitboard/server/sources/feed/collect-feed.ts';
import type { FeedProtocol } from '@pitboard/server/sources/feed/feed.ts';
import { type ImportedRace, NoRaceError } from '@pitboard/server/sources/import/imported-race.ts';
import type { FileReader, RaceFormat } from '@pitboard/server/sources/import/race-format.ts';
import { parseManifest, parseRaceFact } from '@pitboard/shared/protocol/parse.ts';
import { createRaceTimeline } from '@pitboard/shared/timeline/race-timeline.ts';
import { expect } from 'vitest';
import { Chance } from '../../random-race.ts';

/** A good file to spoil: text by lines, or bytes. */
type FuzzSample = { readonly name: string; readonly content: string | Uint8Array };

type FuzzOptions = {
  /** Files of one session, given together. */
  readonly samples: readonly FuzzSample[];
  /** In all; of bytes every hundred count as a line. */
  readonly lines?: number;
  readonly seed?: number;
  readonly encoding?: 'utf8' | 'latin1';
};

/** What came of it: a test looks that it was not all refused. */
export type FuzzReport = {
  lines: number;
  files: number;
  refused: number;
  races: number;
  events: number;
  skipped: number;
};

const LINES = 200_000;
const LINES_A_FILE = 1500;
/** A line may say a few things at once; more than this is a leak. */
const MOST_EVENTS_A_LINE = 60;
const JUNK = [
  '\u0000',
  '"',
  "'",
  '\n',
  '\r',
  '\u00a6',
  '\ufffd',
  ';',
  ',',
  '{',
  '}',
  '[',
  ']',
  '\\',
  '\u2028',
  '😀',
  '\t',
  '$',
  '-',
  ':',
];
const WORDS = [
  '__proto__',
  'constructor',
  '-1',
  '99999999999999999999',
  '1e308',
  'NaN',
  '00:00:-47',
  '99:99:99.999',
  'null',
  '',
  '0',
  '../../x',
  '1'.repeat(400),
];

/**
 * Spoils the samples in every way that a file comes to harm, cuts them anywhere, and imports them: nothing may be thrown but
 * `NoRaceError`, and what is made of them must be a race.
 */
export function fuzzFormat(format: RaceFormat, options: FuzzOptions): FuzzReport {
  return fuzz(options, (files, chance, report) => {
    const opened = format.open();
    for (const { name, bytes } of files) {
      const reader = opened.open(name);
      feed(reader, bytes, chance);
      reader.end();
    }
    try {
      const { races, skipped } = opened.finish();
      report.skipped += skipped.lines;
      return races;
    } catch (error) {
      if (!(error instanceof NoRaceError)) throw error;
      report.refused++;
      return [];
    }
  });
}

/** The same for what a feed sends, with a line that is lost now and then. */
export function fuzzFeed(protocol: FeedProtocol, options: FuzzOptions): FuzzReport {
  return fuzz(options, (files, chance, report) => {
    const collector = createFeedCollector(() => {
      report.skipped++;
    });
    const reader = protocol.createReader(collector);
    let epochMs = 1_700_000_000_000;
    for (const { bytes } of files) {
      const write = (piece: Uint8Array) => {
        epochMs += chance.below(2000) - 100;
        reader.read(piece, epochMs);
        if (chance.below(200) === 0) reader.cut();
      };
      feed({ write }, bytes, chance);
    }
    return collector.races();
  });
}

type SpoiltFile = { readonly name: string; readonly bytes: Uint8Array };
type Attempt = (files: readonly SpoiltFile[], chance: Chance, report: FuzzReport) => readonly ImportedRace[];

function fuzz(options: FuzzOptions, attempt: Attempt): FuzzReport {
  const { samples, lines = LINES, encoding = 'utf8', seed = Math.floor(Math.random() * 2 ** 31) } = options;
  const report: FuzzReport = { lines: 0, files: 0, refused: 0, races: 0, events: 0, skipped: 0 };
  for (let round = 0; report.lines < lines; round++) {
    const chance = new Chance(seed + round);
    try {
      let given = 0;
      const files = samples.map(({ name, content }) => {
        const bytes =
          typeof content === 'string' ? Buffer.from(spoilText(content, chance), encoding) : spoilBytes(content, chance);
        given += typeof content === 'string' ? LINES_A_FILE : Math.max(1, bytes.length / 100);
        return { name, bytes };
      });
      const races = attempt(files, chance, report);
      check(races, given, report);
      report.lines += given;
      report.files += files.length;
    } catch (error) {
      throw new Error(`seed ${seed + round}: ${(error as Error).message}`, { cause: error });
    }
  }
  return report;
}

function check(races: readonly ImportedRace[], lines: number, report: FuzzReport): void {
  for (const { manifest, events } of races) {
    expect(parseManifest(manifest)).toMatchObject({ ok: true });
    for (const { seq: _, ...fact } of events) {
      const parsed = parseRaceFact(fact);
      if (!parsed.ok) throw new Error(`${JSON.stringify(fact).slice(0, 300)}: ${parsed.problem}`);
    }
    const timeline = createRaceTimeline(manifest);
    timeline.append(events);
    timeline.viewAt(timeline.headAtMs);
    report.races++;
    report.events += events.length;
    expect(events.length).toBeLessThan(lines * MOST_EVENTS_A_LINE);
  }
}

function feed(reader: Pick<FileReader, 'write'>, bytes: Uint8Array, chance: Chance): void {
  const longest = chance.pick([3, 80, 1500, 70_000]);
  for (let from = 0; from < bytes.length; ) {
    const to = from + 1 + chance.below(longest);
    reader.write(bytes.subarray(from, to));
    from = to;
  }
}

/** The sample's lines, again and again up to the length of a file, some of them spoilt; the first one only now and then. */
function spoilText(text: string, chance: Chance): string {
  const good = text.split('\n');
  const lines: string[] = [];
  const share = chance.pick([2, 5, 20, 100]);
  for (let index = 0; lines.length < LINES_A_FILE; index++) {
    const line = good[index < good.length ? index : 1 + chance.below(good.length)] ?? '';
    const isSpoilt = index === 0 ? chance.below(20) === 0 : chance.below(share) === 0;
    lines.push(isSpoilt ? spoilLine(line, good, chance) : line);
  }
  if (chance.below(10) === 0) lines.splice(chance.below(lines.length), 0, 'x'.repeat(300_000));
  return lines.join(chance.pick(['\n', '\n', '\r\n']));
}

function spoilLine(line: string, others: readonly string[], chance: Chance): string {
  const at = chance.below(line.length + 1);
  const to = Math.min(line.length, at + 1 + chance.below(12));
  const token = /[\w.:+-]+/g;
  switch (chance.below(10)) {
    case 0:
      return line.slice(0, at) + line.slice(to);
    case 1:
      return line.slice(0, at) + chance.pick(JUNK) + line.slice(at);
    case 2:
      return line.slice(0, at);
    case 3:
      return line.slice(0, at) + chance.pick(others).slice(at);
    case 4:
      return `${line}\n${line}`;
    case 5:
      return line.slice(at) + line.slice(0, at);
    case 6: {
      const digits = String(chance.below(100_000_000));
      return line.replace(/\d+/g, (number) => (chance.below(3) === 0 ? digits.slice(0, 1 + chance.below(8)) : number));
    }
    case 7: {
      const word = chance.pick(WORDS);
      let left = chance.below(8);
      return line.replace(token, (old) => (left-- === 0 ? word : old));
    }
    case 8: {
      const bit = 1 << chance.below(8);
      return line.slice(0, at) + String.fromCharCode((line.charCodeAt(at) || 32) ^ bit) + line.slice(at + 1);
    }
    default:
      return chance.pick(others);
  }
}

function spoilBytes(bytes: Uint8Array, chance: Chance): Uint8Array {
  const spoilt = Buffer.from(bytes);
  for (let flips = chance.below(chance.pick([1, 4, 60])); flips > 0; flips--) {
    spoilt[chance.below(spoilt.length)] = chance.below(256);
  }
  if (chance.below(6) === 0) return spoilt.subarray(0, chance.below(spoilt.length));
  return spoilt;
}
