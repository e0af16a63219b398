import { deflateRawSync } from 'node:zlib';
import { parseDuration, parseGap, parseUtc } from '@pitboard/server/sources/f1/f1-values.ts';
import { parsePythonLiteral } from '@pitboard/server/sources/f1/python-literal.ts';
import { createMergedState, flagAt, type Tree, textAt, treeAt } from '@pitboard/server/sources/f1/state-tree.ts';
import { describe, expect, it } from 'vitest';
import { eventsOf, importLines, NOON_MS, raceLines, type ScriptLine, START_MS, told } from './feed-script.ts';

function plain(tree: Tree): Record<string, unknown> {
  return Object.fromEntries([...tree].map(([key, leaf]) => [key, leaf instanceof Map ? plain(leaf) : leaf]));
}

function merged(...deltas: readonly unknown[]): Record<string, unknown> {
  const state = createMergedState();
  for (const delta of deltas) state.merge(delta);
  return plain(state.tree);
}

describe('J. Formula 1: reading', () => {
  it('[J5] Python text is read with its quotes, escapes, words and nesting', () => {
    const text = `['It''s', {"a'b": [True, False, None, -1.5, 2e3], 'c': {'d': ()}}, "x\\'\\u00e9\\x41\\n\\q"]`.replace(
      "''",
      "\\'",
    );
    expect(parsePythonLiteral(text)?.value).toEqual([
      "It's",
      new Map<string, unknown>([
        ["a'b", [true, false, undefined, -1.5, 2000]],
        ['c', new Map([['d', []]])],
      ]),
      "x'éA\n\\q",
    ]);
    expect(parsePythonLiteral("['a', 1,]")?.value).toEqual(['a', 1]);
  });
  it('[J5] what is no Python text is refused, however deep or long', () => {
    for (const text of [
      '',
      "['a'",
      "['a' 'b']",
      '{1: }',
      "'\\x4'",
      "'\\UFFFFFFFF'",
      'Truely',
      '[1] x',
      '[,]',
      '['.repeat(100_000),
    ]) {
      expect(parsePythonLiteral(text)).toBeUndefined();
    }
    expect(parsePythonLiteral(`'${'a'.repeat(1_000_000)}'`)?.value).toHaveLength(1_000_000);
  });
  it('[J6] objects are merged deep, lists by place and beyond their end, all else is replaced', () => {
    expect(
      merged(
        { Sectors: [{ Value: '1', Stopped: false }, {}], Messages: ['a'], Speeds: { FL: { Value: '300' } }, Line: 1 },
        {
          Sectors: { '1': { Value: '2' }, '2': { Value: '3' } },
          Messages: { '1': 'b' },
          Speeds: { FL: { Value: '' } },
          Line: 2,
        },
      ),
    ).toEqual({
      Sectors: { '0': { Value: '1', Stopped: false }, '1': { Value: '2' }, '2': { Value: '3' } },
      Messages: { '0': 'a', '1': 'b' },
      Speeds: { FL: { Value: '' } },
      Line: 2,
    });
    expect(merged({ List: ['a', 'b'], Text: 'x' }, { List: ['c'], Text: { y: 1 } })).toEqual({
      List: { '0': 'c' },
      Text: { y: 1 },
    });
  });
  it('[J6] named keys are dropped, and a state that is whole replaces the one before', () => {
    expect(merged({ Best: { Value: '1:01', Lap: 3 } }, { Best: { Value: '', _deleted: ['Lap', 'x'] } })).toEqual({
      Best: { Value: '' },
    });
    expect(merged({ a: 1, b: 2 }, { _kf: true, b: 3 })).toEqual({ b: 3 });
    expect(merged({ a: 1 }, { _kf: true })).toEqual({ a: 1 });
  });
  it('[J6] no key and no size does harm', () => {
    const hostile = JSON.parse(
      '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"99999999":{"a":1}}',
    );
    expect(Object.keys(merged(hostile, hostile))).toHaveLength(3);
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
    const wide = Object.fromEntries(Array.from({ length: 9000 }, (_, index) => [`k${index}`, index]));
    expect(Object.keys(merged(wide))).toHaveLength(5000);
    let deep: unknown = 1;
    for (let depth = 0; depth < 2000; depth++) deep = { a: deep };
    expect(JSON.stringify(merged(deep)).length).toBeLessThan(200);
    expect(textAt(treeAt(new Map([['a', 'x']]), 'a', 'b'), 'c')).toBe('');
    expect(flagAt(new Map([['New', 'false']]), 'New')).toBe(false);
  });
  it('[J13] times, moments and gaps are read as the feed writes them', () => {
    expect(
      ['1:43.616', '25.434', '127.015', '1:02:07.25', '01:59:59', '-', '1:2:3:4', '99999:00:00'].map(parseDuration),
    ).toEqual([103_616, 25_434, 127_015, 3_727_250, 7_199_000, undefined, undefined, undefined]);
    expect(parseUtc('2031-05-04T12:00:00.1239876Z')).toBe(NOON_MS + 123);
    expect(parseUtc('2031-05-04T12:00:00')).toBe(NOON_MS);
    expect(parseUtc('2031-:06')).toBeUndefined();
    expect(['+4.463', '+60.621', '+1:02.500', '15L', '9 L', '+1 LAP', 'LAP 17', '', '0L', 'x'].map(parseGap)).toEqual([
      { ms: 4463 },
      { ms: 60_621 },
      { ms: 62_500 },
      { laps: 15 },
      { laps: 9 },
      { laps: 1 },
      { leaderLap: 17 },
      undefined,
      undefined,
      undefined,
    ]);
  });
  it('[J7] packed places are unpacked and thinned, in metres; what swells or is broken is left out', () => {
    const places = (offsetMs: number, x: number) => ({
      Timestamp: new Date(NOON_MS + START_MS + offsetMs).toISOString(),
      Entries: { '7': { Status: 'OnTrack', X: x, Y: -255, Z: 3 }, '21': { Status: 'OffTrack', X: 0, Y: 0, Z: 0 } },
    });
    const pack = (data: unknown) => deflateRawSync(JSON.stringify(data)).toString('base64');
    const status: ScriptLine = [
      START_MS,
      'SessionData',
      { StatusSeries: [{ Utc: new Date(NOON_MS + START_MS).toISOString(), SessionStatus: 'Started' }] },
    ];
    const lines = [
      [START_MS + 900, 'Position.z', pack({ Position: [places(500, 1204), places(800, 1300), places(2600, 1405)] })],
      [START_MS + 5000, 'Position.z', 'no base64 of anything'],
      [
        START_MS + 5001,
        'Position.z',
        pack({ Position: [{ Timestamp: 'x'.repeat(3_000_000), Entries: { '7': { X: 1, Y: 1 } } }] }),
      ],
      [START_MS + 5002, 'CarData.z', pack({ Entries: [] })],
    ] as const satisfies readonly ScriptLine[];
    expect(told(importLines(raceLines(status, ...lines)), 'position')).toEqual([
      { atMs: 500, car: '7', xMetres: 120.4, yMetres: -25.5 },
      { atMs: 2600, car: '7', xMetres: 140.5, yMetres: -25.5 },
    ]);
  });
  it('[J9] cars are entered with team, colour and driver, older lists of names included, and the grid is told', () => {
    const grid = { Lines: { '7': { GridPos: '2' }, '21': { GridPos: '1' }, '4': { GridPos: '' } } };
    const { manifest } = importLines(raceLines([60, 'TimingAppData', grid], [70, 'DriverList', { '4': { Line: 2 } }]));
    expect(manifest.entries).toEqual([
      {
        car: '4',
        team: 'Elm Racing',
        drivers: [{ id: 'cy-cyrus', firstName: 'Cy', lastName: 'Cyrus', code: 'CYR' }],
        startingDriver: 'cy-cyrus',
      },
      {
        car: '7',
        team: 'Elm Racing',
        colour: '#a1b2c3',
        drivers: [{ id: 'ada-oker', firstName: 'Ada', lastName: 'Oker', code: 'OKE', nationality: 'ELM' }],
        startingDriver: 'ada-oker',
      },
      {
        car: '21',
        team: "Bo's Boys",
        drivers: [{ id: 'bo-de-brie', firstName: 'Bo de', lastName: 'BRIE', code: 'BRI' }],
        startingDriver: 'bo-de-brie',
      },
    ]);
    expect(manifest.grid).toEqual([
      { car: '21', position: 1 },
      { car: '7', position: 2 },
    ]);
    expect(manifest).toMatchObject({
      event: 'Harbour Grand Prix',
      session: 'Race',
      kind: 'race',
      season: 2031,
      startEpochMs: NOON_MS + 480_000,
      circuit: { name: 'Elm Docks', location: 'Port Elm', country: 'Elmland' },
      distance: { laps: 4 },
      orderAuthority: 'feed',
      rules: { classifiedShare: 0.9, officialOrder: 'feed' },
    });
  });
  it('[J27] weather is told in metric units when it changes', () => {
    const at = (ms: number, data: unknown): ScriptLine => [START_MS + ms, 'WeatherData', data];
    const race = importLines(
      raceLines(
        at(1, {
          AirTemp: '21.5',
          Humidity: '48',
          TrackTemp: '35.2',
          WindSpeed: '2.5',
          WindDirection: '358',
          Rainfall: '0',
          Pressure: '1014',
        }),
        at(2, { Pressure: '1015' }),
        at(3, { Rainfall: '1', AirTemp: '999' }),
      ),
    );
    const first = { trackCelsius: 35.2, humidityPercent: 48, windKph: 9, windDegrees: 358 };
    expect(told(race, 'weather')).toEqual([
      { atMs: 1, airCelsius: 21.5, ...first, rain: false },
      { atMs: 3, ...first, rain: true },
    ]);
    expect(eventsOf(race, 'weather')).toHaveLength(2);
  });
  it('[J50] a recording begins ten minutes before the start: of what was told before it keeps the last word', () => {
    const before = (lines: readonly ScriptLine[]) =>
      lines.map(([atMs, topic, data]): ScriptLine => [atMs + 3_000_000, topic, data]);
    const early: ScriptLine[] = [
      [1_000_000, 'TrackStatus', { Status: '2' }],
      [1_100_000, 'TrackStatus', { Status: '1' }],
      [1_200_000, 'TrackStatus', { Status: '2' }],
      [1_000_000, 'WeatherData', { AirTemp: '19.0', Rainfall: '0' }],
      [1_300_000, 'WeatherData', { AirTemp: '21.0', Rainfall: '0' }],
      [1_300_000, 'RaceControlMessages', { Messages: [{ Utc: '2031-05-04T12:20:00', Message: 'PIT EXIT OPEN' }] }],
      [2_999_000, 'TrackStatus', { Status: '1' }],
    ];
    const lines = [...early, ...before(raceLines())].filter(([, topic]) => topic !== 'Heartbeat');
    const race = importLines(lines.toSorted((one, other) => one[0] - other[0]));
    expect(race.events[0]?.atMs).toBe(-600_000);
    expect(told(race, 'flag-changed')).toEqual([{ atMs: -600_000, flag: 'green' }]);
    expect(told(race, 'weather')).toMatchObject([{ atMs: -600_000, airCelsius: 21 }]);
    expect(eventsOf(race, 'race-control-message')).toEqual([]);
    expect(eventsOf(race, 'passing')).toEqual(
      eventsOf(importLines(raceLines()), 'passing').map((event) => ({ ...event, seq: expect.any(Number) })),
    );
  });
});
