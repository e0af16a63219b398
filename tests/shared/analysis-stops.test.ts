import { type StopGain, stopGains } from '@pitboard/shared/analysis/undercut.ts';
import { undercutMargin } from '@pitboard/shared/analysis/undercut-margin.ts';
import type { Manifest } from '@pitboard/shared/protocol/manifest.ts';
import type { RaceFact } from '@pitboard/shared/protocol/race-event.ts';
import type { RaceView } from '@pitboard/shared/race/race-view.ts';
import { describe, expect, it } from 'vitest';
import { aRace, type RaceScript } from '../race-script.ts';
import { runBaku } from '../simulator/baku-race.ts';

type Stop = { readonly lap: number; readonly pit?: number; readonly lost?: number };

type Plan = { readonly start: number; readonly stops?: readonly Stop[]; readonly fresh?: number };

/** A car that laps in 60 s, 61 s from lap 5 on and 59.5 s after a stop; in the lane from 5 s before the line. */
function drive(script: RaceScript, car: string, { start, stops = [], fresh = 59.5 }: Plan): void {
  let line = start;
  script.cross(car, 'SF', line);
  for (let lap = 1; lap <= 20; lap++) {
    const into = stops.find((stop) => stop.lap === lap);
    const outOf = stops.find((stop) => stop.lap === lap - 1);
    const pace = stops.some((stop) => stop.lap < lap) ? fresh : lap >= 5 ? 61 : 60;
    const lost = outOf === undefined ? 0 : (outOf.pit ?? 25) - 4 + (outOf.lost ?? 0);
    if (into !== undefined) script.pitIn(car, line + pace - 5).pitOut(car, line + pace - 5 + (into.pit ?? 25));
    script.cross(car, 'S1', line + lost + pace / 3).cross(car, 'S2', line + lost + (2 * pace) / 3);
    line += pace + lost;
    script.cross(car, 'SF', line);
  }
}

type Stops = Stop | readonly Stop[];
type More = { readonly gap?: number; readonly more?: (script: RaceScript) => void };

/** Car 1, which leads by `gap`, and car 2; the result once both are through. */
function gainsOf(one: Stops, two: Stops, { gap = 1, more }: More = {}): readonly StopGain[] {
  const script = aRace().start();
  drive(script, '1', { start: 0.1, stops: [one].flat() });
  drive(script, '2', { start: 0.1 + gap, stops: [two].flat() });
  more?.(script);
  return stopGains(script.view(1400));
}

function driveThrough(car: string, seconds: number): RaceFact {
  return {
    type: 'penalty',
    atMs: seconds * 1000,
    id: `dt-${car}`,
    car,
    state: 'given',
    sanction: { kind: 'drive-through' },
  };
}

const total = ({ parts }: StopGain) => parts.inLapMs + parts.pitMs + parts.outLapMs + parts.lapsMs;

