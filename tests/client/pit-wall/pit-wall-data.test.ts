import { pitRows, pitTally } from '@pitboard/client/pit-wall/pit-wall-data.ts';
import type { RaceFact } from '@pitboard/shared/protocol/race-event.ts';
import { describe, expect, it } from 'vitest';
import { raceOfCrossings } from '../gap-chart/race-of-crossings.ts';

// Laps of 100 s; car 1 stops on its fourth lap (30 s more in, 20 s more out), car 2 has still to stop, car 3 is out.
const facts: readonly RaceFact[] = [
  { atMs: 395_000, type: 'pit-entry', car: '1' },
  { atMs: 445_000, type: 'pit-exit', car: '1' },
  { atMs: 250_000, type: 'car-retired', car: '3', reason: 'gearbox' },
];
const race = raceOfCrossings({
  crossings: {
    '1': [0, 100, 200, 300, 430, 550, 650],
    '2': [1, 102, 203, 304, 405, 506, 607],
    '3': [2, 104, 206],
  },
  facts,
  manifest: { pitRules: { mandatoryStops: 1, windowOpensMs: 350_000, windowClosesMs: 600_000 } },
});
const rowsAt = (second: number) => pitRows(race.viewAt(second * 1000));
const rowAt = (second: number, car: string) => rowsAt(second).find((row) => row.car === car);

describe('Pit wall: table', () => {
  it('[V40] cars stand in the running order, those out of the race behind them without a place', () => {
    expect(rowsAt(310).map((row) => [row.car, row.position])).toEqual([
      ['1', 1],
      ['2', 2],
      ['3', undefined],
    ]);
    expect(rowAt(310, '3')).toMatchObject({ owed: 0, netPosition: undefined, inLaneSinceMs: undefined });
  });

  it('[V41] a car in the lane runs a clock from its entry, and shows its pit time once it has left', () => {
    expect(rowAt(394, '1')).toMatchObject({ inLaneSinceMs: undefined, lastPitTimeMs: undefined, stops: 0, owed: 1 });
    expect(rowAt(400, '1')).toMatchObject({ inLaneSinceMs: 395_000, cycle: 'in-lane', lastPitTimeMs: undefined });
    expect(rowAt(445, '1')).toMatchObject({ inLaneSinceMs: undefined, lastPitTimeMs: 50_000, stops: 1, owed: 0 });
  });

  it('[V42] the loss of a stop is shown once the lap out of the pits is done, not before', () => {
    expect(rowAt(549, '1')?.stopLossMs).toBeUndefined();
    expect(rowAt(551, '1')?.stopLossMs).toBe(50_000);
  });

  it('[V43] the net order tells what a car will have gained once all stops are paid', () => {
    // Car 1 has paid, car 2 leads on the road and owes a stop of 50 s.
    const rows = rowsAt(555);
    expect(rows.map((row) => [row.car, row.position, row.netPosition, row.netChange])).toEqual([
      ['2', 1, 2, -1],
      ['1', 2, 1, 1],
      ['3', undefined, undefined, undefined],
    ]);
    expect(rows[1]?.netGapMs).toBe(0);
  });

  it('[V44] the header counts cars in the lane, cars that owe, and names those that missed the window', () => {
    expect(pitTally(race.viewAt(310_000))).toEqual({ inLane: 0, owing: 2, missed: [] });
    expect(pitTally(race.viewAt(400_000))).toEqual({ inLane: 1, owing: 2, missed: [] });
    expect(pitTally(race.viewAt(460_000))).toEqual({ inLane: 0, owing: 1, missed: [] });
    expect(pitTally(race.viewAt(601_000))).toEqual({ inLane: 0, owing: 1, missed: ['2'] });
  });
});
