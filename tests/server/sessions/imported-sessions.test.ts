import { SessionRegistry } from '@pitboard/server/sessions/session-registry.ts';
import type { EventStore } from '@pitboard/server/storage/event-store.ts';
import { createMemoryEventStore } from '@pitboard/server/storage/memory-event-store.ts';
import type { RaceEvent } from '@pitboard/shared/protocol/race-event.ts';
import { describe, expect, it } from 'vitest';
import { aManifest, someEvents } from '../../builders.ts';

const events = someEvents(30);

async function* runsOf(runs: readonly (readonly RaceEvent[])[], end?: Error): AsyncGenerator<readonly RaceEvent[]> {
  yield* runs;
  if (end !== undefined) throw end;
}

function registryOf(store: EventStore): SessionRegistry {
  return new SessionRegistry({ store, nowEpochMs: () => 1000 });
}

const imported = (runs: AsyncIterable<readonly RaceEvent[]>) => ({
  id: 'spa',
  manifest: aManifest(),
  contentId: 'abc123',
  runs,
});

describe('B. Files brought in', () => {
  it('[B10] an imported session is found by its content, and takes nothing more', async () => {
    const registry = registryOf(createMemoryEventStore());
    const session = await registry.addImported(imported(runsOf([events.slice(0, 20), events.slice(20)])));
    expect(session.summary(0)).toMatchObject({ id: 'spa', state: 'recorded', imported: true, headSeq: 30 });
    expect(session.clock.rate).toBe(0);
    expect(await session.read(1, 100)).toEqual(events);
    expect(registry.findImported('abc123')).toBe(session);
    expect(registry.findImported('abc')).toBeUndefined();
  });

  it('[B10] what fails on the way leaves nothing behind, and can be tried again', async () => {
    const store = createMemoryEventStore();
    const registry = registryOf(store);
    const broken = runsOf([events.slice(0, 20)], new Error('the thread has ended'));
    await expect(registry.addImported(imported(broken))).rejects.toThrow('the thread has ended');
    const hole = runsOf([events.slice(0, 10), events.slice(15)]);
    await expect(registry.addImported(imported(hole))).rejects.toThrow(/goes on with seq 11/);
    expect(await store.sessions()).toEqual([]);
    expect(registry.all()).toEqual([]);
    await registry.addImported(imported(runsOf([events])));
    expect(await store.sessions()).toMatchObject([{ id: 'spa', closed: true }]);
  });

  it('[B15] only an imported session can be removed, with all that was stored of it', async () => {
    const store = createMemoryEventStore();
    const registry = registryOf(store);
    const session = await registry.addImported(imported(runsOf([events])));
    const pushed = await registry.openPushed({ id: 'live', manifest: aManifest() });
    await expect(registry.removeImported(pushed)).rejects.toThrow('was not imported');
    await registry.removeImported(session);
    expect(registry.all().map(({ id }) => id)).toEqual(['live']);
    expect((await store.sessions()).map(({ id }) => id)).toEqual(['live']);
  });
});
