import { createFeedCollector } from '@pitboard/server/sources/feed/collect-feed.ts';
import type { ImportedRace } from '@pitboard/server/sources/import/imported-race.ts';
import { rmonitor } from '@pitboard/server/sources/rmonitor/rmonitor-protocol.ts';
import { createRmonitorSpeaker } from '@pitboard/server/sources/rmonitor/rmonitor-speaker.ts';
import { simulate } from '@pitboard/server/sources/simulator-source.ts';
import { classify } from '@pitboard/shared/race/classification.ts';
import { officialResult } from '@pitboard/shared/race/official-result.ts';
import type { RaceView } from '@pitboard/shared/race/race-view.ts';
import { createRaceTimeline } from '@pitboard/shared/timeline/race-timeline.ts';
import { describe, expect, it } from 'vitest';

const BAKU = simulate({ scenario: 'baku-2014', seed: 7 });

/** What a reader makes of a race that is spoken to it second by second, with the line cut as often as asked. */
function heard(race: ImportedRace, { imsa = false, cutsAtMs = [] as readonly number[] } = {}): ImportedRace {
  const skipped: string[] = [];
  const collector = createFeedCollector((line, text, reason) => skipped.push(`${line} ${text}: ${reason}`));
  const reader = rmonitor.createReader(collector);
  const speaker = createRmonitorSpeaker(race, { imsa });
  const startEpochMs = race.manifest.startEpochMs ?? 0;
  const say = (lines: readonly string[], atMs: number) => {
    reader.read(Buffer.from(lines.map((line) => `${line}\r\n`).join(''), 'latin1'), startEpochMs + atMs);
  };
  const cuts = [...cutsAtMs];
  let isDown = false;
  for (let atMs = speaker.startMs; atMs <= speaker.endMs + 5000; atMs += 500) {
    const lines = speaker.advance(atMs);
    if (cuts[0] !== undefined && atMs >= cuts[0]) {
      cuts.shift();
      // The last thing heard is half a line.
      reader.read(Buffer.from((lines[0] ?? '$G,1,').slice(0, 9)), startEpochMs + atMs);
      reader.cut();
      isDown = true;
    } else if (isDown && atMs % 10_000 === 0) {
      isDown = false;
      say(speaker.dump(), atMs);
    } else if (!isDown) say(lines, atMs);
  }
  expect(skipped.slice(0, 3)).toEqual([]);
  const races = collector.races();
  expect(races).toHaveLength(1);
  return races[0] as ImportedRace;
}

function endOf({ manifest, events }: ImportedRace): RaceView {
  const timeline = createRaceTimeline(manifest);
  timeline.append(events);
  return timeline.viewAt(timeline.headAtMs);
}

/** Who did a lap, best first: the protocol has no word for who is classified. */
const resultOf = (race: ImportedRace) =>
  classify(endOf(race))
    .filter(({ laps }) => laps > 0)
    .map(({ car, laps, totalTimeMs, bestLapTimeMs, bestLap }) => [car, laps, totalTimeMs, bestLapTimeMs, bestLap]);

const flagsOf = (race: ImportedRace) =>
  endOf(race)
    .history.flags.filter(({ sector }) => sector === undefined)
    .map(({ flag }) => flag);

describe('U. Sources at run time', () => {
  it('[U53] Baku has the same laps, totals, order, bests and flags when it is heard again', () => {
    const race = heard(BAKU);
    expect(resultOf(race)).toEqual(resultOf(BAKU));
    expect(flagsOf(race)).toEqual(flagsOf(BAKU));
    expect(endOf(race).history.visits.size).toBe(0);
    const lapsOf = (view: RaceView, car: string) =>
      view.history.laps.get(car)?.map(({ lap, atMs, lapTimeMs }) => [lap, atMs, lapTimeMs]);
    for (const car of ['1', '007', '777']) expect(lapsOf(endOf(race), car)).toEqual(lapsOf(endOf(BAKU), car));
  });

  it('[U53] with the lines of IMSA its stops and the other loops too', () => {
    const race = heard(BAKU, { imsa: true });
    expect(resultOf(race)).toEqual(resultOf(BAKU));
    const visitsOf = (view: RaceView) =>
      [...view.history.visits]
        .flatMap(([car, visits]) => visits.map(({ atMs, exitAtMs }) => [car, atMs, exitAtMs]))
        .sort();
    expect(visitsOf(endOf(race))).toEqual(visitsOf(endOf(BAKU)));
    // A crossing at the very moment of the start reads like none.
    const timesOf = (view: RaceView) => view.history.crossings.get('1')?.timesMs.slice(1);
    expect(timesOf(endOf(race))).toEqual(timesOf(endOf(BAKU)));
  });

  it('[U53] with the cable pulled twice the result is the same', () => {
    const race = heard(BAKU, { cutsAtMs: [600_000, 2_000_000] });
    expect(resultOf(race).map((line) => line.slice(0, 3))).toEqual(resultOf(BAKU).map((line) => line.slice(0, 3)));
  });

  it.each(['safety-car-stops', 'red-flag-restart', 'lapped-finish'])('[U53] so has %s', (scenario) => {
    const race = simulate({ scenario, seed: 3 });
    expect(resultOf(heard(race))).toEqual(resultOf(race));
  });

  it('[U53] time that is added on the way makes the same official result', () => {
    const { manifest, events } = simulate({ scenario: 'lapped-finish', seed: 3 });
    const winner = classify(endOf({ manifest, events }))[0]?.car ?? '';
    const sanction = { kind: 'time', ms: 20_000 } as const;
    const penalty = { type: 'penalty', atMs: 900_000, id: 'p1', car: winner, state: 'given', sanction } as const;
    const at = events.findIndex(({ atMs }) => atMs > penalty.atMs);
    const judged = [...events.slice(0, at), penalty, ...events.slice(at)].map((event, index) => ({
      ...event,
      seq: index + 1,
    }));
    const officialOf = (race: ImportedRace) =>
      officialResult(endOf(race))
        .filter(({ laps }) => laps > 0)
        .map((line) => [line.car, line.laps, line.totalTimeMs, line.road.totalTimeMs]);
    const race = { manifest, events: judged };
    expect(officialOf(race)[0]?.[0]).not.toBe(winner);
    expect(officialOf(heard(race))).toEqual(officialOf(race));
  });

  it('[U53] a qualifying is one again, in the order of the best laps', () => {
    const { manifest, events } = simulate({ scenario: 'lapped-finish', seed: 3 });
    const race = { manifest: { ...manifest, kind: 'qualifying', session: 'Session 2' } as const, events };
    const again = heard(race);
    expect(again.manifest.kind).toBe('qualifying');
    const bestsOf = (one: ImportedRace) => classify(endOf(one)).map(({ car, bestLapTimeMs }) => [car, bestLapTimeMs]);
    expect(bestsOf(again)).toEqual(bestsOf(race));
  });
});
