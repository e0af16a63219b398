import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createImporter } from '@pitboard/server/sources/import/importer.ts';
import { officialResult } from '@pitboard/shared/race/official-result.ts';
import { createRaceTimeline } from '@pitboard/shared/timeline/race-timeline.ts';
import { describe, expect, it } from 'vitest';
import { NO_REAL_DATA, readReal, realDataFolder } from './real-data.ts';

const FOLDER = 'f1/2023_azerbaijan_sprint';
const suffix = realDataFolder === undefined ? ` (${NO_REAL_DATA})` : '';

type SprintLine = {
  readonly number: string;
  readonly positionText: string;
  readonly laps: string;
  readonly status: string;
  readonly Time?: { readonly millis: string };
};

type QualifyingLine = {
  readonly number: string;
  readonly Q1?: string;
  readonly Q2?: string;
  readonly Q3?: string;
};

function msOf(text: string): number {
  const [minutes = '', seconds = ''] = text.split(':');
  return Number(minutes) * 60_000 + Math.round(Number(seconds) * 1000);
}

/** The feed's streams with the result, and the qualifying, of the data base beside them. */
function importFolder() {
  const importer = createImporter();
  for (const name of readdirSync(join(realDataFolder ?? '', FOLDER)).sort()) {
    const file = importer.open(name);
    file.write(Buffer.from(readReal(`${FOLDER}/${name}`)));
    file.end();
  }
  return importer.finish();
}

describe.skipIf(realDataFolder === undefined)(`Y. Timing71 and the others: a sprint and its result${suffix}`, () => {
  if (realDataFolder === undefined) {
    it('[Y39] is left out', () => undefined);
    return;
  }
  const { races, skipped } = importFolder();
  const page = JSON.parse(readReal(`${FOLDER}/ergast_sprint.json`)) as {
    MRData: { RaceTable: { Races: readonly { SprintResults: readonly SprintLine[] }[] } };
  };
  const lines = page.MRData.RaceTable.Races[0]?.SprintResults ?? [];
  const [race] = races;
  if (race === undefined) throw new Error('no race');
  const timeline = createRaceTimeline(race.manifest);
  timeline.append(race.events);
  const result = officialResult(timeline.viewAt(timeline.headAtMs));
  const facts = JSON.parse(readReal('facts/f1_2023_azerbaijan_sprint.json')) as {
    readonly final: readonly { readonly car: string; readonly gap: string; readonly laps: number }[];
  };

  it('[Y42] the result finds its race, and changes nothing but the start of the clock', () => {
    expect(races).toHaveLength(1);
    expect(skipped).toMatchObject({ lines: 0 });
    expect(race.events.filter(({ type }) => type === 'penalty')).toEqual([]);
    const seen = new Set(facts.final.map(({ car }) => car));
    expect(result.map(({ car }) => car).filter((car) => seen.has(car))).toEqual(facts.final.map(({ car }) => car));
  });

  it('[Y40] every total is that of the result, but for the times that are intervals: those are the feed\u2019s', () => {
    const winnerMs = Number(lines[0]?.Time?.millis);
    const gaps = new Map(facts.final.map(({ car, gap }) => [car, Math.round(Number(gap.replace('+', '')) * 1000)]));
    const placed = result.filter(({ status }) => status === 'classified');
    expect(placed.map(({ car, totalTimeMs }) => [car, totalTimeMs])).toEqual(
      placed.map(({ car }) => [car, winnerMs + (gaps.get(car) ?? 0)]),
    );
    const stated = lines.flatMap(({ number, Time }) => (Time === undefined ? [] : [[number, Number(Time.millis)]]));
    const differing = stated.filter(([car, ms]) => placed.find((line) => line.car === car)?.totalTimeMs !== ms);
    expect(differing.map(([car]) => car)).toEqual(['63', '44']);
  });

  it('[Y41] whom the officials do not classify, nobody does', () => {
    const left = lines.filter(({ positionText }) => positionText === 'R').map(({ number }) => number);
    expect(left).toEqual(['22', '2']);
    expect(result.filter(({ status }) => status !== 'classified').map(({ car, status }) => [car, status])).toEqual(
      left.map((car) => [car, 'did-not-finish']),
    );
  });

  it('[Y39] the qualifying alone is a session in the order, and with the bests, of its result', () => {
    const importer = createImporter();
    const file = importer.open('qualifying.json');
    const text = readReal(`${FOLDER}/ergast_qualifying.json`);
    file.write(Buffer.from(text));
    file.end();
    const [qualifying] = importer.finish().races;
    if (qualifying === undefined) throw new Error('no session');
    const session = createRaceTimeline(qualifying.manifest);
    session.append(qualifying.events);
    const ours = officialResult(session.viewAt(session.headAtMs));
    const { QualifyingResults: theirs } = (
      JSON.parse(text) as {
        MRData: { RaceTable: { Races: readonly [{ QualifyingResults: readonly QualifyingLine[] }] } };
      }
    ).MRData.RaceTable.Races[0];
    const bestOf = ({ Q1, Q2, Q3 }: QualifyingLine) =>
      Math.min(...[Q1, Q2, Q3].flatMap((time) => (time ? [msOf(time)] : [])));
    expect(ours.map(({ car, bestLapTimeMs }) => [car, bestLapTimeMs])).toEqual(
      theirs.map((each) => [each.number, bestOf(each)]),
    );
    expect(qualifying.manifest.parts?.map(({ advancing }) => advancing)).toEqual([15, 10, undefined]);
  });
});
