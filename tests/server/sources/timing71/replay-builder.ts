import type { ImportedRace, Skipped } from '@pitboard/server/sources/import/imported-race.ts';
import { timing71Replay } from '@pitboard/server/sources/timing71/timing71-replay.ts';
import { parseManifest, parseRaceEvent } from '@pitboard/shared/protocol/parse.ts';
import type { RaceEventOf, RaceEventType } from '@pitboard/shared/protocol/race-event.ts';
import type { RaceView } from '@pitboard/shared/race/race-view.ts';
import { createRaceTimeline } from '@pitboard/shared/timeline/race-timeline.ts';
import { strToU8, type Zippable, zipSync } from 'fflate';
import { expect } from 'vitest';

/** A quiet Sunday noon. */
export const NOON = 1_935_316_800;

export const COLUMNS = [
  ['Num', 'text', 'Car number'],
  ['State', 'text'],
  ['Class', 'class'],
  ['Driver', 'text'],
  ['Laps', 'numeric'],
  ['Gap', 'delta', 'Gap to leader'],
  ['Int', 'delta'],
  ['Last', 'time'],
  ['Best', 'time'],
  ['Pits', 'numeric'],
];

export const SERVICE = {
  name: 'Harbour Cup',
  description: 'Pier Park - Race 2',
  uuid: 'aa11',
  startTime: NOON,
  version: 1,
  colSpec: COLUMNS,
};

export type Line = {
  readonly state?: string;
  readonly class?: unknown;
  readonly driver?: unknown;
  readonly laps?: unknown;
  readonly gap?: unknown;
  readonly int?: unknown;
  readonly last?: unknown;
  readonly best?: unknown;
  readonly pits?: unknown;
};

/** A line of the screen, in the order of `COLUMNS`. */
export function line(car: unknown, cells: Line = {}): unknown[] {
  const { state = 'RUN', driver = '', laps = 0, gap = '', int = '', last = '', best = '', pits = 0 } = cells;
  return [car, state, cells.class ?? '', driver, laps, gap, int, last, best, pits];
}

export type State = {
  readonly cars?: unknown;
  readonly session?: unknown;
  readonly messages?: unknown;
  readonly [other: string]: unknown;
};

/** Keyframes of states, by seconds since noon. */
export function keyframes(states: Readonly<Record<number, State>>): Record<string, unknown> {
  const named = Object.entries(states).map(([seconds, state]) => [
    `${String(NOON + Number(seconds)).padStart(11, '0')}.json`,
    { cars: [], session: {}, messages: [], highlight: [], ...state },
  ]);
  return Object.fromEntries(named);
}

/** A green session whose clock began at noon, after so many seconds. */
export function green(seconds: number, more: object = {}): object {
  return { flagState: 'green', timeElapsed: seconds, ...more };
}

/** A zip archive of JSON files, the manifest first; without one where it is `false`. */
export function zipOf(files: Readonly<Record<string, unknown>>, manifest: unknown = SERVICE): Uint8Array {
  const members: Zippable = {};
  if (manifest !== false) members['manifest.json'] = strToU8(JSON.stringify(manifest));
  for (const [name, content] of Object.entries(files)) {
    members[name] = content instanceof Uint8Array ? content : strToU8(JSON.stringify(content));
  }
  return zipSync(members);
}

export type Read = { readonly races: readonly ImportedRace[]; readonly skipped: Skipped };

/** Reads a replay; every manifest and every fact must pass its schema. */
export function readZip(zip: Uint8Array, pieceBytes = zip.length): Read {
  const opened = timing71Replay.open();
  const reader = opened.open('replay.zip');
  for (let at = 0; at < zip.length; at += pieceBytes) reader.write(zip.subarray(at, at + pieceBytes));
  reader.end();
  const { races, skipped } = opened.finish();
  for (const { manifest, events } of races) {
    expect(parseManifest(manifest)).toMatchObject({ ok: true });
    for (const event of events) expect(parseRaceEvent(event)).toMatchObject({ ok: true });
  }
  return { races, skipped };
}

/** The only race of keyframes, by seconds since noon. */
export function raceOf(states: Readonly<Record<number, State>>, manifest: unknown = SERVICE): ImportedRace {
  const { races, skipped } = readZip(zipOf(keyframes(states), manifest));
  expect([races.length, skipped.reasons]).toEqual([1, {}]);
  return races[0] as ImportedRace;
}

export function eventsOf<T extends RaceEventType>({ events }: ImportedRace, type: T): RaceEventOf<T>[] {
  return events.filter((event): event is RaceEventOf<T> => event.type === type);
}

export function endOf({ manifest, events }: ImportedRace): RaceView {
  const timeline = createRaceTimeline(manifest);
  timeline.append(events);
  return timeline.viewAt(timeline.headAtMs);
}
