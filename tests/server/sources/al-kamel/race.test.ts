import { importAlKamel } from '@pitboard/server/sources/al-kamel/import-al-kamel.ts';
import { parseManifest, parseRaceEvent } from '@pitboard/shared/protocol/parse.ts';
import { classify } from '@pitboard/shared/race/classification.ts';
import { officialResult } from '@pitboard/shared/race/official-result.ts';
import type { RaceView } from '@pitboard/shared/race/race-view.ts';
import { createRaceTimeline } from '@pitboard/shared/timeline/race-timeline.ts';
import { describe, expect, it } from 'vitest';
import { eventsOf, importTexts, type LapNote, lapSheet, SMALL_RACE, sheet } from './sheet-builder.ts';

const small = importTexts(lapSheet(SMALL_RACE));

function endOf({ manifest, events }: typeof small): RaceView {
  const timeline = createRaceTimeline(manifest);
  timeline.append(events);
  return timeline.viewAt(timeline.headAtMs);
}

function crossings(race: typeof small, car: string): string[] {
  return eventsOf(race, 'passing')
    .filter((passing) => passing.car === car)
    .map(({ loop, atMs }) => `${loop} ${atMs / 1000}`);
}

/** The small race with some of its laps told otherwise. */
function changed(change: (note: LapNote) => Partial<LapNote>): typeof small {
  return importTexts(lapSheet(SMALL_RACE.map((note) => ({ ...note, ...change(note) }))));
}

const isLap = (note: LapNote, car: string, lap: number) => note.car === car && note.lap === lap;
const resultSheet = (...rows: readonly (readonly string[])[]) =>
  sheet(['POSITION', 'NUMBER', 'STATUS', 'LAPS', 'TOTAL_TIME', 'TEAM', 'CLASS', 'VEHICLE'], rows);

