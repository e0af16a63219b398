import type { Skipped } from './imported-race.ts';

const MOST_EXAMPLES = 20;
/** Reasons are a few fixed sentences; what comes beyond is counted as one. */
const MOST_REASONS = 50;

export type SkipCounter = {
  /** @param line counts from 1 */
  skip(file: string, line: number, reason: string): void;
  skipped(): Skipped;
};

/** Counts what is left out of an import, by reason. */
export function createSkipCounter(): SkipCounter {
  const reasons = new Map<string, number>();
  const examples: { file: string; line: number; reason: string }[] = [];
  let lines = 0;
  return {
    skip: (file, line, given) => {
      const reason = reasons.has(given) || reasons.size < MOST_REASONS ? given : 'other reasons';
      lines++;
      reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
      if (examples.length < MOST_EXAMPLES) examples.push({ file, line, reason });
    },
    skipped: () => ({ lines, reasons: Object.fromEntries(reasons), examples: [...examples] }),
  };
}

/** The sum of what was left out of several imports. */
export function sumSkipped(parts: readonly Skipped[]): Skipped {
  const reasons = new Map<string, number>();
  for (const [reason, count] of parts.flatMap((part) => Object.entries(part.reasons))) {
    reasons.set(reason, (reasons.get(reason) ?? 0) + count);
  }
  return {
    lines: parts.reduce((sum, part) => sum + part.lines, 0),
    reasons: Object.fromEntries(reasons),
    examples: parts.flatMap((part) => part.examples).slice(0, MOST_EXAMPLES),
  };
}
