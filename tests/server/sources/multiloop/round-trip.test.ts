import { simulate } from '@pitboard/server/sources/simulator-source.ts';
import type { RaceEvent } from '@pitboard/shared/protocol/race-event.ts';
import { classify } from '@pitboard/shared/race/classification.ts';
import { carOf, type RaceView } from '@pitboard/shared/race/race-view.ts';
import { createRaceTimeline } from '@pitboard/shared/timeline/race-timeline.ts';
import { describe, expect, it } from 'vitest';
import { crossing, endOf, heartbeat, lap, RUN, readLines } from './lines.ts';

const BAKU = simulate({ scenario: 'baku-2014', seed: 7 });
const timeline = createRaceTimeline(BAKU.manifest);
timeline.append(BAKU.events);

const FLAGS: Readonly<Record<string, string>> = { green: 'G', chequered: 'K' };

/** What Multiloop would say of a fact. `hasPitLines`: whether entry and exit of the pit lane have lines of their own. */
function linesOf(event: RaceEvent, hasPitLines: boolean): readonly string[] {
  const { atMs } = event;
  if (atMs < 0) return [];
  if (event.type === 'pit-entry' || event.type === 'pit-exit') {
    return hasPitLines ? [crossing(event.car, event.type === 'pit-entry' ? 'PI' : 'PO', atMs, true)] : [];
  }
  if (event.type !== 'passing') return [];
  const inPit = event.inPitLane === true;
  const line = crossing(event.car, event.loop.replace(/^S(\d)$/, 'IM$1'), atMs, inPit);
  if (event.loop !== 'SF') return [line];
  const view = timeline.viewAt(atMs);
  const car = carOf(view.state, event.car);
  // A crossing that counts for nothing, as after the flag.
  if (car === undefined || car.crossedAtMs !== atMs) return [line];
  const result = classify(view).findIndex((one) => one.car === event.car);
  const said = lap({
    car: event.car,
    laps: car.lapsCompleted,
    elapsedMs: atMs,
    rank: result + 1,
    lastLapMs: car.lapsCompleted === 0 ? 0 : (car.lastLapTimeMs ?? 0),
    inPit,
    fastestMs: car.bestLapTimeMs ?? 0,
    fastestLap: car.bestLapNumber ?? 0,
    pitStops: car.stops + (car.pitEntryAtMs === undefined ? 0 : 1),
  });
  // Sometimes the lap is told before the line.
  return car.lapsCompleted % 2 === 0 ? [line, said] : [said, line];
}

function heard(hasPitLines: boolean) {
  const lines = [RUN];
  let beatMs = 0;
  for (const event of BAKU.events) {
    for (; beatMs < event.atMs; beatMs += 1000) {
      const { flag, chequeredAtMs } = timeline.viewAt(beatMs).state;
      lines.push(
        heartbeat(beatMs, {
          flag: chequeredAtMs === undefined ? (FLAGS[flag] ?? 'Y') : 'K',
          timeToGoMs: Math.max(0, 3_600_000 - beatMs),
        }),
      );
    }
    lines.push(...linesOf(event, hasPitLines));
  }
  return readLines(...lines);
}

const resultOf = (view: RaceView) =>
  classify(view)
    .filter(({ laps }) => laps > 0)
    .map((line) => [line.car, line.laps, line.totalTimeMs, line.bestLapTimeMs, line.bestLap])
    .sort();
const visitsOf = (view: RaceView) =>
  [...view.history.visits].flatMap(([car, visits]) => visits.map(({ atMs, exitAtMs }) => [car, atMs, exitAtMs])).sort();
const baku = timeline.viewAt(timeline.headAtMs);

describe('N. RMonitor and Multiloop', () => {
  it('[N41] a whole race told in Multiloop is the same race: laps, totals, bests, loops and stops', () => {
    const reading = heard(true);
    expect(reading.skipped).toEqual([]);
    const view = endOf(reading);
    expect(resultOf(view)).toEqual(resultOf(baku));
    expect(visitsOf(view)).toEqual(visitsOf(baku));
    expect(view.history.crossings.get('1')?.timesMs).toEqual(baku.history.crossings.get('1')?.timesMs);
    expect(view.state.chequeredAtMs).toBe(baku.state.chequeredAtMs);
    expect(view.state.manifest.distance).toEqual({ durationMs: 3_600_000 });
    const winners = (race: RaceView) =>
      classify(race)
        .slice(0, 9)
        .map(({ car }) => car);
    expect(winners(view)).toEqual(winners(baku));
  });

  it('[N43] without lines at the pit lane the number of stops is the same', () => {
    const view = endOf(heard(false));
    expect(resultOf(view)).toEqual(resultOf(baku));
    const stopsOf = (race: RaceView) => visitsOf(race).map(([car]) => car);
    expect(stopsOf(view)).toEqual(stopsOf(baku));
  });
});
