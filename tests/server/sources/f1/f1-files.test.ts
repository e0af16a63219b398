import { deflateRawSync } from 'node:zlib';
import { f1Files } from '@pitboard/server/sources/f1/f1-files.ts';
import { RACE_FORMATS } from '@pitboard/server/sources/import/formats.ts';
import { NoRaceError } from '@pitboard/server/sources/import/imported-race.ts';
import { parseManifest, parseRaceFact } from '@pitboard/shared/protocol/parse.ts';
import { describe, expect, it } from 'vitest';
import {
  asJson,
  asPython,
  asStreams,
  CARS,
  eventsOf,
  INFO,
  importFiles,
  NOON_MS,
  openingLines,
  pythonOf,
  raceLines,
  type ScriptLine,
  START_MS,
  utcText,
} from './feed-script.ts';

const RACE = raceLines([START_MS + 200_000, 'WeatherData', { AirTemp: '21.5', WindSpeed: '2.0', Rainfall: '0' }]);
const STREAMS = asStreams(RACE);
const RACE_OF_STREAMS = importFiles(STREAMS).races[0];

function formatOf(text: string, name = 'x.txt'): string | undefined {
  const head = { name, bytes: Buffer.from(text), text: text.slice(0, 65_536) };
  return RACE_FORMATS.find((format) => format.recognises(head))?.id;
}

