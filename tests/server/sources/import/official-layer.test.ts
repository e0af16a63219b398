import { addOfficialResults } from '@pitboard/server/sources/import/add-official.ts';
import type { ImportedRace, OfficialLine } from '@pitboard/server/sources/import/imported-race.ts';
import { createImporter } from '@pitboard/server/sources/import/importer.ts';
import { rulesThatClassify } from '@pitboard/server/sources/import/official-layer.ts';
import { parseManifest, parseRaceEvent } from '@pitboard/shared/protocol/parse.ts';
import type { RaceFact } from '@pitboard/shared/protocol/race-event.ts';
import { officialResult } from '@pitboard/shared/race/official-result.ts';
import { createRaceTimeline } from '@pitboard/shared/timeline/race-timeline.ts';
import { describe, expect, it } from 'vitest';
import { aManifest } from '../../../builders.ts';
import { lapSheet, SMALL_RACE } from '../al-kamel/sheet-builder.ts';
import { resultTable } from '../ergast/ergast-builder.ts';

const NAMES = ['North', 'Söuth', 'West', 'East'];
const CODES = ['NOR', 'SOU', 'WES', 'EAS'];

/** Four cars, numbered 1 to 4 in order, so many laps of 100 s, each car 2.1 s a lap slower than the one ahead. */
function aRace(changes: Parameters<typeof aManifest>[0] = {}, laps = 10): ImportedRace {
  const facts: RaceFact[] = [{ type: 'session-phase', atMs: 0, phase: 'running' }];
  facts.push({ type: 'flag-changed', atMs: laps * 100_000, flag: 'chequered' });
  NAMES.forEach((_, index) => {
    for (let lap = 1; lap <= laps; lap++) {
      const lapTimeMs = 100_000 + index * 2100;
      facts.push({
        type: 'passing',
        atMs: lap * lapTimeMs,
        car: String(index + 1),
        loop: 'SF',
        lapNumber: lap,
        lapTimeMs,
      });
    }
  });
  facts.sort((one, other) => one.atMs - other.atMs);
  const entries = NAMES.map((lastName, index) => {
    const code = CODES[index] ?? '';
    return { car: String(index + 1), drivers: [{ id: `d-${index}`, lastName, code }] };
  });
  return {
    manifest: aManifest({ entries, grid: [], ...changes }),
    events: facts.map((fact, index) => ({ seq: index + 1, ...fact })),
  };
}

/** The result that the road of the race gives, by a clock that runs a little ahead, each car read a little otherwise. */
const line = (car: number, changes: Partial<OfficialLine> = {}): OfficialLine => ({
  car: String(car),
  position: car,
  status: 'classified',
  laps: 10,
  totalTimeMs: 1_000_000 + (car - 1) * 21_000 + 340 + car * 7,
  ...changes,
});
const lines = [line(1), line(2), line(3), line(4)];

function withResult(official: readonly OfficialLine[], race = aRace()) {
  const added = addOfficialResults([
    { races: [race], official: undefined },
    { races: [], official },
  ]);
  const [only = race] = added.races;
  const timeline = createRaceTimeline(only.manifest);
  timeline.append(only.events);
  const result = officialResult(timeline.viewAt(timeline.headAtMs));
  const news = only.events.slice(race.events.length);
  return { ...added, race: only, news, result };
}

