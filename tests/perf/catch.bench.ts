import { ATTACK_MS, type Catch, catchOf } from '@pitboard/shared/analysis/catch.ts';
import type { Manifest } from '@pitboard/shared/protocol/manifest.ts';
import type { RaceEvent } from '@pitboard/shared/protocol/race-event.ts';
import { isGreen } from '@pitboard/shared/race/flag-severity.ts';
import type { LapRecord } from '@pitboard/shared/race/race-history.ts';
import { createRaceTimeline, type RaceTimeline } from '@pitboard/shared/timeline/race-timeline.ts';
import { createBaku2014 } from '@pitboard/simulator/scenarios/baku-2014.ts';
import { createEndurance24h } from '@pitboard/simulator/scenarios/endurance-24h.ts';
import { simulateRace } from '@pitboard/simulator/simulate-race.ts';
import type { Figure } from './figure.ts';

type Log = { readonly manifest: Manifest; readonly events: readonly RaceEvent[] };
type Tally = { readonly came: number; readonly late: number; readonly early: number; readonly broken: number };

/** A forecast may be a lap off at either end. */
const TOLERANCE_LAPS = 1;

const SPRINT_SEEDS = [1, 2, 3, 4, 5, 6, 7, 2014];
const DAY_SEEDS = [1, 2014];

/**
 * Whether forecasts came true. Each time a car ends a lap it is asked when it will catch the car ahead of it. A forecast
 * comes true when the gap at the line first falls to a second, or the chaser is by, within the range of laps, one lap of
 * tolerance at either end; else it is a false alarm, too late or too early. Left out is what was broken off: by a
 * stop, a lap under another flag than green, a lost car or the flag, before it was settled either way.
 */
export function catchFigures(): Figure[] {
  const sprints = SPRINT_SEEDS.map((seed) => simulateRace(createBaku2014(), { seed }));
  const days = DAY_SEEDS.map((seed) => simulateRace(createEndurance24h(3), { seed }));
  const tallies = [...sprints, ...days].map(backTestCatches);
  const sum = (part: keyof Tally) => tallies.reduce((total, tally) => total + tally[part], 0);
  const wrong = sum('late') + sum('early');
  const judged = sum('came') + wrong;
  const source = `simulated: ${sprints.length} × Baku, ${days.length} × 24 h`;
  const how = `${source}: ${sum('late')} late or never, ${sum('early')} early, ${sum('broken')} broken off and not judged`;
  return [
    { name: 'catchFalseAlarmRate', value: Number((wrong / judged).toFixed(3)), unit: '', bar: { atMost: 0.1 }, how },
    {
      name: 'catchForecasts',
      value: judged,
      unit: '',
      bar: undefined,
      how: `${source}: forecasts that could be judged`,
    },
  ];
}

/** Every forecast of a race, against what became of it. */
export function backTestCatches({ manifest, events }: Log): Tally {
  const timeline = createRaceTimeline(manifest);
  timeline.append(events);
  const tally = { came: 0, late: 0, early: 0, broken: 0 };
  for (const lap of timeline.history.allLaps) {
    const view = timeline.viewAt(lap.atMs);
    const ahead = view.state.order[lap.position - 2];
    const forecast = ahead === undefined ? undefined : catchOf(view, lap.car, ahead);
    if (ahead === undefined || forecast?.kind !== 'catch') continue;
    tally[verdict(timeline, forecast, { chaser: lap.car, ahead })]++;
  }
  return tally;
}

function verdict(
  timeline: RaceTimeline,
  forecast: Catch & { kind: 'catch' },
  pair: { chaser: string; ahead: string },
): keyof Tally {
  const own = timeline.history.laps.get(pair.chaser) ?? [];
  const others = timeline.history.laps.get(pair.ahead) ?? [];
  const { from, to } = forecast.atLap;
  for (let lap = forecast.trend.lap + 1; lap <= to + TOLERANCE_LAPS; lap++) {
    const one = own[lap - 1];
    const other = others[lap - 1];
    if (one === undefined || other === undefined || isBroken(one) || isBroken(other)) return 'broken';
    if (one.atMs - other.atMs <= ATTACK_MS) return lap < from - TOLERANCE_LAPS ? 'early' : 'came';
  }
  return 'late';
}

function isBroken(lap: LapRecord): boolean {
  return lap.isInLap || lap.isOutLap || !isGreen(lap.flag);
}
