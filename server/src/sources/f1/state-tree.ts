/**
 * The state of a topic. Lists are trees too, their places as keys, because the feed changes them by place: `{"1": …}` into
 * `[a, b]`. Maps, because a key from outside may be any word.
 */
export type Tree = ReadonlyMap<string, Leaf>;
export type Leaf = string | number | boolean | undefined | Tree;

type MutableTree = Map<string, Leaf>;

const DEEPEST = 12;
const MOST_KEYS = 5000;
/** Of all keys that a topic may ever bring. */
const MOST_LEAVES = 1_000_000;
const LONGEST_TEXT = 2000;

/** A topic whose changes are merged as they come. */
export type MergedState = {
  readonly tree: Tree;
  /** Merges objects, lists by place too; replaces everything else. `_deleted` names keys to drop, `_kf` a state that is whole. */
  merge(delta: unknown): void;
  /** Takes in a whole state in place of the one held. */
  replace(state: unknown): void;
};

export function createMergedState(): MergedState {
  const tree: MutableTree = new Map();
  const budget = { leaves: MOST_LEAVES };
  return {
    tree,
    merge: (delta) => mergeInto(tree, delta, { budget, depth: 0 }),
    replace: (state) => {
      tree.clear();
      mergeInto(tree, state, { budget, depth: 0 });
    },
  };
}

type Place = { readonly budget: { leaves: number }; readonly depth: number };

function mergeInto(target: MutableTree, delta: unknown, { budget, depth }: Place): void {
  if (depth >= DEEPEST) return;
  const entries = entriesOf(delta);
  if (isKeyframe(entries)) target.clear();
  for (const [key, value] of entries) {
    if (key === '_kf') continue;
    if (key === '_deleted') {
      for (const [, gone] of entriesOf(value)) target.delete(String(gone));
      continue;
    }
    if (!target.has(key)) {
      if (target.size >= MOST_KEYS || budget.leaves <= 0) continue;
      budget.leaves--;
    }
    const held = target.get(key);
    if (!isContainer(value)) target.set(key, leafOf(value));
    else if (held instanceof Map && !Array.isArray(value)) mergeInto(held, value, { budget, depth: depth + 1 });
    else {
      const fresh: MutableTree = new Map();
      target.set(key, fresh);
      mergeInto(fresh, value, { budget, depth: depth + 1 });
    }
  }
}

function isKeyframe(entries: readonly (readonly [string, unknown])[]): boolean {
  return entries.length > 1 && entries.some(([key, value]) => key === '_kf' && value === true);
}

function isContainer(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}

/** Keys and values of whatever a parser makes of an object or a list. */
export function entriesOf(value: unknown): readonly (readonly [string, unknown])[] {
  if (value instanceof Map) return [...value].map(([key, each]) => [String(key), each]);
  return isContainer(value) ? Object.entries(value as object) : [];
}

function leafOf(value: unknown): Leaf {
  if (typeof value === 'string') return value.slice(0, LONGEST_TEXT);
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  return typeof value === 'boolean' ? value : undefined;
}

const EMPTY: Tree = new Map();

/** The tree at a path of keys; an empty one where there is none. */
export function treeAt(tree: Tree, ...path: readonly string[]): Tree {
  let at: Leaf = tree;
  for (const key of path) at = at instanceof Map ? at.get(key) : undefined;
  return at instanceof Map ? at : EMPTY;
}

/** Text of a leaf, trimmed; '' where there is none. */
export function textAt(tree: Tree, key: string): string {
  const leaf = tree.get(key);
  return typeof leaf === 'string' || typeof leaf === 'number' ? String(leaf).trim() : '';
}

/** A number, also one that is written as text. */
export function numberAt(tree: Tree, key: string): number | undefined {
  const text = textAt(tree, key);
  return /^-?\d{1,15}(?:\.\d{1,9})?$/.test(text) ? Number(text) : undefined;
}

/** A whole number from 0. */
export function countAt(tree: Tree, key: string): number | undefined {
  const number = numberAt(tree, key);
  return number !== undefined && Number.isInteger(number) && number >= 0 ? number : undefined;
}

/** True or false, also as the text that some topics write; `undefined` where nothing is said. */
export function flagAt(tree: Tree, key: string): boolean | undefined {
  const leaf = tree.get(key);
  if (leaf === true || leaf === 'true') return true;
  return leaf === false || leaf === 'false' ? false : undefined;
}
