import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from './build.mjs';
import { ensureChromium } from './chromium.mjs';
import { root, run } from './run.mjs';
import { setUp } from './setup.mjs';

setUp();
const env = { ...process.env, CHROMIUM: ensureChromium() };
build();
const folder = mkdtempSync(join(tmpdir(), 'pitboard-test-'));
const report = join(folder, 'report.json');
const vitest = join(root, 'node_modules/vitest/vitest.mjs');
const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
// What `perf` counts belongs to the benchmark.
const projects = process.argv.includes('--project') ? [] : ['--project', '!perf'];
const status = run(process.execPath, [vitest, 'run', ...projects, ...reporters, ...process.argv.slice(2)], {
  env,
  stdio: 'inherit',
});
process.stdout.write(`\n${countLine(report)}\n`);
rmSync(folder, { recursive: true });
process.exit(status);

/** `123 passed, 0 failed`, with the skipped ones where there are any. A file that does not even load is a failure. */
function countLine(file) {
  let counts;
  try {
    counts = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return '0 passed, 1 failed';
  }
  const brokenFiles = counts.testResults.filter(
    (result) => result.status === 'failed' && result.assertionResults.length === 0,
  ).length;
  const skipped = counts.numPendingTests + counts.numTodoTests;
  const line = `${counts.numPassedTests} passed, ${counts.numFailedTests + brokenFiles} failed`;
  return skipped > 0 ? `${line}, ${skipped} skipped` : line;
}
