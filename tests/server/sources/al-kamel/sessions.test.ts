import { importAlKamelSessions } from '@pitboard/server/sources/al-kamel/import-al-kamel.ts';
import { parseManifest } from '@pitboard/shared/protocol/parse.ts';
import type { RaceEvent } from '@pitboard/shared/protocol/race-event.ts';
import { describe, expect, it } from 'vitest';
import { importTexts, type LapNote, lapSheet, SMALL_RACE, sheet } from './sheet-builder.ts';

type Files = Readonly<Record<string, string>>;

function sessionsOf(files: Files) {
  return importAlKamelSessions(Object.entries(files).map(([name, text]) => ({ name, chunks: [text] })));
}

const lineCrossings = (events: readonly RaceEvent[]) =>
  events.flatMap((event) =>
    event.type === 'passing' && event.loop === 'SF' ? [`${event.car} ${event.lapNumber} ${event.atMs}`] : [],
  );
const penalised = (events: readonly RaceEvent[]) =>
  events.flatMap((event) => (event.type === 'penalty' ? [event.car] : []));

const resultSheet = (...rows: readonly (readonly string[])[]) =>
  sheet(['POSITION', 'NUMBER', 'STATUS', 'LAPS', 'TOTAL_TIME'], rows);
const ROAD = [
  ['1', '01', 'Classified', '3', '4:57.000'],
  ['2', '1', 'Classified', '3', '5:36.000'],
];
/** The second car has ten seconds more than on the road. */
const JUDGED = [ROAD[0] as string[], ['2', '1', 'Classified', '3', '5:46.000']];

/** Other times for the same cars: another race. */
const OTHER_RACE: readonly LapNote[] = [
  { car: '01', lap: 1, lapTime: '1:20.000', elapsed: '1:20.000' },
  { car: '01', lap: 2, lapTime: '1:21.000', elapsed: '2:41.000', flag: 'FF' },
  { car: '1', lap: 1, lapTime: '1:22.000', elapsed: '1:22.000' },
  { car: '1', lap: 2, lapTime: '1:23.000', elapsed: '2:45.000', flag: 'FF' },
];
const OTHER_RESULT = resultSheet(['1', '01', 'Classified', '2', '2:41.000'], ['2', '1', 'Classified', '2', '2:52.000']);

