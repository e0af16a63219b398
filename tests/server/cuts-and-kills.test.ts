import { join } from 'node:path';
import { writeRecordingFile } from '@pitboard/server/recordings/recording-file.ts';
import { PushClient } from '@pitboard/server/sources/push-client.ts';
import { parseRecording } from '@pitboard/shared/protocol/recording.ts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { aManifest, someEvents, someFacts } from '../builders.ts';
import { runPitboard, type ServerProcess, spawnServer } from './cli/run-pitboard.ts';
import { CutProxy } from './cut-proxy.ts';
import { startTestServer, TEST_TOKEN, temporaryFolder } from './test-server.ts';
import { TestViewer } from './test-viewer.ts';

const COUNT = 12_000;

let folder: ReturnType<typeof temporaryFolder>;
let ends: (() => unknown)[];
beforeEach(() => {
  folder = temporaryFolder();
  ends = [];
});
afterEach(async () => {
  for (const end of ends.reverse()) await end();
  folder.remove();
});

async function eventsOf(url: string) {
  return parseRecording(await (await fetch(`${url}api/sessions/race/recording`)).text()).events;
}

describe('network cuts', () => {
  it('[W26] a push and its viewers survive them: every fact once, in order, for everybody', async () => {
    const file = join(folder.path, 'race.jsonl');
    await writeRecordingFile(file, { manifest: aManifest(), events: someEvents(COUNT) });
    const server = await startTestServer({ dataDir: join(folder.path, 'data') });
    ends.push(() => server.close());
    const sourceLine = await CutProxy.start(server.port);
    const viewerLine = await CutProxy.start(server.port);
    ends.push(
      () => sourceLine.close(),
      () => viewerLine.close(),
    );

    const firstCut = sourceLine.cutAfter(150_000);
    const words = ['push', file, '--to', sourceLine.url, '--session', 'race', '--source', 'loops'];
    const pushing = runPitboard(words);
    await firstCut;
    const steady = new TestViewer(server.url, 'race');
    const shaken = new TestViewer(viewerLine.url, 'race');
    ends.push(
      () => steady.close(),
      () => shaken.close(),
    );
    await Promise.all([steady, shaken].map((viewer) => viewer.until(({ joins }) => joins.length > 0)));
    const before = (await eventsOf(server.url)).length;
    expect(before).toBeGreaterThan(0);
    expect(before).toBeLessThan(COUNT);

    const secondCut = sourceLine.cutAfter(300_000);
    sourceLine.mend();
    await secondCut;
    viewerLine.cut();
    sourceLine.mend();
    await steady.until(({ events }) => events.length === COUNT);
    viewerLine.mend();
    await shaken.until(({ events }) => events.length === COUNT);

    expect(await pushing).toMatchObject({ code: 0 });
    const log = await eventsOf(server.url);
    expect(log).toEqual(someEvents(COUNT));
    expect(steady.events).toEqual(log);
    expect(shaken.events).toEqual(log);
    expect(shaken.joins.length).toBeGreaterThan(1);
  });

  it('[W26] the same push, started again, goes on where the server is', async () => {
    const server = await startTestServer();
    ends.push(() => server.close());
    const options = { url: server.url, token: TEST_TOKEN, session: 'race', source: 'loops', manifest: aManifest() };
    const first = new PushClient(options);
    await first.open();
    await first.push(someFacts(700), 1);
    await first.finish();
    const again = new PushClient(options);
    ends.push(() => again.close());
    expect(await again.open()).toBe(700);
    await again.push(someFacts(1500), 1);
    await again.finish();
    expect(await eventsOf(server.url)).toEqual(someEvents(1500));
  });
});

describe('a server that is closed', () => {
  it('[W28] is come back to by its sources and viewers, once it is there again', async () => {
    const dataDir = join(folder.path, 'data');
    const first = await startTestServer({ dataDir });
    const client = new PushClient({
      url: first.url,
      token: TEST_TOKEN,
      session: 'race',
      source: 'loops',
      manifest: aManifest(),
    });
    await client.open();
    const viewer = new TestViewer(first.url, 'race');
    ends.push(
      () => client.close(),
      () => viewer.close(),
    );
    await client.push(someFacts(200), 1);
    await viewer.until(({ events }) => events.length > 0);
    await first.close();
    const again = await startTestServer({ dataDir, port: first.port });
    ends.push(() => again.close());
    await client.push(someFacts(600).slice(200), 201);
    await client.finish();
    await viewer.until(({ events }) => events.length === 600);
    expect(viewer.events).toEqual(someEvents(600));
    expect(viewer.joins.length).toBeGreaterThan(1);
  });
});

describe('a server that is killed', () => {
  async function serve(port: number): Promise<ServerProcess> {
    return spawnServer(['--empty', '--port', String(port), '--data', join(folder.path, 'data')]);
  }

  it('[W3] has everything that it acknowledged, nothing twice, and takes the rest when it is back', async () => {
    const killed = await serve(0);
    let acknowledged = 0;
    let kill: (dying: Promise<unknown>) => void = () => undefined;
    const killing = new Promise<unknown>((resolve) => {
      kill = resolve;
    });
    const client = new PushClient({
      url: killed.url,
      token: TEST_TOKEN,
      session: 'race',
      source: 'loops',
      manifest: aManifest(),
      onAcknowledged: (sourceSeq) => {
        if (acknowledged < 3000 && sourceSeq >= 3000) kill(killed.stop('SIGKILL'));
        acknowledged = sourceSeq;
      },
    });
    ends.push(() => client.close());
    await client.open();
    const finished = client.push(someFacts(COUNT), 1).then(() => client.finish());
    await killing;
    const acknowledgedBeforeDeath = acknowledged;
    expect(acknowledgedBeforeDeath).toBeGreaterThanOrEqual(3000);
    expect(acknowledgedBeforeDeath).toBeLessThan(COUNT);

    const inspected = await serve(0);
    const kept = await eventsOf(inspected.url);
    await inspected.stop('SIGTERM');
    expect(kept.length).toBeGreaterThanOrEqual(acknowledgedBeforeDeath);
    expect(kept).toEqual(someEvents(kept.length));

    const back = await serve(killed.port);
    ends.push(() => back.stop('SIGTERM'));
    await finished;
    expect(acknowledged).toBe(COUNT);
    expect(await eventsOf(back.url)).toEqual(someEvents(COUNT));
  });
});
