import { join } from 'node:path';
import type { SessionResult } from '@pitboard/server/results/session-result.ts';
import { describe, expect, it } from 'vitest';
import { runPitboard } from '../server/cli/run-pitboard.ts';
import { AL_KAMEL_RACES, NO_REAL_DATA, readReal, realDataFolder } from './real-data.ts';

/** What a facts file of Al Kamel says of a race; times as text, as the timing company writes them. */
type Facts = {
  readonly official_fastest_lap: Readonly<Record<'time' | 'number' | 'driver' | 'lap', string>>;
  readonly pit_in_rows: number;
  readonly driver_changes: number;
  readonly lead_changes_at_line: number;
  readonly derived_classification: readonly {
    readonly pos: number;
    readonly number: string;
    readonly cls: string;
    readonly laps: number;
    readonly elapsed_ms: number;
    readonly gap: string;
    readonly marked_best: readonly [time: string, lap: string, driver: string] | null;
    readonly crossings_in_pit: number;
    readonly driver_changes: number;
  }[];
  readonly official?: readonly Readonly<Record<'POSITION' | 'NUMBER' | 'LAPS' | 'TOTAL_TIME', string>>[];
};

const suffix = realDataFolder === undefined ? ` (${NO_REAL_DATA})` : '';

async function resultOf(files: readonly string[], ...options: readonly string[]): Promise<SessionResult> {
  const paths = files.map((name) => join(realDataFolder ?? '', name));
  const { code, out, err } = await runPitboard(['results', ...paths, '--json', ...options]);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  return JSON.parse(out) as SessionResult;
}

function msOf(text: string): number {
  return Math.round(text.split(':').reduce((total, part) => total * 60 + Number(part), 0) * 1000);
}

function sum(result: SessionResult, count: (car: SessionResult['classification'][number]) => number): number {
  return result.classification.reduce((total, car) => total + count(car), 0);
}

describe.skipIf(realDataFolder === undefined).each(AL_KAMEL_RACES)(
  `B. Files brought in: $facts${suffix}`,
  ({ facts: name, files }) => {
    const facts = (): Facts => JSON.parse(readReal(`facts/${name}.json`)) as Facts;
    const paths = files.map((file) => `alkamel/${file}`);

    it('[B49] the laps alone give the classification of the road, car by car', async () => {
      const { derived_classification, official_fastest_lap: best, ...totals } = facts();
      const result = await resultOf(paths.slice(0, 1));
      const leaderLaps = derived_classification[0]?.laps ?? 0;
      const ours = result.classification.map(({ status: _, totalTimeMs, classPosition: __, ...line }) => ({
        ...line,
        totalTimeMs,
      }));
      expect(ours).toEqual(
        derived_classification.map((line) => ({
          position: line.pos,
          positionOnRoad: line.pos,
          car: line.number,
          class: line.cls,
          laps: line.laps,
          totalTimeMs: line.elapsed_ms,
          gapMs: line.laps === leaderLaps ? msOf(line.gap.replace('+', '') || '0') : null,
          lapsDown: leaderLaps - line.laps,
          bestLapMs: line.marked_best === null ? null : msOf(line.marked_best[0]),
          bestLap: line.marked_best === null ? null : Number(line.marked_best[1]),
          bestLapDriver: line.marked_best?.[2] ?? null,
          pitStops: line.crossings_in_pit,
          driverChanges: line.driver_changes,
          penaltyMs: 0,
        })),
      );
      expect(result.fastestLap).toEqual({
        ...{ car: best.number, lap: Number(best.lap), lapTimeMs: msOf(best.time), driver: best.driver },
      });
      expect(result.leadChanges).toBe(totals.lead_changes_at_line);
      expect(sum(result, ({ pitStops }) => pitStops)).toBe(totals.pit_in_rows);
      expect(sum(result, ({ driverChanges }) => driverChanges)).toBe(totals.driver_changes);
      expect(result.flags.at(0)).toEqual({ flag: 'green', atMs: 0 });
      expect(result.flags.at(-1)).toEqual({ flag: 'chequered', atMs: derived_classification[0]?.elapsed_ms });
      expect(result.skipped).toEqual({ lines: 0, reasons: {} });
    });

    it.skipIf(files.length === 1)('[B49] with the result beside them they give the official one', async () => {
      const { official = [] } = facts();
      const adjustments = JSON.parse(readReal('facts/imsa_official_adjustments.json')) as Record<
        string,
        readonly { readonly number: string; readonly time_added_ms: number }[]
      >;
      const added = new Map(
        adjustments[`${name}.csv`]?.map(({ number, time_added_ms }) => [number, time_added_ms] as const),
      );
      const { classification, session, skipped } = await resultOf(paths);
      expect(session).toEqual({ name: 'Race', kind: 'race' });
      expect(skipped).toEqual({ lines: 0, reasons: {} });
      expect(
        classification.map(({ position, car, laps, totalTimeMs, penaltyMs }) => ({
          ...{ position, car, laps, totalTimeMs, penaltyMs },
        })),
      ).toEqual(
        official.map((line) => ({
          position: Number(line.POSITION),
          car: line.NUMBER,
          laps: Number(line.LAPS),
          totalTimeMs: msOf(line.TOTAL_TIME),
          penaltyMs: added.get(line.NUMBER) ?? 0,
        })),
      );
    });
  },
);

