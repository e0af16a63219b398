import { createFeedCollector } from '@pitboard/server/sources/feed/collect-feed.ts';
import type { ImportedRace } from '@pitboard/server/sources/import/imported-race.ts';
import { createImporter } from '@pitboard/server/sources/import/importer.ts';
import { rmonitorCapture } from '@pitboard/server/sources/rmonitor/rmonitor-capture.ts';
import { rmonitor } from '@pitboard/server/sources/rmonitor/rmonitor-protocol.ts';
import { parseManifest, parseRaceFact } from '@pitboard/shared/protocol/parse.ts';
import { officialResult } from '@pitboard/shared/race/official-result.ts';
import { createRaceTimeline } from '@pitboard/shared/timeline/race-timeline.ts';
import { describe, expect, it } from 'vitest';
import { NO_REAL_DATA, readReal, realDataFolder } from './real-data.ts';

/** What a facts file says of the lines between two resets; times as the feed writes them. */
type Segment = {
  readonly runs: readonly (readonly [number: string, name: string])[] | null;
  readonly track: Readonly<Record<string, string>>;
  readonly classes: Readonly<Record<string, string>>;
  readonly flags: readonly { readonly flag: string; readonly race: string }[];
  readonly timed_by_car: Readonly<Record<string, number>>;
  readonly G: readonly { readonly pos: number; readonly reg: string; readonly laps: string; readonly total: string }[];
  readonly H: readonly { readonly reg: string; readonly best_lap: string; readonly best: string }[];
};

type Capture = {
  readonly name: string;
  /** Segment and car whose last row is an old place, left over in a refresh beside the new one. */
  readonly oldPlaces: readonly string[];
};

const CAPTURES: readonly Capture[] = [
  { name: 'redmist_TestMissingLaps.txt', oldPlaces: ['1 484'] },
  { name: 'redmist_TestStart.txt', oldPlaces: [] },
  { name: 'redmist_event-finish-with-reset.log', oldPlaces: [] },
  { name: 'sebring2009_ALMS_Session_5_-_1410-1620.txt', oldPlaces: [] },
];

const RESET = '$I, "00:00:00", "0/0/0000"';
const NO_TIMES = ['00:00:00.000', '00:59:59.999'];
const FLAGS: Readonly<Record<string, string>> = { Green: 'green', Yellow: 'yellow', Red: 'red', Finish: 'chequered' };

function msOf(text: string): number | undefined {
  if (NO_TIMES.includes(text)) return undefined;
  return Math.round(text.split(':').reduce((total, part) => total * 60 + Number(part), 0) * 1000);
}

function importText(text: string, chunk = 60_000): readonly ImportedRace[] {
  const importer = createImporter([rmonitorCapture]);
  const reader = importer.open('capture.txt');
  const bytes = Buffer.from(text);
  for (let from = 0; from < bytes.length; from += chunk) reader.write(bytes.subarray(from, from + chunk));
  reader.end();
  const { races, skipped } = importer.finish();
  expect(skipped).toEqual({ lines: 0, reasons: {}, examples: [] });
  return races;
}

function viewOf({ manifest, events }: ImportedRace) {
  const timeline = createRaceTimeline(manifest);
  timeline.append(events);
  return timeline.viewAt(timeline.headAtMs);
}

/** The capture up to each reset, and as a whole. */
function prefixesOf(text: string): readonly string[] {
  const parts = text.split(RESET);
  return parts.map((_, index) => parts.slice(0, index + 1).join(RESET));
}

const suffix = realDataFolder === undefined ? ` (${NO_REAL_DATA})` : '';

