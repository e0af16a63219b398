import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { f1Files } from '@pitboard/server/sources/f1/f1-files.ts';
import { createF1Reader } from '@pitboard/server/sources/f1/f1-protocol.ts';
import { createFeedCollector } from '@pitboard/server/sources/feed/collect-feed.ts';
import type { Imported, ImportedRace } from '@pitboard/server/sources/import/imported-race.ts';
import { parseManifest, parseRaceFact } from '@pitboard/shared/protocol/parse.ts';
import { lapLeaders } from '@pitboard/shared/race/lap-leaders.ts';
import { officialResult } from '@pitboard/shared/race/official-result.ts';
import { createRaceTimeline } from '@pitboard/shared/timeline/race-timeline.ts';
import { describe, expect, it } from 'vitest';
import { NO_REAL_DATA, readReal, realDataFolder } from './real-data.ts';

/** What the facts file says of the race; times as text, as the feed writes them. */
type Facts = {
  readonly final: readonly {
    readonly car: string;
    readonly laps: number;
    readonly pits: number;
    readonly gap: string;
    readonly interval: string;
    readonly retired: boolean;
    readonly best: string;
    readonly best_lap: number | null;
    readonly last: string;
  }[];
  readonly official: readonly { readonly time: string | null }[];
  readonly in_pit_true_edges: Readonly<Record<string, number>>;
};

const FOLDER = 'f1/2023_azerbaijan_sprint';
const suffix = realDataFolder === undefined ? ` (${NO_REAL_DATA})` : '';

function importText(files: readonly (readonly [name: string, text: string])[]): Imported {
  const opened = f1Files.open();
  for (const [name, text] of files) {
    const reader = opened.open(name);
    reader.write(Buffer.from(text));
    reader.end();
  }
  return opened.finish();
}

function importSprint(): ImportedRace {
  const names = readdirSync(join(realDataFolder ?? '', FOLDER)).filter((name) => name.endsWith('.jsonStream'));
  const { races, skipped } = importText(names.map((name) => [name, readReal(`${FOLDER}/${name}`)]));
  expect(skipped.lines).toBe(0);
  expect(races).toHaveLength(1);
  return races[0] as ImportedRace;
}

function msOf(text: string): number | undefined {
  if (text === '') return undefined;
  return Math.round(text.split(':').reduce((total, part) => total * 60 + Number(part), 0) * 1000);
}

