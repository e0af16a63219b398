import { type Config, readConfig } from '../config.ts';
import { consoleLog } from '../log.ts';
import { type RunningServer, type ServedSession, startServer } from '../main.ts';

export type ServerFlags = {
  readonly port?: number | undefined;
  readonly host?: string | undefined;
  readonly data?: string | undefined;
  /** Addresses of feeds. */
  readonly source?: readonly string[] | undefined;
};

const CLOSE_LIMIT_MS = 10_000;

/** Starts a server with the settings of the environment and the command line, and runs it until it is told to stop. */
export async function runServer(
  flags: ServerFlags,
  sessions: readonly ServedSession[],
  featured: string | undefined,
): Promise<void> {
  const config = withFlags(readConfig(process.env), flags);
  const server = await startServer({ ...config, sessions, featured, sources: flags.source });
  consoleLog.info(`Pitboard is on ${server.url}`);
  await untilStopped(server);
}

function withFlags(config: Config, { port, host, data }: ServerFlags): Config {
  return { ...config, port: port ?? config.port, host: host ?? config.host, dataDir: data ?? config.dataDir };
}

/** The first signal ends the server in good order, a second one at once. */
async function untilStopped(server: RunningServer): Promise<void> {
  for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
    process.on(event, (error: unknown) => {
      consoleLog.error(`stopped by an error: ${error instanceof Error ? error.stack : String(error)}`);
      process.exit(1);
    });
  }
  const signal = await new Promise<string>((resolve) => {
    process.once('SIGINT', resolve);
    process.once('SIGTERM', resolve);
  });
  consoleLog.info(`${signal}: closing; once more to stop at once.`);
  process.on('SIGINT', () => process.exit(1));
  process.on('SIGTERM', () => process.exit(1));
  setTimeout(() => process.exit(1), CLOSE_LIMIT_MS).unref();
  await server.close();
}