describe.skipIf(realDataFolder === undefined).each(CAPTURES)(
  `N. RMonitor and Multiloop: $name${suffix}`,
  ({ name, oldPlaces }) => {
    if (realDataFolder === undefined) {
      it('[N30] is left out', () => undefined);
      return;
    }
    const text = readReal(`rmonitor/${name}`);
    const segments = JSON.parse(readReal(`facts/rmonitor_${name}.json`)) as readonly Segment[];
    const whole = importText(text)[0] as ImportedRace;

    it('[N30] order, laps, times and best laps are those of the feed, at each reset and at the end', () => {
      const prefixes = prefixesOf(text);
      expect(prefixes).toHaveLength(segments.length);
      prefixes.forEach((prefix, index) => {
        const races = importText(prefix);
        expect(races).toHaveLength(1);
        const race = races[0] as ImportedRace;
        const view = viewOf(race);
        const segment = segments[index] as Segment;
        const rows = segment.G.filter(({ reg }) => !oldPlaces.includes(`${index} ${reg}`));
        const lines = new Map(officialResult(view).map((line) => [line.car, line]));
        const ours = rows.map(({ reg }) => {
          const { laps = 0, totalTimeMs, bestLapTimeMs: bestMs, bestLap } = lines.get(reg) ?? {};
          return { reg, laps, totalMs: laps > 0 ? totalTimeMs : undefined, bestMs, bestLap };
        });
        const theirs = rows.map(({ reg, laps, total }) => {
          const { best = '', best_lap } = segment.H.find((row) => row.reg === reg) ?? {};
          return {
            reg,
            laps: Math.max(0, Number(laps)),
            totalMs: Number(laps) > 0 ? msOf(total) : undefined,
            bestMs: msOf(best === '' ? '00:00:00.000' : best),
            bestLap: msOf(best === '' ? '00:00:00.000' : best) === undefined ? undefined : Number(best_lap),
          };
        });
        expect(ours, `segment ${index}`).toEqual(theirs);
        const places = segment.G.map(({ pos }) => pos);
        const isSettled = new Set(places).size === places.length && rows.length === segment.G.length;
        if (race.manifest.kind !== 'race' || !isSettled) return;
        expect(view.state.order.slice(0, rows.length), `segment ${index}`).toEqual(rows.map(({ reg }) => reg));
      });
    });

    it('[N30] one session, with the classes, the track and the flags of the feed', () => {
      const { manifest, events } = whole;
      expect(manifest.session).toBe(segments.at(-1)?.runs?.[0]?.[1]);
      const classes = new Set(segments.flatMap((segment) => Object.values(segment.classes)).filter((id) => id !== ''));
      expect(new Set(manifest.classes.map((each) => each.name))).toEqual(classes);
      const track = segments.find((segment) => segment.track.TRACKNAME !== undefined)?.track;
      expect(manifest.circuit.name).toBe(track?.TRACKNAME ?? 'Unknown circuit');
      const ours = events.flatMap((event) => (event.type === 'flag-changed' ? [`${event.flag} ${event.atMs}`] : []));
      const shown = segments
        .flatMap((segment) => segment.flags)
        .filter(({ flag }) => flag !== '')
        .map(({ flag, race }) => ({ flag: FLAGS[flag], atMs: msOf(race) }));
      // What a segment begins with stands already.
      const changes = shown.filter(({ flag }, index) => index === 0 || flag !== shown[index - 1]?.flag);
      const isStartedAnew = name.includes('TestStart');
      expect(isStartedAnew ? ours.slice(1) : ours).toEqual(changes.map(({ flag, atMs }) => `${flag} ${atMs}`));
    });

    it('[N30] every lap time of the feed is told once', () => {
      const told: Record<string, number> = {};
      const theirs: Record<string, number> = {};
      const seen = new Set<string>();
      for (const event of whole.events) {
        if (event.type !== 'passing' || event.lapTimeMs === undefined) continue;
        // Laps that are numbered anew are told again.
        const lap = `${event.car} ${event.atMs}`;
        if (!seen.has(lap)) told[event.car] = (told[event.car] ?? 0) + 1;
        seen.add(lap);
      }
      for (const { timed_by_car } of segments) {
        for (const [car, count] of Object.entries(timed_by_car)) theirs[car] = (theirs[car] ?? 0) + count;
      }
      // Under red and after the own flag a crossing is told with the time of the one before: it counts for nothing.
      const totals = new Set<string>();
      for (const [, car = '', total] of text.matchAll(/^\$J,"(\w+)","[\d:.]+","([\d:.]+)"/gm)) {
        if (totals.has(`${car} ${total}`)) theirs[car] = (theirs[car] ?? 0) - 1;
        totals.add(`${car} ${total}`);
      }
      expect(told).toEqual(theirs);
    });

    it('[N30] manifest and facts pass their schemas, however the file is cut', () => {
      const { manifest, events } = whole;
      expect(parseManifest(manifest)).toMatchObject({ ok: true });
      expect(events.filter(({ seq: _, ...fact }) => !parseRaceFact(fact).ok)).toEqual([]);
      expect(importText(text, 977)).toEqual([whole]);
    });

    it('[N30] told twice over one line, it is told once', () => {
      const collector = createFeedCollector(() => undefined);
      const reader = rmonitor.createReader(collector);
      const lines = text
        .replace(/^\uFEFF/, '')
        .split(/\r?\n/)
        .filter((line) => line.startsWith('$'));
      reader.read(Buffer.from(`${lines.join('\r\n')}\r\n`), 1_800_000_000_000);
      reader.cut();
      const once = collector.races();
      reader.read(Buffer.from(`${lines.join('\r\n')}\r\n`), 1_800_000_900_000);
      expect(collector.races()).toEqual(once);
    });
  },
);