describe('I. Imports', () => {
  it('[I16] snapshots of the hours of a race are that race, told once, the last hour being final', () => {
    const firstHour = SMALL_RACE.filter(({ lap }) => lap < 3).map((note) => ({
      ...note,
      mark: note.lap === 1 ? '2' : '0',
    }));
    const { races, skipped } = sessionsOf({
      'Race/01_Hour 1/23_Analysis_Race_Hour 1.CSV': lapSheet(firstHour),
      'Race/02_Hour 2/23_Analysis_Race_Hour 2.CSV': lapSheet(SMALL_RACE),
    });
    expect(races).toHaveLength(1);
    expect(races[0]?.events).toEqual(importTexts(lapSheet(SMALL_RACE)).events);
    expect(skipped.lines).toBe(0);
  });

  it('[I16] what is official counts before what is provisional, whichever comes first', () => {
    const mistaken = SMALL_RACE.map((note) => (note.elapsed === '5:36.000' ? { ...note, elapsed: '5:36.500' } : note));
    const files = {
      '23_Analysis_Race_Provisional.CSV': lapSheet(mistaken),
      '23_Analysis_Race_Official.CSV': lapSheet(SMALL_RACE),
      '03_Results_Race_Unofficial.CSV': resultSheet(...JUDGED),
      '03_Results_Race_Official.CSV': resultSheet(...ROAD),
    };
    const turned = Object.fromEntries(Object.entries(files).reverse());
    for (const given of [files, turned]) {
      const { races, skipped } = sessionsOf(given);
      expect(races).toHaveLength(1);
      expect(lineCrossings(races[0]?.events ?? [])).toContain('1 3 336000');
      expect(penalised(races[0]?.events ?? [])).toEqual([]);
      expect(skipped.lines).toBe(0);
    }
  });

  it('[I16] files that tell of other cars of the same start are one race', () => {
    const withClock = SMALL_RACE.map((note) => ({ ...note, hour: note.lap === 1 ? clockOf(note) : '' }));
    const { races } = sessionsOf({
      'a.csv': lapSheet(withClock.filter(({ car }) => car === '1')),
      'b.csv': lapSheet(withClock.filter(({ car }) => car === '01')),
    });
    expect(races).toHaveLength(1);
    expect(races[0]?.manifest.entries).toHaveLength(2);
  });

  it('[I17] races that are given together stay apart, each with the result that tells its laps', () => {
    const { races, skipped } = sessionsOf({
      'x.csv': resultSheet(...JUDGED),
      'y.csv': OTHER_RESULT,
      'one.csv': lapSheet(SMALL_RACE),
      'two.csv': lapSheet(OTHER_RACE),
    });
    expect(races.map(({ events }) => lineCrossings(events).length)).toEqual([6, 4]);
    const added = races.map(({ events }) =>
      events.flatMap((event) =>
        event.type === 'penalty' && event.sanction.kind === 'time' ? [event.sanction.ms] : [],
      ),
    );
    expect(added).toEqual([[10_000], [7000]]);
    expect(skipped.lines).toBe(0);
  });

  it('[I17] the date of the session tells more than anything else, then the name of the file', () => {
    const { races } = sessionsOf({
      '202407061100_Race 1/23_Analysis_Race 1.CSV': lapSheet(SMALL_RACE),
      '202407071100_Race 2/23_Analysis_Race 2.CSV': lapSheet(OTHER_RACE),
      '202407071100_Race 2/03_Results.CSV': resultSheet(['1', '1', 'Disqualified', '3', '5:46.000']),
    });
    expect(races.map(({ events }) => events.some(({ type }) => type === 'car-disqualified'))).toEqual([false, true]);
    const byName = sessionsOf({
      '23_Analysis_Race 1.CSV': lapSheet(SMALL_RACE),
      '23_Analysis_Race 2.CSV': lapSheet(OTHER_RACE),
      '03_Results_Race 2.CSV': resultSheet(['', '1', 'Disqualified', '', '']),
    });
    expect(byName.races.map(({ events }) => events.some(({ type }) => type === 'car-disqualified'))).toEqual([
      false,
      true,
    ]);
  });

  it('[I17] a sheet of another session is left out, and counted', () => {
    const { races, skipped } = sessionsOf({
      '23_Analysis_Race.CSV': lapSheet(SMALL_RACE),
      '03_Results_Qualifying.CSV': resultSheet(...JUDGED),
    });
    expect(penalised(races[0]?.events ?? [])).toEqual([]);
    expect(skipped.reasons).toEqual({ 'belongs to none of the sessions': 1 });
  });

  it('[I22] folders of the archive name season, event, series and session', () => {
    const folder = 'Results/12_2031/03_INVENTED BAY/267_Endless Cup/203106151600_Race 2';
    const { races } = sessionsOf({ [`${folder}/24_Hour 24/23_Analysis_Race_Hour 24.CSV`]: lapSheet(SMALL_RACE) });
    expect(races[0]?.manifest).toMatchObject({
      ...{ event: 'INVENTED BAY', series: 'Endless Cup', session: 'Race 2', season: 2031, kind: 'race' },
    });
    expect(parseManifest(races[0]?.manifest)).toMatchObject({ ok: true });
  });

  it('[I22] a plain name in small letters is written as people write it, the session apart', () => {
    const namesOf = (name: string) => {
      const { event, session } = sessionsOf({ [name]: lapSheet(SMALL_RACE) }).races[0]?.manifest ?? {};
      return [event, session];
    };
    expect(namesOf('wec_2031_le_sable_24h.csv')).toEqual(['WEC 2031 Le Sable 24h', 'Race']);
    expect(namesOf('imsa-2031-ring-of-the-lakes-laps.csv')).toEqual(['IMSA 2031 Ring of the Lakes', 'Race']);
    expect(namesOf('gt4_2031_wide_bay_race_2_time_cards.csv')).toEqual(['GT4 2031 Wide Bay', 'Race 2']);
    expect(namesOf('elms_2031_wide_bay_fp1.csv')).toEqual(['ELMS 2031 Wide Bay', 'FP1']);
    expect(namesOf('Fair Bay GP 2.csv')).toEqual(['Fair Bay GP 2', 'Race']);
    expect(namesOf('race 2.csv')).toEqual(['Imported race', 'Race 2']);
    expect(namesOf('2031-06-15 Le Sable Race.csv')).toEqual(['Le Sable', 'Race']);
    for (const name of ['12.csv', 'lap times.csv', 'Export (1).csv', 'copy of data.csv']) {
      expect(namesOf(name)).toEqual(['Imported race', 'Race']);
    }
    expect(namesOf('gt_2031_bay-of-wind_203107221210-race-laps.csv')).toEqual(['Bay of Wind', 'Race']);
  });

  it('[I22] the planned time of a race is what was over on the last lap of the winner', () => {
    const plannedMs = (...ends: readonly string[]) => {
      const laps = ends.map((elapsed, index) => ({
        ...{ car: '1', lap: index + 1, lapTime: '1:00.000', elapsed, flag: index === ends.length - 1 ? 'FF' : 'GF' },
      }));
      const { distance, dataNotes } = importTexts(lapSheet(laps)).manifest;
      expect(dataNotes.some(({ subject }) => subject === 'distance')).toBe(distance !== undefined);
      return distance?.durationMs;
    };
    expect(plannedMs('23:59:30.000', '24:01:55.856')).toBe(86_400_000);
    expect(plannedMs('2:39:50.000', '2:40:37.906')).toBe(9_600_000);
    expect(plannedMs('2:40:10.000', '2:41:37.906')).toBeUndefined();
    expect(plannedMs('4:10.000', '5:37.906')).toBeUndefined();
  });

  it('[I23] race times that a file leaves out are added up from the lap times', () => {
    const whole = importTexts(lapSheet(SMALL_RACE));
    const gap = SMALL_RACE.map((note) => (note.lap === 2 ? { ...note, elapsed: '' } : note));
    expect(importTexts(lapSheet(gap)).events).toEqual(whole.events);
    expect(importTexts(lapSheet(SMALL_RACE.map((note) => ({ ...note, elapsed: '' })))).events).toEqual(whole.events);
    const lost = importTexts(lapSheet(gap.map((note) => (note.lap === 2 ? { ...note, lapTime: '' } : note))));
    expect(lost.skipped.reasons).toEqual({ 'no elapsed time': 2 });
    expect(lineCrossings(lost.events)).toHaveLength(4);
  });

  it('[I23] sectors stand in seconds where they stand nowhere else', () => {
    const short = SMALL_RACE.map(({ sectors: _, ...note }, index) => ({
      ...note,
      more: (SMALL_RACE[index]?.sectors ?? []).map((time) => (time === '1:00.000' ? '60.000' : time)),
    }));
    const more = ['S1_SECONDS', 'S2_SECONDS', 'S3_SECONDS'];
    expect(importTexts(lapSheet(short, { more })).events).toEqual(importTexts(lapSheet(SMALL_RACE)).events);
  });

  it('[I23] without flags a race ends where the car with the most laps ended its last, and that is said', () => {
    const noFlags = SMALL_RACE.map((note) => ({ ...note, flag: '' }));
    const { events, manifest } = importTexts(
      lapSheet([...noFlags, { car: '5', lap: 1, lapTime: '2:00.000', elapsed: '2:00.000', flag: '' }]),
    );
    expect(events.filter(({ type }) => type === 'flag-changed')).toMatchObject([{ atMs: 297_000, flag: 'chequered' }]);
    expect(events.filter(({ type }) => type === 'car-retired')).toMatchObject([{ car: '5' }]);
    expect(manifest.dataNotes).toContainEqual(expect.objectContaining({ subject: 'flags', kind: 'information' }));
  });

  it('[I24] an official best that would not count of itself, to or from the pits, is reported', () => {
    const marked = SMALL_RACE.map((note) => ({ ...note, mark: note.car === '1' && note.lap === 2 ? '2' : '0' }));
    const { events } = importTexts(lapSheet(marked));
    expect(events.filter(({ type }) => type === 'best-lap-reported')).toMatchObject([
      { car: '1', lapNumber: 2, lapTimeMs: 105_000, atMs: 206_000, driver: 'ann-lee' },
    ]);
    expect(importTexts(lapSheet(SMALL_RACE)).events.some(({ type }) => type === 'best-lap-reported')).toBe(false);
  });

  it('[I24] where the marked lap is missing from the file, the laps that are left were not deleted', () => {
    const lapsOf = (car: string, ...marks: readonly string[]) =>
      marks.map((mark, index) => ({ car, lap: index + 1, lapTime: '1:40.000', elapsed: '', mark }));
    const [marked, long] = [lapsOf('1', '0', '2'), lapsOf('2', '0', '0', '0', '0')];
    const deletedOf = (notes: readonly LapNote[]) =>
      importTexts(lapSheet(notes)).events.flatMap((event) =>
        event.type === 'lap-invalidated' ? [[event.car, event.lapNumber]] : [],
      );
    expect(deletedOf([...marked, ...long])).toEqual([]);
    expect(deletedOf([...marked, ...long.slice(0, 3)])).toEqual([
      ['2', 2],
      ['2', 3],
    ]);
  });

  it('[I24] where nothing tells the best, a lap from the pits stands in for one that is missing or slower', () => {
    const unmarked = SMALL_RACE.map((note) => ({ ...note, mark: '' }));
    const reported = (notes: readonly LapNote[]) =>
      importTexts(lapSheet(notes)).events.flatMap((event) =>
        event.type === 'best-lap-reported' ? [[event.car, event.lapNumber, event.lapTimeMs]] : [],
      );
    expect(reported(unmarked)).toEqual([['1', 3, 130_000]]);
    const withFourth = (lapTime: string, elapsed: string) => [
      ...unmarked,
      { car: '1', lap: 4, lapTime, elapsed, mark: '', flag: 'FF' },
    ];
    expect(reported(withFourth('1:40.000', '7:16.000'))).toEqual([]);
    expect(reported(withFourth('2:40.000', '8:16.000'))).toEqual([['1', 3, 130_000]]);
  });

  it('[I24] where no lap is marked, the result tells the official bests', () => {
    const unmarked = lapSheet(SMALL_RACE.map((note) => ({ ...note, mark: '' })));
    const columns = ['POSITION', 'NUMBER', 'STATUS', 'LAPS', 'TOTAL_TIME', 'FL_LAPNUM', 'FL_TIME'];
    const row = ['1', '01', 'Classified', '3', '4:57.000', '3', '1:39.000'];
    const { events } = importTexts(unmarked, sheet(columns, [row]));
    expect(events.filter(({ type }) => type === 'lap-invalidated')).toMatchObject([{ car: '01', lapNumber: 2 }]);
  });
});

/** Local time at the end of a first lap of a race that started at noon. */
function clockOf({ elapsed }: LapNote): string {
  return `12:0${elapsed}`;
}
