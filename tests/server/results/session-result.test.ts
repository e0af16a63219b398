import { sessionResult } from '@pitboard/server/results/session-result.ts';
import type { Skipped } from '@pitboard/server/sources/import/imported-race.ts';
import type { RaceFact } from '@pitboard/shared/protocol/race-event.ts';
import { describe, expect, it } from 'vitest';
import { aRace, type RaceScript } from '../../race-script.ts';

const NOTHING_SKIPPED: Skipped = { lines: 0, reasons: {}, examples: [] };

function resultOf(race: RaceScript, atSeconds?: number) {
  const atMs = atSeconds === undefined ? undefined : atSeconds * 1000;
  return sessionResult({ manifest: race.manifest, events: race.events() }, NOTHING_SKIPPED, atMs);
}

const ordered = (seconds: number, ...cars: readonly string[]): RaceFact => ({
  type: 'order-reported',
  atMs: seconds * 1000,
  cars: [...cars],
});
const added = (car: string, ms: number, seconds: number): RaceFact => ({
  type: 'penalty',
  atMs: seconds * 1000,
  id: 'p1',
  car,
  state: 'given',
  sanction: { kind: 'time', ms },
});

/** Two laps: 1 wins from 2 by a second, 3 is a lap down. */
function finished(race: RaceScript = aRace()): RaceScript {
  return race
    .start()
    .flag('green', 0)
    .laps('1', 0, 100, 199)
    .laps('2', 1, 102, 200)
    .laps('3', 2, 110, 230)
    .flag('chequered', 195);
}

