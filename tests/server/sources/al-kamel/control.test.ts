import { readControlMessage } from '@pitboard/server/sources/al-kamel/control-messages.ts';
import type { AlKamelRace } from '@pitboard/server/sources/al-kamel/import-al-kamel.ts';
import type { RaceEvent } from '@pitboard/shared/protocol/race-event.ts';
import { officialResult } from '@pitboard/shared/race/official-result.ts';
import { createRaceTimeline } from '@pitboard/shared/timeline/race-timeline.ts';
import { describe, expect, it } from 'vitest';
import { eventsOf, importTexts, lapSheet, SMALL_RACE, sheet } from './sheet-builder.ts';

const COLUMNS = ['TIME', 'ELAPSED', 'REC_TYPE', 'FLAG', 'SECTOR', 'MESSAGE', 'FLAG_TIME', 'ACCUM_TIME', 'LAP'];
const RESULT = sheet(
  ['POSITION', 'NUMBER', 'STATUS', 'LAPS', 'TOTAL_TIME'],
  [
    ['1', '01', 'Classified', '3', '4:57.000'],
    ['2', '1', 'Classified', '3', '5:36.000'],
  ],
);

type Note = readonly [time: string, elapsed: string, type: string, message?: string, sector?: string];

function controlSheet(...notes: readonly Note[]): string {
  return sheet(
    COLUMNS,
    notes.map(([time, elapsed, type, message = '', sector = '']) => {
      return [time, elapsed, type, '', sector, message, '-', '-', '0'];
    }),
  );
}

/** The small race, started at 23:57:00, with what race control wrote. */
function raceWith(...notes: readonly Note[]): AlKamelRace {
  const laps = SMALL_RACE.map((note) => ({ ...note, hour: note.elapsed === '1:40.000' ? '23:58:40.000' : '' }));
  return importTexts(lapSheet(laps), controlSheet(...notes));
}

const flagsOf = (race: AlKamelRace) =>
  eventsOf(race, 'flag-changed').map(({ atMs, flag, sector }) =>
    sector === undefined ? [atMs, flag] : [atMs, flag, sector],
  );
const messagesOf = (race: AlKamelRace) =>
  race.events.filter((event: RaceEvent) => event.type === 'race-control-message' || event.type === 'incident');

const CARS = new Set(['4', '007', '26', '67', '1']);
const read = (text: string) => readControlMessage(5000, text, CARS);

