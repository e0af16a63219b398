import { createCarRow } from '@pitboard/server/sources/f1/car-row.ts';
import { carsNamed, incidentOf, isDisqualification, parsePenalty } from '@pitboard/server/sources/f1/control-text.ts';
import { addedTimes } from '@pitboard/server/sources/f1/final-gaps.ts';
import { describe, expect, it } from 'vitest';
import {
  crossingsOf,
  DRIVES,
  eventsOf,
  importLines,
  raceLines,
  row,
  type ScriptLine,
  START_MS,
  told,
} from './feed-script.ts';

/** How far a car comes home behind 21. */
function homeGap(car: string): number {
  const homes = crossingsOf(DRIVES);
  return (homes.get(car)?.at(-1) ?? 0) - (homes.get('21')?.at(-1) ?? 0);
}

type Said = Readonly<Record<string, unknown>>;

/** Messages of race control, one a second from 20 s on, the first as a list. */
function said(...messages: readonly Said[]): ScriptLine[] {
  return messages.map((message, index) => {
    const whole = { Utc: `2031-05-04T12:10:${20 + index}`, Lap: 1, Category: 'Other', ...message };
    return [
      START_MS + 20_000 + index * 1000,
      'RaceControlMessages',
      { Messages: index === 0 ? [whole] : { [index]: whole } },
    ];
  });
}

