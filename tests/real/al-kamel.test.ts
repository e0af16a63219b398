import { parseManifest, parseRaceFact } from '@pitboard/shared/protocol/parse.ts';
import { classify } from '@pitboard/shared/race/classification.ts';
import { lapLeaders, lapsLed, leadChangesAtLine } from '@pitboard/shared/race/lap-leaders.ts';
import { officialResult } from '@pitboard/shared/race/official-result.ts';
import { createRaceTimeline } from '@pitboard/shared/timeline/race-timeline.ts';
import { describe, expect, it } from 'vitest';
import { AL_KAMEL_RACES, importReal, NO_REAL_DATA, readReal, realDataFolder } from './real-data.ts';

/** What a facts file says of a race; times as text, as the timing company writes them. */
type Facts = {
  readonly rows: number;
  readonly cars: number;
  readonly official_fastest_lap: {
    readonly time: string;
    readonly number: string;
    readonly driver: string;
    readonly lap: string;
  };
  readonly pit_in_rows: number;
  readonly driver_changes: number;
  readonly laps_led: Readonly<Record<string, number>>;
  readonly lead_changes_at_line: number;
  readonly leader_lap_flags: Readonly<Record<string, number>>;
  readonly took_flag: number;
  readonly derived_classification: readonly {
    readonly number: string;
    readonly cls: string;
    readonly team: string;
    readonly laps: number;
    readonly elapsed_ms: number;
    readonly gap: string;
    readonly marked_best: readonly [time: string, lap: string, driver: string] | null;
    readonly crossings_in_pit: number;
    readonly driver_changes: number;
    readonly last_flag: string;
  }[];
  readonly official?: readonly {
    readonly POSITION: string;
    readonly NUMBER: string;
    readonly LAPS: string;
    readonly TOTAL_TIME: string;
  }[];
};

const CODES: Readonly<Record<string, string>> = {
  green: 'GF',
  'full-course-yellow': 'FCY',
  'safety-car': 'SF',
  chequered: 'FF',
};

function msOf(text: string): number {
  return Math.round(text.split(':').reduce((total, part) => total * 60 + Number(part), 0) * 1000);
}

function countBy(values: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const value of values) counts[value] = (counts[value] ?? 0) + 1;
  return counts;
}

const suffix = realDataFolder === undefined ? ` (${NO_REAL_DATA})` : '';

