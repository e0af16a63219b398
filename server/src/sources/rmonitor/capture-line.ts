/** What a line of a capture is, without its stamp. */
export type CaptureLine =
  /** A line of the feed; `epochMs` where this very line tells when it arrived. */
  | { readonly kind: 'feed'; readonly text: string; readonly epochMs: number | undefined }
  /** What follows arrived then; a payload that is not RMonitor is passed over. */
  | { readonly kind: 'stamp'; readonly epochMs: number | undefined; readonly isFeed: boolean }
  /** A note of the operator. */
  | { readonly kind: 'note'; readonly text: string; readonly epochMs: number | undefined }
  | { readonly kind: 'comment' }
  | { readonly kind: 'unknown' };

const ISO = String.raw`\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?:Z|[+-]\d\d:?\d\d)?`;
const STAMP = new RegExp(`^##\\s*(${ISO})\\s*(?:\\|\\s*(\\w+))?\\s*$`);
const STAMPED = new RegExp(`^\\[?(${ISO})\\]?[\\s,|]+(?=[$#])(.*)$`);
const OFFSET = /^(\d{1,10})(?:\.\d{1,6})?[\s,|]+(\$.*)$/;
const ANNOTATION = new RegExp(`^#+\\s*ANNOTATION\\b\\s*(?:\\[?(${ISO})\\]?)?\\s*[:-]?\\s*(.*)$`, 'i');

/** The kinds of capture that are about: raw, stamped line by line, stamped by headers, or with ms since their start. */
export function parseCaptureLine(line: string): CaptureLine {
  const text = line.trim();
  if (text.startsWith('$')) return { kind: 'feed', text, epochMs: undefined };
  const [, stamp, payload] = STAMP.exec(text) ?? [];
  if (stamp !== undefined) {
    return { kind: 'stamp', epochMs: epochOf(stamp), isFeed: payload === undefined || /^rmon/i.test(payload) };
  }
  const [, stampOfLine, rest = ''] = STAMPED.exec(text) ?? [];
  if (stampOfLine !== undefined) {
    const epochMs = epochOf(stampOfLine);
    return rest.startsWith('$') ? { kind: 'feed', text: rest, epochMs } : noteOf(rest, epochMs);
  }
  const [, , afterOffset] = OFFSET.exec(text) ?? [];
  if (afterOffset !== undefined) return { kind: 'feed', text: afterOffset, epochMs: undefined };
  return text.startsWith('#') ? noteOf(text, undefined) : { kind: 'unknown' };
}

function noteOf(text: string, lineEpochMs: number | undefined): CaptureLine {
  const [, stamp, note = ''] = ANNOTATION.exec(text) ?? [];
  const clean = note
    .replace(/\p{Cc}+/gu, ' ')
    .trim()
    .slice(0, 1000);
  if (clean === '') return { kind: 'comment' };
  return { kind: 'note', text: clean, epochMs: stamp === undefined ? lineEpochMs : epochOf(stamp) };
}

/** Without a zone it is UTC. */
function epochOf(text: string): number | undefined {
  const iso = text
    .replace(' ', 'T')
    .replace(',', '.')
    .replace(/(\.\d{3})\d+/, '$1');
  const epochMs = Date.parse(/(?:Z|[+-]\d\d:?\d\d)$/.test(iso) ? iso : `${iso}Z`);
  return Number.isNaN(epochMs) || epochMs < 0 ? undefined : epochMs;
}
