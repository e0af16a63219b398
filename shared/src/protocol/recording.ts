import * as z from 'zod/mini';
import type { Manifest } from './manifest.ts';
import { describeProblems, parseManifest, parseRaceEvent } from './parse.ts';
import type { RaceEvent } from './race-event.ts';

/** See `shared/RECORDING.md`, which describes the format for other programs. */
export const RECORDING_FORMAT = 'pitboard-recording';
export const RECORDING_VERSION = 1;

const headerSchema = z.object({
  format: z.literal(RECORDING_FORMAT),
  version: z.int(),
  manifest: z.unknown(),
});

/** A recording that cannot be read: `line` counts from 1. */
export class RecordingError extends Error {
  readonly line: number;
  constructor(line: number, problem: string) {
    super(`line ${line}: ${problem}`);
    this.name = 'RecordingError';
    this.line = line;
  }
}

export type Recording = {
  readonly manifest: Manifest;
  readonly events: readonly RaceEvent[];
  /** What was wrong with a torn last line, which is left out; `undefined` for a whole file. */
  readonly tornLine: { readonly line: number; readonly problem: string } | undefined;
};

export function formatRecordingHeader(manifest: Manifest): string {
  return `${JSON.stringify({ format: RECORDING_FORMAT, version: RECORDING_VERSION, manifest })}\n`;
}

export function formatRecordingLine(event: RaceEvent): string {
  return `${JSON.stringify(event)}\n`;
}

/** The whole recording as text: a header line, then a line an event. */
export function formatRecording(manifest: Manifest, events: readonly RaceEvent[]): string {
  return formatRecordingHeader(manifest) + events.map(formatRecordingLine).join('');
}

/**
 * Reads a recording from text. A last line without its line break may be torn (the writer was cut off): it is
 * reported in `tornLine` when it does not parse, and the rest is kept.
 * @throws {RecordingError} for a bad header, a bad line, or a hole in `seq`.
 */
export function parseRecording(text: string): Recording {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  const closed = lines.at(-1) === '';
  if (closed) lines.pop();
  const manifest = parseHeader(lines[0]);
  const events: RaceEvent[] = [];
  for (let index = 1; index < lines.length; index++) {
    const line = lines[index] as string;
    if (line.trim() === '') continue;
    const parsed = parseLine(line, events.length + 1);
    if (typeof parsed !== 'string') {
      events.push(parsed);
    } else if (index === lines.length - 1 && !closed) {
      return { manifest, events, tornLine: { line: index + 1, problem: parsed } };
    } else {
      throw new RecordingError(index + 1, parsed);
    }
  }
  return { manifest, events, tornLine: undefined };
}

function parseHeader(line: string | undefined): Manifest {
  if (line === undefined || line.trim() === '') throw new RecordingError(1, 'the file is empty');
  const json = parseJson(line);
  if (!json.ok) throw new RecordingError(1, 'not a Pitboard recording: the first line is not JSON');
  const header = headerSchema.safeParse(json.value);
  if (!header.success) {
    throw new RecordingError(1, `not a Pitboard recording: ${describeProblems(header.error)}`);
  }
  if (header.data.version !== RECORDING_VERSION) {
    throw new RecordingError(
      1,
      `version ${header.data.version} is not known here (this program reads version ${RECORDING_VERSION})`,
    );
  }
  const manifest = parseManifest(header.data.manifest);
  if (!manifest.ok) throw new RecordingError(1, `manifest: ${manifest.problem}`);
  return manifest.value;
}

/** The event of a line, or what is wrong with it. */
function parseLine(line: string, expectedSeq: number): RaceEvent | string {
  const json = parseJson(line);
  if (!json.ok) return 'not JSON';
  const event = parseRaceEvent(json.value);
  if (!event.ok) return event.problem;
  if (event.value.seq !== expectedSeq) return `seq is ${event.value.seq}, expected ${expectedSeq}`;
  return event.value;
}

function parseJson(line: string): { ok: true; value: unknown } | { ok: false } {
  try {
    return { ok: true, value: JSON.parse(line) as unknown };
  } catch {
    return { ok: false };
  }
}
