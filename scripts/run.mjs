import { spawn, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** The project's folder. */
export const root = fileURLToPath(new URL('..', import.meta.url));

/** Runs a command to its end, in the project's folder; what it prints goes to stderr, so that stdout stays for results. */
export function run(command, args, options = {}) {
  const result = spawnSync(command, args, { cwd: root, stdio: ['inherit', 2, 2], ...options });
  if (result.error) throw result.error;
  return result.status ?? 1;
}

/** Runs a command in the foreground until it ends, and ends with its exit code. Signals reach it. */
export function becomeProcess(command, args, options = {}) {
  const child = spawn(command, args, { cwd: root, stdio: 'inherit', ...options });
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => fail(error.message));
  child.on('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 1)));
}

/** Ends with one line that says what is wrong, and what to do. */
export function fail(message) {
  process.stderr.write(`\npitboard: ${message}\n`);
  process.exit(1);
}

export function say(message) {
  process.stderr.write(`pitboard: ${message}\n`);
}
