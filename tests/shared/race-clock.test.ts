import type { Manifest } from '@pitboard/shared/protocol/manifest.ts';
import type { RaceFactOf } from '@pitboard/shared/protocol/race-event.ts';
import { raceClock } from '@pitboard/shared/race/race-clock.ts';
import { resumeOrder, suspendedMsBetween } from '@pitboard/shared/race/suspension.ts';
import { describe, expect, it } from 'vitest';
import { aRace, type RaceScript } from '../race-script.ts';

const anHour = (rules: Manifest['rules'] = {}, lapsAfterTime?: number) =>
  aRace({ rules, distance: { durationMs: 3_600_000, ...(lapsAfterTime !== undefined && { lapsAfterTime }) } }).start();
const clockAt = (race: RaceScript, seconds: number) => raceClock(race.view(seconds));
const phase = (name: RaceFactOf<'session-phase'>['phase'], seconds: number): RaceFactOf<'session-phase'> => ({
  type: 'session-phase',
  atMs: seconds * 1000,
  phase: name,
});
const clock = (seconds: number, more: Partial<RaceFactOf<'clock'>>): RaceFactOf<'clock'> => ({
  type: 'clock',
  atMs: seconds * 1000,
  running: true,
  ...more,
});
/** Laps of 100 s. */
const lapsOf = (race: RaceScript, car: string, count: number) =>
  race.laps(car, ...Array.from({ length: count + 1 }, (_, lap) => 1 + lap * 100));

