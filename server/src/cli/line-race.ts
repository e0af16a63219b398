import { createInterface } from 'node:readline';
import type { Manifest } from '@pitboard/shared/protocol/manifest.ts';
import { parseRaceEvent, parseRaceFact } from '@pitboard/shared/protocol/parse.ts';
import type { RaceEvent, RaceFact } from '@pitboard/shared/protocol/race-event.ts';
import { parseRecording, RECORDING_FORMAT, RecordingError } from '@pitboard/shared/protocol/recording.ts';
import { readRecordingFile } from '../recordings/recording-file.ts';

/** A fact with the number it carries, if it does. */
export type NumberedFact = { readonly seq: number | undefined; readonly fact: RaceFact };

/** A race that may still be going on: its facts come one by one. */
export type LineRace = { readonly manifest: Manifest | undefined; readonly facts: AsyncIterable<NumberedFact> };

/** The race of a recording file, or of lines on the standard input (`-`). */
export async function readLineRace(file: string): Promise<LineRace> {
  if (file === '-') return readLines(process.stdin);
  const { manifest, events, torn } = await readRecordingFile(file);
  if (torn !== undefined) console.error(`pitboard: ${torn}`);
  return { manifest, facts: numbered(events) };
}

/**
 * @throws {RecordingError} for a header that is none, and, while its facts are read, for a line that is no fact
 */
async function readLines(input: NodeJS.ReadableStream): Promise<LineRace> {
  const lines = createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })[Symbol.asyncIterator]();
  const first = await lines.next();
  if (first.done === true) throw new RecordingError(1, 'there is nothing to send');
  const header = parseJson(first.value, 1);
  if (header.format !== RECORDING_FORMAT) return { manifest: undefined, facts: factLines(lines, first.value) };
  return { manifest: parseRecording(`${first.value}\n`).manifest, facts: factLines(lines, '') };
}

async function* numbered(events: readonly RaceEvent[]): AsyncGenerator<NumberedFact> {
  for (const { seq, ...fact } of events) yield { seq, fact };
}

async function* factLines(lines: AsyncIterator<string>, firstLine: string): AsyncGenerator<NumberedFact> {
  let line = 1;
  for (let text: string | undefined = firstLine; text !== undefined; text = await nextLine(lines)) {
    if (text.trim() !== '') yield parseFactLine(text, line);
    line++;
  }
}

async function nextLine(lines: AsyncIterator<string>): Promise<string | undefined> {
  const next = await lines.next();
  return next.done === true ? undefined : next.value;
}

function parseFactLine(text: string, line: number): NumberedFact {
  const value = parseJson(text, line);
  const parsed = 'seq' in value ? parseRaceEvent(value) : parseRaceFact(value);
  if (!parsed.ok) throw new RecordingError(line, parsed.problem);
  const { seq, ...fact } = parsed.value as RaceFact & { readonly seq?: number };
  return { seq, fact };
}

function parseJson(text: string, line: number): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null) return { ...value };
  } catch {
    // Said below.
  }
  throw new RecordingError(line, 'not a JSON object');
}
