import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { root } from './run.mjs';
import { setUp } from './setup.mjs';

// The server restarts when a source of it changes; Vite reloads the page and passes the server's paths on to it.
setUp();
const serverPort = process.env.PITBOARD_DEV_SERVER_PORT ?? '4010';
const env = {
  ...process.env,
  PORT: serverPort,
  PITBOARD_SERVER: `http://127.0.0.1:${serverPort}`,
  // A folder of its own, so that it runs beside `npm start`.
  PITBOARD_DATA: process.env.PITBOARD_DATA ?? 'data/dev',
};
const tsx = join(root, 'node_modules/tsx/dist/cli.mjs');
const vite = join(root, 'node_modules/vite/bin/vite.js');
const pageEnv = { ...env, PORT: process.env.PORT ?? '4000' };
const children = [
  spawn(process.execPath, [tsx, 'watch', '--conditions=source', 'server/src/cli/pitboard.ts', 'serve'], {
    cwd: root,
    env,
    stdio: 'inherit',
  }),
  spawn(process.execPath, [vite, '--port', pageEnv.PORT, '--strictPort'], {
    cwd: join(root, 'client'),
    env: pageEnv,
    stdio: 'inherit',
  }),
];

let ending = false;
function end(code) {
  if (ending) return;
  ending = true;
  for (const child of children) child.kill('SIGTERM');
  process.exitCode = code;
}
for (const child of children) child.on('exit', (code) => end(code ?? 0));
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => end(0));
