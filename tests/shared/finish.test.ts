import { classify } from '@pitboard/shared/race/classification.ts';
import { officialResult } from '@pitboard/shared/race/official-result.ts';
import { describe, expect, it } from 'vitest';
import { aRace, type RaceScript } from '../race-script.ts';

const result = (race: RaceScript, seconds: number) =>
  classify(race.view(seconds)).map(({ car, position, status }) => [car, position, status]);

describe('C. Finish and classification', () => {
  it('[C1] the leader takes the flag, the others where they next cross the line', () => {
    const race = aRace()
      .start()
      .laps('1', 1, 91, 181)
      .laps('2', 2, 93, 184)
      .laps('3', 3, 100, 300)
      .flag('chequered', 181);
    expect(race.state(182).cars.map((car) => car.status)).toEqual(['finished', 'running', 'running']);
    expect(race.state(185).cars.map((car) => car.status)).toEqual(['finished', 'finished', 'running']);
    expect(race.state(301).cars.map((car) => car.status)).toEqual(['finished', 'finished', 'finished']);
    expect(race.state(181).chequeredAtMs).toBe(181_000);
  });

  it('[C1] a lapped car that crossed just before the leader has a lap to go', () => {
    const race = aRace().start().laps('1', 1, 91, 181).laps('2', 2, 180.8, 271).flag('chequered', 181);
    expect(race.car('2', 200).status).toBe('running');
    expect(race.car('2', 280)).toMatchObject({ status: 'finished', lapsCompleted: 2 });
  });

  it('[C2] a flag reported up to 3 s late fell at the leader’s crossing, and who came after it has finished', () => {
    const race = aRace()
      .start()
      .laps('1', 1, 91, 181)
      .laps('2', 2, 93, 182.5)
      .laps('3', 3, 180.9, 260)
      .flag('chequered', 184);
    expect(race.car('1', 183).status).toBe('running');
    expect(race.state(184)).toMatchObject({ chequeredAtMs: 181_000 });
    expect(race.state(185).cars.map((car) => car.status)).toEqual(['finished', 'finished', 'running']);
    expect(race.car('3', 270)).toMatchObject({ status: 'finished', lapsCompleted: 2 });
  });

  it('[C2] later than that the leader has another lap to go', () => {
    const race = aRace().start().laps('1', 1, 91, 181, 271).flag('chequered', 184.1);
    expect(race.state(200)).toMatchObject({ chequeredAtMs: 184_100 });
    expect(race.car('1', 200).status).toBe('running');
    expect(race.car('1', 272)).toMatchObject({ status: 'finished', lapsCompleted: 3 });
  });

  it('[C2] a flag reported up to 3 s early waits for the leader: a lapped car between has a lap to go', () => {
    const race = aRace().start().laps('1', 1, 91, 181).laps('2', 2, 180.2, 271).flag('chequered', 179);
    expect(race.car('2', 182).status).toBe('running');
    expect(race.state(182)).toMatchObject({ chequeredAtMs: 181_000 });
    expect(race.car('2', 272)).toMatchObject({ status: 'finished', lapsCompleted: 2 });
  });

  it('[C1] a car in the pits takes the flag where the lane crosses the line, or out of the lane at the line', () => {
    const race = aRace()
      .start()
      .laps('1', 1, 91, 181)
      .laps('2', 2, 93)
      .pitIn('2', 170)
      .cross('2', 'SF', 190)
      .pitOut('2', 220)
      .flag('chequered', 181);
    expect(race.car('2', 185).status).toBe('in-pit');
    expect(race.car('2', 230)).toMatchObject({ status: 'finished', lapsCompleted: 2, stops: 1 });
    expect(race.pitIn('3', 100).car('3', 300).status).toBe('in-pit');
  });

  it('[C4] the road decides: laps, then who crossed the line first', () => {
    const race = aRace()
      .start()
      .laps('2', 1, 91, 181)
      .laps('1', 2, 93, 184.225)
      .laps('3', 3, 100, 190)
      .flag('chequered', 181);
    const lines = classify(race.view(400));
    expect(lines.map((line) => line.car)).toEqual(['2', '1', '3']);
    expect(lines[0]).toMatchObject({
      position: 1,
      laps: 2,
      totalTimeMs: 181_000,
      tookFlag: true,
      gap: { kind: 'leader', lap: 2 },
    });
    expect(lines[1]?.gap).toEqual({ kind: 'time', ms: 3225, provenance: 'measured' });
    const lapped = aRace().start().laps('1', 1, 91, 181).laps('2', 2, 190).flag('chequered', 181);
    expect(classify(lapped.view(400))[1]?.gap).toEqual({
      kind: 'laps',
      laps: 1,
      ms: undefined,
      provenance: 'measured',
    });
  });

  const tenLaps = Array.from({ length: 11 }, (_, lap) => 1 + lap * 90);
  const share = (rules?: { classifiedShare?: number; mustTakeFlag?: boolean }) =>
    aRace(rules === undefined ? {} : { rules })
      .start()
      .laps('1', ...tenLaps)
      .laps('2', ...tenLaps.slice(0, 8).map((at) => at + 1))
      .laps('3', ...tenLaps.slice(0, 7).map((at) => at + 2))
      .retire('2', 700)
      .retire('3', 610)
      .flag('chequered', 901);

  it('[C3] with 70 % of the winner’s laps a retired car is classified, with less it is not', () => {
    expect(result(share(), 1000)).toEqual([
      ['1', 1, 'classified'],
      ['2', 2, 'classified'],
      ['3', undefined, 'did-not-finish'],
    ]);
    expect(classify(share().view(1000))[1]).toMatchObject({ tookFlag: false, laps: 7 });
    expect(result(share({ classifiedShare: 0.75 }), 1000).map(([, position]) => position)).toEqual([1, 2, undefined]);
    expect(result(share({ classifiedShare: 0.8 }), 1000).map(([, position]) => position)).toEqual([
      1,
      undefined,
      undefined,
    ]);
    expect(result(share({ mustTakeFlag: true }), 1000).map(([, , status]) => status)).toEqual([
      'classified',
      'did-not-finish',
      'did-not-finish',
    ]);
    expect(result(share(), 800).map(([, , status]) => status)).toEqual([
      'classified',
      'did-not-finish',
      'did-not-finish',
    ]);
  });

  it('[C3] a whole share of laps is not lost to arithmetic', () => {
    const hundred = Array.from({ length: 101 }, (_, lap) => 1 + lap * 40);
    const race = aRace({ rules: { classifiedShare: 0.57 } })
      .start()
      .laps('1', ...hundred)
      .laps('2', ...hundred.slice(0, 58).map((at) => at + 1))
      .laps('3', ...hundred.slice(0, 57).map((at) => at + 2));
    race.retire('2', 2300).retire('3', 2300).flag('chequered', 4001);
    expect(result(race, 5000)).toEqual([
      ['1', 1, 'classified'],
      ['2', 2, 'classified'],
      ['3', undefined, 'did-not-finish'],
    ]);
  });

  it('[C5] flags after the chequered one move no finisher', () => {
    const race = aRace()
      .start()
      .laps('1', 1, 91, 181)
      .laps('2', 2, 93, 184)
      .flag('chequered', 181)
      .flag('red', 186)
      .flag('chequered', 190);
    expect(race.state(200)).toMatchObject({ chequeredAtMs: 181_000, flag: 'chequered' });
    expect(race.state(200).cars.map((car) => car.status)).toEqual(['finished', 'finished', 'running']);
  });

  it('[C6] qualifying is classified by best lap, whatever the number of laps', () => {
    const race = aRace({ kind: 'qualifying' }).laps('1', 1, 96, 190, 285).laps('2', 2, 93).flag('chequered', 300);
    const lines = classify(race.view(400));
    expect(lines.map(({ car, position, status }) => [car, position, status])).toEqual([
      ['2', 1, 'classified'],
      ['1', 2, 'classified'],
      ['3', undefined, 'not-classified'],
    ]);
    expect(lines[1]?.gap).toEqual({ kind: 'time', ms: 3000, provenance: 'measured' });
  });

  it('[C7] a car whose crossing at the flag was missed has finished all the same', () => {
    const race = aRace()
      .start()
      .laps('1', 1, 91, 181)
      .laps('2', 2, 110)
      .cross('2', 'S1', 160)
      .cross('2', 'S2', 185)
      .flag('chequered', 181);
    race.cross('2', 'S1', 240).cross('2', 'SF', 310);
    expect(race.car('2', 400)).toMatchObject({ status: 'finished', lapsCompleted: 2, progress: 6 });
  });

  const twoLaps = (kind: 'laps' | 'time') =>
    aRace({ distance: kind === 'laps' ? { laps: 2 } : { durationMs: 150_000 } });

  it.each(['laps', 'time'] as const)('[C9] a flag reported late fell where the distance in %s was done', (kind) => {
    const race = twoLaps(kind).start().laps('1', 1, 91, 181).laps('2', 2, 93, 190).laps('3', 3, 180.5);
    // On the slowing-down lap the second car is ahead of the winner, who has parked.
    race.cross('2', 'S1', 225).cross('3', 'S1', 230).cross('3', 'S2', 262).flag('chequered', 240).cross('3', 'SF', 290);
    expect(race.car('1', 239).status).toBe('running');
    expect(race.state(240)).toMatchObject({ chequeredAtMs: 181_000, order: ['1', '2', '3'] });
    expect(race.state(240).cars.map(({ status, progress }) => [status, progress])).toEqual([
      ['finished', 6],
      ['finished', 6],
      ['running', 4],
    ]);
    expect(race.car('3', 300)).toMatchObject({ status: 'finished', lapsCompleted: 2 });
  });

  it('[C9] once the leader has driven another lap, the race was longer than planned', () => {
    const race = twoLaps('laps').start().laps('1', 1, 91, 181, 271).laps('2', 2, 93, 190, 281).flag('chequered', 276);
    expect(race.state(277)).toMatchObject({ chequeredAtMs: 276_000 });
    expect(race.car('2', 282)).toMatchObject({ status: 'finished', lapsCompleted: 3 });
  });

  it.each(['laps', 'time'] as const)('[C9] a flag on the last lap, by %s, waits for the leader', (kind) => {
    const race = twoLaps(kind).start().laps('1', 1, 91, 181).laps('2', 2, 176, 271).flag('chequered', 160);
    expect(race.state(180)).toMatchObject({ chequeredAtMs: undefined, flag: 'chequered' });
    expect(race.car('2', 180)).toMatchObject({ status: 'running', lapsCompleted: 1 });
    expect(race.state(181)).toMatchObject({ chequeredAtMs: 181_000 });
    expect(race.car('2', 272)).toMatchObject({ status: 'finished', lapsCompleted: 2 });
  });

  it('[C9] a race that is flagged off before its distance does not wait', () => {
    const race = aRace({ distance: { laps: 9 } })
      .start()
      .laps('1', 1, 91, 181)
      .laps('2', 2, 95, 190);
    expect(race.flag('chequered', 160).state(160).chequeredAtMs).toBe(160_000);
  });

  it('[C9] a flag within 3 s of the leader’s crossing fell there, though the distance was not done', () => {
    const race = aRace({ distance: { laps: 3 } })
      .start()
      .laps('1', 1, 91, 181, 271)
      .flag('chequered', 183);
    expect(race.state(183)).toMatchObject({ chequeredAtMs: 181_000 });
  });

  it('[C9] the flag that waits ends a suspension when the leader takes it', () => {
    const race = twoLaps('laps').start().laps('1', 1, 91, 181).flag('chequered', 160);
    race.fact({ type: 'session-phase', atMs: 100_000, phase: 'suspended' });
    expect(race.state(180).suspension).toBeDefined();
    expect(race.state(181)).toMatchObject({ suspension: undefined, suspendedMs: 81_000 });
  });

  it('[C12] who is disqualified before a late flag is reported stays so, and keeps its place on the road', () => {
    const race = twoLaps('laps').start().laps('1', 1, 91, 181).laps('2', 2, 93, 190).cross('1', 'S1', 215);
    race.fact({ type: 'car-disqualified', atMs: 220_000, car: '1' }).flag('chequered', 240);
    expect(race.car('1', 241)).toMatchObject({ status: 'disqualified', progress: 6 });
    expect(officialResult(race.view(300)).map(({ car, position, road }) => [car, position, road.position])).toEqual([
      ['2', 1, 2],
      ['1', undefined, 1],
      ['3', undefined, undefined],
    ]);
  });

  it('[C9] the flag that waits falls too where the leader’s crossing was missed', () => {
    const race = twoLaps('laps').start().laps('1', 1, 91).cross('1', 'S1', 121).cross('1', 'S2', 151);
    race.laps('2', 2, 93).cross('2', 'SF', 260).flag('chequered', 160).cross('1', 'S1', 215);
    expect(race.car('1', 216)).toMatchObject({ status: 'finished', lapsCompleted: 2 });
    expect(race.state(216)).toMatchObject({ chequeredAtMs: 160_000 });
    expect(race.car('2', 261)).toMatchObject({ status: 'finished' });
  });

  it('[T9] a car that stopped between the flag and its being reported has finished', () => {
    const race = twoLaps('laps').start().laps('1', 1, 91, 181).laps('2', 2, 93, 190).flag('chequered', 240);
    race.retire('2', 220).fact({ type: 'car-stopped', atMs: 230_000, car: '1' });
    expect(race.car('2', 230).status).toBe('retired');
    expect(race.state(240).cars.map(({ status }) => status)).toEqual(['finished', 'finished', 'running']);
  });

  it('[C22] a car that missed the line at the flag does not drive a lap more than the winner', () => {
    const race = aRace().start().laps('1', 1, 91, 181).laps('2', 2, 92).cross('2', 'S1', 122).cross('2', 'S2', 152);
    race.laps('3', 3, 95).cross('3', 'S1', 170).flag('chequered', 181).cross('2', 'S1', 215).cross('2', 'SF', 280);
    expect(race.car('2', 220)).toMatchObject({ status: 'finished', lapsCompleted: 2, progress: 6 });
    expect(result(race, 300).slice(0, 2)).toEqual([
      ['1', 1, 'classified'],
      ['2', 2, 'classified'],
    ]);
  });

  it('[C8] a disqualified car is not the winner', () => {
    const race = aRace()
      .start()
      .laps('1', 1, 91, 181)
      .laps('2', 2, 93, 184)
      .laps('3', 3, 95, 188)
      .flag('chequered', 181);
    race.fact({ type: 'car-disqualified', atMs: 300_000, car: '1' });
    const lines = classify(race.view(400));
    expect(lines.map(({ car, position }) => [car, position])).toEqual([
      ['2', 1],
      ['3', 2],
      ['1', undefined],
    ]);
    expect(lines.map(({ gap }) => gap.kind)).toEqual(['leader', 'time', 'unknown']);
    expect(lines[1]?.gap).toMatchObject({ ms: 4000 });
  });

  it('[C3] cars that did not start stand at the end, unclassified', () => {
    const race = aRace()
      .fact({ type: 'car-not-starting', atMs: -5000, car: '1' })
      .start()
      .laps('2', 1, 91)
      .laps('3', 2, 92)
      .flag('chequered', 91);
    expect(result(race, 100)).toEqual([
      ['2', 1, 'classified'],
      ['3', 2, 'classified'],
      ['1', undefined, 'did-not-start'],
    ]);
  });
});
