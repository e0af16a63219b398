import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Figure } from './figure.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Rows of the tower that one passing draws, counted in a document without a screen. */
export function rowFigure(): Figure {
  const folder = mkdtempSync(join(tmpdir(), 'pitboard-bench-'));
  const out = join(folder, 'rows.json');
  const vitest = join(root, 'node_modules/vitest/vitest.mjs');
  const result = spawnSync(process.execPath, [vitest, 'run', '--project', 'perf'], {
    cwd: root,
    env: { ...process.env, PITBOARD_BENCH_OUT: out },
    encoding: 'utf8',
  });
  if (result.status !== 0) throw new Error(`counting rows failed:\n${result.stdout}${result.stderr}`);
  const { passings, rows } = JSON.parse(readFileSync(out, 'utf8')) as { passings: number; rows: number };
  rmSync(folder, { recursive: true });
  return {
    name: 'rowsRenderedPerPassing',
    value: Number((rows / passings).toFixed(2)),
    unit: 'rows',
    bar: undefined,
    how: `${passings} passings of Baku, 5:00 to 15:00: the row of the car, and those that moved with it`,
  };
}