describe('A. Stops', () => {
  it('[A7] who stops first and comes out ahead has undercut, and it is said where the time was won', () => {
    const [gain, ...others] = gainsOf({ lap: 10 }, { lap: 8 });
    expect(others).toEqual([]);
    // Two laps at 59.5 s against two at 61 s.
    expect(gain).toMatchObject({ kind: 'undercut', gainer: '2', loser: '1', gainedMs: 3000, tookPlace: true });
    expect(gain).toMatchObject({ gapBeforeMs: 1000, gapAfterMs: -2000 });
    expect(gain?.parts).toEqual({ inLapMs: 0, pitMs: 0, outLapMs: 0, lapsMs: 3000 });
  });

  it('[A7] who stays out longer and comes out ahead has overcut', () => {
    const [gain] = gainsOf({ lap: 8, lost: 9 }, { lap: 10 });
    expect(gain).toMatchObject({ kind: 'overcut', gainer: '2', loser: '1', gainedMs: 6000, tookPlace: true });
    expect(gain?.parts).toEqual({ inLapMs: 0, pitMs: 0, outLapMs: 9000, lapsMs: -3000 });
  });

  it('[A7] time that was won in the lane is a quicker stop, and the parts add up', () => {
    const [gain] = gainsOf({ lap: 10, pit: 31 }, { lap: 8 });
    expect(gain).toMatchObject({
      kind: 'quicker-stop',
      gainer: '2',
      gainedMs: 9000,
      parts: { pitMs: 6000, lapsMs: 3000 },
    });
    for (const other of stopGains(runBaku().end)) {
      expect(total(other)).toBe(other.gainedMs);
      expect(other.gapBeforeMs - other.gapAfterMs).toBe(other.gainedMs);
    }
  });

  it('[A7] a place that changes by tenths counts; a gap that changes by less than a second does not', () => {
    expect(gainsOf({ lap: 10, pit: 22.3 }, { lap: 8 }, { gap: 0.2 })).toMatchObject([
      { gainedMs: 300, tookPlace: true },
    ]);
    expect(gainsOf({ lap: 10, pit: 22.5 }, { lap: 8 })).toEqual([]);
  });

  it('[A7] stops on one lap, far apart, of cars far apart, in trouble or under a flag are no matter of tactics', () => {
    expect(gainsOf({ lap: 8, pit: 30 }, { lap: 8 })).toEqual([]);
    expect(gainsOf({ lap: 17 }, { lap: 5, lost: 5 })).toHaveLength(1);
    expect(gainsOf({ lap: 18 }, { lap: 5, lost: 5 })).toEqual([]);
    expect(gainsOf({ lap: 10 }, { lap: 8 }, { gap: 6 })).toEqual([]);
    expect(gainsOf({ lap: 10, pit: 45 }, { lap: 8 })).toEqual([]);
    // Car 1 came out just ahead of car 2, which stops for the first time: its answer is not the second stop of car 1.
    expect(gainsOf([{ lap: 8 }, { lap: 14 }], { lap: 10 }, { gap: 22 })).toEqual([]);
    // Car 1 has to come back in before both are through.
    expect(gainsOf([{ lap: 8 }, { lap: 11 }], { lap: 10 })).toEqual([]);
    expect(gainsOf({ lap: 10 }, { lap: 8 }, { more: (script) => script.fact(driveThrough('1', 300)) })).toEqual([]);
    expect(gainsOf({ lap: 10 }, { lap: 8 }, { more: (script) => script.fact(driveThrough('2', 300)) })).toEqual([]);
    const flag = (script: RaceScript) => script.flag('full-course-yellow', 520).flag('green', 530);
    expect(gainsOf({ lap: 10 }, { lap: 8 }, { more: flag })).toEqual([]);
  });

  it('[A7] nothing is said before both have driven their out-lap', () => {
    const script = aRace().start();
    drive(script, '1', { start: 0.1, stops: [{ lap: 10 }] });
    drive(script, '2', { start: 1.1, stops: [{ lap: 8 }] });
    const [gain] = stopGains(script.view(1400));
    const atSeconds = (gain?.atMs ?? 0) / 1000;
    expect(stopGains(script.view(atSeconds - 0.01))).toEqual([]);
    expect(stopGains(script.view(atSeconds))).toHaveLength(1);
  });

  it('[A7] in Baku Vanthoor wins seven seconds on Soucek, most of them in the lane', () => {
    const gain = stopGains(runBaku().end).find(({ gainer, loser }) => gainer === '1' && loser === '007');
    expect(gain).toMatchObject({ kind: 'quicker-stop', tookPlace: false });
    expect(gain?.gainedMs).toBeGreaterThan(5000);
  });

  type Field = { readonly stopped?: number; readonly manifest?: Partial<Manifest>; readonly atSeconds?: number };
  type Driven = { readonly fresh?: readonly number[]; readonly more?: (script: RaceScript) => void };

  /** Cars 1 to 8, of which the first six have been in after their eighth lap; 7 and 8 drive on old tyres. */
  function field({ stopped = 6, manifest, atSeconds = 1010, fresh = [59.5], more }: Field & Driven = {}): RaceView {
    const cars = ['1', '2', '3', '4', '5', '6', '7', '8'];
    const entries = cars.map((car) => ({ car, drivers: [] }));
    const script = aRace({ entries, grid: [], distance: { laps: 40 }, ...manifest }).start();
    for (const [place, car] of cars.entries()) {
      const stops = place < stopped ? [{ lap: 8, lost: place / 10 }] : [];
      drive(script, car, { start: 0.1 + place * 1.3, stops, fresh: fresh[place % fresh.length] as number });
    }
    more?.(script);
    return script.view(atSeconds);
  }

  it('[A14] what fresh tyres brought in this race, less the gap, is the margin of an undercut', () => {
    const margin = undercutMargin(field(), '8', '7');
    expect(margin).toMatchObject({ stops: 6, perLapMs: { value: 1500 }, marginMs: { value: 200 } });
  });

  it('[A14] nothing is said where the race has not taught it', () => {
    expect(undercutMargin(field({ stopped: 4 }), '8', '7')).toBeUndefined();
    const penalties = (script: RaceScript) => script.fact(driveThrough('1', 300), driveThrough('2', 300));
    expect(undercutMargin(field({ more: penalties }), '8', '7')).toBeUndefined();
    expect(undercutMargin(field({ fresh: [59.5, 62.5] }), '8', '7')).toBeUndefined();
    expect(undercutMargin(field({ fresh: [62, 62.5] }), '8', '7')?.perLapMs.high).toBeLessThan(0);
  });

  it('[A14] nothing is said of large gaps, fresh tyres, the last laps, a flag, or a car that owes no stop', () => {
    expect(undercutMargin(field(), '7', '8')).toBeUndefined();
    expect(undercutMargin(field({ atSeconds: 700 }), '8', '1')).toBeUndefined();
    expect(undercutMargin(field(), '2', '1')).toMatchObject({ stops: 6 });
    expect(undercutMargin(field({ atSeconds: 760 }), '2', '1')).toBeUndefined();
    expect(undercutMargin(field({ atSeconds: 797 }), '8', '7')).toBeDefined();
    expect(undercutMargin(field({ manifest: { distance: { laps: 18 } } }), '8', '7')).toBeUndefined();
    expect(undercutMargin(field({ more: (script) => script.flag('safety-car', 1009) }), '8', '7')).toBeUndefined();
    const manifest = { pitRules: { mandatoryStops: 1 } };
    expect(undercutMargin(field({ manifest }), '2', '1')).toBeUndefined();
    expect(undercutMargin(field({ manifest }), '8', '7')).toBeDefined();
  });
});
