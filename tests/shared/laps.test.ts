import { describe, expect, it } from 'vitest';
import { aManifest } from '../builders.ts';
import { aRace } from '../race-script.ts';

const INVALIDATED = (seconds: number, lapNumber: number, car = '1') =>
  ({ type: 'lap-invalidated', atMs: seconds * 1000, car, lapNumber }) as const;

describe('L. Laps', () => {
  it('[L1] a lap lasts from line to line, the first one from the signal', () => {
    const race = aRace().start().laps('1', 1, 92, 181.5);
    expect(race.car('1', 100).lastLapTimeMs).toBe(92_000);
    expect(race.car('1', 200).lastLapTimeMs).toBe(89_500);
  });

  it('[L1] the feed’s own lap time wins', () => {
    const race = aRace().start().laps('1', 1, 92).cross('1', 'SF', 181.5, { lapTimeMs: 89_123 });
    expect(race.car('1', 200).lastLapTimeMs).toBe(89_123);
  });

  it('[L2] the first lap, in-laps and out-laps are no best laps, however fast', () => {
    const race = aRace().start().laps('1', 1, 70, 150, 240, 335);
    race.pitIn('1', 140).pitOut('1', 170);
    expect(race.car('1', 300).bestLapTimeMs).toBeUndefined();
    expect(race.car('1', 400)).toMatchObject({ bestLapTimeMs: 95_000, bestLapNumber: 4, lastLapRank: 'overall-best' });
  });

  it('[L2] the earlier of two equal laps stays the best, of the car and of all', () => {
    const race = aRace().start().laps('1', 1, 91, 181, 271).laps('2', 2, 92, 182);
    expect(race.car('1', 300).bestLapNumber).toBe(2);
    expect(race.state(300).bestLap).toMatchObject({ car: '1', lap: 2, ms: 90_000 });
    expect(race.car('2', 300)).toMatchObject({ bestLapTimeMs: 90_000, lastLapRank: 'personal-best' });
  });

  it('[L3] the first crossing soon after the signal only starts the count', () => {
    const race = aRace().start().cross('1', 'SF', 20);
    expect(race.car('1', 30)).toMatchObject({ lapsCompleted: 0, progress: 0, status: 'running' });
  });

  it('[L3] a car that is first seen at the end of its lap has completed it', () => {
    expect(aRace().start().cross('1', 'SF', 95).car('1', 100)).toMatchObject({
      lapsCompleted: 1,
      lastLapTimeMs: 95_000,
    });
  });

  it('[L3] in practice the first crossing starts the count at any time', () => {
    const race = aRace({ kind: 'practice' }).cross('1', 'SF', 600).cross('1', 'SF', 690);
    expect(race.car('1', 650).lapsCompleted).toBe(0);
    expect(race.car('1', 700)).toMatchObject({ lapsCompleted: 1, bestLapTimeMs: 90_000 });
  });

  it.each([0.02, 5, 35.9])('[L4] crossing the line again after %d s is a double read', (seconds) => {
    const race = aRace()
      .start()
      .laps('1', 1, 91)
      .cross('1', 'SF', 91 + seconds);
    expect(race.car('1', 200)).toMatchObject({ lapsCompleted: 1, crossedAtMs: 91_000 });
  });

  it('[L4] after the lap at 400 km/h it is a lap, and where the manifest says so a shorter one too', () => {
    expect(aRace().start().laps('1', 1, 91).cross('1', 'SF', 127.1).car('1', 200).lapsCompleted).toBe(2);
    const kart = {
      name: 'Kart',
      minimumLapMs: 20_000,
      lengthMetres: 4000,
      loops: [{ id: 'SF', kind: 'finish' as const }],
    };
    expect(aRace({ circuit: kart }).start().cross('1', 'SF', 1).cross('1', 'SF', 22).car('1', 30).lapsCompleted).toBe(
      1,
    );
    const unknown = { name: 'Kart', loops: [{ id: 'SF', kind: 'finish' as const }] };
    const race = aRace({ circuit: unknown }).start().cross('1', 'SF', 1).cross('1', 'SF', 15.9);
    expect(race.car('1', 30).lapsCompleted).toBe(0);
    expect(race.cross('1', 'SF', 16).car('1', 30).lapsCompleted).toBe(1);
  });

  it('[L5] a lap number of the feed wins, and a repeat of it is none', () => {
    const race = aRace().start().cross('1', 'SF', 1, { lapNumber: 0 }).cross('1', 'SF', 300, { lapNumber: 3 });
    race.cross('1', 'SF', 360, { lapNumber: 3 }).cross('1', 'SF', 361, { lapNumber: 2 });
    expect(race.car('1', 400)).toMatchObject({ lapsCompleted: 3, crossedAtMs: 300_000 });
    expect(race.car('1', 400).lastLapTimeMs).toBeUndefined();
  });

  it('[L6] a loop crossed again without the line between counts the lap, without a time, from then on', () => {
    const race = aRace().start().laps('1', 1, 91).cross('1', 'S1', 121).cross('1', 'S2', 151);
    race.cross('1', 'S1', 211).cross('1', 'S2', 241).cross('1', 'SF', 271);
    expect(race.car('1', 200).lapsCompleted).toBe(1);
    expect(race.car('1', 212)).toMatchObject({ lapsCompleted: 2, progress: 7, lastLapTimeMs: undefined });
    expect(race.car('1', 272)).toMatchObject({ lapsCompleted: 3, lastLapTimeMs: undefined });
    const laps = race.timeline().history.laps.get('1') ?? [];
    expect(laps.map(({ lap, atMs, lapTimeMs }) => [lap, atMs, lapTimeMs])).toEqual([
      [1, 91_000, 91_000],
      [2, 211_000, undefined],
      [3, 271_000, undefined],
    ]);
  });

  it('[L13] a line that is missed lap after lap costs neither laps nor loops', () => {
    const circuit = { ...aManifest().circuit, minimumLapMs: 85_000 };
    const race = aRace({ circuit }).start().laps('1', 1, 91);
    for (const lap of [1, 2, 3])
      race
        .cross('1', 'S1', 31 + lap * 90)
        .cross('1', 'S1', 31.5 + lap * 90)
        .cross('1', 'S2', 61 + lap * 90);
    expect([121, 151, 211, 241, 301, 331].map((seconds) => race.car('1', seconds).progress)).toEqual([
      4, 5, 7, 8, 10, 11,
    ]);
    expect(race.cross('1', 'SF', 361).car('1', 361)).toMatchObject({ lapsCompleted: 4, lastLapTimeMs: undefined });
  });

  it('[L6] a loop read twice is no lap', () => {
    const race = aRace().start().laps('1', 1, 91).cross('1', 'S1', 121).cross('1', 'S1', 121.3).cross('1', 'S2', 151);
    expect(race.cross('1', 'S2', 151.2).cross('1', 'S2', 186.9).car('1', 200)).toMatchObject({
      lapsCompleted: 1,
      progress: 5,
    });
  });

  it('[L7] an invalidated lap hands its bests to the next valid one, and still counts', () => {
    const race = aRace({ classes: [{ id: 'pro', name: 'Pro' }] })
      .start()
      .laps('1', 1, 91, 180, 268, 360)
      .laps('2', 2, 92, 181.5);
    race.fact(INVALIDATED(300, 3));
    expect(race.car('1', 299)).toMatchObject({ bestLapTimeMs: 88_000, bestLapNumber: 3 });
    expect(race.state(299).bestLap).toMatchObject({ ms: 88_000 });
    expect(race.car('1', 301)).toMatchObject({
      bestLapTimeMs: 89_000,
      bestLapNumber: 2,
      lapsCompleted: 3,
      lastLapRank: 'none',
    });
    expect(race.state(301).bestLap).toMatchObject({ ms: 89_000, car: '1', lap: 2 });
    race.fact(INVALIDATED(302, 2));
    expect(race.state(303).bestLap).toMatchObject({ ms: 89_500, car: '2' });
    expect(race.car('1', 303).bestLapTimeMs).toBeUndefined();
  });

  it('[L7] of two equal laps that are left the earlier becomes the best', () => {
    const race = aRace().start().laps('1', 1, 91, 181, 271, 350).fact(INVALIDATED(400, 4));
    expect(race.car('1', 410)).toMatchObject({ bestLapTimeMs: 90_000, bestLapNumber: 2 });
  });

  it('[L7] a lap that is invalidated before it ends is told as invalid', () => {
    const race = aRace().start().laps('1', 1, 91, 180).fact(INVALIDATED(120, 2));
    expect(race.car('1', 200).bestLapTimeMs).toBeUndefined();
    expect(race.timeline().history.allLaps.at(-1)).toMatchObject({ lap: 2, invalidatedAtMs: 180_000 });
  });

  it('[L7] said twice, the first time is the moment of it', () => {
    const race = aRace().start().laps('1', 1, 91, 180).fact(INVALIDATED(190, 2), INVALIDATED(200, 2));
    expect(race.timeline().history.allLaps.at(-1)).toMatchObject({ lap: 2, invalidatedAtMs: 190_000 });
    expect(race.car('1', 210).invalidatedLaps).toEqual([2]);
  });

  it('[L14] a best lap that only the feed knows counts until a quicker one comes', () => {
    const race = aRace({ classes: [{ id: 'pro', name: 'Pro' }] })
      .start()
      .laps('1', 1, 91, 181, 268);
    race.fact({ type: 'best-lap-reported', atMs: 185_000, car: '1', lapTimeMs: 89_000, lapNumber: 1 });
    race.fact({ type: 'best-lap-reported', atMs: 186_000, car: '1', lapTimeMs: 89_500 });
    expect(race.car('1', 184).bestLapTimeMs).toBe(90_000);
    expect(race.car('1', 200)).toMatchObject({ bestLapTimeMs: 89_000, bestLapNumber: 1 });
    expect(race.state(200).bestLap).toMatchObject({ ms: 89_000, car: '1', lap: 1 });
    expect(race.car('1', 300)).toMatchObject({ bestLapTimeMs: 87_000, bestLapNumber: 3 });
    expect(race.timeline().history.bestLaps.map(({ lap }) => lap)).toEqual([2, 3]);
  });

  it('[L14] a best lap that was deleted counts no more, said before or after', () => {
    const race = aRace().start().laps('1', 1, 91, 181);
    race.fact({ type: 'best-lap-reported', atMs: 185_000, car: '1', lapTimeMs: 85_000, lapNumber: 7 });
    race.fact(INVALIDATED(190, 7));
    race.fact({ type: 'best-lap-reported', atMs: 195_000, car: '1', lapTimeMs: 85_000, lapNumber: 7 });
    expect(race.car('1', 189).bestLapTimeMs).toBe(85_000);
    expect(race.car('1', 200)).toMatchObject({ bestLapTimeMs: 90_000, bestLapNumber: 2 });
    expect(race.state(200).bestLap).toMatchObject({ ms: 90_000, car: '1' });
  });

  it('[L14] in practice it moves the car up', () => {
    const race = aRace({ kind: 'practice' }).laps('1', 1, 91).laps('2', 2, 93);
    race.fact({ type: 'best-lap-reported', atMs: 95_000, car: '2', lapTimeMs: 80_000, lapNumber: 4 });
    expect(race.state(94).order.slice(0, 2)).toEqual(['1', '2']);
    expect(race.state(96).order.slice(0, 2)).toEqual(['2', '1']);
  });

  it('[L8] a loop that nobody knows changes nothing', () => {
    const race = aRace().start().laps('1', 1, 91);
    const before = race.car('1', 100);
    expect(race.cross('1', 'S9', 95).car('1', 100)).toEqual(before);
  });

  it('[L9] nothing counts before the signal or on the formation lap', () => {
    const race = aRace().cross('1', 'SF', -90).cross('2', 'S1', -60);
    race.fact({ type: 'session-phase', atMs: -50_000, phase: 'formation' }).cross('3', 'SF', -10).start();
    expect(race.state(0).cars.map((car) => car.progress)).toEqual([-1, -1, -1]);
    expect(race.cross('1', 'SF', 2).car('1', 3)).toMatchObject({ progress: 0, lapsCompleted: 0 });
  });

  it('[L10] a car that nobody entered is entered by its first fact, and its laps count', () => {
    const race = aRace().start().laps('1', 1, 91).laps('77', 5, 99, 190);
    const state = race.state(200);
    expect(state.order).toEqual(['77', '1', '2', '3']);
    expect(race.car('77', 200)).toMatchObject({ lapsCompleted: 2, status: 'running', gridPosition: undefined });
    expect(state.manifest.entries.at(-1)).toEqual({ car: '77', drivers: [] });
    expect(race.manifest.entries).toHaveLength(3);
  });

  it('[L10] a class that becomes known late takes the car’s best lap with it', () => {
    const race = aRace().start().laps('1', 1, 91, 181).laps('2', 2, 92, 183);
    for (const car of ['1', '2']) {
      race.fact({ type: 'entry-updated', atMs: 200_000, entry: { car, class: 'pro', drivers: [] } });
    }
    race.fact({ type: 'entry-updated', atMs: 210_000, entry: { car: '1', class: 'am', drivers: [] } });
    expect(race.state(205).classBestLaps.get('pro')).toMatchObject({ car: '1', ms: 90_000 });
    expect(race.state(215).classBestLaps.get('pro')).toMatchObject({ car: '2', ms: 91_000 });
    expect(race.state(215).classBestLaps.get('am')).toMatchObject({ car: '1', ms: 90_000 });
  });

  it('[L11] late parts of the manifest change no lap, and the loops stay once one was crossed', () => {
    const circuit = { name: 'New name', loops: [{ id: 'SF', kind: 'finish' as const }] };
    const race = aRace().start().laps('1', 1, 91);
    const before = race.car('1', 100);
    race.fact({ type: 'session-updated', atMs: 95_000, changes: { circuit, event: 'New event' } });
    expect(race.car('1', 100)).toEqual(before);
    expect(race.state(100).manifest).toMatchObject({
      event: 'New event',
      circuit: { name: 'New name', loops: [{}, {}, {}] },
    });
  });

  it('[L11] a start time that becomes known late is the start time', () => {
    const race = aRace().fact({ type: 'session-updated', atMs: -9000, changes: { startEpochMs: 1_414_929_600_000 } });
    expect(race.state(0).startEpochMs).toBe(1_414_929_600_000);
  });

  it('[L11] loops that become known before the first crossing are the loops', () => {
    const circuit = {
      name: 'Oval',
      loops: [
        { id: 'A', kind: 'finish' as const },
        { id: 'B', kind: 'sector' as const },
      ],
    };
    const race = aRace().fact({ type: 'session-updated', atMs: -9000, changes: { circuit } }).start();
    race.cross('1', 'A', 1).cross('1', 'B', 50).cross('1', 'A', 95);
    expect(race.car('1', 100)).toMatchObject({ lapsCompleted: 1, progress: 2 });
    expect(race.state(0).bestSectors).toEqual([undefined, undefined]);
    expect(race.car('1', 100).sectors).toEqual([
      { ms: 50_000, rank: 'none' },
      { ms: 45_000, rank: 'overall-best' },
    ]);
  });

  it('[L12] equal lap times are laps of their own', () => {
    const race = aRace().start().laps('1', 1, 91, 181, 271, 361);
    expect(
      race
        .timeline()
        .history.laps.get('1')
        ?.map((lap) => lap.lapTimeMs),
    ).toEqual([91_000, 90_000, 90_000, 90_000]);
  });
});

