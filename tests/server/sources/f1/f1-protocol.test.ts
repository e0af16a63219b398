import { createF1Reader } from '@pitboard/server/sources/f1/f1-protocol.ts';
import { createFeedCollector } from '@pitboard/server/sources/feed/collect-feed.ts';
import { FEED_PROTOCOLS } from '@pitboard/server/sources/feed/feeds.ts';
import type { RaceFact } from '@pitboard/shared/protocol/race-event.ts';
import { describe, expect, it } from 'vitest';
import {
  asJson,
  asPython,
  INFO,
  importFiles,
  listen,
  NOON_MS,
  raceLines,
  row,
  type ScriptLine,
  START_MS,
  wholeRow,
} from './feed-script.ts';

const RACE = raceLines();

/** Everything that a sink hears of a text, cut into pieces. */
function hear(text: string, pieceBytes: number): unknown[] {
  const heard: unknown[] = [];
  const reader = createF1Reader({
    session: (key, manifest) => heard.push(['session', key, manifest.event]),
    facts: (facts) => heard.push(...facts),
    skipped: (line, _, reason) => heard.push(['skipped', line, reason]),
    line: () => undefined,
  });
  const bytes = Buffer.from(text);
  for (let from = 0; from < bytes.length; from += pieceBytes)
    reader.read(bytes.subarray(from, from + pieceBytes), NOON_MS);
  return heard;
}

describe('J. Formula 1: live', () => {
  it('[J29] the feed is one that can be listened to, and cut anywhere it tells the same', () => {
    expect(FEED_PROTOCOLS.find(({ schemes }) => schemes.includes('f1:'))?.title).toBe('Formula 1 live timing');
    const text = asJson(RACE).replaceAll('Elmland', 'Élmländ');
    expect(hear(text, 1)).toEqual(hear(text, 1_000_000));
    expect(hear(text, 1)[0]).toEqual(['session', 'f1-2031-harbour-race-', 'Harbour Grand Prix']);
  });
  it('[J29] from the start on, what is told live is what the recording tells', () => {
    const live = listen(RACE).races()[0];
    const file = importFiles([{ name: 'a.txt', text: asPython(RACE) }]).races[0];
    const since = (race: typeof live) =>
      race?.events
        .filter(({ atMs }) => atMs >= 0)
        .map(({ seq: _, ...fact }) => JSON.stringify(fact))
        .sort();
    expect(since(live)).toEqual(since(file));
    expect(live?.manifest).toEqual(file?.manifest);
  });
  it('[J29] before the start, times are counted to the planned one and never reach it', () => {
    const facts = listen(RACE.filter(([atMs]) => atMs < START_MS)).races()[0]?.events ?? [];
    expect(facts.map(({ atMs }) => atMs)).toContain(40 - 480_000);
    const tardy: ScriptLine = [START_MS - 10, 'TrackStatus', { Status: '2' }];
    const last = listen([...RACE.filter(([atMs]) => atMs < START_MS), tardy])
      .races()[0]
      ?.events.at(-1);
    expect(last).toMatchObject({ type: 'flag-changed', flag: 'yellow', atMs: -1 });
  });
  it('[J29] a line that is cut and comes back tells only what is new', () => {
    const heard: RaceFact[] = [];
    const reader = createF1Reader({
      session: () => undefined,
      facts: (facts) => heard.push(...facts),
      skipped: () => undefined,
      line: () => undefined,
    });
    const send = (lines: readonly ScriptLine[], isState = false) => {
      for (const [atMs, topic, data] of lines) {
        const text = isState ? `${JSON.stringify([topic, data, ''])}\n` : asJson([[atMs, topic, data]]);
        reader.read(Buffer.from(text), NOON_MS + atMs);
      }
    };
    const untilMs = START_MS + 160_000;
    send(RACE.filter(([atMs]) => atMs < untilMs));
    reader.read(Buffer.from('["TimingData", {"Lin'), NOON_MS);
    reader.cut();
    const count = heard.length;
    const states: ScriptLine[] = [
      [untilMs, 'SessionInfo', INFO],
      [untilMs, 'SessionStatus', { Status: 'Started' }],
      [untilMs, 'TrackStatus', { Status: '1' }],
      [untilMs, 'TimingData', { Lines: { '7': { ...wholeRow('7', 1), InPit: false, Status: 64, NumberOfLaps: 2 } } }],
    ];
    send(states, true);
    expect(heard.slice(count).filter(({ type }) => type !== 'gap-reported')).toEqual([]);
    send(RACE.filter(([atMs]) => atMs >= untilMs));
    const laps = heard.filter((fact) => fact.type === 'passing' && fact.loop === 'SF' && fact.car === '7');
    expect(laps.map((fact) => ('lapNumber' in fact ? fact.lapNumber : ''))).toEqual([1, 2, 3, 4]);
  });
  it('[J29] the next session of the feed is a session of its own', () => {
    const next: ScriptLine[] = RACE.map(([atMs, topic, data]) => [
      atMs + 86_400_000,
      topic,
      topic === 'SessionInfo' ? { ...INFO, Path: 'next/', Name: 'Sprint' } : data,
    ]);
    const races = listen([...RACE, ...next]).races();
    expect(races.map(({ manifest }) => manifest.session)).toEqual(['Race', 'Sprint']);
    expect(races[1]?.events.filter(({ type }) => type === 'passing')).toHaveLength(36);
  });
  it('[J29] a line that says nothing is counted, and a car that the feed names first is entered', () => {
    const collector = createFeedCollector(() => undefined);
    const reader = createF1Reader(collector);
    reader.read(Buffer.from(asJson([[0, 'TimingData', row('99', { Line: 4 })]])), NOON_MS);
    expect(collector.races()[0]?.manifest.entries).toEqual([{ car: '99', drivers: [] }]);
    expect(hear('nonsense\n["TrackStatus", 5, "x"]\n{"type":6}\n', 5)).toEqual([
      ['skipped', 1, 'no message of the feed'],
      ['skipped', 2, 'no message of the feed'],
    ]);
  });
});
