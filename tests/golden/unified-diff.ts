const CONTEXT = 3;

type Step = { readonly mark: ' ' | '-' | '+'; readonly line: string };

/** What changes one text into another, line by line, as `diff -u` shows it; empty when they are equal. */
export function unifiedDiff(before: string, after: string): string {
  const steps = compare(before.split('\n'), after.split('\n'));
  const isNear = (index: number) =>
    steps.slice(Math.max(0, index - CONTEXT), index + CONTEXT + 1).some((step) => step.mark !== ' ');
  const shown = steps.map((step, index) => (isNear(index) ? `${step.mark}${step.line}` : '@@'));
  return shown
    .filter((line, index) => line !== '@@' || (index > 0 && shown[index - 1] !== '@@'))
    .join('\n')
    .replace(/\n@@$/, '');
}

/** By the longest common subsequence. */
function compare(before: readonly string[], after: readonly string[]): Step[] {
  const common = Array.from({ length: before.length + 1 }, () => new Array<number>(after.length + 1).fill(0));
  const at = (one: number, other: number): number => common[one]?.[other] ?? 0;
  for (let one = before.length - 1; one >= 0; one--) {
    for (let other = after.length - 1; other >= 0; other--) {
      const row = common[one] as number[];
      const isSame = before[one] === after[other];
      row[other] = isSame ? at(one + 1, other + 1) + 1 : Math.max(at(one + 1, other), at(one, other + 1));
    }
  }
  const steps: Step[] = [];
  let one = 0;
  let other = 0;
  while (one < before.length || other < after.length) {
    if (one < before.length && other < after.length && before[one] === after[other]) {
      steps.push({ mark: ' ', line: before[one++] as string });
      other++;
    } else if (one < before.length && (other >= after.length || at(one + 1, other) >= at(one, other + 1))) {
      steps.push({ mark: '-', line: before[one++] as string });
    } else {
      steps.push({ mark: '+', line: after[other++] as string });
    }
  }
  return steps;
}
