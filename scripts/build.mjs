import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fail, root, run, say } from './run.mjs';

const stampFile = join(root, 'node_modules', '.pitboard-build');
const sources = [
  'shared/src',
  'simulator/src',
  'server/src',
  'client/src',
  'client/index.html',
  'client/vite.config.ts',
];
const results = ['server/build/main.js', 'client/dist/index.html'];

/** Builds the server and the page, unless they are built from the sources as they stand. */
export function build() {
  const stamp = stampOfSources();
  const isBuilt = results.every((file) => existsSync(join(root, file)));
  if (isBuilt && existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return;
  say('building …');
  const node = process.execPath;
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  if (run(node, [tsc, '-b', 'shared', 'simulator', 'server']) !== 0) fail('the server does not compile, see above.');
  const vite = join(root, 'node_modules/vite/bin/vite.js');
  if (run(node, [vite, 'build', '--logLevel', 'warn'], { cwd: join(root, 'client') }) !== 0) {
    fail('the page does not build, see above.');
  }
  writeFileSync(stampFile, stamp);
}

function stampOfSources() {
  const hash = createHash('sha256').update(readFileSync(join(root, 'package-lock.json')));
  for (const source of sources) addTo(hash, join(root, source));
  return hash.digest('hex');
}

function addTo(hash, path) {
  if (statSync(path).isDirectory()) {
    for (const name of readdirSync(path).sort()) addTo(hash, join(path, name));
  } else {
    hash.update(path.slice(root.length)).update(readFileSync(path));
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) build();
