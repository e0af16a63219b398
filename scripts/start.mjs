import { join } from 'node:path';
import { build } from './build.mjs';
import { becomeProcess, root } from './run.mjs';
import { setUp } from './setup.mjs';

setUp();
build();
becomeProcess(process.execPath, [join(root, 'server/bin/pitboard.mjs'), 'serve', ...process.argv.slice(2)]);
