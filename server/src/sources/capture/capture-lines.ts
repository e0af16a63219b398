import { epochMsSchema, idSchema } from '@pitboard/shared/protocol/scalars.ts';
import { z } from 'zod';

/** See `shared/CAPTURE.md`, which describes the format for other programs. */
export const CAPTURE_FORMAT = 'pitboard-capture';
const CAPTURE_VERSION = 1;

/** A longer piece is written in several lines: a line of any bytes then stays below 65,536 characters. */
const LONGEST_PIECE_BYTES = 8192;
const LONGEST_REASON = 200;

/** The first line of a capture. */
export type CaptureHeader = {
  /** Id of the feed's protocol: `rmonitor`. */
  readonly protocol: string;
  /** Without user and password. */
  readonly address: string;
  /** Wall clock at the time zero of the lines. */
  readonly startedEpochMs: number;
};

/** A line of a capture; `atMs` counts from `startedEpochMs`. */
export type CaptureEntry =
  | { readonly kind: 'piece'; readonly atMs: number; readonly bytes: Uint8Array }
  | { readonly kind: 'opened'; readonly atMs: number }
  | { readonly kind: 'closed'; readonly atMs: number; readonly reason: string };

const headerSchema = z.object({
  format: z.literal(CAPTURE_FORMAT),
  version: z.int(),
  protocol: idSchema,
  address: z.string().max(1000),
  startedEpochMs: epochMsSchema,
});

/** Thirty days: no feed is recorded for longer. */
const atMsSchema = z.int().min(0).max(2_592_000_000);
const entrySchema = z.union([
  z.tuple([atMsSchema, z.string()]),
  z.tuple([atMsSchema, z.object({ connection: z.literal('opened') })]),
  z.tuple([atMsSchema, z.object({ connection: z.literal('closed'), reason: z.string().optional() })]),
]);

export function formatCaptureHeader({ protocol, address, startedEpochMs }: CaptureHeader): string {
  const header = { format: CAPTURE_FORMAT, version: CAPTURE_VERSION, protocol, address, startedEpochMs };
  return `${JSON.stringify(header)}\n`;
}

/** One line, or several for a long piece. */
export function formatCaptureEntry(entry: CaptureEntry): string {
  const { atMs } = entry;
  if (entry.kind === 'opened') return `${JSON.stringify([atMs, { connection: 'opened' }])}\n`;
  if (entry.kind === 'closed') {
    return `${JSON.stringify([atMs, { connection: 'closed', reason: entry.reason.slice(0, LONGEST_REASON) }])}\n`;
  }
  const text = Buffer.from(entry.bytes).toString('latin1');
  let lines = '';
  for (let from = 0; from < text.length; from += LONGEST_PIECE_BYTES) {
    lines += `${JSON.stringify([atMs, text.slice(from, from + LONGEST_PIECE_BYTES)])}\n`;
  }
  return lines;
}

/** The header that a line is, or what is wrong with it. */
export function parseCaptureHeader(line: string): CaptureHeader | string {
  const parsed = headerSchema.safeParse(parseJson(line));
  if (!parsed.success) return 'not the first line of a Pitboard capture';
  const { version, protocol, address, startedEpochMs } = parsed.data;
  if (version !== CAPTURE_VERSION) {
    return `version ${version} is not known here (this program reads version ${CAPTURE_VERSION})`;
  }
  return { protocol, address, startedEpochMs };
}

/** What a line says, or what is wrong with it. */
export function parseCaptureEntry(line: string): CaptureEntry | string {
  const parsed = entrySchema.safeParse(parseJson(line));
  if (!parsed.success) return 'not a line of a capture';
  const [atMs, said] = parsed.data;
  if (typeof said === 'string') {
    if (/[^\0-\xFF]/.test(said)) return 'characters that are no bytes';
    return { kind: 'piece', atMs, bytes: Buffer.from(said, 'latin1') };
  }
  if (said.connection === 'opened') return { kind: 'opened', atMs };
  return { kind: 'closed', atMs, reason: said.reason ?? '' };
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line) as unknown;
  } catch {
    return undefined;
  }
}

/** The address of a feed as it may be shown and kept: without user, password, and what a query may hide. */
export function addressForOthers(url: URL): string {
  const shown = new URL(url);
  shown.username = '';
  shown.password = '';
  shown.search = '';
  shown.hash = '';
  return shown.href;
}
