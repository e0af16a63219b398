import { createHash, randomUUID } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { SessionId } from '@pitboard/shared/domain/names.ts';
import type { Manifest } from '@pitboard/shared/protocol/manifest.ts';
import type { RaceEvent } from '@pitboard/shared/protocol/race-event.ts';
import type { FastifyInstance } from 'fastify';
import { keptToken } from './gateway/auth.ts';
import { createHttpApp } from './gateway/http-routes.ts';
import type { ImportRouteOptions } from './gateway/import-route.ts';
import { createSocketGateway } from './gateway/socket-gateway.ts';
import { ImportDesk } from './imports/import-desk.ts';
import { consoleLog, type Log } from './log.ts';
import type { RaceSession } from './sessions/race-session.ts';
import { SessionRegistry } from './sessions/session-registry.ts';
import type { FeedProtocol } from './sources/feed/feed.ts';
import { FeedSources } from './sources/feed/feed-sources.ts';
import { FEED_PROTOCOLS } from './sources/feed/feeds.ts';
import { importLimitsOf, USUAL_IMPORT_MB } from './sources/import/import-limits.ts';
import { createReplaySource, type ReplayTarget } from './sources/replay-source.ts';
import type { Source } from './sources/source.ts';
import { systemTimers, type Timers } from './sources/timers.ts';
import type { EventStore } from './storage/event-store.ts';
import { createMemoryEventStore } from './storage/memory-event-store.ts';
import { createSqliteEventStore } from './storage/sqlite-event-store.ts';

/** A race that the server holds ready itself: complete, or played as if it were live. */
export type ServedSession = {
  readonly id: SessionId;
  readonly manifest: Manifest;
  readonly events: readonly RaceEvent[];
  readonly replay?: ReplayPlan | undefined;
};

export type ReplayPlan = {
  readonly speed: number;
  /** Session time at which a run begins; the first event where it is not given. */
  readonly startAtMs?: number | undefined;
  /** Wall-clock pause between runs; played once where it is not given. */
  readonly loopPauseMs?: number | undefined;
};

export type ServerOptions = {
  readonly port: number;
  readonly host?: string;
  /** Holds what is pushed, and the token. Without it nothing outlives the process. */
  readonly dataDir?: string | undefined;
  /** What sources have to show; made and kept in `dataDir` where it is not given. */
  readonly ingestToken?: string | undefined;
  readonly origins?: readonly string[];
  readonly sessions?: readonly ServedSession[];
  /** The session that the start page opens. */
  readonly featured?: SessionId | undefined;
  /** Addresses of feeds to listen to in this run, beside those that the data folder keeps. */
  readonly sources?: readonly string[] | undefined;
  readonly feedProtocols?: readonly FeedProtocol[];
  /** Of one import, unpacked. */
  readonly importLimitMb?: number;
  /** `token`: being on this machine is not enough to import. */
  readonly importAccess?: ImportRouteOptions['importAccess'];
  readonly clientDir?: string;
  readonly connectionLimit?: number;
  readonly log?: Log;
  readonly timers?: Timers;
};

export type RunningServer = {
  /** Of the start page. */
  readonly url: string;
  readonly port: number;
  readonly ingestToken: string;
  /** Ends connections, waits for what is being stored, and closes the store. */
  close(): Promise<void>;
};

/** How long requests under way may take to end when the server closes. */
const CLOSE_GRACE_MS = 3000;
/** Ports tried when the wanted one is taken. */
const PORT_TRIES = 20;
const CLIENT_DIR = fileURLToPath(new URL('../../client/dist', import.meta.url));

