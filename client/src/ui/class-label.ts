import type { ClassId } from '@pitboard/shared/domain/names.ts';
import type { Manifest } from '@pitboard/shared/protocol/manifest.ts';

const labels = new WeakMap<Manifest, ReadonlyMap<ClassId, string>>();

/** Name of a class without the word that all of them end in: `Pro`, `Pro-Am`, where the classes are `… Cup`. */
export function classLabel(manifest: Manifest, classId: ClassId): string {
  let known = labels.get(manifest);
  if (known === undefined) {
    const ending = commonEnding(manifest.classes.map(({ name }) => name));
    known = new Map(manifest.classes.map(({ id, name }) => [id, name.slice(0, name.length - ending.length)]));
    labels.set(manifest, known);
  }
  return known.get(classId) ?? classId;
}

function commonEnding(names: readonly string[]): string {
  const ending = /\s\S+$/.exec(names[0] ?? '')?.[0] ?? '';
  return names.length > 1 && names.every((name) => name.endsWith(ending)) ? ending : '';
}
