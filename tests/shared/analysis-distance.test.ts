import { distanceToRun, lapsToRun } from '@pitboard/shared/analysis/distance.ts';
import { finalLap } from '@pitboard/shared/analysis/final-lap.ts';
import type { Manifest } from '@pitboard/shared/protocol/manifest.ts';
import { describe, expect, it } from 'vitest';
import type { RaceScript } from '../race-script.ts';
import { runBaku } from '../simulator/baku-race.ts';
import { chaseRace, times } from './analysis-race.ts';

const minutes = (count: number): Partial<Manifest> => ({ distance: { durationMs: count * 60_000 } });
const even = { laps: times(10, 60), gaps: {} };

describe('A. Distance still to run', () => {
  it('[A8] in a race over time the leader‘s clean pace says how many laps are left', () => {
    const view = chaseRace({ laps: times(10, 62), gaps: {} }, { manifest: minutes(20), atSeconds: 630 });
    // 580 s from the line on: nine laps end before that, the tenth 40 s after it.
    expect(distanceToRun(view)).toMatchObject({ timeLeftMs: 570_000, lapsToGo: { from: 10, to: 10 } });
    const { finishMs } = distanceToRun(view) ?? {};
    expect(finishMs?.from).toBeLessThan(1_240_000);
    expect(finishMs?.to).toBeGreaterThan(1_240_000);
  });

  it('[A8] where a lap more or less hangs on tenths, it is a range, and never before the time is up', () => {
    const distance = distanceToRun(chaseRace(even, { manifest: minutes(20) }));
    expect(distance?.lapsToGo).toEqual({ from: 10, to: 11 });
    expect(distance?.finishMs.from).toBe(1_200_000);
    expect(distance?.finishMs.to).toBeGreaterThan(1_260_000);
  });

  it('[A8] a stop that is owed takes its time, and free stops make the range wide', () => {
    const owed = {
      pitRules: { mandatoryStops: 1, windowOpensMs: 900_000, windowClosesMs: 1_000_000 },
      circuit: { name: 'Ring', loops: [{ id: 'SF', kind: 'finish' as const }], pitLane: { lossMs: 100_000 } },
    };
    const distance = distanceToRun(chaseRace(even, { manifest: { ...minutes(20.5), ...owed } }));
    expect(distance?.lapsToGo).toEqual({ from: 9, to: 9 });
    const free = distanceToRun(chaseRace(even, { manifest: minutes(60.5) }))?.lapsToGo;
    expect(free).toEqual({ from: 47, to: 51 });
    // A stop of 90 s in twelve laps: one lap in nine goes to stops.
    const stopped = { laps: [...times(6, 60), 150, ...times(5, 60)], gaps: {} };
    const more = (script: RaceScript) => script.pitIn('1', 415).pitOut('1', 440);
    expect(distanceToRun(chaseRace(stopped, { manifest: minutes(63), more }))?.lapsToGo).toEqual({ from: 44, to: 50 });
    const red = (script: RaceScript) => more(script).flag('red', 360).flag('green', 450);
    expect(distanceToRun(chaseRace(stopped, { manifest: minutes(63), more: red }))?.lapsToGo).toEqual({
      from: 50,
      to: 50,
    });
    // A race that ends after five more laps has no stops to come.
    const short = { distance: { durationMs: 3_600_000, laps: 15 } };
    expect(distanceToRun(chaseRace(even, { manifest: short }))?.finishMs.to).toBeLessThan(901_000);
  });

  it('[A8] under a safety car it may be fewer laps', () => {
    const slow = { laps: [...times(8, 60), 120], gaps: {} };
    const flagged = chaseRace(slow, { manifest: minutes(20.5), more: (script) => script.flag('safety-car', 481) });
    expect(distanceToRun(flagged)?.lapsToGo).toEqual({ from: 8, to: 11 });
    // After four laps behind it, it may last four more.
    const long = { laps: [...times(8, 60), ...times(5, 120)], gaps: {} };
    const lasting = chaseRace(long, { manifest: minutes(40.5), more: (script) => script.flag('safety-car', 481) });
    expect(distanceToRun(lasting)?.lapsToGo).toEqual({ from: 16, to: 23 });
    // Nobody takes the flag in the past.
    const overdue = chaseRace(even, { manifest: { distance: { laps: 11 } }, atSeconds: 700 });
    expect(distanceToRun(overdue)?.finishMs).toEqual({ from: 700_000, to: 700_000 });
  });

  it('[A8] a race over laps ends with them; the official clock wins over the plan', () => {
    const laps = distanceToRun(chaseRace(even, { manifest: { distance: { laps: 17 } } }));
    expect(laps).toMatchObject({ timeLeftMs: undefined, lapsToGo: { from: 7, to: 7 } });
    expect(laps?.finishMs.from).toBeLessThan(1_020_000);
    expect(laps?.finishMs.to).toBeGreaterThan(1_020_000);
    const both = { distance: { laps: 12, durationMs: 1_200_000 } };
    expect(distanceToRun(chaseRace(even, { manifest: both }))?.lapsToGo).toEqual({ from: 2, to: 2 });
    const clock = { type: 'clock', atMs: 600_000, running: true, remainingMs: 150_000 } as const;
    const stopped = { ...clock, running: false };
    const left = [clock, stopped].map((fact) =>
      distanceToRun(chaseRace(even, { manifest: minutes(99), more: (script) => script.fact(fact) })),
    );
    expect(left).toMatchObject([
      { timeLeftMs: 120_000, lapsToGo: { from: 3 } },
      { timeLeftMs: 150_000, lapsToGo: { from: 3 } },
    ]);
  });

  it('[A8] laps that the rules add after time count', () => {
    const manifest = { distance: { durationMs: 1_230_000, lapsAfterTime: 1 } };
    const before = distanceToRun(chaseRace(even, { manifest }));
    expect(before?.lapsToGo).toEqual({ from: 12, to: 12 });
    expect(before?.finishMs.from).toBeLessThan(1_320_000);
    expect(before?.finishMs.to).toBeGreaterThan(1_320_000);
    const over = chaseRace({ laps: times(21, 60), gaps: {} }, { manifest, atSeconds: 1240 });
    expect(distanceToRun(over)).toMatchObject({ timeLeftMs: 0, lapsToGo: { from: 2, to: 2 } });
    expect(finalLap(over)?.answer).toBe('one-more');
    expect(finalLap(chaseRace({ laps: times(21, 60), gaps: {} }, { manifest, atSeconds: 1262 }))?.answer).toBe(
      'last-lap',
    );
  });

  it('[A8] a suspension is not raced: nothing is said during it, and what is left is counted without it after', () => {
    const stop = (script: RaceScript) => script.flag('red', 610).flag('green', 910);
    const manifest = { distance: { durationMs: 1_240_000 }, rules: { suspendedClock: 'stops' as const } };
    expect(distanceToRun(chaseRace(even, { manifest, more: stop, atSeconds: 700 }))).toBeUndefined();
    expect(distanceToRun(chaseRace(even, { manifest, more: stop, atSeconds: 920 }))).toMatchObject({
      timeLeftMs: 620_000,
      lapsToGo: { from: 11, to: 11 },
    });
    const running = { ...manifest, rules: {} };
    expect(distanceToRun(chaseRace(even, { manifest: running, more: stop, atSeconds: 920 }))).toMatchObject({
      timeLeftMs: 320_000,
      lapsToGo: { from: 6, to: 6 },
    });
  });

  it('[A8] laps to go that the feed states count down with the leader', () => {
    const stated = { type: 'clock', atMs: 300_500, running: true, lapsToGo: 9 } as const;
    const view = chaseRace(even, { more: (script) => script.fact(stated) });
    expect(distanceToRun(view)?.lapsToGo).toEqual({ from: 4, to: 4 });
  });

  it('[A8] nothing is left after the flag, and nothing is known without clean laps, time or laps', () => {
    const home = chaseRace(even, { manifest: minutes(10), more: (script) => script.flag('chequered', 600) });
    expect(distanceToRun(home)?.lapsToGo).toEqual({ from: 0, to: 0 });
    expect(distanceToRun(chaseRace(even, { manifest: minutes(20), atSeconds: 200 }))).toBeUndefined();
    expect(distanceToRun(chaseRace(even))).toBeUndefined();
    expect(distanceToRun(chaseRace(even, { manifest: { ...minutes(20), kind: 'practice' } }))).toBeUndefined();
  });

  it('[A8] a lapped car has fewer laps to run, one that is out or long away none or nobody knows', () => {
    // Car 2 takes 75 s a lap and has done eight laps when car 1 ends its tenth.
    const gaps = { '2': times(8, 0).map((_, lap) => 15 * (lap + 1)), '3': [1, 1, 1, 1, 1] };
    const chase = { laps: times(10, 60), gaps };
    const view = chaseRace(chase, { manifest: minutes(20.5), atSeconds: 601 });
    expect(lapsToRun(view, '1')).toEqual({ from: 11, to: 11 });
    // It takes the flag with its first crossing after 1,260 s: 675 + 8 × 75 = 1,275 s.
    expect(lapsToRun(view, '2')).toEqual({ from: 9, to: 9 });
    expect(lapsToRun(view, '3')).toBeUndefined();
    const out = chaseRace(chase, { manifest: minutes(20.5), more: (script) => script.retire('3', 310) });
    expect(lapsToRun(out, '3')).toEqual({ from: 0, to: 0 });
  });

  it('[A8] in Baku the laps that came lie within the range at every crossing of the leader', () => {
    for (const seed of [2014, 5]) {
      const race = runBaku(seed);
      for (let lap = 6; lap < 39; lap++) {
        const view = race.viewAt(Math.min(race.lineAtMs('1', lap), race.lineAtMs('007', lap)));
        const distance = distanceToRun(view);
        expect(distance?.lapsToGo.from, `lap ${lap}`).toBeLessThanOrEqual(39 - lap);
        expect(distance?.lapsToGo.to, `lap ${lap}`).toBeGreaterThanOrEqual(39 - lap);
        expect((distance?.lapsToGo.to ?? 9) - (distance?.lapsToGo.from ?? 0)).toBeLessThanOrEqual(1);
      }
    }
  });

  it('[A9] the last lap is the one that ends after time is up', () => {
    const asked = (seconds: number, at = 630) =>
      finalLap(chaseRace(even, { manifest: { distance: { durationMs: seconds * 1000 } }, atSeconds: at }));
    expect(asked(655)?.answer).toBe('last-lap');
    expect(asked(665)?.answer).toBe('one-more');
    expect(asked(660)?.answer).toBe('too-close');
    expect(asked(655)?.afterTimeMs.from).toBeGreaterThan(4800);
    expect(asked(655)?.afterTimeMs.to).toBeLessThan(5200);
    // Two laps to go are no question, nor is a race that is flagged off or goes over laps.
    expect(asked(725)).toBeUndefined();
    expect(finalLap(chaseRace(even, { manifest: { distance: { laps: 11 } } }))).toBeUndefined();
    const home = chaseRace(even, { manifest: minutes(10), more: (script) => script.flag('chequered', 600) });
    expect(finalLap(home)).toBeUndefined();
  });

  it('[A9] a leader who is overdue at the line cannot cross it before now', () => {
    const late = chaseRace(even, { manifest: { distance: { durationMs: 665_000 } }, atSeconds: 664 });
    expect(finalLap(late)).toMatchObject({ answer: 'too-close' });
    expect(finalLap(late)?.afterTimeMs.from).toBe(-1000);
  });

  it('[A9] in Baku it is answered right, and early', () => {
    const race = runBaku();
    const line = (lap: number) => race.lineAtMs('1', lap);
    expect(finalLap(race.viewAt(line(37) + 1))?.answer).toBe('one-more');
    expect(finalLap(race.viewAt(line(38) - 1))?.answer).toBe('one-more');
    for (let atMs = line(38); atMs < line(39); atMs += 5000) {
      expect(finalLap(race.viewAt(atMs))?.answer, String(atMs)).toBe('last-lap');
    }
    expect(finalLap(race.viewAt(line(36)))).toBeUndefined();
  });
});