describe.skipIf(realDataFolder === undefined)(`J. Formula 1: a sprint${suffix}`, () => {
  if (realDataFolder === undefined) {
    it('[J31] is left out', () => undefined);
    return;
  }
  const facts = JSON.parse(readReal('facts/f1_2023_azerbaijan_sprint.json')) as Facts;
  const race = importSprint();
  const timeline = createRaceTimeline(race.manifest);
  timeline.append(race.events);
  const view = timeline.viewAt(timeline.headAtMs);
  const result = officialResult(view);
  const { history } = view;

  it('[J31] every fact passes its schema, and only the cars of the feed are entered', () => {
    expect(parseManifest(race.manifest)).toMatchObject({ ok: true });
    expect(race.events.filter(({ seq: _, ...fact }) => !parseRaceFact(fact).ok)).toEqual([]);
    expect(race.manifest.entries).toHaveLength(facts.final.length);
    expect(race.manifest).toMatchObject({ kind: 'race', session: 'Sprint', distance: { laps: 17 } });
    expect(race.manifest.grid.slice(0, 3).map(({ car }) => car)).toEqual(['16', '11', '1']);
  });
  it('[J31] the result is the final state of the feed: order, laps, gaps, best laps, last laps, stops, retirements', () => {
    const ours = result.map((line, index) => {
      const laps = history.laps.get(line.car) ?? [];
      const ahead = result[index - 1];
      return {
        car: line.car,
        laps: line.laps,
        pits: (history.visits.get(line.car) ?? []).length,
        gap: line.gap.kind === 'time' ? line.gap.ms : undefined,
        interval: line.gap.kind !== 'time' ? undefined : line.gap.ms - (ahead?.gap.kind === 'time' ? ahead.gap.ms : 0),
        retired: line.status === 'did-not-finish',
        best: line.bestLapTimeMs,
        best_lap: line.bestLap ?? null,
        last: laps.at(-1)?.lapTimeMs,
      };
    });
    const theirs = facts.final.map(({ car, laps, pits, gap, interval, retired, best, best_lap, last }) => ({
      car,
      laps,
      pits,
      gap: retired ? undefined : msOf(gap.replace('+', '')),
      interval: retired ? undefined : msOf(interval.replace('+', '')),
      retired,
      best: msOf(best),
      best_lap,
      last: msOf(last),
    }));
    expect(ours).toEqual(theirs);
  });
  it('[J31] the winner was home within a tenth of a second of its official time', () => {
    expect(Math.abs((result[0]?.totalTimeMs ?? 0) - (msOf(facts.official[0]?.time ?? '') ?? 0))).toBeLessThan(100);
  });
  it('[J31] stops are the entries to the lane since the start', () => {
    const lines = readReal(`${FOLDER}/TimingData.jsonStream`).replace('\uFEFF', '').split('\r\n');
    const before = new Map<string, number>();
    const inPit = new Map<string, boolean>();
    for (const line of lines.filter((text) => text !== '' && text < '00:45:16.328')) {
      const rows = (JSON.parse(line.slice(12)) as { Lines: Record<string, { InPit?: boolean }> }).Lines;
      for (const [car, row] of Object.entries(rows)) {
        if (row.InPit === true && inPit.get(car) !== true) before.set(car, (before.get(car) ?? 0) + 1);
        if (row.InPit !== undefined) inPit.set(car, row.InPit);
      }
    }
    const stops = Object.entries(facts.in_pit_true_edges).map(([car, edges]) => [car, edges - (before.get(car) ?? 0)]);
    expect(stops.map(([car]) => [car, (history.visits.get(String(car)) ?? []).length])).toEqual(stops);
  });
  it('[J31] flags and lap leaders are those of the feed', () => {
    const flags = race.events.flatMap((event) => (event.type === 'flag-changed' ? [event] : []));
    expect(flags.slice(-5).map(({ flag, atMs }) => [flag, atMs])).toEqual([
      ['yellow', 100_670],
      ['virtual-safety-car', 174_545],
      ['safety-car', 367_417],
      ['green', 705_054],
      ['chequered', 1_997_898],
    ]);
    const leaders = lapLeaders(view).map(({ car }) => car);
    expect(leaders).toEqual([...Array(7).fill('16'), ...Array(10).fill('11')]);
    expect(view.state.bestLap).toMatchObject({ ms: 103_616, car: '11', lap: 11 });
  });
  it('[J31] a listener hears the same race live', () => {
    const collector = createFeedCollector(() => undefined);
    const reader = createF1Reader(collector);
    const names = [
      'SessionInfo',
      'DriverList',
      'SessionStatus',
      'TrackStatus',
      'LapCount',
      'TimingAppData',
      'TimingData',
    ];
    const lines = names.flatMap((name) =>
      readReal(`${FOLDER}/${name}.jsonStream`)
        .replace('\uFEFF', '')
        .split('\r\n')
        .filter((line) => line !== '')
        .map((line) => ({
          stamp: `2023-04-29T${clockAfterNoon(line.slice(0, 12))}Z`,
          name,
          data: JSON.parse(line.slice(12)) as unknown,
        })),
    );
    const sorted = lines.toSorted((one, other) => (one.stamp < other.stamp ? -1 : one.stamp > other.stamp ? 1 : 0));
    for (const { name, data, stamp } of sorted) reader.read(Buffer.from(`${JSON.stringify([name, data, stamp])}\n`), 0);
    const live = collector.races()[0];
    const since = (of: ImportedRace | undefined) =>
      of?.events
        .filter(({ atMs, type }) => atMs >= 0 && type !== 'session-phase')
        .map(({ seq: _, ...fact }) => JSON.stringify(fact))
        .sort();
    expect(since(live)).toEqual(since(race));
  });
});

function clockAfterNoon(stamp: string): string {
  return `${Number(stamp.slice(0, 2)) + 12}${stamp.slice(2)}`;
}

describe.skipIf(realDataFolder === undefined)(`J. Formula 1: a broken recording${suffix}`, () => {
  it('[J31] is recognised, and its good lines are read', () => {
    const text = readReal('f1/fastf1_livedata_with_errors.txt');
    expect(f1Files.recognises({ name: 'x', bytes: Buffer.from(text), text })).toBe(true);
    const { races } = importText([['x', text]]);
    expect(races).toHaveLength(1);
    expect(races[0]?.manifest.entries).toHaveLength(20);
    expect(races[0]?.manifest.dataNotes.map(({ subject }) => subject)).toContain('laps');
    const skipped: number[] = [];
    const collector = createFeedCollector((line) => skipped.push(line));
    createF1Reader(collector).read(Buffer.from(`${text}\n`), 0);
    expect(skipped.length).toBeGreaterThan(15);
    expect(collector.races()[0]?.events.map(({ type }) => type)).toEqual(
      expect.arrayContaining(['weather', 'tyres-changed', 'flag-changed']),
    );
  });
});