describe('I. Imports', () => {
  it('[I4] facts stand in order of time, numbered, and pass their schema', () => {
    const times = small.events.map(({ atMs }) => atMs);
    expect(times).toEqual(times.toSorted((one, other) => one - other));
    expect(small.events.map((event) => parseRaceEvent(event).ok)).not.toContain(false);
    expect(small.events.map(({ seq }) => seq)).toEqual(small.events.map((_, index) => index + 1));
    expect(parseManifest(small.manifest)).toMatchObject({ ok: true });
  });

  it('[I4] laps over midnight and through a night in the garage go by race time', () => {
    const race = importTexts(
      lapSheet([
        { car: '7', lap: 1, lapTime: '3:54:00.000', elapsed: '3:54:00.000', hour: '23:54:00.000' },
        { car: '7', lap: 2, lapTime: '10:00.000', elapsed: '4:04:00.000', hour: '00:04:00.000', inPit: true },
        { car: '7', lap: 3, lapTime: '17:31:33.055', elapsed: '21:35:33.055', pitTime: '17:20:00.000' },
        { car: '7', lap: 4, lapTime: '3:00:00.000', elapsed: '24:35:33.055', flag: 'FF' },
      ]),
    );
    const [line] = classify(endOf(race));
    expect(line).toMatchObject({ laps: 4, totalTimeMs: 88_533_055, pitStops: 1, tookFlag: true });
    expect(endOf(race).state.cars[0]?.lastPitTimeMs).toBe(62_400_000);
  });

  it('[I5] a car passes the line and both sector ends, each lap', () => {
    expect(crossings(small, '01').slice(0, 4)).toEqual(['S1 30', 'S2 70', 'SF 100', 'S1 129']);
    expect(endOf(small).state.cars[0]?.bestSectorsMs).toEqual([29_000, 40_000, 29_000]);
  });

  it('[I5] a sector without a time costs the crossings that cannot be known, and no lap', () => {
    const noThird = changed((note) => (isLap(note, '01', 2) ? { sectors: ['29.000', '', ''] } : {}));
    expect(crossings(noThird, '01').slice(3, 6)).toEqual(['S1 129', 'SF 198', 'S1 228']);
    const noFirst = changed((note) => (isLap(note, '01', 2) ? { sectors: ['', '', '29.000'] } : {}));
    expect(crossings(noFirst, '01').slice(3, 5)).toEqual(['S2 169', 'SF 198']);
    expect(classify(endOf(noFirst)).map(({ laps }) => laps)).toEqual([3, 3]);
  });

  it('[I5] intermediates stand where laps cross them; one at a sector end, at the line or unused is none', () => {
    const more = ['IM1a_elapsed', 'IM1_time', 'IM1_elapsed', 'IM2_elapsed', 'IM3a_elapsed', 'FL_elapsed'];
    const race = importTexts(
      lapSheet(
        SMALL_RACE.map((note) => ({
          ...note,
          more: ['', '30.000', note.sectors?.[0] ?? '', '50.000', '1:20.000', note.lapTime],
        })),
        { more },
      ),
    );
    const loops = race.manifest.circuit.loops.map(({ id, kind }) => `${kind} ${id}`);
    expect(loops).toEqual(['finish SF', 'sector S1', 'intermediate I-IM2', 'sector S2', 'intermediate I-IM3A']);
    expect(crossings(race, '01').slice(0, 5)).toEqual(['S1 30', 'I-IM2 50', 'S2 70', 'I-IM3A 80', 'SF 100']);
  });

  it('[I5] the time at an intermediate is read from the start of the lap or of the race', () => {
    const more = ['IM2_elapsed'];
    const starts = [0, 100, 198, 0, 101, 206];
    const race = importTexts(
      lapSheet(
        SMALL_RACE.map((note, index) => ({ ...note, more: [clock(50 + (starts[index] ?? 0))] })),
        { more },
      ),
    );
    expect(crossings(race, '01').filter((crossing) => crossing.startsWith('I-'))).toEqual([
      'I-IM2 50',
      'I-IM2 150',
      'I-IM2 248',
    ]);
  });

  it('[I5] a loop that few laps saw is none', () => {
    const more = ['PITREF_elapsed'];
    const notes = SMALL_RACE.map((note) => ({ ...note, more: [isLap(note, '1', 3) ? '20.000' : ''] }));
    expect(importTexts(lapSheet(notes, { more })).manifest.circuit.loops).toHaveLength(3);
  });

  it('[I6] a visit takes the time stated on the next lap, around the line as the time was lost', () => {
    const [entry, exit] = [eventsOf(small, 'pit-entry')[0], eventsOf(small, 'pit-exit')[0]];
    expect((exit?.atMs ?? 0) - (entry?.atMs ?? 0)).toBe(40_000);
    expect(entry?.atMs).toBeGreaterThan(171_000);
    expect(entry?.atMs).toBeLessThanOrEqual(206_000);
    expect(exit?.atMs).toBeLessThan(266_000);
    expect(eventsOf(small, 'passing').filter(({ inPitLane }) => inPitLane)).toMatchObject([{ car: '1', lapNumber: 2 }]);
    expect(endOf(small).state.cars[1]).toMatchObject({ stops: 1, lastPitTimeMs: 40_000 });
  });

  it('[I6] a time that is too long for its laps ends at the next loop', () => {
    const race = changed((note) => (isLap(note, '1', 3) ? { pitTime: '0:05:00.000' } : {}));
    expect(eventsOf(race, 'pit-exit')).toMatchObject([{ atMs: 265_999 }]);
    expect(eventsOf(race, 'pit-entry')).toMatchObject([{ atMs: 171_001 }]);
  });

  it('[I6] a box before the line puts the stop before the line', () => {
    const field: LapNote[] = [30, 30, 30, 90, 40].map((third, index, all) => ({
      ...{ car: '5', lap: index + 1, lapTime: clock(60 + third), elapsed: clock(sum(all, index)), flag: 'GF' },
      sectors: [index === 4 ? '26.000' : '20.000', '40.000', clock(third)],
      ...(index === 3 ? { inPit: true } : {}),
      ...(index === 4 ? { lapTime: '1:46.000', elapsed: clock(sum(all, 4) + 6), pitTime: '0:01:00.000' } : {}),
    }));
    const race = importTexts(lapSheet(field));
    const lineMs = 420_000;
    const [entry, exit] = [eventsOf(race, 'pit-entry')[0], eventsOf(race, 'pit-exit')[0]];
    expect(race.skipped.lines).toBe(0);
    expect(entry?.atMs).toBeLessThan(lineMs - 40_000);
    expect(exit?.atMs).toBe((entry?.atMs ?? 0) + 60_000);
    expect(exit?.atMs).toBeGreaterThan(lineMs);
  });

  it('[I6] visits lap after lap are so many stops, and one that has no end is the last', () => {
    const race = importTexts(
      lapSheet([
        { car: '9', lap: 1, lapTime: '2:00.000', elapsed: '2:00.000' },
        { car: '9', lap: 2, lapTime: '2:10.000', elapsed: '4:10.000', inPit: true },
        { car: '9', lap: 3, lapTime: '3:00.000', elapsed: '7:10.000', inPit: true, pitTime: '0:00:50.000' },
        { car: '9', lap: 4, lapTime: '3:00.000', elapsed: '10:10.000', inPit: true, pitTime: '0:00:55.000' },
      ]),
    );
    const lane = race.events.filter(({ type }) => type === 'pit-entry' || type === 'pit-exit').map(({ type }) => type);
    expect(lane).toEqual(['pit-entry', 'pit-exit', 'pit-entry', 'pit-exit', 'pit-entry']);
    expect(endOf(race).state.cars[0]).toMatchObject({ stops: 2, status: 'in-pit', pitTimeTotalMs: 105_000 });
  });

  it('[I7] a driver changes while the car stands, after the lap that the one before ended', () => {
    expect(small.manifest.entries[1]).toMatchObject({
      startingDriver: 'ann-lee',
      drivers: [
        { id: 'ann-lee', firstName: 'Ann', lastName: 'LEE' },
        { id: 'bo-de-wit', lastName: 'DE WIT' },
      ],
    });
    const [change, ...others] = eventsOf(small, 'driver-changed');
    expect(others).toEqual([]);
    expect(change).toMatchObject({ car: '1', driver: 'bo-de-wit' });
    expect(change?.atMs).toBeGreaterThan(206_000);
    expect(change?.atMs).toBeLessThanOrEqual(eventsOf(small, 'pit-exit')[0]?.atMs ?? 0);
  });

  it('[I8] a flag stands from the first crossing that saw it, and the chequered one to the end', () => {
    const race = changed((note) =>
      note.elapsed === '1:41.000' ? { flag: 'FCY' } : isLap(note, '1', 2) ? { flag: 'SF' } : {},
    );
    expect(eventsOf(race, 'flag-changed').map(({ atMs, flag }) => [atMs, flag])).toEqual([
      [0, 'green'],
      [101_000, 'full-course-yellow'],
      [198_000, 'green'],
      [206_000, 'safety-car'],
      [297_000, 'chequered'],
    ]);
    expect(endOf(race).state.chequeredAtMs).toBe(297_000);
    expect(race.manifest.dataNotes).toContainEqual(expect.objectContaining({ subject: 'flags', kind: 'information' }));
  });

  it('[I8] nothing follows on the chequered flag', () => {
    const race = changed((note) => (isLap(note, '1', 3) ? { flag: 'GF' } : {}));
    expect(eventsOf(race, 'flag-changed').at(-1)).toMatchObject({ atMs: 297_000, flag: 'chequered' });
  });

  it('[I8] a code that nobody knows shows no flag, and is told', () => {
    const race = changed((note) => (isLap(note, '01', 2) ? { flag: 'constructor' } : {}));
    expect(eventsOf(race, 'flag-changed')).toHaveLength(2);
    expect(race.manifest.dataNotes).toContainEqual(expect.objectContaining({ kind: 'missing', subject: 'flags' }));
  });

  it('[I9] laps faster than the one that is marked as the best were deleted; lap 1 and laps to and from the pits are none', () => {
    const race = changed((note) => ({ mark: isLap(note, '01', 3) || isLap(note, '1', 3) ? '2' : '0' }));
    expect(eventsOf(race, 'lap-invalidated')).toMatchObject([{ car: '01', lapNumber: 2, atMs: 198_000 }]);
    expect(classify(endOf(race))[0]).toMatchObject({ car: '01', bestLapTimeMs: 99_000, bestLap: 3 });
    expect(
      eventsOf(
        changed(() => ({ mark: '' })),
        'lap-invalidated',
      ),
    ).toEqual([]);
  });

  it('[I10] time added, laps removed, other places, who did not start and who was shut out make the official result', () => {
    const cars = ['1', '2', '3', '4', '5'];
    const laps = cars.map((car, index) => ({
      car,
      lap: 1,
      lapTime: clock(60 + index),
      elapsed: clock(60 + index),
      flag: 'FF',
    }));
    const rows = [
      ['1', '1', 'Classified', '1', '1:00.000'],
      ['2', '3', 'Classified', '1', '1:02.000'],
      ['3', '2', 'Classified', '1', '1:06.000'],
      ['4', '4', 'Classified', '1', '1:03.000'],
      ['', '5', 'Disqualified', '1', '1:04.000'],
      ['', '023', 'Not started', '0', ''],
      ['', '24', 'Withdrawn', '0', ''],
    ];
    const race = importTexts(lapSheet(laps), resultSheet(...rows));
    const official = officialResult(endOf(race));
    expect(official.map(({ car, position, status }) => `${car} ${position ?? '-'} ${status}`)).toEqual([
      '1 1 classified',
      '3 2 classified',
      '2 3 classified',
      '4 4 classified',
      '5 - disqualified',
      '023 - did-not-start',
      '24 - did-not-start',
    ]);
    expect(official[2]).toMatchObject({ totalTimeMs: 66_000, road: { position: 2, totalTimeMs: 61_000 } });
    const kinds = eventsOf(race, 'penalty').map(({ car, sanction }) => `${car} ${sanction.kind}`);
    expect(kinds).toHaveLength(2);
    expect(kinds).toContain('2 time');
  });

  it('[I10] a car that lost laps keeps the time of its last crossing', () => {
    const race = importTexts(
      lapSheet(SMALL_RACE),
      resultSheet(['1', '1', 'Classified', '3', '5:36.000'], ['2', '01', 'Classified', '2', '7:00.000']),
    );
    expect(eventsOf(race, 'penalty')).toMatchObject([{ car: '01', sanction: { kind: 'laps', laps: 1 } }]);
    expect(officialResult(endOf(race)).map(({ car, laps }) => [car, laps])).toEqual([
      ['1', 3],
      ['01', 2],
    ]);
  });

  it('[I10] a result that is the road\u2019s adds nothing', () => {
    const rows = [
      ['1', '01', 'Classified', '3', '4:57.000'],
      ['2', '1', 'Classified', '3', "5'36.000"],
    ];
    const race = importTexts(lapSheet(SMALL_RACE), resultSheet(...rows));
    expect(eventsOf(race, 'penalty')).toEqual([]);
    const { seq: _, ...last } = race.events.at(-1) ?? { seq: 0 };
    expect(last).toEqual({ type: 'order-reported', atMs: 337_000, cars: ['01', '1'] });
    expect(race.events.slice(0, -1)).toEqual(small.events);
  });

  it('[I10] the result tells whether a share of the laps and the flag are asked for', () => {
    const winner = ['1', '01', 'Classified', '3', '4:57.000'];
    const shortOfLaps = SMALL_RACE.filter(({ car, lap }) => car === '01' || lap === 1);
    const shortOfFlag = SMALL_RACE.map((note) => (isLap(note, '1', 3) ? { ...note, flag: 'GF' } : note));
    const rulesOf = (laps: readonly LapNote[], ...row: readonly string[]) =>
      importTexts(lapSheet(laps), resultSheet(winner, row)).manifest.rules;
    expect(rulesOf(shortOfLaps, '2', '1', 'Classified', '1', '1:41.000')).toEqual({ classifiedShare: 1 / 3 });
    expect(rulesOf(shortOfLaps, '', '1', 'Not classified', '1', '1:41.000')).toEqual({ classifiedShare: 0.7 });
    expect(rulesOf(shortOfFlag, '', '1', 'Retired', '3', '5:36.000')).toEqual({
      ...{ classifiedShare: 2 / 3, mustTakeFlag: true },
    });
    expect(small.manifest.rules).toBeUndefined();
  });

  it('[I25] the class that got furthest stands first', () => {
    const fields = SMALL_RACE.filter(({ car, lap }) => car === '1' || lap < 3);
    const { manifest } = importTexts(
      lapSheet(fields.map((note) => ({ ...note, class: note.car === '1' ? 'TOP' : 'LOW' }))),
    );
    expect(manifest.classes).toEqual([
      { id: 'TOP', name: 'TOP' },
      { id: 'LOW', name: 'LOW' },
    ]);
  });

  it('[I11] a classification with whole names and apostrophes in its times is read the same', () => {
    const columns = [
      'POSITION',
      'NUMBER',
      'TEAM',
      'DRIVER_1',
      'DRIVER_2',
      'VEHICLE',
      'CLASS',
      'STATUS',
      'LAPS',
      'TOTAL_TIME',
    ];
    const row = ['1', '01', 'Team', 'Ann LEE', 'Cy VAN DYK', 'Make GT', 'PRO/AM', 'Classified', '3', "5'02.000"];
    const race = importTexts(lapSheet(SMALL_RACE), sheet(columns, [row]));
    expect(race.manifest.entries[0]?.drivers).toEqual([
      { id: 'ann-lee', firstName: 'Ann', lastName: 'LEE' },
      { id: 'cy-van-dyk', firstName: 'Cy', lastName: 'VAN DYK' },
    ]);
    expect(eventsOf(race, 'penalty')).toMatchObject([{ car: '01', sanction: { kind: 'time', ms: 5000 } }]);
  });

  it('[I1] the name of the file is only a hint at the event and the kind of session', () => {
    const named = (name: string) => importAlKamel([{ name, chunks: [lapSheet(SMALL_RACE)] }]).manifest;
    expect(named('Results/gt_2023_fair-contest_202307221210-race-laps.csv')).toMatchObject({
      ...{ event: 'Fair Contest', series: 'GT', session: 'Race', kind: 'race', season: 2023 },
    });
    expect(named('23_Analysis_Qualifying 1.CSV')).toMatchObject({ kind: 'qualifying', session: 'Qualifying 1' });
    expect(named('23_Analysis_FP2.CSV').kind).toBe('practice');
    expect(named('wide bay 6h race.csv')).toMatchObject({ event: 'Wide Bay 6h', session: 'Race', kind: 'race' });
    expect(named('\u0000.csv')).toMatchObject({ event: 'Imported race', kind: 'race' });
  });

  it('[I11] a driver is one by his number in the crew, however he is spelled', () => {
    const race = importTexts(
      lapSheet([
        { car: '8', lap: 1, lapTime: '1:40.000', elapsed: '1:40.000', driver: 'Jose LOPEZ' },
        { car: '8', lap: 2, lapTime: '1:40.000', elapsed: '3:20.000', driver: 'José María LÓPEZ' },
        { car: '8', lap: 3, lapTime: '1:40.000', elapsed: '5:00.000', driver: '' },
        { car: '8', lap: 4, lapTime: '1:40.000', elapsed: '6:40.000', driver: 'Jose LOPEZ', driverNumber: '2' },
      ]),
    );
    expect(race.manifest.entries[0]?.drivers.map(({ id }) => id)).toEqual(['jose-lopez', 'jose-lopez-2']);
    expect(eventsOf(race, 'driver-changed')).toMatchObject([{ atMs: 300_000, driver: 'jose-lopez-2' }]);
  });

  it('[I11] car numbers stay as written, and results complete crews and cars', () => {
    const results = sheet(
      [
        'POSITION',
        'NUMBER',
        'STATUS',
        'LAPS',
        'TOTAL_TIME',
        'VEHICLE',
        'DRIVER1_FIRSTNAME',
        'DRIVER1_SECONDNAME',
        'DRIVER1_LICENSE',
        'DRIVER1_COUNTRY',
        'DRIVER2_FIRSTNAME',
        'DRIVER2_SECONDNAME',
      ],
      [['1', '01', 'Classified', '3', '4:57.000', 'Make GT', 'Ann', 'Lee', 'Gold', 'NOR', 'Kévin', 'Øst']],
    );
    const [first, second] = importTexts(lapSheet(SMALL_RACE), results).manifest.entries;
    expect([first?.car, second?.car]).toEqual(['01', '1']);
    expect(first).toMatchObject({ team: 'Team', make: 'Make', model: 'GT', class: 'PRO-AM' });
    expect(first?.drivers).toEqual([
      { id: 'ann-lee', firstName: 'Ann', lastName: 'Lee', category: 'gold', nationality: 'NOR' },
      expect.objectContaining({ firstName: 'Kévin', lastName: 'Øst' }),
    ]);
  });

  it('[I12] who is not there for the flag has retired, ten minutes after it was seen or when all are home', () => {
    const isGone = (note: LapNote) => isLap(note, '1', 3);
    const race = importTexts(lapSheet(SMALL_RACE.filter((note) => !isGone(note))));
    expect(eventsOf(race, 'car-retired')).toMatchObject([{ car: '1', atMs: 297_000 }]);
    expect(classify(endOf(race))[1]).toMatchObject({ car: '1', laps: 2, tookFlag: false });
    const noFlag = eventsOf(
      changed(() => ({ flag: 'GF' })),
      'car-retired',
    );
    expect(noFlag).toEqual([]);
  });

  it('[I12] who did the laps of a car that took the flag, and sooner, keeps its place before it', () => {
    const race = changed((note) => {
      if (isLap(note, '01', 3)) return { flag: 'GF' };
      return isLap(note, '1', 3) ? { flag: 'FF' } : {};
    });
    expect(eventsOf(race, 'car-retired')).toEqual([]);
    expect(classify(endOf(race)).map(({ car, tookFlag }) => [car, tookFlag])).toEqual([
      ['01', false],
      ['1', true],
    ]);
  });

  it('[I13] weather is placed by the clock, in our units; the start is a whole number of hours from UTC', () => {
    const weather = sheet(
      [
        'TIME_UTC_SECONDS',
        'TIME_UTC_STR',
        'AIR_TEMP',
        'TRACK_TEMP',
        'HUMIDITY',
        'PRESSURE',
        'WIND_SPEED',
        'WIND_DIRECTION',
        'RAIN',
      ],
      [
        ['1700000030', '', '50', '68', '61', '29.8', '10', '90', '-1'],
        ['1700000090', '', '', '', '', '', '', '', '-1'],
        ['x', '', '50', '', '', '', '', '', ''],
      ],
    );
    // 1,700,000,000 s is 22:13:20 UTC; the track lies two hours behind.
    const laps = SMALL_RACE.map((note) => ({ ...note, hour: note.elapsed === '1:40.000' ? '20:15:00.000' : '' }));
    const race = importTexts(lapSheet(laps), weather);
    expect(race.manifest.startEpochMs).toBe(1_700_000_000_000);
    expect(eventsOf(race, 'weather')).toEqual([
      expect.objectContaining({ atMs: 30_000, airCelsius: 10, trackCelsius: 20, windKph: 16.1, windDegrees: 90 }),
    ]);
    const early = importTexts(lapSheet(laps), weather.replace('1700000030', '1699999400'));
    expect(early.manifest.startEpochMs).toBe(1_700_000_000_000);
    expect(eventsOf(early, 'weather')[0]).toMatchObject({ atMs: -600_000 });
    expect(eventsOf(race, 'weather')[0]).not.toHaveProperty('rain');
    expect(race.skipped.reasons).toEqual({ 'no weather': 1, 'no time': 1 });
    const noPressure = (air: string) => weather.replace(';50;', `;${air};`).replace('29.8', '');
    expect(eventsOf(importTexts(lapSheet(laps), noPressure('68')), 'weather')[0]).toMatchObject({ airCelsius: 20 });
    expect(eventsOf(importTexts(lapSheet(laps), noPressure('21')), 'weather')[0]).toMatchObject({ airCelsius: 21 });
  });
});

function clock(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}.000`;
}

function sum(thirds: readonly number[], upTo: number): number {
  return thirds.slice(0, upTo + 1).reduce((total, third) => total + 60 + third, 0);
}
