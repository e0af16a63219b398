import { type StopGain, stopGains } from '@pitboard/shared/analysis/undercut.ts';
import { undercutMargin } from '@pitboard/shared/analysis/undercut-margin.ts';
import { describe, expect, it } from 'vitest';
import { aRace, type RaceScript } from '../race-script.ts';
import { runBaku } from '../simulator/baku-race.ts';

type Stop = { readonly lap: number; readonly pit?: number; readonly lost?: number };

/** A car that laps in 60 s, 61 s from lap 5 on and 59.5 s after its stop; in the lane from 5 s before the line. */
function drive(
  script: RaceScript,
  car: string,
  plan: { readonly start: number; readonly laps: number; readonly stop?: Stop },
): void {
  const { start, laps, stop } = plan;
  const pit = stop?.pit ?? 25;
  let line = start;
  script.cross(car, 'SF', line);
  for (let lap = 1; lap <= laps; lap++) {
    const isIn = lap === stop?.lap;
    const isOut = stop !== undefined && lap === stop.lap + 1;
    const pace = stop !== undefined && lap > stop.lap ? 59.5 : lap >= 5 ? 61 : 60;
    const outLap = isOut ? pit - 5 + 1 + (stop.lost ?? 0) : 0;
    if (isIn) script.pitIn(car, line + pace - 5).pitOut(car, line + pace - 5 + pit);
    script.cross(car, 'S1', line + outLap + pace / 3).cross(car, 'S2', line + outLap + (2 * pace) / 3);
    line += pace + outLap;
    script.cross(car, 'SF', line);
  }
}

/** Car 1, which leads by `gap`, and car 2; the result once both are through. */
function gainsOf(one: Stop, two: Stop, { gap = 1, more }: { gap?: number; more?: (script: RaceScript) => void } = {}) {
  const script = aRace().start();
  drive(script, '1', { start: 0.1, laps: 20, stop: one });
  drive(script, '2', { start: 0.1 + gap, laps: 20, stop: two });
  more?.(script);
  return stopGains(script.view(1400));
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
    expect(gainsOf({ lap: 18 }, { lap: 5 })).toEqual([]);
    expect(gainsOf({ lap: 10 }, { lap: 8 }, { gap: 6 })).toEqual([]);
    expect(gainsOf({ lap: 10, pit: 45 }, { lap: 8 })).toEqual([]);
    const flag = (script: RaceScript) => script.flag('full-course-yellow', 520).flag('green', 530);
    expect(gainsOf({ lap: 10 }, { lap: 8 }, { more: flag })).toEqual([]);
  });

  it('[A7] nothing is said before both have driven their out-lap', () => {
    const script = aRace().start();
    drive(script, '1', { start: 0.1, laps: 20, stop: { lap: 10 } });
    drive(script, '2', { start: 1.1, laps: 20, stop: { lap: 8 } });
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

  /** Cars 1 to 6, of which `stopped` have been in after their eighth lap; 7 and 8 have not. */
  function fieldAfterStops(stopped: number, manifest = {}, atSeconds = 1010) {
    const cars = ['1', '2', '3', '4', '5', '6', '7', '8'];
    const entries = cars.map((car) => ({ car, drivers: [] }));
    const script = aRace({ entries, grid: [], distance: { laps: 40 }, ...manifest }).start();
    for (const [place, car] of cars.entries()) {
      const plan = { start: 0.1 + place * 1.3, laps: 17 };
      drive(script, car, place < stopped ? { ...plan, stop: { lap: 8, lost: place / 10 } } : plan);
    }
    return script.view(atSeconds);
  }

  it('[A14] what fresh tyres brought in this race, less the gap, is the margin of an undercut', () => {
    const margin = undercutMargin(fieldAfterStops(6), '8', '7');
    expect(margin).toMatchObject({ stops: 6, perLapMs: { value: 1500 }, marginMs: { value: 200 } });
  });

  it('[A14] nothing is said where the race has not taught it, the gap is large or the tyres are fresh', () => {
    expect(undercutMargin(fieldAfterStops(4), '8', '7')).toBeUndefined();
    const view = fieldAfterStops(6);
    expect(undercutMargin(view, '7', '8')).toBeUndefined();
    expect(undercutMargin(fieldAfterStops(6, {}, 700), '8', '1')).toBeUndefined();
    expect(undercutMargin(view, '2', '1')).toMatchObject({ stops: 6 });
    expect(undercutMargin(fieldAfterStops(6, {}, 760), '2', '1')).toBeUndefined();
    expect(undercutMargin(fieldAfterStops(6, {}, 797), '8', '7')).toBeDefined();
    expect(undercutMargin(fieldAfterStops(6, { distance: { laps: 18 } }), '8', '7')).toBeUndefined();
    const none = { pitRules: { mandatoryStops: 1 } };
    expect(undercutMargin(fieldAfterStops(6, none), '2', '1')).toBeUndefined();
    expect(undercutMargin(fieldAfterStops(6, none), '8', '7')).toBeDefined();
  });
});