describe('J. Formula 1: race control', () => {
  it('[J24] messages are told with their kind, cars and sector, each once', () => {
    const lines = said(
      { Message: 'TURN 2 INCIDENT INVOLVING CARS 7 (OKE) AND 21 (BRI) NOTED - CAUSING A COLLISION' },
      { Category: 'Flag', Flag: 'YELLOW', Scope: 'Sector', Sector: 6, Message: 'YELLOW IN TRACK SECTOR 6' },
      { Category: 'SafetyCar', Status: 'DEPLOYED', Mode: 'SAFETY CAR', Message: 'SAFETY CAR DEPLOYED' },
      { Category: 'Drs', Message: 'DRS DISABLED' },
      { Message: 'FIA STEWARDS: 5 SECOND TIME PENALTY FOR CAR 4 (CYR) - TRACK LIMITS' },
      { Message: '' },
    );
    const again: ScriptLine = [START_MS + 90_000, 'RaceControlMessages', { Messages: { '1': { Lap: 2 } } }];
    const race = importLines(raceLines(...lines, again));
    expect(
      told(race, 'race-control-message').map(({ atMs, category, cars, sector }) => [atMs, category, cars, sector]),
    ).toEqual([
      [20_000, 'incident', ['7', '21'], undefined],
      [21_000, 'flag', undefined, 6],
      [22_000, 'safety-car', undefined, undefined],
      [23_000, 'information', undefined, undefined],
      [24_000, 'penalty', ['4'], undefined],
    ]);
  });
  it('[J24] sectors have flags until they are clear, a car its own; a blue one ends where the car crosses the line', () => {
    const flag = (Flag: string, fields: Said) => ({
      Category: 'Flag',
      Flag,
      Message: `${Flag} ${JSON.stringify(fields)}`,
      ...fields,
    });
    const race = importLines(
      raceLines(
        ...said(
          flag('YELLOW', { Scope: 'Sector', Sector: 6 }),
          flag('DOUBLE YELLOW', { Scope: 'Sector', Sector: 6 }),
          flag('CLEAR', { Scope: 'Sector', Sector: 6 }),
          flag('BLUE', { Scope: 'Driver', RacingNumber: '4' }),
          flag('BLACK AND WHITE', { Scope: 'Driver', RacingNumber: '21' }),
          flag('PURPLE', { Scope: 'Driver', RacingNumber: '21' }),
          flag('YELLOW', { Scope: 'Sector', Sector: 900 }),
          flag('BLUE', { Scope: 'Driver', RacingNumber: '99' }),
        ),
      ),
    );
    const flags = told(race, 'flag-changed').filter(({ car, sector }) => car !== undefined || sector !== undefined);
    expect(flags).toEqual([
      { atMs: 20_000, flag: 'yellow', sector: 6 },
      { atMs: 21_000, flag: 'double-yellow', sector: 6 },
      { atMs: 22_000, flag: 'green', sector: 6 },
      { atMs: 23_000, flag: 'blue', car: '4' },
      { atMs: 24_000, flag: 'black-white', car: '21' },
      { atMs: expect.any(Number), flag: 'green', car: '4' },
    ]);
    expect(Number(flags.at(-1)?.atMs)).toBeGreaterThan(82_000);
  });
  it.each([
    [
      'FIA STEWARDS: 5 SECOND TIME PENALTY FOR CAR 11 (PER) - TRACK LIMITS',
      { car: '11', state: 'given', sanction: { kind: 'time', ms: 5000 }, reason: 'TRACK LIMITS' },
    ],
    [
      '5 SECOND TIME PENALTY FOR CAR 4 (CYR) (15:23:42)',
      { car: '4', state: 'given', sanction: { kind: 'time', ms: 5000 }, reason: undefined },
    ],
    [
      'FIA STEWARDS: PENALTY SERVED - 10 SECOND TIME PENALTY FOR CAR 4 (CYR) - SPEEDING IN THE PIT LANE',
      { car: '4', state: 'served', sanction: { kind: 'time', ms: 10_000 }, reason: 'SPEEDING IN THE PIT LANE' },
    ],
    [
      'FIA STEWARDS: DRIVE THROUGH PENALTY FOR CAR 4 (CYR) - FALSE START',
      { car: '4', state: 'given', sanction: { kind: 'drive-through' }, reason: 'FALSE START' },
    ],
    [
      'FIA STEWARDS: PENALTY SERVED - DRIVE-THROUGH PENALTY FOR CAR 4 (CYR)',
      { car: '4', state: 'served', sanction: { kind: 'drive-through' }, reason: undefined },
    ],
    [
      'FIA STEWARDS: 10 SECOND STOP/GO PENALTY FOR CAR 4 (CYR)',
      { car: '4', state: 'given', sanction: { kind: 'stop-and-go', ms: 10_000 }, reason: undefined },
    ],
    [
      'FIA STEWARDS: STOP-AND-GO PENALTY FOR CAR 4 (CYR)',
      { car: '4', state: 'given', sanction: { kind: 'stop-and-go' }, reason: undefined },
    ],
    [
      'FIA STEWARDS: PENALTY CANCELLED - 5 SECOND TIME PENALTY FOR CAR 4 (CYR)',
      { car: '4', state: 'withdrawn', sanction: { kind: 'time', ms: 5000 }, reason: undefined },
    ],
    ['FIA STEWARDS: 5 SECOND TIME PENALTY FOR CARS 4 (CYR) AND 7 (OKE)', undefined],
    ['FIA STEWARDS: 3 PLACE GRID PENALTY FOR CAR 4 (CYR) AT NEXT RACE', undefined],
    ['FIA STEWARDS: TIME PENALTY UNDER INVESTIGATION FOR CAR 4 (CYR)', undefined],
    ['FIA STEWARDS: CAR 4 (CYR) REVIEWED NO FURTHER INVESTIGATION - FAILING TO SERVE TIME PENALTY', undefined],
    ['FIA STEWARDS: REPRIMAND FOR CAR 4 (CYR)', undefined],
  ])('[J25] %s', (text, expected) => {
    expect(parsePenalty(text)).toEqual(expected);
  });
  it('[J25] a penalty that is served or withdrawn is the one that was given', () => {
    const race = importLines(
      raceLines(
        ...said(
          { Message: 'FIA STEWARDS: 5 SECOND TIME PENALTY FOR CAR 7 (OKE) - TRACK LIMITS' },
          { Message: 'FIA STEWARDS: 5 SECOND TIME PENALTY FOR CAR 7 (OKE) - UNSAFE RELEASE' },
          { Message: 'FIA STEWARDS: 5 SECOND TIME PENALTY FOR CAR 21 (BRI) - TRACK LIMITS' },
          { Message: 'FIA STEWARDS: PENALTY SERVED - 5 SECOND TIME PENALTY FOR CAR 7 (OKE) - UNSAFE RELEASE' },
          { Message: 'FIA STEWARDS: PENALTY SERVED - 5 SECOND TIME PENALTY FOR CAR 7 (OKE)' },
        ),
      ),
    );
    const penalties = eventsOf(race, 'penalty');
    const [limits, release] = penalties.map(({ id }) => id);
    expect(penalties.map(({ id, car, state }) => [id, car, state]).slice(3)).toEqual([
      [release, '7', 'served'],
      [limits, '7', 'served'],
    ]);
    expect(new Set(penalties.map(({ id }) => id)).size).toBe(3);
    expect(penalties[4]?.reason).toBe('TRACK LIMITS');
  });
  it('[J25] a penalty is served with the next stop where nobody says so', () => {
    const stop: ScriptLine[] = [true, false].map((InPit, index) => [
      START_MS + 90_000 + index * 20_000,
      'TimingData',
      row('7', { InPit }),
    ]);
    const early: ScriptLine[] = [true, false].map((InPit, index) => [
      START_MS + 9000 + index * 5000,
      'TimingData',
      row('21', { InPit }),
    ]);
    const texts = ['7 (OKE)', '21 (BRI)'].map((car) => ({
      Message: `FIA STEWARDS: DRIVE THROUGH PENALTY FOR CAR ${car} - FALSE START`,
    }));
    const race = importLines(raceLines(...said(...texts), ...stop, ...early));
    expect(eventsOf(race, 'penalty').map(({ atMs, car, state }) => [atMs, car, state])).toEqual([
      [20_000, '7', 'given'],
      [21_000, '21', 'given'],
      [370_000, '7', 'served'],
    ]);
  });
  it('[J25] what the last gaps of the feed have in them was added to the time, and what they have not was served', () => {
    const finished: ScriptLine = [START_MS + 299_000, 'SessionStatus', { Status: 'Finished' }];
    const gap = (ms: number, car: string, GapToLeader: string): ScriptLine => [
      START_MS + ms,
      'TimingData',
      row(car, { GapToLeader }),
    ];
    const penaltiesOf = (...more: readonly ScriptLine[]) =>
      told(importLines(raceLines(finished, ...more)), 'penalty').map(({ car, state, sanction }) => [
        car,
        state,
        sanction,
      ]);
    const five = said({ Message: 'FIA STEWARDS: 5 SECOND TIME PENALTY FOR CAR 4 (CYR) - TRACK LIMITS' });
    const time = (ms: number) => ({ kind: 'time', ms });
    const four = homeGap('4');
    expect(penaltiesOf()).toEqual([]);
    // Car 21 is home first; 7 and 4 follow.
    const line: ScriptLine[] = [
      [START_MS + 290_000, 'TimingData', row('21', { Line: 1 })],
      [START_MS + 290_001, 'TimingData', row('7', { Line: 2 })],
    ];
    expect(penaltiesOf(...line, gap(320_000, '4', `+${((four + 5000) / 1000).toFixed(3)}`))).toEqual([
      ['4', 'given', time(5000)],
    ]);
    expect(penaltiesOf(...line, gap(320_000, '4', `+${((four + 5400) / 1000).toFixed(3)}`))).toEqual([]);
    expect(penaltiesOf(...line, ...five)).toEqual([
      ['4', 'given', time(5000)],
      ['4', 'served', time(5000)],
    ]);
    expect(penaltiesOf(...line, ...five, gap(320_000, '4', `+${((four + 5000) / 1000).toFixed(3)}`))).toEqual([
      ['4', 'given', time(5000)],
    ]);
    expect(penaltiesOf(...line, ...five, gap(320_000, '4', `+${((four + 15_000) / 1000).toFixed(3)}`))).toEqual([
      ['4', 'given', time(5000)],
      ['4', 'given', time(10_000)],
    ]);
  });
  it('[J25] what is added to the winner shows in the gaps of all others', () => {
    const rowOf = (
      car: string,
      line: number,
      { homeMs, gapMs }: { readonly homeMs: number; readonly gapMs?: number },
    ) => ({
      ...createCarRow(car),
      laps: 4,
      line,
      lineAtMs: homeMs,
      toLeader: gapMs === undefined ? undefined : { gap: { ms: gapMs }, stampMs: homeMs, toldAtMs: homeMs, told: '' },
    });
    const winner = rowOf('1', 1, { homeMs: 100_000 });
    const others = [
      rowOf('2', 2, { homeMs: 107_000, gapMs: 4000 }),
      rowOf('3', 3, { homeMs: 109_000, gapMs: 6001 }),
      rowOf('4', 4, { homeMs: 108_000, gapMs: 10_000 }),
    ];
    expect([...addedTimes([winner, ...others])]).toEqual([
      ['1', 3000],
      ['2', 0],
      ['3', 0],
      ['4', 5000],
    ]);
    expect([...addedTimes([winner, { ...rowOf('5', 5, { homeMs: 120_000, gapMs: 1000 }), laps: 3 }])]).toEqual([
      ['1', 0],
    ]);
    expect([...addedTimes(others)]).toEqual([]);
  });
  it('[J26] what happened on the track is told where it is told for the first time', () => {
    expect(incidentOf('TURN 2 INCIDENT INVOLVING CARS 7 (OKE) AND 21 (BRI) NOTED - CAUSING A COLLISION')).toBe(
      'contact',
    );
    expect(
      incidentOf(
        'FIA STEWARDS: TURN 2 INCIDENT INVOLVING CARS 7 (OKE) AND 21 (BRI) UNDER INVESTIGATION - CAUSING A COLLISION',
      ),
    ).toBeUndefined();
    expect(incidentOf('CAR 7 (OKE) STOPPED AT TURN 4')).toBe('stopped');
    expect(incidentOf('CAR 7 (OKE) SPUN AT TURN 4')).toBe('spin');
    expect(incidentOf('INCIDENT INVOLVING CAR 7 (OKE) NOTED - SPEEDING IN THE PIT LANE')).toBeUndefined();
    expect(carsNamed('CARS 81 (PIA), 27 (HUL), 81 (PIA) AND 5 (BOR) AT TURN 12 LAP 3')).toEqual(['81', '27', '5']);
    const race = importLines(raceLines(...said({ Message: 'CAR 7 (OKE) STOPPED AT TURN 4' })));
    expect(told(race, 'incident')).toEqual([
      { atMs: 20_000, text: 'CAR 7 (OKE) STOPPED AT TURN 4', kind: 'stopped', cars: ['7'] },
    ]);
  });
  it('[J26] a disqualification is told where it is certain', () => {
    expect(isDisqualification('FIA STEWARDS: CAR 7 (OKE) DISQUALIFIED')).toBe(true);
    expect(isDisqualification('FIA STEWARDS: CARS 7 (OKE) AND 4 (CYR) DISQUALIFIED')).toBe(false);
    const race = importLines(raceLines(...said({ Message: 'FIA STEWARDS: CAR 7 (OKE) DISQUALIFIED' })));
    expect(told(race, 'car-disqualified')).toMatchObject([{ atMs: 20_000, car: '7' }]);
  });
});