describe('F. Suspensions and the clock', () => {
  const suspensions = (race: RaceScript) =>
    race.timeline().history.suspensions.map(({ atMs, suspended }) => [atMs, suspended]);

  it('[F8] a red flag or the phase suspends a session that runs, both together once', () => {
    const race = aRace().start().flag('red', 100).fact(phase('suspended', 110));
    race.flag('green', 400).fact(phase('running', 500));
    expect(suspensions(race)).toEqual([
      [100_000, true],
      [500_000, false],
    ]);
    expect(race.state(300).suspension).toMatchObject({ atMs: 100_000 });
    expect(race.state(600)).toMatchObject({ suspension: undefined, suspendedMs: 400_000 });
    expect(suspensions(aRace().start().flag('red', 100).flag('safety-car', 200))).toEqual([
      [100_000, true],
      [200_000, false],
    ]);
  });

  it('[F8] red before the start, after the flag, or yellow, suspends nothing', () => {
    expect(suspensions(aRace().fact(phase('formation', -60)).flag('red', -50))).toEqual([]);
    expect(suspensions(aRace().start().laps('1', 1, 91).flag('chequered', 91).flag('red', 95))).toEqual([]);
    expect(suspensions(aRace().start().flag('yellow', 5).flag('code-60', 6))).toEqual([]);
    // Red from the grid on: from the signal.
    expect(suspensions(aRace().fact(phase('formation', -60)).flag('red', -50).start())).toEqual([[0, true]]);
  });

  it('[F8] the chequered flag that falls in a suspended race ends the suspension', () => {
    const race = aRace().start().laps('1', 1, 91).flag('red', 60).flag('chequered', 92);
    expect(race.state(92)).toMatchObject({ suspension: undefined, suspendedMs: 32_000, chequeredAtMs: 91_000 });
  });

  it('[F18] a lap that sees a suspension is under red, also where no red flag was told', () => {
    const race = aRace().start().laps('1', 1, 91, 200, 380, 470).fact(phase('suspended', 120), phase('running', 210));
    expect(race.timeline().history.allLaps.map(({ flag }) => flag)).toEqual(['green', 'red', 'red', 'green']);
  });

  it('[F9] the race resumes in the order in which it was suspended, less who is out since', () => {
    const race = aRace().start().laps('1', 1, 91).laps('2', 2, 92).laps('3', 3, 93).flag('red', 100);
    // Behind the red flag the third car is first past a loop, on the way to the pits.
    race.cross('3', 'S1', 150).cross('1', 'S1', 160).retire('2', 170);
    expect(resumeOrder(race.state(99))).toBeUndefined();
    expect(resumeOrder(race.state(150))).toEqual(['1', '2', '3']);
    expect(resumeOrder(race.state(170))).toEqual(['1', '3']);
    expect(race.state(170).order).toEqual(['3', '1', '2']);
  });

  it('[F10] the clock runs on in a suspended race', () => {
    const race = anHour().flag('red', 600).flag('green', 1600);
    expect(clockAt(race, 1000)).toMatchObject({ elapsedMs: 1_000_000, remainingMs: 2_600_000, running: true });
    expect(clockAt(race, 2000)).toMatchObject({ remainingMs: 1_600_000, running: true });
  });

  it('[F10] unless the rules stop it', () => {
    const race = anHour({ suspendedClock: 'stops' }).flag('red', 600).flag('green', 1600).flag('red', 2000);
    expect(clockAt(race, 500)).toMatchObject({ elapsedMs: 500_000, running: true });
    expect(clockAt(race, 1000)).toMatchObject({ elapsedMs: 600_000, remainingMs: 3_000_000, running: false });
    expect(clockAt(race, 1800)).toMatchObject({ elapsedMs: 800_000, remainingMs: 2_800_000, running: true });
    expect(clockAt(race, 9000)).toMatchObject({ elapsedMs: 1_000_000, running: false });
    const { history } = race.view(9000);
    expect(suspendedMsBetween(history, 0, 9_000_000)).toBe(8_000_000);
    expect(suspendedMsBetween(history, 700_000, 1_500_000)).toBe(800_000);
    expect(suspendedMsBetween(history, 1_700_000, 1_900_000)).toBe(0);
    expect(suspendedMsBetween(history, 2_500_000, 2_600_000)).toBe(100_000);
  });

  it('[F16] the feed’s clock wins, and runs on from where it was stated', () => {
    const race = anHour().fact(clock(100, { remainingMs: 3_000_000 }));
    expect(clockAt(race, 99)).toMatchObject({ remainingMs: 3_501_000, source: 'computed' });
    expect(clockAt(race, 160)).toEqual({
      elapsedMs: 160_000,
      remainingMs: 2_940_000,
      lapsToGo: undefined,
      running: true,
      source: 'official',
    });
    race.fact(clock(200, { running: false, remainingMs: 2_900_000, elapsedMs: 710_000 }));
    expect(clockAt(race, 500)).toMatchObject({ remainingMs: 2_900_000, elapsedMs: 710_000, running: false });
    expect(
      clockAt(
        aRace()
          .start()
          .fact(clock(5, { lapsToGo: 12 })),
        9,
      ),
    ).toMatchObject({
      lapsToGo: 12,
      remainingMs: undefined,
      source: 'computed',
    });
  });

  it('[F16] a suspension that stops the race clock holds the feed’s clock too, from then on', () => {
    const race = anHour({ suspendedClock: 'stops' }).fact(clock(100, { remainingMs: 3_000_000 }));
    race.flag('red', 200).flag('green', 700);
    expect(clockAt(race, 600)).toMatchObject({ remainingMs: 2_900_000, running: false });
    expect(clockAt(race, 710)).toMatchObject({ remainingMs: 2_890_000, running: true });
    race.fact(clock(650, { remainingMs: 2_880_000 }));
    expect(clockAt(race, 600)).toMatchObject({ remainingMs: 2_900_000 });
    expect(clockAt(race, 710)).toMatchObject({ remainingMs: 2_870_000 });
  });

  it('[F16] it stands before the start and from the flag on, or from the phase that says so', () => {
    const race = aRace({ distance: { durationMs: 3_600_000 } })
      .fact(phase('formation', -90))
      .start();
    expect(clockAt(race, -30)).toMatchObject({ elapsedMs: 0, remainingMs: 3_600_000, running: false });
    lapsOf(race, '1', 2).flag('chequered', 201);
    expect(clockAt(race, 500)).toMatchObject({ elapsedMs: 201_000, lapsToGo: 0, running: false });
    const unflagged = anHour().fact(phase('finished', 1000), phase('closed', 2000));
    expect(clockAt(unflagged, 5000)).toMatchObject({ elapsedMs: 1_000_000, lapsToGo: 0, running: false });
    expect(clockAt(aRace().laps('1', 1, 91), 95)).toMatchObject({ elapsedMs: 95_000, running: true });
    expect(clockAt(aRace(), 95)).toMatchObject({ running: false });
  });

  it('[F17] laps to go, the one in progress included', () => {
    const race = lapsOf(aRace({ distance: { laps: 4 } }).start(), '1', 4);
    expect([0, 50, 101, 301, 350, 401].map((at) => clockAt(race, at).lapsToGo)).toEqual([4, 4, 3, 1, 1, 0]);
  });

  it('[F17] in a race by time the last lap is the one that the time ends in, and those that the rules add', () => {
    const race = (after?: number) =>
      lapsOf(
        aRace({ distance: { durationMs: 250_000, ...(after !== undefined && { lapsAfterTime: after }) } }).start(),
        '1',
        6,
      );
    expect([249, 250, 300, 301].map((at) => clockAt(race(), at).lapsToGo)).toEqual([undefined, 1, 1, 0]);
    expect([249, 250, 301, 401, 501].map((at) => clockAt(race(2), at).lapsToGo)).toEqual([undefined, 3, 2, 1, 0]);
    expect(race().state(301)).toMatchObject({ lastLapByTime: 3, distanceDoneAtMs: 301_000 });
    expect(race(2).state(450)).toMatchObject({ lastLapByTime: 5, distanceDoneAtMs: undefined });
    expect(race(2).state(600)).toMatchObject({ distanceDoneAtMs: 501_000 });
  });

  it('[F17] the sooner of time and laps ends the race', () => {
    const race = lapsOf(aRace({ distance: { durationMs: 250_000, laps: 2 } }).start(), '1', 4);
    expect(clockAt(race, 150).lapsToGo).toBe(1);
    expect(race.state(401).distanceDoneAtMs).toBe(201_000);
    const long = lapsOf(aRace({ distance: { durationMs: 250_000, laps: 9 } }).start(), '1', 4);
    expect(clockAt(long, 260).lapsToGo).toBe(1);
  });

  it('[F17] a stopped clock moves the end of the race', () => {
    const rules = { suspendedClock: 'stops' } as const;
    const race = lapsOf(aRace({ rules, distance: { durationMs: 250_000 } }).start(), '1', 6);
    race.flag('red', 110).flag('green', 290);
    expect(race.state(401).distanceDoneAtMs).toBeUndefined();
    expect(race.state(501)).toMatchObject({ distanceDoneAtMs: 501_000, lastLapByTime: 5 });
  });
});
