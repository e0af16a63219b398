import { findScenario } from '@pitboard/simulator/scenarios/catalogue.ts';
import { simulateRace } from '@pitboard/simulator/simulate-race.ts';
import { bundleFigures } from './bundle.bench.ts';
import { catchFigures } from './catch.bench.ts';
import { type Figure, meets } from './figure.ts';
import { foldFigures } from './fold.bench.ts';
import { importFigures } from './import.bench.ts';
import { officialGapFigures } from './official-gap.bench.ts';
import { rejoinFigures } from './rejoin.bench.ts';
import { rowFigure } from './rows.bench.ts';
import { historyFigure, viewerFigures } from './wire.bench.ts';

const SEED = 2014;

function logOf(scenario: string, loops?: number) {
  const found = findScenario(scenario);
  if (found === undefined) throw new Error(`no scenario ${scenario}`);
  return simulateRace(found.create(loops === undefined ? {} : { loops }), { seed: SEED });
}

function measure(): Figure[] {
  const day12 = logOf('endurance-24h', 12);
  return [
    ...foldFigures(day12, 12),
    ...viewerFigures(logOf('baku-2014')),
    historyFigure(logOf('endurance-24h', 3), 'logBytesCompressed24h', undefined),
    historyFigure(day12, 'logBytesCompressed24h12Loops', { atMost: 800_000 }),
    ...catchFigures(),
    ...rejoinFigures([day12, logOf('baku-2014')]),
    ...importFigures(),
    ...officialGapFigures(),
    ...bundleFigures(),
    rowFigure(),
  ];
}

function table(figures: readonly Figure[]): string {
  const rows = figures.map((figure) => {
    const { bar } = figure;
    const limit = bar === undefined ? '' : 'atMost' in bar ? `≤ ${number(bar.atMost)}` : `≥ ${number(bar.atLeast)}`;
    return [figure.name, `${number(figure.value)} ${figure.unit}`, limit, meets(figure) ? '' : 'MISSED', figure.how];
  });
  const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((row) => (row[column] as string).length)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => (column === 1 ? cell.padStart(widths[1] ?? 0) : cell.padEnd(widths[column] ?? 0)))
        .join('  '),
    )
    .join('\n');
}

function number(value: number): string {
  return value.toLocaleString('en', { maximumFractionDigits: 3 });
}

const figures = measure();
if (process.argv.includes('--json')) {
  process.stdout.write(`${JSON.stringify(Object.fromEntries(figures.map(({ name, value }) => [name, value])))}\n`);
} else {
  process.stdout.write(`${table(figures)}\n`);
}
