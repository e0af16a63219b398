import { createFeedCollector } from '@pitboard/server/sources/feed/collect-feed.ts';
import type { ImportedRace } from '@pitboard/server/sources/import/imported-race.ts';
import { rmonitor } from '@pitboard/server/sources/rmonitor/rmonitor-protocol.ts';
import type { Manifest } from '@pitboard/shared/protocol/manifest.ts';
import type { RaceEventOf, RaceEventType, RaceFact } from '@pitboard/shared/protocol/race-event.ts';
import { type OfficialCar, officialResult } from '@pitboard/shared/race/official-result.ts';
import { createRaceTimeline, type RaceTimeline } from '@pitboard/shared/timeline/race-timeline.ts';

/** Noon of a summer's day. */
export const NOON = Date.UTC(2031, 5, 14, 12);
/** Where the connection is lost and made again. */
export const CUT = Symbol('cut');

export type Heard = {
  readonly races: readonly ImportedRace[];
  readonly sessions: readonly string[];
  readonly skipped: readonly string[];
};

/** A line, what happens to the connection, or several of them. */
export type Line = string | typeof CUT | readonly Line[];

/** What comes of these lines; with `cutEvery`, they arrive in pieces of so many bytes. */
export function hear(lines: readonly Line[], { cutEvery = 0, arrived = NOON } = {}): Heard {
  const skipped: string[] = [];
  const sessions: string[] = [];
  const collector = createFeedCollector((line, _text, reason) => skipped.push(`${line} ${reason}`));
  const reader = rmonitor.createReader({
    ...collector,
    session: (key, manifest) => {
      sessions.push(key);
      collector.session(key, manifest);
    },
  });
  for (const line of flatten(lines)) {
    if (line === CUT) {
      reader.cut();
      continue;
    }
    const bytes = Buffer.from(`${line}\r\n`, 'latin1');
    const size = cutEvery || bytes.length;
    for (let from = 0; from < bytes.length; from += size) reader.read(bytes.subarray(from, from + size), arrived);
  }
  reader.cut();
  return { races: collector.races(), sessions, skipped };
}

function flatten(lines: readonly Line[]): (string | typeof CUT)[] {
  return lines.flatMap((line) => (typeof line === 'string' || line === CUT ? [line] : flatten(line)));
}

export function hearOne(lines: readonly Line[], options = {}): ImportedRace {
  const { races } = hear(lines, options);
  if (races.length !== 1 || races[0] === undefined) throw new Error(`${races.length} sessions`);
  return races[0];
}

/** One session as it is stored, with what became known late in its place. */
export function asTold(lines: readonly Line[]): ImportedRace {
  const facts: RaceFact[] = [];
  let manifest: Manifest | undefined;
  const reader = rmonitor.createReader({
    ...createFeedCollector(() => undefined),
    session: (_key, told) => {
      manifest = told;
    },
    facts: (told) => facts.push(...told),
  });
  for (const line of flatten(lines)) if (line !== CUT) reader.read(Buffer.from(`${line}\r\n`, 'latin1'), NOON);
  reader.cut();
  if (manifest === undefined) throw new Error('no session');
  return { manifest, events: facts.map((fact, index) => ({ ...fact, seq: index + 1 })) };
}

export function ofType<T extends RaceEventType>({ events }: ImportedRace, type: T): RaceEventOf<T>[] {
  return events.filter((event): event is RaceEventOf<T> => event.type === type);
}

export function timelineOf({ manifest, events }: ImportedRace): RaceTimeline {
  const timeline = createRaceTimeline(manifest);
  timeline.append(events);
  return timeline;
}

/** The result as it is at the end. */
export function resultOf(race: ImportedRace): readonly OfficialCar[] {
  const timeline = timelineOf(race);
  return officialResult(timeline.viewAt(timeline.headAtMs));
}

/** Of every car: number, laps, time, in order of the result. */
export function standingsOf(race: ImportedRace): string[] {
  return resultOf(race).map(({ car, laps, totalTimeMs }) => `${car} ${laps} ${totalTimeMs ?? '-'}`);
}

/** `01:02:03.004` */
export function clock(ms: number): string {
  const part = (value: number, width = 2) => String(Math.floor(value)).padStart(width, '0');
  const seconds = Math.floor(ms / 1000);
  return `${part(seconds / 3600)}:${part((seconds / 60) % 60)}:${part(seconds % 60)}.${part(ms % 1000, 3)}`;
}

type Beat = {
  readonly flag?: string;
  readonly lapsToGo?: number;
  readonly toGo?: string;
  /** Seconds of the day at race time zero. */
  readonly start?: number;
};

/** A heartbeat at so many seconds of race time. */
export function beat(
  seconds: number,
  { flag = 'Green ', lapsToGo = 9999, toGo = '00:00:00', start = 43_200 }: Beat = {},
) {
  const timeOfDay = clock((start + seconds) * 1000).slice(0, 8);
  const raceTime = seconds < 0 ? `00:00:-${String(-seconds).padStart(2, '0')}` : clock(seconds * 1000).slice(0, 8);
  return `$F,${lapsToGo},"${toGo}","${timeOfDay}","${raceTime}","${flag}"`;
}

/** A crossing that ends a lap, and the place that follows. */
export function lap(
  car: string,
  at: { readonly place: number; readonly lap: number; readonly ms: number; readonly total: number },
) {
  const time = clock(at.total);
  return [`$J,"${car}","${clock(at.ms)}","${time}"`, `$G,${at.place},"${car}",${at.lap},"${time}"`];
}

/** The field: three cars of two classes, as a timing computer tells them on connection. */
export const FIELD = [
  '$C,1,"Coupé"',
  '$C,2,"Roadster"',
  '$E,"TRACKNAME","Wiesenring"',
  '$E,"TRACKLENGTH","1.500"',
  '$A,"7","7",1001,"Jana","Feldmann","GER",1',
  '$A,"12","12",1002,"Olaf","Sand","GER",1',
  '$A,"31","31",1003,"Tilda","Moor","AUT",2',
];
export const RUN = '$B,4,"Race 1"';