/** Starts a server: the one place where its parts are put together. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { log = consoleLog, timers = systemTimers, origins = [] } = options;
  const token = await ingestToken(options, log);
  const store = await openStore(options.dataDir);
  const { nowEpochMs } = timers;
  const registry = new SessionRegistry({ store, nowEpochMs });
  try {
    await registry.load();
    const replays = await addSessions(registry, options, { log, timers });
    const sources = createFeedSources(registry, options, { log, timers });
    const imports = await createImportDesk(registry, options);
    const connectionLimit = options.connectionLimit ?? 10_000;
    const gateway = createSocketGateway({ registry, token, origins, connectionLimit, timers, log });
    const app = await createHttpApp({
      registry,
      sources,
      imports,
      importAccess: options.importAccess ?? 'own-machine',
      token,
      origins,
      log,
      nowEpochMs,
      clientDir: options.clientDir ?? CLIENT_DIR,
      viewersOf: (session) => gateway.viewersOf(session),
      viewers: () => gateway.viewers,
    });
    await app.ready();
    gateway.attach(app.server);
    const { host, port } = await listen(app, options, log);
    for (const replay of replays) replay.start();
    await sources.start(options.sources ?? []);
    return {
      url: `http://${host}:${port}/`,
      port,
      ingestToken: token,
      close: async () => {
        await Promise.all([sources.stop(), ...replays.map((replay) => replay.stop())]);
        const hurry = timers.after(CLOSE_GRACE_MS, () => app.server.closeAllConnections());
        await gateway.close();
        await imports.close();
        hurry();
        await app.close();
        await registry.stop();
        await store.close();
      },
    };
  } catch (error) {
    await store.close();
    throw error;
  }
}

async function ingestToken({ ingestToken: given, dataDir }: ServerOptions, log: Log): Promise<string> {
  if (given !== undefined) return given;
  if (dataDir === undefined) return randomUUID();
  const { token, isNew } = await keptToken(dataDir);
  if (isNew) log.info(`Token for sources, kept in ${join(dataDir, 'ingest-token')}: ${token}`);
  return token;
}

async function openStore(dataDir: string | undefined): Promise<EventStore> {
  if (dataDir === undefined) return createMemoryEventStore();
  await mkdir(dataDir, { recursive: true });
  return createSqliteEventStore(join(dataDir, 'pitboard.db'));
}

async function addSessions(
  registry: SessionRegistry,
  { sessions = [], featured }: ServerOptions,
  { log, timers }: { readonly log: Log; readonly timers: Timers },
): Promise<Source[]> {
  const replays: Source[] = [];
  for (const { id, manifest, events, replay } of sessions) {
    if (registry.find(id) !== undefined) {
      log.error(`session "${id}" is in the data folder already: that one is kept`);
    } else if (replay === undefined) {
      await registry.addRecorded({ id, manifest, log: contentId(manifest, events) }, events);
    } else {
      const target = replayTarget(await registry.addReplayed({ id, manifest }));
      const onEnd = (error: Error | undefined) => error !== undefined && log.error(`replay of "${id}" ended: ${error}`);
      replays.push(createReplaySource({ ...replay, events, target, timers, onEnd }));
    }
  }
  registry.featured = featured;
  return replays;
}

function createFeedSources(
  registry: SessionRegistry,
  { dataDir, feedProtocols: protocols = FEED_PROTOCOLS }: ServerOptions,
  { log, timers }: { readonly log: Log; readonly timers: Timers },
): FeedSources {
  const file = dataDir === undefined ? undefined : join(dataDir, 'sources.json');
  return new FeedSources({ registry, protocols, timers, random: Math.random, log, file });
}

async function createImportDesk(registry: SessionRegistry, options: ServerOptions): Promise<ImportDesk> {
  const { dataDir, importLimitMb = USUAL_IMPORT_MB } = options;
  const folder = dataDir === undefined ? tmpdir() : join(dataDir, 'uploads');
  // What a server that was killed had not read yet.
  if (dataDir !== undefined) await rm(folder, { recursive: true, force: true });
  return new ImportDesk({ registry, folder, limits: importLimitsOf(importLimitMb) });
}

/** A log id that stays the same for the same content, so that what browsers hold of it outlives a restart. */
function contentId(manifest: Manifest, events: readonly RaceEvent[]): string {
  const hash = createHash('sha256').update(JSON.stringify(manifest));
  for (const event of events) hash.update(JSON.stringify(event));
  return hash.digest('hex').slice(0, 24);
}

function replayTarget(session: RaceSession): ReplayTarget {
  return {
    append: (facts) => session.append(facts),
    setClock: (clock) => session.setClock(clock),
    startOver: () => session.restart(randomUUID()),
  };
}

async function listen(
  app: FastifyInstance,
  { port: wanted, host: given = '127.0.0.1' }: ServerOptions,
  log: Log,
): Promise<{ readonly host: string; readonly port: number }> {
  // For the name, Fastify opens a second socket that Socket.IO would not see.
  const host = given === 'localhost' ? '127.0.0.1' : given;
  for (let port = wanted; ; port++) {
    try {
      await app.listen({ port, host });
      break;
    } catch (error) {
      const isTaken = (error as NodeJS.ErrnoException).code === 'EADDRINUSE';
      if (!isTaken || port >= wanted + PORT_TRIES) throw error;
      log.info(`Port ${port} is taken: trying ${port + 1}.`);
    }
  }
  const { port } = app.server.address() as AddressInfo;
  return { host: ['127.0.0.1', '0.0.0.0', '::', '::1'].includes(host) ? 'localhost' : host, port };
}
