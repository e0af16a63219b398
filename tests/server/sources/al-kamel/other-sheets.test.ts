import { importAlKamelSessions } from '@pitboard/server/sources/al-kamel/import-al-kamel.ts';
import { sheetKindOf } from '@pitboard/server/sources/al-kamel/sheet-kind.ts';
import { NoRaceError } from '@pitboard/server/sources/import/imported-race.ts';
import { parseManifest } from '@pitboard/shared/protocol/parse.ts';
import { officialResult } from '@pitboard/shared/race/official-result.ts';
import { createRaceTimeline } from '@pitboard/shared/timeline/race-timeline.ts';
import { describe, expect, it } from 'vitest';
import { importTexts, type LapNote, lapSheet, SMALL_RACE, sheet } from './sheet-builder.ts';

type Card = Readonly<Record<string, unknown>>;

const card = (number: number, time: string, elapsed: string, more: Card = {}): Card => ({
  ...{
    number,
    driver_number: 1,
    time,
    session_elapsed: elapsed,
    hour: '',
    is_valid: true,
    manually_invalidated: false,
  },
  ...{ crossing_pit_finish_lane: false, average_speed_kph: 180.0, ...more },
});

/** The small race as time cards. */
const CARDS = {
  session: { event_name: 'Invented 500', championship_name: 'Endless Cup', session_name: 'Race', circuit: 'Sand Ring' },
  participants: [
    {
      ...{ number: '01', team: 'Team', class: 'PRO/AM', manufacturer: 'Make', vehicle: 'Make GT' },
      drivers: [{ number: 1, firstname: 'Ann', surname: 'Lee', license: 'Gold', country: 'NOR' }],
      laps: [
        card(1, '1:40.000', '1:40.000', {
          sector_times: [
            { index: 1, time: '30.000' },
            { index: 2, time: '40.000' },
            { index: 3, time: '30.000' },
          ],
        }),
        card(2, '1:38.000', '3:18.000', { is_valid: false }),
        card(3, '1:39.000', '4:57.000'),
      ],
    },
    {
      ...{ number: '1', team: 'Team', class: 'PRO/AM', manufacturer: 'Make' },
      drivers: [
        { number: 1, firstname: 'Ann', surname: 'Low' },
        { number: 2, firstname: 'Bo', surname: 'de Wit' },
      ],
      laps: [
        card(3, '2:10.000', '5:36.000', { driver_number: 2 }),
        card(1, '1:41.000', '1:41.000'),
        card(2, '1:45.000', '3:26.000', { crossing_pit_finish_lane: true }),
      ],
    },
  ],
};
const cardsOf = (text: string, size = text.length) =>
  importAlKamelSessions([
    {
      name: 'x.json',
      chunks: Array.from({ length: Math.ceil(text.length / size) }, (_, at) => text.slice(at * size, (at + 1) * size)),
    },
  ]);

function endOf({ manifest, events }: ReturnType<typeof importTexts>) {
  const timeline = createRaceTimeline(manifest);
  timeline.append(events);
  return timeline.viewAt(timeline.headAtMs);
}

/** Three cars of three laps, and a result: car, lap and time of its best, winner first. */
function practiceWith(...places: readonly (readonly string[])[]): ReturnType<typeof importTexts> {
  const times: readonly (readonly [car: string, ...times: readonly string[]])[] = [
    ['1', '1:50.000', '1:38.000', '1:37.000'],
    ['2', '1:51.000', '1:36.000', '1:39.000'],
    ['3', '1:52.000', '1:40.000', '1:41.000'],
  ];
  const laps = times.flatMap(([car, ...lapTimes]) =>
    lapTimes.map((lapTime, index): LapNote => ({ car, lap: index + 1, lapTime, elapsed: '', mark: '' })),
  );
  const rows = places.map((place, index) => [String(index + 1), ...place, 'Team']);
  const { races, skipped } = importAlKamelSessions([
    { name: '23_Analysis_Free Practice 1.CSV', chunks: [lapSheet(laps)] },
    { name: '03_Classification_Free Practice 1.CSV', chunks: [sheet(['POS', 'NUMBER', 'LAP', 'TIME', 'TEAM'], rows)] },
  ]);
  return { ...(races[0] as (typeof races)[number]), skipped };
}

