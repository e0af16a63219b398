import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { TEST_TOKEN } from '../test-server.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const PROGRAM = fileURLToPath(new URL('../../../server/src/cli/pitboard.ts', import.meta.url));

/** Starts the `pitboard` program in a process of its own. */
function spawnPitboard(words: readonly string[]): ChildProcess {
  return spawn(process.execPath, ['--import', 'tsx', '--conditions=source', PROGRAM, ...words], {
    cwd: ROOT,
    env: { ...process.env, PITBOARD_INGEST_TOKEN: TEST_TOKEN, PORT: '', HOST: '', PITBOARD_DATA: '' },
  });
}

export type Ending = { readonly code: number | null; readonly out: string; readonly err: string };

/** Runs the `pitboard` program to its end. */
export function runPitboard(words: readonly string[], input = ''): Promise<Ending> {
  const child = spawnPitboard(words);
  child.stdin?.end(input);
  return ended(child);
}

function ended(child: ChildProcess): Promise<Ending> {
  const text = { out: '', err: '' };
  child.stdout?.on('data', (chunk: Buffer) => {
    text.out += chunk.toString();
  });
  child.stderr?.on('data', (chunk: Buffer) => {
    text.err += chunk.toString();
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, ...text }));
  });
}

/** Starts the `pitboard` program, to be ended by a signal. */
export function startPitboard(words: readonly string[]): {
  readonly child: ChildProcess;
  readonly ending: Promise<Ending>;
} {
  const child = spawnPitboard(words);
  return { child, ending: ended(child) };
}

export type ServerProcess = {
  readonly url: string;
  readonly port: number;
  stop(signal: NodeJS.Signals): Promise<Ending>;
};

/** Starts `pitboard serve` in a process of its own and waits until it listens. */
export async function spawnServer(words: readonly string[]): Promise<ServerProcess> {
  const child = spawnPitboard(['serve', ...words]);
  const ending = ended(child);
  const url = await new Promise<string>((resolve, reject) => {
    let out = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      out += chunk.toString();
      const found = /Pitboard is on (\S+)/.exec(out)?.[1];
      if (found !== undefined) resolve(found);
    });
    ending.then(({ err }) => reject(new Error(`the server ended: ${err}`)), reject);
  });
  return {
    url,
    port: Number(new URL(url).port),
    stop: async (signal) => {
      child.kill(signal);
      return ending;
    },
  };
}
