import type { Skipped } from '../sources/import/imported-race.ts';

const SHOWN_EXAMPLES = 5;

/** Says on stderr how many lines were left out, and why the first of them. */
export function tellSkipped({ lines, examples }: Skipped): void {
  if (lines === 0) return;
  const shown = examples.slice(0, SHOWN_EXAMPLES).map(({ file, line, reason }) => `${file}:${line} ${reason}`);
  console.error(
    `${lines} ${lines === 1 ? 'line' : 'lines'} left out: ${shown.join('; ')}${lines > shown.length ? '; …' : ''}`,
  );
}
