import type { CarNumber } from '@pitboard/shared/domain/names.ts';

let onRender: ((car: CarNumber) => void) | undefined;

/** Has every drawing of a row, or of a cell of it, told to `listener`: for tests and benchmarks. */
export function attachRowCounter(listener: ((car: CarNumber) => void) | undefined): void {
  onRender = listener;
}

export function countRowRender(car: CarNumber): void {
  onRender?.(car);
}
