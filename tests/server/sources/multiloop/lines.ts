import { createFeedCollector } from '@pitboard/server/sources/feed/collect-feed.ts';
import type { ImportedRace } from '@pitboard/server/sources/import/imported-race.ts';
import { createMultiloopReader } from '@pitboard/server/sources/multiloop/multiloop-reader.ts';
import type { RaceEvent, RaceEventOf } from '@pitboard/shared/protocol/race-event.ts';
import type { RaceView } from '@pitboard/shared/race/race-view.ts';
import { createRaceTimeline } from '@pitboard/shared/timeline/race-timeline.ts';

/** 6 May 2031, noon: the start of the invented run. */
export const START_EPOCH_MS = Date.UTC(2031, 4, 6, 12);
const START_EPOCH_S = START_EPOCH_MS / 1000;

let sequence = 0;

/** Any record: numbers are written in hexadecimal, texts as they are. */
export function record(command: string, kind: 'N' | 'R' | 'U', ...fields: readonly (string | number)[]): string {
  const written = fields.map((field) => (typeof field === 'number' ? field.toString(16).toUpperCase() : field));
  sequence++;
  return [`$${command}`, kind, sequence.toString(16), 'R1', ...written].join('\xA6');
}

type Beat = { readonly flag?: string; readonly lapsToGo?: number; readonly timeToGoMs?: number };

export function heartbeat(elapsedMs: number, { flag = 'G', lapsToGo = 0, timeToGoMs = 0 }: Beat = {}): string {
  return record('H', 'N', flag, START_EPOCH_S + Math.floor(elapsedMs / 1000), elapsedMs, lapsToGo, timeToGoMs);
}

type Lap = {
  readonly car: string;
  readonly laps: number;
  readonly elapsedMs: number;
  readonly lastLapMs?: number;
  readonly rank?: number;
  readonly kind?: 'N' | 'R' | 'U';
  readonly inPit?: boolean;
  readonly fastestMs?: number;
  readonly fastestLap?: number;
  readonly behindLeaderMs?: number;
  readonly lapsBehind?: number;
  readonly status?: string;
  readonly pitStops?: number;
  readonly startPosition?: number;
};

/** `$C`. The uid of a car is its number with a U before it. */
export function lap(said: Lap): string {
  const { car, laps, elapsedMs, rank = 1, lastLapMs = 0, fastestMs = 0, fastestLap = 0, lapsBehind = 0 } = said;
  const { behindLeaderMs = 0, pitStops = 0, startPosition = 0 } = said;
  return record(
    'C',
    said.kind ?? 'N',
    ...[rank, car, `U${car}`, laps, elapsedMs, lastLapMs, said.inPit === true ? 'P' : 'T', fastestMs, fastestLap],
    ...[
      behindLeaderMs,
      lapsBehind,
      0,
      0,
      rank,
      fastestMs,
      said.status ?? 'Unknown',
      'G',
      pitStops,
      0,
      startPosition,
      0,
    ],
  );
}

export function crossing(car: string, line: string, elapsedMs: number, inPit = false): string {
  return record('L', 'N', car, `U${car}`, line, 'A', elapsedMs, 'G', inPit ? 'P' : 'T');
}

export function entry(car: string, driver: string, startPosition: number, ...texts: readonly string[]): string {
  return record('E', 'N', car, `U${car}`, driver, startPosition, texts.length, ...texts, '1');
}

export const RUN = record('R', 'N', 'Harbour Weekend', 'R1', 'Feature Race', 'R', START_EPOCH_S);
export const TRACK = record(
  ...(['T', 'N', 'Harbour Ring', 'Porto Novo', '2.000', 4] as const),
  ...['S1', '50000', 'SF', 'IM1', 'S2', '40000', 'IM1', 'IM2', 'S3', '36720', 'IM2', 'SF', 'PIT', '9000', 'PI', 'PO'],
);

export type Reading = {
  readonly races: readonly ImportedRace[];
  readonly skipped: readonly (readonly [number, string])[];
};

export function readBytes(bytes: Uint8Array, size = bytes.length): Reading {
  const skipped: [number, string][] = [];
  const collector = createFeedCollector((line, _text, reason) => skipped.push([line, reason]));
  const reader = createMultiloopReader(collector);
  for (let from = 0; from < bytes.length; from += size) reader.read(bytes.subarray(from, from + size), START_EPOCH_MS);
  reader.end();
  return { races: collector.races(), skipped };
}

export function readLines(...lines: readonly string[]): Reading {
  return readBytes(Buffer.from(lines.map((line) => `${line}\r\n`).join(''), 'latin1'));
}

export function eventsOf<T extends RaceEvent['type']>({ races }: Reading, type: T): RaceEventOf<T>[] {
  const events = races[0]?.events ?? [];
  return events.filter((event) => event.type === type) as unknown as RaceEventOf<T>[];
}

/** The race when all of it is told. */
export function endOf({ races: [race] }: Reading): RaceView {
  if (race === undefined) throw new Error('there is no race');
  const timeline = createRaceTimeline(race.manifest);
  timeline.append(race.events);
  return timeline.viewAt(timeline.headAtMs);
}