describe.skipIf(realDataFolder === undefined).each(AL_KAMEL_RACES)(
  `I. Imports: $facts${suffix}`,
  ({ facts: name, files }) => {
    const facts = JSON.parse(realDataFolder === undefined ? '{}' : readReal(`facts/${name}.json`)) as Facts;
    const race = realDataFolder === undefined ? undefined : importReal(files);
    if (race === undefined) {
      it('[I14] is left out', () => undefined);
      return;
    }
    const { manifest, events, skipped } = race;
    const timeline = createRaceTimeline(manifest);
    timeline.append(events);
    const view = timeline.viewAt(timeline.headAtMs);
    const { history, state } = view;
    const road = classify(view);
    const nameOf = new Map(
      manifest.entries.flatMap(({ drivers }) =>
        drivers.map(({ id, firstName, lastName }) => [id, `${firstName ?? ''} ${lastName}`.trim().toLowerCase()]),
      ),
    );

    it('[I14] every line is read, and every fact passes its schema', () => {
      expect(skipped).toEqual({ lines: 0, reasons: {}, examples: [] });
      expect(manifest.entries).toHaveLength(facts.cars);
      expect(history.allLaps).toHaveLength(facts.rows);
      expect(parseManifest(manifest)).toMatchObject({ ok: true });
      expect(events.filter(({ seq: _, ...fact }) => !parseRaceFact(fact).ok)).toEqual([]);
    });

    it('[I14] the classification on the road is the one that was derived from the laps', () => {
      const leader = facts.derived_classification[0];
      const ours = road.map((line) => {
        const entry = manifest.entries.find(({ car }) => car === line.car);
        const best = history.laps.get(line.car)?.find(({ lap }) => lap === line.bestLap);
        const driver =
          state.cars.find(({ car }) => car === line.car)?.bestLapTimeMs === undefined ? undefined : best?.driver;
        const stays = history.visits.get(line.car) ?? [];
        const changes = history.driverChanges.filter(({ car, from }) => car === line.car && from !== undefined);
        return {
          car: line.car,
          class: entry?.class,
          team: entry?.team,
          laps: line.laps,
          totalTimeMs: line.totalTimeMs,
          bestMs: line.bestLapTimeMs,
          bestLap: line.bestLap,
          bestDriver: driver === undefined ? undefined : nameOf.get(driver),
          stops: stays.length,
          changes: changes.length,
          tookFlag: line.tookFlag,
          behindMs: line.laps === leader?.laps ? (line.totalTimeMs ?? 0) - (road[0]?.totalTimeMs ?? 0) : undefined,
          lapsDown: (road[0]?.laps ?? 0) - line.laps,
        };
      });
      const theirs = facts.derived_classification.map((line) => ({
        car: line.number,
        class: line.cls,
        team: line.team,
        laps: line.laps,
        totalTimeMs: line.elapsed_ms,
        bestMs: line.marked_best === null ? undefined : msOf(line.marked_best[0]),
        bestLap: line.marked_best === null ? undefined : Number(line.marked_best[1]),
        bestDriver: line.marked_best?.[2].toLowerCase(),
        stops: line.crossings_in_pit,
        changes: line.driver_changes,
        tookFlag: line.last_flag === 'FF',
        behindMs: line.gap.startsWith('-') ? undefined : msOf(line.gap.replace('+', '') || '0'),
        lapsDown: line.gap.startsWith('-') ? Number.parseInt(line.gap.slice(1), 10) : 0,
      }));
      expect(ours).toEqual(theirs);
    });

    it('[I14] the fastest lap, laps led, lead changes, stops, driver changes and flags are those of the race', () => {
      const { time, number, driver, lap } = facts.official_fastest_lap;
      expect(state.bestLap).toMatchObject({ ms: msOf(time), car: number, lap: Number(lap) });
      expect(nameOf.get(state.bestLap?.driver ?? '')).toBe(driver.toLowerCase());
      const led: Record<string, number> = {};
      for (const { car, laps } of lapsLed(view)) led[car] = (led[car] ?? 0) + laps;
      expect(led).toEqual(facts.laps_led);
      expect(leadChangesAtLine(view)).toHaveLength(facts.lead_changes_at_line);
      expect(road.filter(({ tookFlag }) => tookFlag)).toHaveLength(facts.took_flag);
      expect([...history.visits.values()].flat()).toHaveLength(facts.pit_in_rows);
      expect(history.driverChanges.filter(({ from }) => from !== undefined)).toHaveLength(facts.driver_changes);
      const shown = lapLeaders(view).map(({ atMs }) => timeline.viewAt(atMs).state.flag);
      expect(countBy(shown.map((flag) => CODES[flag] ?? flag))).toEqual(facts.leader_lap_flags);
    });

    it('[I14] visits lie between the loops around them and take the time that is stated', () => {
      for (const visit of [...history.visits.values()].flat()) {
        const inLap = history.laps.get(visit.car)?.[visit.lap - 1];
        expect(inLap?.isInLap).toBe(true);
        expect(visit.atMs).toBeLessThanOrEqual(inLap?.atMs ?? 0);
        expect(visit.exitAtMs ?? Number.POSITIVE_INFINITY).toBeGreaterThan(inLap?.atMs ?? 0);
      }
    });

    it.skipIf(facts.official === undefined)(
      '[I14] the official result follows from the road and its adjustments',
      () => {
        const ours = officialResult(view).map((line) => [line.position, line.car, line.laps, line.totalTimeMs]);
        expect(ours).toEqual(
          facts.official?.map((line) => [Number(line.POSITION), line.NUMBER, Number(line.LAPS), msOf(line.TOTAL_TIME)]),
        );
        const adjustments = JSON.parse(readReal('facts/imsa_official_adjustments.json')) as Record<
          string,
          readonly { readonly number: string; readonly time_added_ms: number }[]
        >;
        const given = history.penalties.map(({ car, sanction }) => [
          car,
          sanction.kind === 'time' ? sanction.ms : sanction,
        ]);
        expect(given).toEqual(adjustments[`${name}.csv`]?.map(({ number, time_added_ms }) => [number, time_added_ms]));
      },
    );
  },
);
