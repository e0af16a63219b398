import { isObject, type Key } from './dict-diff.ts';

/** What could not be done: `refused` changes nothing, `mismatch` was done all the same. */
export type DiffProblem = 'refused' | 'mismatch';

type Container = Record<string, unknown> | unknown[];

const DEEPEST_PATH = 16;
const MOST_ITEMS = 2000;
/** Keys with which an object is turned into something else. */
const HOSTILE_KEYS = new Set<unknown>(['__proto__', 'constructor', 'prototype']);

/** Applies changes to a JSON value, which is changed in place where it can be. */
export function applyDictDiff(target: unknown, diff: unknown, onProblem: (problem: DiffProblem) => void): unknown {
  const root = { value: target };
  if (!Array.isArray(diff)) onProblem('refused');
  else for (const change of diff) applyChange(root, change, onProblem);
  return root.value;
}

function applyChange(root: { value: unknown }, change: unknown, onProblem: (problem: DiffProblem) => void): void {
  const [action, path, values] = Array.isArray(change) ? change : [];
  const keys = keysOf(path);
  if (keys === undefined || !Array.isArray(values)) return onProblem('refused');
  if (action === 'change') {
    const problem = setValue(root, keys, values);
    if (problem !== undefined) onProblem(problem);
    return;
  }
  const place = containerAt(root.value, keys);
  if (place === undefined || (action !== 'add' && action !== 'remove')) return onProblem('refused');
  // Removing from the end keeps the other indexes true, in whatever order they were written.
  const items = action === 'remove' && Array.isArray(place) ? values.toSorted(byKeyDown) : values;
  for (const item of items) {
    const isDone = Array.isArray(item) && (action === 'add' ? addItem(place, item) : removeItem(place, item[0]));
    if (!isDone) onProblem('refused');
  }
}

/** `cars.0.last` or `["cars", 0, "last"]`; the root is "" or []. */
function keysOf(path: unknown): readonly Key[] | undefined {
  if (path === '') return [];
  const keys: unknown = typeof path === 'string' ? path.split('.') : path;
  const isSound =
    Array.isArray(keys) &&
    keys.length <= DEEPEST_PATH &&
    keys.every((key) => (typeof key === 'string' || typeof key === 'number') && !HOSTILE_KEYS.has(key));
  return isSound ? keys : undefined;
}

function setValue(root: { value: unknown }, keys: readonly Key[], values: readonly unknown[]): DiffProblem | undefined {
  const [before, after] = values;
  const key = keys.at(-1);
  if (key === undefined) {
    root.value = after;
    return undefined;
  }
  const place = containerAt(root.value, keys.slice(0, -1));
  if (place === undefined) return 'refused';
  if (Array.isArray(place)) {
    const index = indexOf(key);
    if (index === undefined || index >= place.length) return 'refused';
    const isExpected = isSame(place[index], before);
    place[index] = after;
    return isExpected ? undefined : 'mismatch';
  }
  const isExpected = Object.hasOwn(place, key) && isSame(place[key], before);
  if (!Object.hasOwn(place, key) && Object.keys(place).length >= MOST_ITEMS) return 'refused';
  place[key] = after;
  return isExpected ? undefined : 'mismatch';
}

function addItem(place: Container, [key, value]: readonly unknown[]): boolean {
  if (HOSTILE_KEYS.has(key)) return false;
  if (Array.isArray(place)) {
    const index = indexOf(key);
    if (index === undefined || place.length >= MOST_ITEMS) return false;
    place.splice(index, 0, value);
    return true;
  }
  if (typeof key !== 'string' && typeof key !== 'number') return false;
  if (!Object.hasOwn(place, key) && Object.keys(place).length >= MOST_ITEMS) return false;
  place[key] = value;
  return true;
}

function removeItem(place: Container, key: unknown): boolean {
  if (Array.isArray(place)) {
    const index = indexOf(key);
    return index !== undefined && place.splice(index, 1).length === 1;
  }
  if ((typeof key !== 'string' && typeof key !== 'number') || !Object.hasOwn(place, key)) return false;
  return delete place[key];
}

function containerAt(root: unknown, keys: readonly Key[]): Container | undefined {
  let value = root;
  for (const key of keys) {
    if (Array.isArray(value)) value = value[indexOf(key) ?? -1];
    else if (isObject(value) && Object.hasOwn(value, key)) value = value[key];
    else return undefined;
  }
  return Array.isArray(value) || isObject(value) ? value : undefined;
}

function indexOf(key: unknown): number | undefined {
  const index = typeof key === 'string' && /^\d{1,6}$/.test(key) ? Number(key) : key;
  return typeof index === 'number' && Number.isInteger(index) && index >= 0 ? index : undefined;
}

function byKeyDown(one: unknown, other: unknown): number {
  const key = (item: unknown) => (Array.isArray(item) ? (indexOf(item[0]) ?? -1) : -1);
  return key(other) - key(one);
}

/** By content; what is written by Python and by JavaScript may differ in the order of keys, which no cell has. */
function isSame(one: unknown, other: unknown): boolean {
  if (typeof one !== 'object' || typeof other !== 'object') return one === other;
  try {
    return JSON.stringify(one) === JSON.stringify(other);
  } catch {
    // Nested beyond all reason.
    return false;
  }
}
