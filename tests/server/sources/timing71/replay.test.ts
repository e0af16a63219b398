import { NoRaceError } from '@pitboard/server/sources/import/imported-race.ts';
import { timing71Replay } from '@pitboard/server/sources/timing71/timing71-replay.ts';
import { describe, expect, it } from 'vitest';
import { endOf, eventsOf, green, keyframes, line, NOON, raceOf, readZip, SERVICE, zipOf } from './replay-builder.ts';

const two = (laps: number, state = 'RUN') => [line('7', { laps }), line('8', { laps, state })];
const frame = (seconds: number, suffix = '') => `${String(NOON + seconds).padStart(11, '0')}${suffix}.json`;
const changes = (cars: unknown, session: unknown = [], messages: unknown = []) => ({
  cars,
  session,
  messages,
  highlight: [],
});

describe('Y. Timing71 and the others', () => {
  it('[Y1] a replay is told by its manifest and the names of its frames', () => {
    const is = (...names: string[]) => timing71Replay.recognisesZip?.(names);
    expect(is('manifest.json', '01935316800.json')).toBe(true);
    expect(is('01935316801i.json', 'manifest.json', 'notes.txt')).toBe(true);
    expect(is('manifest.json', '00012.json')).toBe(true);
    expect(is('01935316800.json')).toBe(false);
    expect(is('manifest.json', '1234.json')).toBe(false);
    expect(is('manifest.json', '123456789012.json')).toBe(false);
    expect(is('manifest.json', 'x01935316800.json')).toBe(false);
    expect(is('manifest.json', '01935316800ii.json')).toBe(false);

    const head = (bytes: Uint8Array) => ({ name: 'x', bytes: bytes.subarray(0, 65_536), text: '' });
    expect(timing71Replay.recognises(head(zipOf(keyframes({ 0: {} }))))).toBe(true);
    expect(timing71Replay.recognises(head(zipOf({ 'laps.csv': 1 }, false)))).toBe(false);
    expect(timing71Replay.recognises(head(Buffer.from('manifest.json')))).toBe(false);
  });

  it('[Y1] of two frames with one name the last is meant', () => {
    const zip = zipOf({
      ...keyframes({ 0: { cars: two(0), session: green(0) } }),
      '01935316891.json': { cars: [line('7')], session: green(91), messages: [] },
      '01935316892.json': { cars: [line('7')], session: green(91, { flagState: 'red' }), messages: [] },
    });
    const twice = Buffer.from(zip);
    for (let at = twice.indexOf('6892.json'); at >= 0; at = twice.indexOf('6892.json')) twice.write('6891.json', at);
    const [race] = readZip(twice).races;
    expect(eventsOf(race as never, 'flag-changed').map(({ flag, atMs }) => [flag, atMs])).toEqual([
      ['green', 0],
      ['red', 91_000],
    ]);
  });

  it('[Y2] frames are named by seconds, of the day or of the recording; a start is told in seconds or milliseconds', () => {
    const states = { 1: { cars: two(0), session: green(1) }, 61: { cars: two(1), session: green(61) } };
    const byDay = raceOf(states);
    expect(eventsOf(byDay, 'session-phase')[0]).toMatchObject({ atMs: 0, startEpochMs: NOON * 1000 });
    const offsets = Object.fromEntries(
      Object.entries(keyframes(states)).map(([name, content]) => [
        `${String(Number(name.slice(0, 11)) - NOON).padStart(5, '0')}.json`,
        content,
      ]),
    );
    for (const startTime of [NOON + 1, (NOON + 1) * 1000]) {
      const [race] = readZip(zipOf(offsets, { ...SERVICE, startTime })).races;
      expect(race).toEqual(byDay);
    }
  });

  it('[Y2] a frame that says when within its second it was made is believed', () => {
    const race = raceOf({
      5: { cars: two(0), session: green(5), lastUpdated: (NOON + 5) * 1000 + 250 },
      6: { cars: two(0), session: green(6, { flagState: 'sc' }), lastUpdated: (NOON + 6) * 1000 + 500 },
      7: { cars: two(0), session: green(7), lastUpdated: NOON },
    });
    expect(eventsOf(race, 'flag-changed').map(({ atMs }) => atMs)).toEqual([5000, 6250, 6750]);
  });

  it('[Y4] changes are made to the state before, and a keyframe replaces it', () => {
    const zip = zipOf({
      ...keyframes({ 0: { cars: two(0), session: green(0) }, 30: { cars: two(0), session: green(30) } }),
      [frame(0, 'i')]: changes([['change', [1, 1], ['RUN', 'RET']]]),
      [frame(10, 'i')]: changes([['change', [1, 1], ['RUN', 'PIT']]], [['change', 'timeElapsed', [0, 10]]]),
      [frame(20, 'i')]: changes([['change', [1, 1], ['PIT', 'STOP']]], [['change', 'flagState', ['green', 'sc']]]),
    });
    const { races, skipped } = readZip(zip);
    expect(skipped.lines).toBe(0);
    const told = races[0]?.events
      .filter(({ type }) => /^(?:pit-|car-|flag)/.test(type))
      .map((event) => [event.type, event.atMs, 'flag' in event ? event.flag : undefined]);
    expect(told).toEqual([
      ['flag-changed', 0, 'green'],
      ['pit-entry', 10_000, undefined],
      ['flag-changed', 20_000, 'safety-car'],
      ['pit-exit', 20_000, undefined],
      ['car-stopped', 20_000, undefined],
      ['flag-changed', 30_000, 'green'],
      ['car-resumed', 30_000, undefined],
    ]);
  });

  it('[Y4] after a frame that cannot be read nothing is told until the next keyframe', () => {
    const { races, skipped } = readZip(
      zipOf({
        [frame(-5, 'i')]: changes([['change', [1, 1], ['RUN', 'RET']]]),
        ...keyframes({ 0: { cars: two(0), session: green(0) }, 30: { cars: two(0, 'PIT'), session: green(30) } }),
        [frame(10, 'i')]: Buffer.from('{"cars":'),
        [frame(20, 'i')]: changes([['change', [1, 1], ['RUN', 'STOP']]]),
        [frame(40, 'i')]: changes([['change', [1, 1], ['RUN', 'STOP']]]),
      }),
    );
    expect(races[0]?.events.filter(({ type }) => /^(?:pit-|car-)/.test(type)).map(({ atMs }) => atMs)).toEqual([
      30_000, 40_000, 40_000,
    ]);
    expect(skipped.reasons).toEqual({
      'not JSON': 1,
      'changes to a state that is not known': 2,
      'cars: a change of something else than what stood there': 1,
    });
    expect(skipped.examples[1]).toEqual({ file: `replay.zip/${frame(10, 'i')}`, line: 1, reason: 'not JSON' });
  });

  it('[Y5] damaged, locked and swollen frames cost themselves only', () => {
    const good = keyframes({ 0: { cars: two(0), session: green(0) }, 50: { cars: two(1), session: green(50) } });
    const swollen = `{"cars":[],"session":{},"messages":[],"x":"${' '.repeat(9_000_000)}"}`;
    const zip = Buffer.from(zipOf({ ...good, [frame(20)]: Buffer.from(swollen), [frame(30)]: { cars: two(0) } }));
    // The directory stands behind the files: there the last frame is said to be locked.
    zip[zip.lastIndexOf(frame(30)) - 46 + 8] = 1;
    const { races, skipped } = readZip(zip);
    expect(skipped.reasons).toEqual({ 'too large': 1, 'locked with a password': 1 });
    expect(eventsOf(races[0] as never, 'passing').map(({ car }) => car)).toEqual(['7', '8']);
  });

  it('[Y5] what holds no state of a screen is refused', () => {
    const good = keyframes({ 0: { cars: two(0), session: green(0) } });
    expect(() => readZip(Buffer.from('PK\u0003\u0004 nothing'))).toThrow(NoRaceError);
    expect(() => readZip(zipOf(good, false))).toThrow(NoRaceError);
    expect(() => readZip(zipOf(good, { ...SERVICE, version: 2 }))).toThrow(NoRaceError);
    expect(() => readZip(zipOf(good, { ...SERVICE, colSpec: [['Laps', 'numeric']] }))).toThrow(NoRaceError);
    expect(() => readZip(zipOf({}))).toThrow(NoRaceError);
    expect(() => timing71Replay.open().finish()).toThrow(NoRaceError);
  });

  it('[Y5] however a replay is cut into pieces, the same race comes out', () => {
    const zip = zipOf(keyframes({ 0: { cars: two(0), session: green(0) }, 80: { cars: two(1), session: green(80) } }));
    const whole = readZip(zip);
    expect(endOf(whole.races[0] as never).state.cars.map((car) => car.lapsCompleted)).toEqual([1, 1]);
    for (const pieceBytes of [1, 7, 1000]) expect(readZip(zip, pieceBytes)).toEqual(whole);
  });
});
