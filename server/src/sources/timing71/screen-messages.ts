import type { RaceEvent } from '@pitboard/shared/protocol/race-event.ts';

/** A message beside a timing screen: ms of the Unix epoch, category, text, style, and the car that it is about. */
export type ScreenMessage = readonly [
  epochMs: number,
  category: string,
  text: string,
  style: string,
  ...car: readonly string[],
];

/** What a screen says of a fact; `undefined` for what its columns show. */
export function messageOf(event: RaceEvent, startEpochMs: number): ScreenMessage | undefined {
  const epochMs = startEpochMs + event.atMs;
  switch (event.type) {
    case 'race-control-message':
    case 'incident':
      return [epochMs, 'Race Control', event.text, 'raceControl', ...(event.cars ?? []).slice(0, 1)];
    case 'pit-entry':
      return [epochMs, 'Pits', `#${event.car} has entered the pits`, 'pit', event.car];
    case 'pit-exit':
      return [epochMs, 'Pits', `#${event.car} has left the pits`, 'out', event.car];
    default:
      return undefined;
  }
}