describe('S. Sectors', () => {
  it('[S1] a sector lasts from loop to loop', () => {
    const race = aRace().start().laps('1', 1, 91).cross('1', 'S1', 120).cross('1', 'S2', 151.5).cross('1', 'SF', 180);
    expect(race.car('1', 200).sectors.map((sector) => sector?.ms)).toEqual([29_000, 31_500, 28_500]);
  });

  it('[S1] there is no sector over a loop that was missed, nor over a lap that was missed', () => {
    const missedLoop = aRace().start().laps('1', 1, 91).cross('1', 'S2', 150).cross('1', 'SF', 180);
    expect(missedLoop.car('1', 200).sectors.map((sector) => sector?.ms)).toEqual([undefined, undefined, 30_000]);
    const missedLap = aRace().start().laps('1', 1, 91).cross('1', 'S1', 120).cross('1', 'S2', 150);
    missedLap.cross('1', 'SF', 270, { lapNumber: 3 });
    expect(missedLap.car('1', 300).sectors[2]).toBeUndefined();
  });

  it('[S2] the last lap’s time does not stand in for a missed sector', () => {
    const race = aRace().start().laps('1', 1, 91, 181).cross('1', 'S2', 241);
    expect(race.car('1', 182).sectors.every((sector) => sector !== undefined)).toBe(true);
    expect(race.car('1', 250).sectors).toMatchObject([undefined, undefined, { ms: 30_000 }]);
    const missedLine = aRace()
      .start()
      .laps('1', 1, 91, 181)
      .cross('1', 'S1', 211)
      .cross('1', 'S2', 241)
      .cross('1', 'S1', 301);
    expect(missedLine.car('1', 310).sectors).toMatchObject([undefined, { ms: 30_000 }, undefined]);
  });

  it('[S3] no best sector comes from the pit lane or from the start', () => {
    const race = aRace().start().cross('1', 'SF', 1).cross('1', 'S1', 20).cross('1', 'S2', 50).cross('1', 'SF', 90);
    expect(race.car('1', 100).bestSectorsMs).toEqual([undefined, 30_000, 40_000]);
    race.cross('1', 'S1', 120).pitIn('1', 121).cross('1', 'S2', 130).pitOut('1', 131).cross('1', 'SF', 140);
    expect(race.car('1', 150).bestSectorsMs).toEqual([30_000, 30_000, 40_000]);
  });

  it('[S4] a sector is ranked when it ends, and equal is no better', () => {
    const race = aRace()
      .start()
      .laps('1', 1, 91, 181)
      .laps('2', 2, 92, 182)
      .cross('2', 'S1', 212)
      .cross('2', 'S2', 241);
    expect(race.car('1', 122).sectors[0]).toEqual({ ms: 30_000, rank: 'overall-best' });
    expect(race.car('2', 123).sectors[0]).toEqual({ ms: 30_000, rank: 'personal-best' });
    expect(race.car('2', 213).sectors[0]?.rank).toBe('none');
    expect(race.car('2', 242).sectors[1]).toEqual({ ms: 29_000, rank: 'overall-best' });
    expect(race.state(242).bestSectors[1]).toMatchObject({ car: '2', lap: 3 });
  });
});
