import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { NoRaceError } from '@pitboard/server/sources/import/imported-race.ts';
import { rejoinBacktest } from '@pitboard/shared/analysis/rejoin-backtest.ts';
import type { Manifest } from '@pitboard/shared/protocol/manifest.ts';
import type { RaceEvent } from '@pitboard/shared/protocol/race-event.ts';
import { createRaceTimeline } from '@pitboard/shared/timeline/race-timeline.ts';
import { importReal, realDataFolder } from '../real/real-data.ts';
import type { Figure } from './figure.ts';

type Log = { readonly manifest: Manifest; readonly events: readonly RaceEvent[] };

/** StratLab, over 1,810 stops of real races. */
const BEST_PUBLISHED_PERCENT = 86.5;

/** Rejoin forecasts of real races where their folder is at hand, else of the simulated ones that are given. */
export function rejoinFigures(simulated: readonly Log[]): Figure[] {
  const real = realRaces();
  return real.length > 0 ? gradeRejoins(real, 'real') : gradeRejoins(simulated, 'simulated');
}

/** Every file of laps by Al Kamel. */
function realRaces(): Log[] {
  if (realDataFolder === undefined) return [];
  const names = readdirSync(join(realDataFolder, 'alkamel')).filter((name) => name.toLowerCase().endsWith('.csv'));
  return names.flatMap((name) => {
    try {
      return [importReal([name])];
    } catch (error) {
      // Results and weather lie beside the laps.
      if (error instanceof NoRaceError) return [];
      throw error;
    }
  });
}

/** How often the place in which a car was foreseen to rejoin was right, or wrong by one. */
function gradeRejoins(logs: readonly Log[], kind: 'real' | 'simulated'): Figure[] {
  const backtests = logs.map(({ manifest, events }) => {
    const timeline = createRaceTimeline(manifest);
    timeline.append(events);
    return rejoinBacktest(timeline);
  });
  const grades = backtests.flatMap((backtest) => backtest.grades);
  const unpredicted = backtests.reduce((sum, backtest) => sum + backtest.unpredicted, 0);
  const percentWithin = (places: number) => {
    const right = grades.filter(({ predicted, actual }) => Math.abs(predicted - actual) <= places).length;
    return grades.length === 0 ? 0 : Number(((100 * right) / grades.length).toFixed(1));
  };
  const compared = grades.reduce((sum, grade) => sum + grade.compared, 0) / Math.max(1, grades.length);
  const source = `${logs.length} ${kind} races`;
  return [
    {
      name: 'rejoinWithinOne',
      value: percentWithin(1),
      unit: '%',
      bar: { atLeast: BEST_PUBLISHED_PERCENT },
      how: `${source}: foreseen at the pit entry, compared two laps after the stop among ${Math.round(compared)} cars on average; ${percentWithin(0)} % exact`,
    },
    {
      name: 'rejoinStops',
      value: grades.length,
      unit: '',
      bar: undefined,
      how: `${source}: green stops graded; before ${unpredicted} more nothing was known of stops`,
    },
  ];
}
