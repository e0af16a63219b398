import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import type { Figure } from './figure.ts';

type Chunk = {
  readonly file: string;
  readonly isEntry?: boolean;
  readonly imports?: readonly string[];
  readonly css?: readonly string[];
};
type BuildManifest = Readonly<Record<string, Chunk>>;

const dist = fileURLToPath(new URL('../../client/dist/', import.meta.url));

/** What the page loads before it shows anything, and what the first chart adds: scripts, gzipped. */
export function bundleFigures(): Figure[] {
  const file = `${dist}.vite/manifest.json`;
  if (!existsSync(file)) throw new Error('the page is not built: npm run build');
  const manifest = JSON.parse(readFileSync(file, 'utf8')) as BuildManifest;
  const entryKey = Object.keys(manifest).find((key) => manifest[key]?.isEntry === true);
  const chartKey = Object.keys(manifest).find((key) => key.endsWith('gap-chart/gap-chart.tsx'));
  if (entryKey === undefined || chartKey === undefined) throw new Error('entry or gap chart is missing in the build');
  const entry = filesOf(manifest, entryKey);
  const charts = new Set([...filesOf(manifest, chartKey)].filter((name) => !entry.has(name)));
  return [
    {
      name: 'entryGzipBytes',
      value: gzippedBytes(entry),
      unit: 'B',
      bar: { atMost: 150_000 },
      how: `${entry.size} script(s) that the page loads at once`,
    },
    {
      name: 'chartsGzipBytes',
      value: gzippedBytes(charts),
      unit: 'B',
      bar: undefined,
      how: `${charts.size} script(s) that the gap chart adds, loaded when it is shown`,
    },
  ];
}

function filesOf(manifest: BuildManifest, key: string, files = new Set<string>()): Set<string> {
  const chunk = manifest[key];
  if (chunk === undefined || files.has(chunk.file)) return files;
  files.add(chunk.file);
  for (const imported of chunk.imports ?? []) filesOf(manifest, imported, files);
  return files;
}

function gzippedBytes(files: ReadonlySet<string>): number {
  return [...files].reduce((sum, file) => sum + gzipSync(readFileSync(dist + file)).length, 0);
}
