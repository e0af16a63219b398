/** Changes between two JSON values, as Python's `dictdiffer` writes them. */
export type DictDiff = readonly Change[];

/** Of an object, or an index in a list. */
export type Key = string | number;
type Path = string | readonly Key[];
type Change =
  | readonly ['change', path: Path, values: readonly [before: unknown, after: unknown]]
  | readonly ['add' | 'remove', path: Path, items: readonly (readonly [key: Key, value: unknown])[]];

/** What turns one JSON value into another. */
export function dictDiffOf(before: unknown, after: unknown, path: readonly Key[] = []): DictDiff {
  if (Array.isArray(before) && Array.isArray(after)) return diffOfLists(before, after, path);
  if (isObject(before) && isObject(after)) return diffOfObjects(before, after, path);
  return before === after ? [] : [['change', pathOf(path), [before, after]]];
}

function diffOfLists(before: readonly unknown[], after: readonly unknown[], path: readonly Key[]): DictDiff {
  const common = Math.min(before.length, after.length);
  const changes: Change[] = [];
  for (let index = 0; index < common; index++) {
    if (before[index] !== after[index]) changes.push(...dictDiffOf(before[index], after[index], [...path, index]));
  }
  const rest = (list: readonly unknown[]) =>
    list.slice(common).map((value, index): readonly [Key, unknown] => [common + index, value]);
  if (after.length > common) changes.push(['add', pathOf(path), rest(after)]);
  if (before.length > common) changes.push(['remove', pathOf(path), rest(before).toReversed()]);
  return changes;
}

function diffOfObjects(
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
  path: readonly Key[],
): DictDiff {
  const changes: Change[] = [];
  for (const key of Object.keys(before)) {
    if (Object.hasOwn(after, key)) changes.push(...dictDiffOf(before[key], after[key], [...path, key]));
  }
  const only = (one: Readonly<Record<string, unknown>>, other: Readonly<Record<string, unknown>>) =>
    Object.entries(one).filter(([key]) => !Object.hasOwn(other, key));
  const [added, removed] = [only(after, before), only(before, after)];
  if (added.length > 0) changes.push(['add', pathOf(path), added]);
  if (removed.length > 0) changes.push(['remove', pathOf(path), removed]);
  return changes;
}

/** Dotted where every key is a word without a dot, as `dictdiffer` does it. */
function pathOf(path: readonly Key[]): Path {
  return path.every((key) => typeof key === 'string' && key !== '' && !key.includes('.')) ? path.join('.') : path;
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