describe('I. Imports', () => {
  it('[I18] flags that race control wrote down stand at their own moments, and the chequered one falls with the winner', () => {
    const race = raceWith(
      ['23:57:00.000', '0.000', 'GF'],
      ['23:58:10.500', '1:10.500', 'FCY'],
      ['23:59:00.000', '2:00.000', 'SF'],
      ['23:59:30.250', '2:30.250', 'RF'],
      ['-', '3:00.000', 'GF'],
      ['00:01:59.000', '4:59.000', 'FF'],
    );
    expect(flagsOf(race)).toEqual([
      [0, 'green'],
      [70_500, 'full-course-yellow'],
      [120_000, 'safety-car'],
      [150_250, 'red'],
      [180_000, 'green'],
      [297_000, 'chequered'],
    ]);
    expect(race.manifest.dataNotes.filter(({ subject }) => subject === 'flags')).toEqual([]);
    expect(race.skipped.lines).toBe(0);
  });

  it('[I18] a flag of a sector is its own, and leaves those that crossings tell as they are', () => {
    const race = raceWith(['23:58:00.000', '1:00.000', 'YF', '', '2']);
    expect(flagsOf(race)).toEqual([
      [0, 'green'],
      [60_000, 'yellow', 2],
      [297_000, 'chequered'],
    ]);
  });

  it('[I18] a message is placed by the time of day, over midnight too, where no race time fits it', () => {
    const race = raceWith(
      ['23:50:00.000', '-', 'RCMessage', 'Formation'],
      ['23:59:00.000', '', 'RCMessage', 'One'],
      ['00:00:30.000', '', 'RCMessage', 'Two'],
      ['00:01:00.000', '1:00.000', 'RCMessage', 'Three'],
      ['00:01:10.000', '4:10.250', 'RCMessage', 'Four'],
    );
    expect(messagesOf(race).map((event) => [event.atMs, 'text' in event ? event.text : ''])).toEqual([
      [-420_000, 'Formation'],
      [120_000, 'One'],
      [210_000, 'Two'],
      [240_000, 'Three'],
      [250_250, 'Four'],
    ]);
  });

  it('[I18] the code of a flag may stand in a column of its own', () => {
    const laps = lapSheet(SMALL_RACE);
    const rows = [['', '1:00.000', 'Flag', 'FCY', '', '', '', '', '1']];
    expect(flagsOf(importTexts(laps, sheet(COLUMNS, rows)))).toEqual([
      [60_000, 'full-course-yellow'],
      [297_000, 'chequered'],
    ]);
  });

  it('[I18] a code that nobody knows, and a line without a time, change nothing and are told', () => {
    const race = raceWith(['23:58:00.000', '1:00.000', 'ZZ'], ['-', '-', 'GF'], ['23:58:00.000', '', '', 'x']);
    expect(flagsOf(race)).toEqual([
      [0, 'green'],
      [297_000, 'chequered'],
    ]);
    expect(race.manifest.dataNotes).toContainEqual(expect.objectContaining({ subject: 'flags', kind: 'missing' }));
    expect(race.skipped.reasons).toEqual({ 'no time': 1, 'neither flag nor message': 1 });
  });

  it.each([
    ['Car 4: Penalty - False Start  - Drive Through', ['4'], { kind: 'drive-through' }],
    [
      'Cars 26, 67: Penalty - Pit Lane Speed - Stop and Go 10 seconds',
      ['26', '67'],
      { kind: 'stop-and-go', ms: 10_000 },
    ],
    ['CAR #007: PENALTY - CONTACT - STOP PLUS 1 MINUTE', ['007'], { kind: 'stop-and-go', ms: 60_000 }],
    ['Car 1: Penalty - Track Limits - 5.5 sec', ['1'], { kind: 'time', ms: 5500 }],
    ['Cars 4 & 26: Penalty - Short Drive Time - 2 laps', ['4', '26'], { kind: 'laps', laps: 2 }],
    ['Car 4: Penalty - Blocking - Warning', [], undefined],
    ['Car 4: Penalty - Blocking - 3 grid places', [], undefined],
    ['Car 4: Penalty rescinded - Drive Through', [], undefined],
    ['Car 99: Penalty - Blocking - Drive Through', [], { kind: 'drive-through' }],
  ])('[I19] %j', (text, penalised, sanction) => {
    const message = read(text);
    expect(message).toMatchObject({ penalised, sanction });
    expect(message.fact).toMatchObject({ type: 'race-control-message', category: 'penalty', text, atMs: 5000 });
  });

  it.each([
    ['CAR 4 OFF COURSE AT TURN 3', 'off-track', ['4']],
    ['CAR 007 STOPPED ON COURSE', 'stopped', ['007']],
    ['CAR 26 SPUN', 'spin', ['26']],
    ['INCIDENT INVOLVING CARS 26 & 67', 'contact', ['26', '67']],
    ['Incident involving cars 4, 26 and 67 under review', 'contact', ['4', '26', '67']],
  ])('[I19] %j is an incident', (text, kind, cars) => {
    expect(read(text).fact).toEqual({ type: 'incident', atMs: 5000, text, kind, cars });
  });

  it.each([
    ['CAR 4 ENTERED PIT CLOSED', 'other', ['4']],
    ['SAFETY CAR IN THIS LAP', 'safety-car', undefined],
    ['Green flag', 'flag', undefined],
    ['CAR 99 SPUN', 'other', undefined],
    ['Cars 4, 26 under investigation', 'information', ['4', '26']],
  ])('[I19] %j is a message', (text, category, cars) => {
    expect(read(text).fact).toMatchObject({ type: 'race-control-message', category, ...(cars && { cars }) });
    expect('cars' in read(text).fact).toBe(cars !== undefined);
  });

  it('[I19] what has to be served in the lane is served on the next visit, and adds no time', () => {
    const given: Note = ['', '2:00.000', 'RCMessage', 'Cars 1, 01: Penalty - False Start - Drive Through'];
    const race = raceWith(given);
    const exitMs = eventsOf(race, 'pit-exit')[0]?.atMs;
    expect(eventsOf(race, 'penalty').map(({ car, state, atMs }) => [car, state, atMs])).toEqual([
      ['1', 'given', 120_000],
      ['01', 'given', 120_000],
      ['1', 'served', exitMs],
      ['01', 'served', 297_000],
    ]);
    expect(totalsOf(race)).toEqual([297_000, 336_000]);
    expect(race.manifest.dataNotes).toContainEqual(expect.objectContaining({ subject: 'penalties' }));
  });

  it('[I19] time that is given counts, but not beside a result, which contains it', () => {
    const given: Note = ['', '5:40.000', 'RCMessage', 'Car 1: Penalty - Track Limits - 30 seconds'];
    expect(totalsOf(raceWith(given))).toEqual([297_000, 366_000]);
    expect(totalsOf(importTexts(lapSheet(SMALL_RACE), controlSheet(given), RESULT))).toEqual([297_000, 336_000]);
  });
});

function totalsOf({ manifest, events }: AlKamelRace): (number | undefined)[] {
  const timeline = createRaceTimeline(manifest);
  timeline.append(events);
  return officialResult(timeline.viewAt(timeline.headAtMs)).map(({ totalTimeMs }) => totalTimeMs);
}
