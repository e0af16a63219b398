import { parseManifest, parseRaceEvent } from '@pitboard/shared/protocol/parse.ts';
import { classify } from '@pitboard/shared/race/classification.ts';
import { describe, expect, it } from 'vitest';
import { eventsOf, importTexts, type LapNote, lapSheet, SMALL_RACE } from './sheet-builder.ts';
import { changed, clock, crossings, endOf, isLap, small, sum } from './small-race.ts';

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
});