/** The last of the runs that a facts file of RMonitor tells: race order and best laps as the feed stated them last. */
type RunFacts = {
  readonly G: readonly Readonly<Record<'reg' | 'laps' | 'total', string>>[];
  readonly H: readonly Readonly<Record<'reg' | 'best_lap' | 'best', string>>[];
};

const RMONITOR_FILES = [
  { file: 'redmist_TestMissingLaps.txt', kind: 'race', flags: ['green'] },
  { file: 'redmist_TestStart.txt', kind: 'race', flags: ['yellow', 'green'] },
  { file: 'redmist_event-finish-with-reset.log', kind: 'race', flags: ['yellow', 'green', 'chequered'] },
  {
    ...{ file: 'sebring2009_ALMS_Session_5_-_1410-1620.txt', kind: 'practice' },
    flags: ['green', 'red', 'green', 'chequered'],
  },
] as const;

/** Feeds write below zero what was not driven, and an hour less a thousandth for no time. */
const lapsOf = (laps: string) => Math.max(0, Number(laps));

describe.skipIf(realDataFolder === undefined).each(RMONITOR_FILES)(
  `B. Files brought in: $file${suffix}`,
  ({ file, kind, flags }) => {
    it('[B49] laps, times, order and bests are those that the feed stated last', async () => {
      const runs = JSON.parse(readReal(`facts/rmonitor_${file}.json`)) as readonly RunFacts[];
      const { G = [], H = [] } = runs.at(-1) ?? {};
      const result = await resultOf([`rmonitor/${file}`]);
      expect(result.session.kind).toBe(kind);
      expect(result.flags.map(({ flag }) => flag)).toEqual(flags);
      const driven = G.filter(({ laps }) => lapsOf(laps) > 0).map(({ reg, laps, total }) => {
        return { car: reg, laps: lapsOf(laps), totalTimeMs: msOf(total) };
      });
      driven.sort((one, other) => other.laps - one.laps || one.totalTimeMs - other.totalTimeMs);
      const bests = new Map(
        H.filter(({ best_lap }) => Number(best_lap) > 0).map((line) => [line.reg, msOf(line.best)]),
      );
      const ours = result.classification.filter(({ laps }) => laps > 0);
      const lines = ours.map(({ car, laps, totalTimeMs }) => ({ car, laps, totalTimeMs }));
      const byCar = (one: { car: string }, other: { car: string }) => one.car.localeCompare(other.car);
      expect(lines.toSorted(byCar)).toEqual(driven.toSorted(byCar));
      for (const { car, bestLapMs } of ours)
        if (bests.has(car)) expect([car, bestLapMs]).toEqual([car, bests.get(car)]);
      if (kind === 'race') {
        expect(ours.map(({ car }) => car)).toEqual(driven.map(({ car }) => car));
        const [winner] = driven;
        const gaps = driven.map(({ laps, totalTimeMs }) =>
          laps === winner?.laps ? totalTimeMs - winner.totalTimeMs : null,
        );
        expect(ours.map(({ gapMs }) => gapMs)).toEqual(gaps);
      } else {
        const timed = ours.map(({ bestLapMs }) => bestLapMs ?? Number.POSITIVE_INFINITY);
        expect(timed).toEqual(timed.toSorted((one, other) => one - other));
      }
    });
  },
);

describe.skipIf(realDataFolder === undefined)(`B. Files brought in: Formula 1${suffix}`, () => {
  it('[B49] order, laps, gaps, bests and stops are those of the feed', async () => {
    const { final, official } = JSON.parse(readReal('facts/f1_2023_azerbaijan_sprint.json')) as {
      readonly official: readonly Readonly<Record<'pos' | 'car' | 'laps', string>>[];
      readonly final: readonly {
        readonly line: number;
        readonly car: string;
        readonly laps: number;
        readonly pits: number;
        readonly gap: string;
        readonly best: string;
        readonly best_lap: number;
      }[];
    };
    const { classification, fastestLap } = await resultOf(['f1/2023_azerbaijan_sprint']);
    expect(classification.map(({ position, car, laps }) => [position, car, laps])).toEqual(
      official.map(({ pos, car, laps }) => [Number(pos), car, Number(laps)]),
    );
    // The feed does not know of a car that stayed at home.
    const seen = classification.slice(0, final.length);
    const ours = seen.map(({ position, car, laps, pitStops, bestLapMs, bestLap }) => {
      return { position, car, laps, pitStops, bestLapMs, bestLap };
    });
    expect(ours).toEqual(
      final.map(({ line, car, laps, pits, best, best_lap }) => ({
        ...{ position: line, car, laps, pitStops: pits },
        ...(best ? { bestLapMs: msOf(best), bestLap: best_lap } : { bestLapMs: null, bestLap: null }),
      })),
    );
    const gaps = final.flatMap(({ car, gap }) => (gap.startsWith('+') ? [[car, msOf(gap.slice(1))]] : []));
    const claimed = new Set(gaps.map(([car]) => car));
    expect(classification.filter(({ car }) => claimed.has(car)).map(({ car, gapMs }) => [car, gapMs])).toEqual(gaps);
    const [best] = final.filter((line) => line.best).toSorted((one, other) => msOf(one.best) - msOf(other.best));
    expect(fastestLap).toMatchObject({ car: best?.car, lap: best?.best_lap, lapTimeMs: msOf(best?.best ?? '') });
    expect(fastestLap?.driver).toEqual(expect.any(String));
  });
});