describe('B. Files brought in', () => {
  it('[B41] without another order a car stands where it finished, and a retired one has its place too', () => {
    const { classification } = resultOf(
      aRace()
        .start()
        .laps('1', 0, 100, 199, 299)
        .laps('2', 1, 102, 200, 301)
        .laps('3', 2, 110)
        .flag('chequered', 295)
        .retire('3', 150),
    );
    expect(
      classification.map((line) => [
        line.car,
        line.position,
        line.positionOnRoad,
        line.status,
        line.laps,
        line.lapsDown,
      ]),
    ).toEqual([
      ['1', 1, 1, 'classified', 3, 0],
      ['2', 2, 2, 'classified', 3, 0],
      ['3', 3, 3, 'did-not-finish', 1, 2],
    ]);
  });

  it('[B41] who did not start or was shut out has no official place; on the road the latter keeps his', () => {
    const { classification } = resultOf(
      aRace()
        .start()
        .laps('1', 0, 100, 199)
        .laps('2', 1, 102, 200)
        .flag('chequered', 195)
        .fact({ type: 'car-not-starting', atMs: 0, car: '3' })
        .fact({ type: 'car-disqualified', atMs: 300_000, car: '1' }),
    );
    expect(
      classification.map(({ car, position, positionOnRoad, status, gapMs }) => [
        car,
        position,
        positionOnRoad,
        status,
        gapMs,
      ]),
    ).toEqual([
      ['2', 1, 2, 'classified', 0],
      ['1', undefined, 1, 'disqualified', undefined],
      ['3', undefined, undefined, 'did-not-start', undefined],
    ]);
  });

  it('[B41] a feed that is the authority says the places, of a race that broke off too', () => {
    const whole = finished(aRace({ rules: { officialOrder: 'feed' } })).fact(ordered(240, '2', '1', '3'));
    expect(resultOf(whole).classification.map(({ car, positionOnRoad }) => [car, positionOnRoad])).toEqual([
      ['2', 2],
      ['1', 1],
      ['3', 3],
    ]);
    const brokenOff = aRace({ orderAuthority: 'feed' })
      .start()
      .laps('1', 0, 100)
      .laps('2', 1, 101)
      .laps('3', 2, 102)
      .fact(ordered(120, '3', '1', '2'));
    expect(resultOf(brokenOff).classification.map(({ car }) => car)).toEqual(['3', '1', '2']);
    const notAsked = aRace()
      .start()
      .laps('1', 0, 100)
      .laps('2', 1, 101)
      .fact(ordered(120, '2', '1', '3'));
    expect(resultOf(notAsked).classification.map(({ car }) => car)).toEqual(['1', '2', '3']);
  });

  it('[B41] an order that is reported when all are home, and all is decided, is the official one of everybody', () => {
    const race = () =>
      aRace()
        .start()
        .laps('1', 0, 100, 199, 299)
        .laps('2', 1, 90, 180)
        .laps('3', 2, 110)
        .flag('chequered', 295)
        .retire('2', 290)
        .retire('3', 150);
    const carsOf = (script: RaceScript) => resultOf(script).classification.map(({ car }) => car);
    expect(carsOf(race())).toEqual(['1', '2', '3']);
    expect(carsOf(race().fact(ordered(400, '1', '3', '2')))).toEqual(['1', '3', '2']);
    expect(carsOf(race().fact(ordered(298, '1', '3', '2')))).toEqual(['1', '2', '3']);
    expect(carsOf(race().fact(ordered(400, '1', '3', '2'), added('1', 5000, 410)))).toEqual(['1', '2', '3']);
  });

  it('[B42] total times and gaps contain the time that was added, which is told beside', () => {
    const { classification } = resultOf(finished().fact(added('1', 5000, 210)));
    expect(classification.map(({ car, position, positionOnRoad }) => [car, position, positionOnRoad])).toEqual([
      ['2', 1, 2],
      ['1', 2, 1],
      ['3', 3, 3],
    ]);
    expect(classification[1]).toMatchObject({ totalTimeMs: 204_000, gapMs: 4000, lapsDown: 0, penaltyMs: 5000 });
    expect(classification[0]).toMatchObject({ totalTimeMs: 200_000, gapMs: 0, penaltyMs: 0 });
  });

  it('[B42] behind a winner who was put ahead of a faster car no gap is known', () => {
    const forced: RaceFact = {
      ...{ type: 'penalty', atMs: 240_000, id: 'p2', car: '2', state: 'given' },
      sanction: { kind: 'forced-position', position: 1 },
    };
    expect(resultOf(finished().fact(forced)).classification.map(({ car, gapMs }) => [car, gapMs])).toEqual([
      ['2', 0],
      ['1', undefined],
      ['3', 30_000],
    ]);
  });

  it('[B42] a car laps down has its laps and no gap in time', () => {
    const { classification } = resultOf(
      aRace().start().laps('1', 0, 100, 199).laps('2', 1, 250).laps('3', 2, 110, 210).flag('chequered', 195),
    );
    expect(classification.map(({ car, gapMs, lapsDown }) => [car, gapMs, lapsDown])).toEqual([
      ['1', 0, 0],
      ['3', 11_000, 0],
      ['2', undefined, 1],
    ]);
  });

  it('[B42] the last gap of a feed that is the authority wins, once stated at the finish', () => {
    const claim = (seconds: number, ms: number): RaceFact => ({
      type: 'gap-reported',
      atMs: seconds * 1000,
      car: '2',
      to: 'leader',
      ms,
    });
    const gapOf = (race: RaceScript) => resultOf(race).classification[1]?.gapMs;
    const race = () => finished(aRace({ orderAuthority: 'feed' })).fact(ordered(1, '1', '2', '3'));
    expect(gapOf(race().fact(claim(201, 987)))).toBe(987);
    expect(gapOf(race().fact(claim(120, 987)))).toBe(1000);
    expect(gapOf(finished().fact(claim(201, 987)))).toBe(1000);
  });

  it('[B43] best laps carry number and driver, stops and driver changes are counted, the last entry too', () => {
    const race = aRace({
      classes: [{ id: 'GT3', name: 'GT 3' }],
      entries: [
        {
          car: '1',
          class: 'GT3',
          drivers: [
            { id: 'ann', firstName: 'Ann', lastName: 'LEE' },
            { id: 'bo', lastName: 'Bo' },
          ],
          startingDriver: 'ann',
        },
        { car: '2', class: 'GT3', drivers: [{ id: 'cy', firstName: 'Cy', lastName: 'Day' }] },
      ],
    })
      .start()
      .laps('1', 0, 100, 199, 320, 418, 520)
      .laps('2', 1, 90, 201, 330, 440, 545)
      .pitIn('1', 195)
      .driver('1', 'bo', 205)
      .pitOut('1', 215)
      .pitIn('1', 515);
    const { classification, fastestLap, leadChanges } = resultOf(race);
    expect(classification[0]).toMatchObject({
      ...{ car: '1', class: 'GT 3', classPosition: 1, bestLapMs: 98_000, bestLap: 4, bestLapDriver: 'Bo' },
      ...{ pitStops: 2, driverChanges: 1 },
    });
    expect(classification[1]).toMatchObject({ classPosition: 2, bestLapDriver: 'Cy Day', pitStops: 0 });
    expect(fastestLap).toEqual({ car: '1', driver: 'Bo', lap: 4, lapTimeMs: 98_000 });
    expect(leadChanges).toBe(1);
  });

  it('[B43] a driver who is only a number, and one of several who may have driven, is not named', () => {
    const crew = (...lastNames: readonly string[]) =>
      aRace({
        entries: [{ car: '1', drivers: lastNames.map((lastName, index) => ({ id: `d${index}`, lastName })) }],
        grid: [],
      })
        .start()
        .laps('1', 0, 100, 199);
    const driverOf = (race: RaceScript) => resultOf(race).classification[0]?.bestLapDriver;
    expect(driverOf(crew('Ann'))).toBe('Ann');
    expect(driverOf(crew('Driver 2'))).toBeUndefined();
    expect(driverOf(crew('Ann', 'Bo'))).toBeUndefined();
  });

  it('[B43] flags are those of the whole track in order, the first one included', () => {
    const race = finished().flag('yellow', 50, { sector: 2 }).flag('blue', 60, { car: '3' }).flag('safety-car', 120);
    expect(resultOf(race).flags).toEqual([
      { flag: 'green', atMs: 0 },
      { flag: 'safety-car', atMs: 120_000 },
      { flag: 'chequered', atMs: 195_000 },
    ]);
  });

  it('[B44] in practice and qualifying the best lap makes order and gaps, whatever order a feed states', () => {
    const race = aRace({ kind: 'practice', session: 'Practice 1', orderAuthority: 'feed' })
      .start()
      .laps('1', 0, 100, 199)
      .laps('2', 1, 102, 198)
      .laps('3', 2, 130)
      .fact(ordered(240, '3', '1', '2'));
    const { classification, leadChanges } = resultOf(race);
    expect(
      classification.map((line) => [line.car, line.position, line.bestLapMs, line.gapMs, line.lapsDown, line.status]),
    ).toEqual([
      ['2', 1, 96_000, 0, undefined, 'classified'],
      ['1', 2, 99_000, 3000, undefined, 'classified'],
      ['3', 3, 128_000, 32_000, undefined, 'classified'],
    ]);
    expect(leadChanges).toBeUndefined();
  });

  it('[B45] a gap at a moment is the one measured last, not the bound that grows from it', () => {
    const race = aRace().start().laps('1', 0, 100, 190).laps('2', 1, 102).cross('2', 'S1', 135);
    expect(resultOf(race, 134).classification.map(({ car, gapMs }) => [car, gapMs])).toEqual([
      ['1', 0],
      ['2', 2000],
      ['3', undefined],
    ]);
  });

  it('[B45] at a moment a car that retired stands where its laps put it, until others have driven more', () => {
    const race = aRace()
      .start()
      .laps('1', 0, 100, 200, 300)
      .laps('2', 1, 102, 203)
      .laps('3', 2, 150, 240, 340)
      .retire('2', 210);
    const placesAt = (seconds: number) => resultOf(race, seconds).classification.map(({ car }) => car);
    expect(placesAt(220)).toEqual(['1', '2', '3']);
    expect(placesAt(245)).toEqual(['1', '2', '3']);
    expect(placesAt(341)).toEqual(['1', '3', '2']);
    const [, second] = resultOf(race, 220).classification;
    expect(second).toMatchObject({ car: '2', position: 2, status: 'did-not-finish', gapMs: undefined });
  });

  it('[B45] at a moment it is the running order with its gaps, nothing later, and no penalty', () => {
    const race = finished()
      .fact(added('1', 5000, 210))
      .pitIn('1', 190);
    const { classification, flags, fastestLap } = resultOf(race, 150);
    expect(
      classification.map(({ car, position, laps, totalTimeMs, gapMs, pitStops, penaltyMs, status }) => [
        ...[car, position, laps, totalTimeMs, gapMs, pitStops, penaltyMs, status],
      ]),
    ).toEqual([
      ['1', 1, 1, 100_000, 0, 0, 0, 'classified'],
      ['2', 2, 1, 102_000, expect.any(Number), 0, 0, 'classified'],
      ['3', 3, 1, 110_000, expect.any(Number), 0, 0, 'classified'],
    ]);
    expect(flags).toEqual([{ flag: 'green', atMs: 0 }]);
    expect(fastestLap).toBeUndefined();
  });

  it('[B44] in a knock-out session the best lap is that of the last part in which the car has one', () => {
    const parts = [{ name: 'Q1', advancing: 2 }, { name: 'Q2' }];
    const race = aRace({ kind: 'qualifying', parts });
    race.fact({ type: 'session-phase', atMs: 0, phase: 'running', part: 1 });
    race.laps('1', 5, 95).laps('2', 6, 97).laps('3', 7, 99);
    race.fact({ type: 'session-phase', atMs: 200_000, phase: 'running', part: 2, cars: ['1', '2'] });
    race.laps('1', 210, 303).laps('2', 211, 303.5);
    const lines = resultOf(race).classification.map(({ car, bestLapMs, bestLap, gapMs }) => [
      car,
      bestLapMs,
      bestLap,
      gapMs,
    ]);
    expect(lines).toEqual([
      ['2', 92_500, 3, 0],
      ['1', 93_000, 3, 500],
      ['3', 92_000, 1, expect.anything()],
    ]);
  });
});
