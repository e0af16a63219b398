import { join } from 'node:path';
import { build } from './build.mjs';
import { becomeProcess, root } from './run.mjs';
import { setUp } from './setup.mjs';

setUp();
build();
const node = ['--expose-gc', '--import', 'tsx', '--conditions=source'];
becomeProcess(process.execPath, [...node, join(root, 'tests/perf/bench.ts'), ...process.argv.slice(2)]);