describe('Y. Timing71 and the others', () => {
  it('[Y40] a result that the road gives adds nothing to it but the word that it is there', () => {
    const { news, race, result } = withResult(lines);
    expect(news).toEqual([]);
    expect(result.map(({ car }) => car)).toEqual(['1', '2', '3', '4']);
    expect(race.manifest.dataNotes.at(-1)).toMatchObject({ subject: 'result' });
  });

  it('[Y40] time added, laps removed, shut out, and a place that neither explains', () => {
    const official = [
      line(2, { position: 1 }),
      line(1, { position: 2, totalTimeMs: 1_025_352 }),
      line(4, { position: 3, laps: 9, totalTimeMs: undefined }),
      line(3, { position: undefined, status: 'disqualified', reason: 'Underweight' }),
    ];
    const { news, race, result } = withResult(official);
    expect(news).toMatchObject([
      { type: 'penalty', car: '1', sanction: { kind: 'time', ms: 25_000 } },
      { type: 'penalty', car: '4', sanction: { kind: 'laps', laps: 1 } },
      { type: 'car-disqualified', car: '3', reason: 'Underweight' },
    ]);
    expect(result.map(({ position, car }) => [position, car])).toEqual([
      [1, '2'],
      [2, '1'],
      [3, '4'],
      [undefined, '3'],
    ]);
    expect(race.events.filter((event) => !parseRaceEvent(event).ok)).toEqual([]);
    expect(parseManifest(race.manifest)).toMatchObject({ ok: true });
    const swapped = withResult([line(1), line(3, { position: 2 }), line(2, { position: 3 }), line(4)]);
    expect(swapped.news).toHaveLength(1);
    expect(swapped.result.map(({ car }) => car)).toEqual(['1', '3', '2', '4']);
  });

  it('[Y40] clocks that differ a little from car to car make no penalty, those that agree make one of any length', () => {
    expect(withResult(lines.map((each) => ({ ...each, totalTimeMs: (each.totalTimeMs ?? 0) + 600 }))).news).toEqual([]);
    expect(withResult([line(1), line(2), line(3), line(4, { totalTimeMs: 1_063_968 })]).news).toEqual([]);
    const short = line(2, { totalTimeMs: 1_000_500 });
    expect(withResult([line(1), short, line(3), line(4)]).news).toEqual([]);
    const exact = [1, 2, 3].map((car) => line(car, { totalTimeMs: 1_000_000 + (car - 1) * 21_000 }));
    const { news } = withResult([...exact, line(4, { totalTimeMs: 1_063_123 })]);
    expect(news).toMatchObject([{ type: 'penalty', car: '4', sanction: { kind: 'time', ms: 123 } }]);
  });

  it('[Y40] where most cars agree on the clock of the result, session time zero is there', () => {
    const race = aRace();
    const startEpochMs = 2_000_000_000_000;
    const begun = race.events.map((event) => (event.type === 'session-phase' ? { ...event, startEpochMs } : event));
    const sooner = [1, 2, 3, 4].map((car) => line(car, { totalTimeMs: 1_000_000 + (car - 1) * 21_000 - 65 }));
    const moved = withResult(sooner, { ...race, events: begun });
    expect(moved.news).toEqual([]);
    expect(moved.result.map(({ totalTimeMs }) => totalTimeMs)).toEqual(sooner.map(({ totalTimeMs }) => totalTimeMs));
    expect(moved.race.events[0]).toMatchObject({ atMs: 0, startEpochMs: startEpochMs + 65 });
    const late = withResult([...sooner.slice(0, 3), line(4, { totalTimeMs: 1_072_935 })], race);
    expect(late.news).toMatchObject([{ type: 'penalty', car: '4', sanction: { kind: 'time', ms: 10_000 } }]);
    const other = withResult(sooner.map((each) => ({ ...each, totalTimeMs: (each.totalTimeMs ?? 0) + 60_000 })));
    expect(other.result[0]?.totalTimeMs).toBe(1_000_000);
  });

  it('[Y40] penalties that the files of the race tell are not given twice', () => {
    const race = aRace();
    const sanction = { kind: 'time', ms: 30_000 } as const;
    const penalty = { type: 'penalty', atMs: 900_000, id: 'p1', car: '1', state: 'given', sanction, seq: 42 } as const;
    const judged = { ...race, events: [...race.events, { ...penalty, seq: race.events.length + 1 }] };
    const official = [line(2, { position: 1 }), line(1, { position: 2, totalTimeMs: 1_030_352 }), line(3), line(4)];
    expect(withResult(official, judged).news).toEqual([]);
  });

  it('[Y40] a penalty that the result does not count was served, and nobody told so', () => {
    const given = (id: string, car: string, ms: number) =>
      ({ type: 'penalty', atMs: 900_000, id, car, state: 'given', sanction: { kind: 'time', ms } }) as const;
    const judged = (...facts: readonly RaceFact[]) => {
      const race = aRace();
      const more = facts.map((fact, index) => ({ ...fact, seq: race.events.length + index + 1 }));
      return { ...race, events: [...race.events, ...more] };
    };
    const one = withResult(lines, judged(given('p1', '1', 30_000), given('p2', '3', 5000)));
    expect(one.news).toMatchObject([
      { id: 'p1', car: '1', state: 'served' },
      { id: 'p2', car: '3', state: 'served' },
    ]);
    expect(one.result.map(({ car, totalTimeMs }) => [car, totalTimeMs])).toEqual([
      ['1', 1_000_000],
      ['2', 1_021_000],
      ['3', 1_042_000],
      ['4', 1_063_000],
    ]);
    const official = [line(1), line(2), line(3), line(4, { totalTimeMs: 1_073_368 })];
    const ofTwo = withResult(official, judged(given('p1', '4', 5000), given('p2', '4', 10_000)));
    expect(ofTwo.news).toMatchObject([{ id: 'p1', state: 'served' }]);
    const both = withResult(lines, judged(given('p1', '4', 5000), given('p2', '4', 10_000)));
    expect(both.news.map((event) => event.type === 'penalty' && event.state)).toEqual(['served', 'served']);
  });

  it('[Y40] where the feed\u2019s own order rules, the result is its last word', () => {
    const race = aRace({ orderAuthority: 'feed' });
    const { news, result } = withResult([line(1), line(3, { position: 2 }), line(2, { position: 3 }), line(4)], race);
    expect(news).toMatchObject([{ type: 'order-reported', cars: ['1', '3', '2', '4'] }]);
    expect(result.map(({ car }) => car)).toEqual(['1', '3', '2', '4']);
    expect(withResult(lines, race).news).toEqual([]);
  });

  it('[Y41] who did not finish or start is told, where the road did not show it', () => {
    const race = aRace();
    const events = race.events.filter(
      (event) => event.type !== 'passing' || event.car !== '4' || event.lapNumber === 1,
    );
    const cut = { ...race, events: events.map((event, index) => ({ ...event, seq: index + 1 })) };
    const retired = line(4, {
      position: undefined,
      status: 'did-not-finish',
      laps: 1,
      totalTimeMs: undefined,
      reason: 'Gearbox',
    });
    const { result } = withResult([line(1), line(2), line(3), retired], cut);
    expect(result.at(-1)).toMatchObject({ car: '4', status: 'did-not-finish', outcome: { reason: 'Gearbox' } });
    const none = { ...cut, events: cut.events.filter((event) => event.type !== 'passing' || event.car !== '4') };
    const away = line(4, { position: undefined, status: 'did-not-start', laps: 0, totalTimeMs: undefined });
    const started = { ...none, events: none.events.map((event, index) => ({ ...event, seq: index + 1 })) };
    expect(withResult([line(1), line(2), line(3), away], started).result.at(-1)).toMatchObject({
      status: 'did-not-start',
    });
  });

  it('[Y41] the rules are those that classify whom the officials classified', () => {
    const cars = (...laps: readonly (readonly [laps: number, isClassified: boolean, tookFlag?: boolean])[]) =>
      rulesThatClassify(
        laps.map(([each, isClassified, tookFlag = true]) => ({ laps: each, isClassified, tookFlag })),
        0.9,
      );
    expect(cars([50, true], [45, true], [44, false])).toEqual({ classifiedShare: 0.9 });
    expect(cars([50, true], [40, true], [20, false])).toEqual({ classifiedShare: 0.8 });
    expect(cars([50, true], [48, true], [47, false])).toEqual({ classifiedShare: 0.96 });
    expect(cars([50, true], [46, true], [48, false, false])).toEqual({ classifiedShare: 0.9, mustTakeFlag: true });
    expect(cars()).toEqual({ classifiedShare: 0.9 });
  });

  it('[Y42] a line names its car by number, unless the name or code of the driver says another one', () => {
    const renumbered = [
      line(7, { car: '77', code: 'NOR', position: 1, totalTimeMs: 1_000_347 }),
      line(3, { car: '3', lastName: 'SOUTH', position: 2, totalTimeMs: 1_021_354 }),
      line(4, { car: '4', position: 3, lastName: 'West', totalTimeMs: 1_042_361 }),
      line(9, { car: undefined, lastName: 'East', position: 4, totalTimeMs: 1_063_368 }),
    ];
    expect(withResult(renumbered).news).toEqual([]);
    expect(
      withResult([...renumbered].reverse().map((each, index) => ({ ...each, position: index + 1 }))).result.map(
        ({ car }) => car,
      ),
    ).toEqual(['4', '3', '2', '1']);
  });

  it('[Y42] a result of other cars, or of another distance, is left out and said', () => {
    const others = lines.map((each, index) => ({ ...each, car: `9${index}` }));
    expect(withResult(others)).toMatchObject({ news: [], skipped: { lines: 1 } });
    const longer = lines.map((each) => ({ ...each, laps: 50, position: 5 - (each.position ?? 0) }));
    expect(withResult(longer)).toMatchObject({ news: [], skipped: { lines: 1 } });
    expect(withResult(lines, aRace({ kind: 'practice' })).skipped.lines).toBe(1);
    expect(withResult(lines).skipped.lines).toBe(0);
  });

  it('[Y42] of several races the one of the result\u2019s distance has it', () => {
    const races = [aRace({}, 12), aRace({}, 10)];
    const official = [line(1, { totalTimeMs: 1_005_347 }), ...lines.slice(1)];
    const added = addOfficialResults([{ races }, { races: [], official }]).races;
    expect(added.map(({ events }, index) => events.length - (races[index]?.events.length ?? 0))).toEqual([0, 1]);
  });

  it('[Y42] files of two formats given together are one race with its result', () => {
    const importer = createImporter();
    const give = (name: string, text: string) => {
      const file = importer.open(name);
      file.write(Buffer.from(text));
      file.end();
    };
    const official = [
      { driver: 1, number: 1, text: '1', laps: 3, ms: 336_000 },
      { driver: 2, number: '01', text: 'D', laps: 3 },
    ];
    give('laps.csv', lapSheet(SMALL_RACE));
    give('results.csv', resultTable(official));
    const { races, formats } = importer.finish();
    expect(formats).toHaveLength(2);
    expect(races).toHaveLength(1);
    expect(races[0]?.events.at(-1)).toMatchObject({ type: 'car-disqualified', car: '01' });
  });
});
