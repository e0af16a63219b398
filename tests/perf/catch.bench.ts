import { ATTACK_MS, type Catch, catchOf } from '@pitboard/shared/analysis/catch.ts';
import type { Manifest } from '@pitboard/shared/protocol/manifest.ts';
import type { RaceEvent } from '@pitboard/shared/protocol/race-event.ts';
import { isGreen } from '@pitboard/shared/race/flag-severity.ts';
import type { LapRecord } from '@pitboard/shared/race/race-history.ts';
import { createRaceTimeline, type RaceTimeline } from '@pitboard/shared/timeline/race-timeline.ts';
import { createBaku2014 } from '@pitboard/simulator/scenarios/baku-2014.ts';
import { createEndurance24h } from '@pitboard/simulator/scenarios/endurance-24h.ts';
import { simulateRace } from '@pitboard/simulator/simulate-race.ts';
import { AL_KAMEL_RACES, importReal, realDataFolder } from '../real/real-data.ts';
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
 * stop, a lap under another flag than green, a lost car or the flag, before it was settled either way. Simulated races,
 * and real ones where they are at hand.
 */
export function catchFigures(): Figure[] {
  const sprints = SPRINT_SEEDS.map((seed) => simulateRace(createBaku2014(), { seed }));
  const days = DAY_SEEDS.map((seed) => simulateRace(createEndurance24h(3), { seed }));
  const simulated = gradeOf([...sprints, ...days]);
  const real = gradeOf(realRaces());
  const all = sumOf([simulated, real]);
  const source = `${sprints.length} × Baku, ${days.length} × 24 h simulated: ${wordsOf(simulated)}; real races: ${wordsOf(real)}`;
  return [
    { name: 'catchFalseAlarmRate', value: rateOf(all), unit: '', bar: { atMost: 0.1 }, how: source },
    {
      name: 'catchForecasts',
      value: judged(all),
      unit: '',
      bar: undefined,
      how: `those that could be judged; ${all.broken} more were broken off by stops, flags and the finish`,
    },
  ];
}

/** The files name no distance: the full ten minutes that the race went on for are what had been announced. */
function realRaces(): Log[] {
  if (realDataFolder === undefined) return [];
  return AL_KAMEL_RACES.map(({ files }) => {
    const { manifest, events } = importReal(files);
    const endMs = events.findLast(({ type }) => type === 'passing')?.atMs ?? 0;
    return { manifest: { ...manifest, distance: { durationMs: endMs - (endMs % 600_000) } }, events };
  });
}

function gradeOf(logs: readonly Log[]): Tally {
  return sumOf(logs.map(backTestCatches));
}

function sumOf(tallies: readonly Tally[]): Tally {
  const sum = (part: keyof Tally) => tallies.reduce((total, tally) => total + tally[part], 0);
  return { came: sum('came'), late: sum('late'), early: sum('early'), broken: sum('broken') };
}

function judged({ came, late, early }: Tally): number {
  return came + late + early;
}

function rateOf(tally: Tally): number {
  return Number(((tally.late + tally.early) / Math.max(1, judged(tally))).toFixed(3));
}

function wordsOf(tally: Tally): string {
  if (judged(tally) === 0) return 'none at hand';
  return `${tally.late} of ${judged(tally)} late or never, ${tally.early} early`;
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