describe('J. Formula 1: files', () => {
  it('[J1] every topic is known by what is in it, under any name', () => {
    for (const { text } of STREAMS) expect(formatOf(text.replace('\uFEFF', ''), 'scan.txt')).toBe('f1');
    const renamed = STREAMS.map(({ text }, index) => ({ name: `scan${index}.txt`, text }));
    expect(importFiles(renamed).races).toEqual([RACE_OF_STREAMS]);
  });
  it('[J1] a topic of another name is read for what it is, and a last state adds nothing', () => {
    const [info, drivers, status, ...others] = STREAMS;
    const swapped = [info, drivers, { name: 'LapCount.jsonStream', text: status?.text ?? '' }, ...others];
    const last = { name: 'TimingData.json', text: '{"Lines":{"7":{"NumberOfLaps":90,"RacingNumber":"7"}}}' };
    expect(formatOf(last.text)).toBe('f1');
    expect(importFiles([...swapped, last] as typeof STREAMS).races).toEqual([RACE_OF_STREAMS]);
  });
  it('[J7] any topic may come packed, in files of topics and in messages', () => {
    const pack = (data: unknown) => deflateRawSync(JSON.stringify(data)).toString('base64');
    const packed = RACE.map(([atMs, topic, data]): ScriptLine => [atMs, `${topic}.z`, pack(data)]);
    expect(importFiles(asStreams(packed)).races).toEqual([RACE_OF_STREAMS]);
    const messages = [{ name: 'a.txt', text: asPython(packed) }];
    expect(importFiles(messages)).toEqual(importFiles([{ name: 'a.txt', text: asPython(RACE) }]));
    const broken = `${asPython(packed)}['LapCount.z', 'AAAA', '']\n`;
    expect(importFiles([{ name: 'a.txt', text: broken }]).skipped.lines).toBe(1);
  });
  it('[J1] other text and other JSON are left to others', () => {
    for (const text of [
      '{"MRData":{"RaceTable":{}}}',
      '00:00:01.000 $F,14,"00:12:45"',
      'NUMBER;LAP',
      '',
      '[1,2]',
      '{}',
    ]) {
      expect(f1Files.recognises({ name: 'TimingData.jsonStream', bytes: Buffer.from(text), text })).toBe(false);
    }
  });
  it('[J2] streams are read in order of time, whatever the order of the files and however they are cut', () => {
    for (const files of [STREAMS.toReversed(), STREAMS.toSorted((one, other) => one.name.localeCompare(other.name))]) {
      expect(importFiles(files, 7).races).toEqual([RACE_OF_STREAMS]);
    }
  });
  it('[J2] messages are read in the order of the file, whatever their stamps', () => {
    const lines = RACE.map(([atMs, topic, data]): ScriptLine => [atMs, topic, data]);
    const late = lines.findIndex(
      ([, topic, data]) => topic === 'TimingData' && JSON.stringify(data).includes('"NumberOfLaps":2'),
    );
    const [atMs, topic, data] = lines[late] as ScriptLine;
    lines[late] = [atMs - 3000, topic, data];
    const race = importFiles([{ name: 'live.txt', text: asJson(lines) }]).races[0];
    const laps = race === undefined ? [] : eventsOf(race, 'passing').filter(({ loop }) => loop === 'SF');
    expect(laps).toHaveLength(12);
    expect(laps.map(({ lapTimeMs }) => lapTimeMs)).toEqual(
      eventsOf(RACE_OF_STREAMS as never, 'passing')
        .filter(({ loop }) => loop === 'SF')
        .map(({ lapTimeMs }) => lapTimeMs),
    );
  });
  it('[J3] Python, JSON and the messages of both hubs tell the same race', () => {
    const hub = (line: ScriptLine) => ({ H: 'Streaming', M: 'feed', A: [line[1], line[2], utcText(line[0])] });
    const spellings = [
      asJson(RACE),
      asPython(RACE),
      RACE.map((line) => `${JSON.stringify({ C: 'd-1', M: [hub(line)] })}\n`).join(''),
      RACE.map((line) => `${JSON.stringify(hub(line))}\n`).join(''),
      RACE.map(
        ([atMs, topic, data]) =>
          `${JSON.stringify({ type: 1, target: 'feed', arguments: [topic, data, utcText(atMs)] })}\u001e\n`,
      ).join(''),
      RACE.map(
        ([atMs, topic, data]) => `${JSON.stringify({ type: topic, json: data, dateTime: utcText(atMs) })}\n`,
      ).join(''),
    ];
    const races = spellings.map((text) => {
      expect(formatOf(text)).toBe('f1');
      const { races: found, skipped } = importFiles([{ name: 'a.txt', text }]);
      expect(skipped.lines).toBe(0);
      return found;
    });
    for (const race of races) expect(race).toEqual(races[0]);
    const [race] = races[0] ?? [];
    expect(race?.events.map(({ seq: _, ...fact }) => ({ ...fact, startEpochMs: 0 }))).toEqual(
      RACE_OF_STREAMS?.events.map(({ seq: _, ...fact }) => ({ ...fact, startEpochMs: 0 })),
    );
  });
  it('[J3] a subscription with the states as text, in any order, comes before the changes, whichever file is given first', () => {
    const states = RACE.filter(([atMs]) => atMs < 100).toReversed();
    const changes = RACE.filter(([atMs]) => atMs >= 100);
    const livedata =
      states.map(([, topic, data]) => `${pythonOf([topic, JSON.stringify(data), ''])}\n`).join('') + asPython(changes);
    const inOne = importFiles([{ name: 'a.txt', text: livedata }]).races;
    const subscribe = JSON.stringify(Object.fromEntries(states.map(([, topic, data]) => [topic, data])));
    const files = [
      { name: 'live.txt', text: asJson(changes) },
      { name: 'subscribe.txt', text: subscribe },
    ];
    const inTwo = importFiles(files).races;
    const laidOut = { name: 'subscribe.txt', text: JSON.stringify(JSON.parse(subscribe), undefined, 2) };
    expect(formatOf(laidOut.text)).toBe('f1');
    expect(importFiles([laidOut, { name: 'live.txt', text: asJson(changes) }]).races).toEqual(inTwo);
    const legacy = importFiles([
      { name: 'a.txt', text: `${JSON.stringify({ R: JSON.parse(subscribe), I: '1' })}\n${asJson(changes)}` },
    ]).races;
    expect(inOne).toHaveLength(1);
    expect(inTwo).toEqual(inOne);
    expect(legacy).toEqual(inOne);
    expect(eventsOf(inOne[0] as never, 'passing')).toEqual(
      eventsOf(RACE_OF_STREAMS as never, 'passing').map((event) => ({ ...event, seq: expect.any(Number) })),
    );
  });
  it('[J3] where two recordings overlap, nothing is told twice', () => {
    const text = asJson(RACE).split('\n');
    const files = [text.slice(0, 40).join('\n'), text.slice(30).join('\n')].map((part, index) => ({
      name: `${index}.txt`,
      text: part,
    }));
    expect(importFiles(files.toReversed()).races).toEqual(importFiles([{ name: 'a.txt', text: asJson(RACE) }]).races);
  });
  it('[J4] a broken line costs itself only, and is named', () => {
    const text = asPython(RACE).split('\n');
    text.splice(
      5,
      0,
      "['CarData.z', ]",
      "['TimingData'",
      '"whatever"',
      "['Heartbeat', {'_kf': True}, '2031']",
      "['TrackStatus', 'AllClear', '2031-05-04T12:00:00Z']",
    );
    const { races, skipped } = importFiles([{ name: 'a.txt', text: text.join('\n') }]);
    expect(races).toEqual(importFiles([{ name: 'a.txt', text: asPython(RACE) }]).races);
    expect(skipped).toEqual({
      lines: 3,
      reasons: { 'no message of the feed': 3 },
      examples: [7, 8, 10].map((line) => ({ file: 'a.txt', line, reason: 'no message of the feed' })),
    });
  });
  it('[J4] files whose timing names no car are refused', () => {
    expect(() => importFiles(STREAMS.filter(({ name }) => !name.startsWith('TimingData')))).toThrow(NoRaceError);
    expect(() => importFiles([])).toThrow('TimingData of Formula 1 is needed');
    const state = { name: 'TimingData.json', text: '{"Lines":{"7":{"Line":1,"NumberOfLaps":4}}}' };
    expect(() => importFiles([state])).toThrow('TimingData.jsonStream');
  });
  it('[J47] timing that only names cars gives a session without places, which says what is missing', () => {
    const text = asPython([
      [10, 'TimingAppData', { Lines: { '7': { Stints: [{ Compound: 'SOFT', New: 'true', TotalLaps: 0 }] } } }],
      [20, 'TimingData', { Lines: { '21': { Sectors: { '0': { Value: '31.200' } } } } }],
    ]);
    const { races } = importFiles([{ name: 'a.txt', text }]);
    expect(races.map(({ manifest }) => manifest.entries.map(({ car }) => car))).toEqual([['7', '21']]);
    expect(races[0]?.manifest.dataNotes).toContainEqual(expect.objectContaining({ subject: 'laps', kind: 'missing' }));
    const absent = races[0]?.events.flatMap((event) => (event.type === 'car-not-starting' ? [event.car] : []));
    expect(absent).toEqual(['7', '21']);
  });
  it('[J51] sessions that follow each other in one recording are told apart; one that is named again goes on', () => {
    const later = (lines: readonly ScriptLine[], info: object): ScriptLine[] =>
      lines.map(([atMs, topic, data]) => [atMs + 5_000_000, topic, topic === 'SessionInfo' ? info : data]);
    const second = { ...INFO, Key: 78, Name: 'Second race', Path: '2031/harbour/second/' };
    const again: ScriptLine = [START_MS + 100_000, 'SessionInfo', { Key: 77, SessionStatus: 'Started' }];
    const text = asJson([...raceLines(again), ...later(RACE, second)]);
    const { races } = importFiles([{ name: 'a.txt', text }]);
    expect(races.map(({ manifest }) => manifest.session)).toEqual(['Race', 'Second race']);
    const passings = races.map((race) => eventsOf(race, 'passing').map(({ seq: _, ...passing }) => passing));
    expect(passings[1]).toEqual(passings[0]);
    expect(passings[0]).toHaveLength(36);
  });
  it('[J47] before the start the order of the feed is that of the grid; beside a session with laps such a one is left out', () => {
    const opening = openingLines();
    const before = importFiles([{ name: 'a.txt', text: asJson(opening) }]).races[0];
    expect(before?.events.filter(({ type }) => type === 'car-not-starting')).toEqual([]);
    expect(before?.events.find(({ type }) => type === 'order-reported')).toMatchObject({ cars: CARS });
    const both = [{ name: 'a.txt', text: asJson(opening) }, ...STREAMS];
    expect(importFiles(both).races).toEqual(importFiles(STREAMS).races);
  });
  it('[J4] every fact and manifest passes its schema, and the wall clock is that of the recording', () => {
    const race = importFiles([{ name: 'a.txt', text: asPython(RACE) }]).races[0];
    expect(parseManifest(race?.manifest)).toMatchObject({ ok: true });
    expect(race?.events.filter(({ seq: _, ...fact }) => !parseRaceFact(fact).ok)).toEqual([]);
    expect(race?.events.find(({ type }) => type === 'session-phase')).toMatchObject({
      atMs: 0,
      startEpochMs: NOON_MS + START_MS,
    });
  });
});
