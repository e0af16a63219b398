import type { RaceView } from '@pitboard/shared/race/race-view.ts';
import { createRaceTimeline } from '@pitboard/shared/timeline/race-timeline.ts';
import { eventsOf, importTexts, type LapNote, lapSheet, SMALL_RACE, sheet } from './sheet-builder.ts';

export const small = importTexts(lapSheet(SMALL_RACE));

export function endOf({ manifest, events }: typeof small): RaceView {
  const timeline = createRaceTimeline(manifest);
  timeline.append(events);
  return timeline.viewAt(timeline.headAtMs);
}

export function crossings(race: typeof small, car: string): string[] {
  return eventsOf(race, 'passing')
    .filter((passing) => passing.car === car)
    .map(({ loop, atMs }) => `${loop} ${atMs / 1000}`);
}

/** The small race with some of its laps told otherwise. */
export function changed(change: (note: LapNote) => Partial<LapNote>): typeof small {
  return importTexts(lapSheet(SMALL_RACE.map((note) => ({ ...note, ...change(note) }))));
}

export const isLap = (note: LapNote, car: string, lap: number) => note.car === car && note.lap === lap;
export const resultSheet = (...rows: readonly (readonly string[])[]) =>
  sheet(['POSITION', 'NUMBER', 'STATUS', 'LAPS', 'TOTAL_TIME', 'TEAM', 'CLASS', 'VEHICLE'], rows);

export function clock(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}.000`;
}

export function sum(thirds: readonly number[], upTo: number): number {
  return thirds.slice(0, upTo + 1).reduce((total, third) => total + 60 + third, 0);
}