describe('I. Imports', () => {
  it('[I20] time cards in JSON tell the same race, with names, and laps that were taken away', () => {
    const { races, skipped } = cardsOf(`\uFEFF${JSON.stringify(CARDS)}`);
    const [race] = races;
    expect(skipped.lines).toBe(0);
    expect(race?.manifest).toMatchObject({
      ...{ event: 'Invented 500', series: 'Endless Cup', session: 'Race', circuit: { name: 'Sand Ring' } },
    });
    expect(parseManifest(race?.manifest)).toMatchObject({ ok: true });
    expect(race?.manifest.entries[0]).toMatchObject({
      ...{ car: '01', team: 'Team', make: 'Make', model: 'GT', class: 'PRO-AM' },
      drivers: [{ firstName: 'Ann', lastName: 'Lee', category: 'gold', nationality: 'NOR' }],
    });
    const sheets = importTexts(lapSheet(SMALL_RACE));
    const line = (events: (typeof sheets)['events']) =>
      events.flatMap((event) => (event.type === 'passing' && event.loop === 'SF' ? [{ ...event, seq: 0 }] : []));
    expect(line(race?.events ?? [])).toEqual(line(sheets.events));
    expect(race?.events.filter(({ type }) => type === 'lap-invalidated')).toMatchObject([{ car: '01', lapNumber: 2 }]);
    expect(race?.events.filter(({ type }) => type === 'driver-changed')).toMatchObject([
      { car: '1', driver: 'bo-de-wit' },
    ]);
    expect(cardsOf(JSON.stringify(CARDS), 7)).toEqual(cardsOf(JSON.stringify(CARDS)));
  });

  it('[I20] bad cards cost themselves, and what is no JSON to its end is refused', () => {
    const [first] = CARDS.participants;
    const bad = [card(0, '1:00.000', '1:00.000'), card(4, 'soon', 'late'), card(5, '9:00.000', '6:00.000')];
    const spoilt = {
      ...CARDS,
      participants: [{ ...first, laps: [...(first?.laps ?? []), ...bad] }, { number: 'a b', laps: [{}] }, 7],
    };
    const { races, skipped } = cardsOf(JSON.stringify(spoilt));
    expect(races[0]?.manifest.entries).toHaveLength(1);
    expect(skipped.reasons).toMatchObject({ 'no lap number': 1, 'no elapsed time': 1, 'no lap time': 1 });
    expect(() => cardsOf(JSON.stringify(CARDS).slice(0, -20))).toThrow(NoRaceError);
    expect(() => cardsOf(`{"session":{},"participants":${'['.repeat(5000)}`)).toThrow(NoRaceError);
  });

  it('[I20] a result in JSON stands beside the laps', () => {
    const result = {
      session: { session_name: 'Race' },
      classification: [
        { position: 1, number: '01', status: 'Classified', laps: 3, elapsed_time: '4:57.000' },
        { position: 2, number: '1', status: 'Classified', laps: 3, elapsed_time: '5:46.000' },
      ],
    };
    const race = importTexts(lapSheet(SMALL_RACE), JSON.stringify(result));
    expect(race.events.filter(({ type }) => type === 'penalty')).toMatchObject([
      { car: '1', sanction: { ms: 10_000 } },
    ]);
  });

  it('[I21] a result by class is a result where there is no other, and completes one', () => {
    const columns = [
      'CLASS_TYPE',
      'POS',
      'PIC',
      'NUMBER',
      'TEAM',
      'VEHICLE',
      'DRIVERS',
      'LAPS',
      'ELAPSED',
      'GAP_FIRST',
    ];
    const byClass = sheet(columns, [
      ['PRO/AM', '1', '1', '01', 'Team', 'Make GT', 'Ann LEE / Cy DOE', '3', '4:57.000', '-'],
      ['PRO/AM', '2', '2', '1', 'Team', 'Make GT', 'Ann LEE, Bo DE WIT', '3', '5:46.000', '+49.000'],
    ]);
    const alone = importTexts(lapSheet(SMALL_RACE), byClass);
    expect(alone.events.filter(({ type }) => type === 'penalty')).toMatchObject([
      { car: '1', sanction: { ms: 10_000 } },
    ]);
    expect(alone.manifest.entries[0]?.drivers.map(({ lastName }) => lastName)).toEqual(['LEE', 'DOE']);
    expect(alone.manifest.rules).toBeUndefined();
    const overall = sheet(
      ['POSITION', 'NUMBER', 'STATUS', 'LAPS', 'TOTAL_TIME'],
      [
        ['1', '01', 'Classified', '3', '4:57.000'],
        ['2', '1', 'Classified', '3', '5:36.000'],
      ],
    );
    const both = importTexts(lapSheet(SMALL_RACE), byClass, overall);
    expect(both.events.some(({ type }) => type === 'penalty')).toBe(false);
    expect(both.manifest.entries[0]).toMatchObject({ model: 'GT' });
  });

  it('[I21] a practice goes by best laps, and its result tells which laps were deleted and who stands elsewhere', () => {
    const race = practiceWith(['1', '3', '1:37.000'], ['3', '2', '1:40.000'], ['2', '3', '1:39.000']);
    expect(race.manifest).toMatchObject({ kind: 'practice', session: 'Free Practice 1' });
    expect(race.manifest.distance).toBeUndefined();
    expect(race.events.filter(({ type }) => type === 'lap-invalidated')).toMatchObject([{ car: '2', lapNumber: 2 }]);
    expect(race.events.some(({ type }) => type === 'car-retired')).toBe(false);
    expect(officialResult(endOf(race)).map(({ car, bestLapTimeMs }) => [car, bestLapTimeMs])).toEqual([
      ['1', 97_000],
      ['3', 100_000],
      ['2', 99_000],
    ]);
  });

  it('[I21] a result of practice that goes by the laps that stand moves nobody', () => {
    const race = practiceWith(['1', '3', '1:37.000'], ['2', '3', '1:39.000'], ['3', '2', '1:40.000']);
    expect(race.events.some(({ type }) => type === 'penalty')).toBe(false);
    expect(officialResult(endOf(race)).map(({ car }) => car)).toEqual(['1', '2', '3']);
  });

  it('[I11] where laps name nobody, the number in the crew names the driver of the result', () => {
    const nameless = SMALL_RACE.map((note) => ({ ...note, driver: '' }));
    const columns = ['POSITION', 'NUMBER', 'STATUS', 'LAPS', 'TOTAL_TIME', 'DRIVER1_FIRSTNAME', 'DRIVER1_SECONDNAME'];
    const more = ['DRIVER2_FIRSTNAME', 'DRIVER2_SECONDNAME'];
    const rows = [
      ['1', '01', 'Classified', '3', '4:57.000', 'Cy', 'Doe', '', ''],
      ['2', '1', 'Classified', '3', '5:36.000', 'Ann', 'Lee', 'Bo', 'de Wit'],
    ];
    const race = importTexts(lapSheet(nameless), sheet([...columns, ...more], rows));
    expect(race.manifest.entries.map(({ drivers }) => drivers.map(({ id }) => id))).toEqual([
      ['cy-doe'],
      ['ann-lee', 'bo-de-wit'],
    ]);
    expect(race.events.filter(({ type }) => type === 'driver-changed')).toMatchObject([{ driver: 'bo-de-wit' }]);
  });

  it('[I11] who is spelt otherwise in the result is nobody else', () => {
    const columns = ['POSITION', 'NUMBER', 'STATUS', 'LAPS', 'TOTAL_TIME', 'DRIVER1_FIRSTNAME', 'DRIVER1_SECONDNAME'];
    const more = ['DRIVER1_COUNTRY', 'DRIVER2_FIRSTNAME', 'DRIVER2_SECONDNAME'];
    const crewWith = (...names: readonly string[]) => {
      const row = ['2', '1', 'Classified', '3', '5:36.000', ...names];
      const { entries } = importTexts(lapSheet(SMALL_RACE), sheet([...columns, ...more], [row])).manifest;
      return entries
        .find(({ car }) => car === '1')
        ?.drivers.map(({ firstName, lastName }) => `${firstName} ${lastName}`);
    };
    expect(crewWith('Annabel', 'Lee', 'NOR', 'Bo', 'de Wit')).toEqual(['Ann LEE', 'Bo de Wit']);
    expect(crewWith('Ben', 'Lee', 'NOR', 'Ann', 'Lee')).toEqual(['Ann Lee', 'Bo DE WIT', 'Ben Lee']);
    expect(crewWith('Cy', 'Doe', 'NOR', 'Bo', 'de Wit')).toEqual(['Ann LEE', 'Bo de Wit', 'Cy Doe']);
  });

  it('[I1] a table of laps that anybody might write is none of these sheets', () => {
    const kinds = [
      ['POS', 'NUMBER', 'LAP', 'TIME', ''],
      ['NUMBER', 'TEAM', 'POSITION', 'LAP', 'TIME', 'GAP_FIRST'],
      ['NUMBER', 'LAP', 'TIME', 'POSITION'],
      ['POS', 'NUMBER', 'LAP', 'TIME'],
      ['NUMBER', 'LAP_NUMBER', 'LAP_TIME'],
    ].map(sheetKindOf);
    expect(kinds).toEqual(['results', 'results', undefined, undefined, undefined]);
  });

  it('[I11] a crew of one has its columns without a number', () => {
    const columns = ['POSITION', 'NUMBER', 'STATUS', 'LAPS', 'TOTAL_TIME', 'DRIVER_FIRSTNAME', 'DRIVER_SECONDNAME'];
    const result = sheet(
      [...columns, 'DRIVER_COUNTRY'],
      [['1', '01', 'Classified', '3', '4:57.000', 'Ann', 'Lee', 'NOR']],
    );
    expect(importTexts(lapSheet(SMALL_RACE), result).manifest.entries[0]?.drivers).toEqual([
      { id: 'ann-lee', firstName: 'Ann', lastName: 'Lee', nationality: 'NOR' },
    ]);
  });

  it('[I11] makes of tyres are noted where they differ', () => {
    const notes = (...codes: readonly string[]) => {
      const rows = codes.map((code, index) => [
        String(index + 1),
        index === 0 ? '01' : '1',
        'Classified',
        '3',
        '',
        code,
      ]);
      const result = sheet(['POSITION', 'NUMBER', 'STATUS', 'LAPS', 'TOTAL_TIME', 'TIRES'], rows);
      return importTexts(lapSheet(SMALL_RACE), result).manifest.entries.map(({ note }) => note);
    };
    expect(notes('M', 'P')).toEqual(['Tyres: Michelin', 'Tyres: Pirelli']);
    expect(notes('M', 'M')).toEqual([undefined, undefined]);
    expect(notes('__proto__', 'M')).toEqual(['Tyres: __proto__', 'Tyres: Michelin']);
  });
});
