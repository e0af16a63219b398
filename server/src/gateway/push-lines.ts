import type { Manifest } from '@pitboard/shared/protocol/manifest.ts';
import { parseRecording, RECORDING_FORMAT, type RecordingError } from '@pitboard/shared/protocol/recording.ts';
import { RequestError } from './request-error.ts';

/** Facts as lines of JSON, unchecked but for their framing. */
export type PushLines = {
  /** Of a recording's header, where the first line is one. */
  readonly manifest: Manifest | undefined;
  readonly facts: readonly unknown[];
  /** The line that each fact stands on, counted from 1. */
  readonly lines: readonly number[];
  /** Source sequence of the first fact, where the lines carry `seq`. */
  readonly firstSeq: number | undefined;
};

/**
 * Takes a body apart: an optional recording header, then a fact a line, all with `seq` or none.
 * @throws {RequestError} 400
 */
export function parsePushLines(text: string): PushLines {
  const facts: unknown[] = [];
  const lines: number[] = [];
  let manifest: Manifest | undefined;
  let firstSeq: number | undefined;
  text.split(/\r?\n/).forEach((content, index) => {
    if (content.trim() === '') return;
    const line = index + 1;
    const { seq, ...fact } = parseObject(content, line);
    if (line === 1 && fact.format === RECORDING_FORMAT) {
      manifest = parseHeader(content);
      return;
    }
    if (facts.length === 0 && typeof seq === 'number') firstSeq = seq;
    const expectedSeq = firstSeq === undefined ? undefined : firstSeq + facts.length;
    if (seq !== expectedSeq) {
      throw badLine(line, `seq is ${JSON.stringify(seq)}, expected ${expectedSeq ?? 'none, as in the lines before'}`);
    }
    facts.push(fact);
    lines.push(line);
  });
  return { manifest, facts, lines, firstSeq };
}

function parseHeader(content: string): Manifest {
  try {
    return parseRecording(`${content}\n`).manifest;
  } catch (error) {
    const { message, line } = error as RecordingError;
    throw new RequestError(400, 'bad-manifest', { message, line });
  }
}

function parseObject(content: string, line: number): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(content);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
  } catch {
    // Said below: what is not JSON is no object either.
  }
  throw badLine(line, 'not a JSON object');
}

function badLine(line: number, problem: string): RequestError {
  return new RequestError(400, 'bad-line', { message: `line ${line}: ${problem}`, line });
}
