import type { CarNumber, ClassId } from '@pitboard/shared/domain/names.ts';
import type { Manifest } from '@pitboard/shared/protocol/manifest.ts';
import { entryIndexes, type RaceView } from '@pitboard/shared/race/race-view.ts';

const PALETTE_SIZE = 8;

function fromPalette(place: number): string {
  return `var(--class-${(place % PALETTE_SIZE) + 1})`;
}

/** CSS colour of a car's line: the manifest's, else one of the palette that stays with its place in the entry list. */
export function carColour(view: RaceView, car: CarNumber): string {
  const { manifest } = view.state;
  const index = entryIndexes(manifest).get(car) ?? 0;
  return manifest.entries[index]?.colour ?? fromPalette(index);
}

/** CSS colour of a class: the manifest's, else one of the palette by its place among the classes. */
export function classColour(manifest: Manifest, classId: ClassId): string {
  const index = manifest.classes.findIndex((candidate) => candidate.id === classId);
  return manifest.classes[index]?.colour ?? fromPalette(Math.max(0, index));
}
