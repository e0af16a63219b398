import { FanOut } from '@pitboard/server/gateway/fan-out.ts';
import type { RaceSession } from '@pitboard/server/sessions/race-session.ts';
import { SessionRegistry } from '@pitboard/server/sessions/session-registry.ts';
import { createMemoryEventStore } from '@pitboard/server/storage/memory-event-store.ts';
import type { RaceEvent } from '@pitboard/shared/protocol/race-event.ts';
import { decodeWireBatch } from '@pitboard/shared/protocol/wire-batch.ts';
import { beforeEach, describe, expect, it } from 'vitest';
import { aManifest, someEvents, someFacts } from '../../builders.ts';
import { FakeTimers } from '../fake-timers.ts';

let timers: FakeTimers;
let sent: { readonly room: string; readonly events: readonly RaceEvent[] }[];
let fanOut: FanOut;
let registry: SessionRegistry;

beforeEach(() => {
  timers = new FakeTimers();
  sent = [];
  fanOut = new FanOut((room, batch) => {
    const decoded = decodeWireBatch(batch, ['SF', 'S1', 'S2']);
    if (decoded.ok) sent.push({ room, events: decoded.value });
  }, timers);
  registry = new SessionRegistry({ store: createMemoryEventStore(), nowEpochMs: timers.nowEpochMs });
  registry.subscribe({
    events: (session, events) => fanOut.add(session, events),
    statusChanged: () => undefined,
    restarted: () => undefined,
  });
});

function open(id: string): Promise<RaceSession> {
  return registry.openPushed({ id, manifest: aManifest() });
}

describe('fan-out', () => {
  it('[W2] sends the events of a tick as one message a room, and nothing while there is nothing', async () => {
    const [one, two] = [await open('one'), await open('two')];
    const facts = someFacts(5);
    for (const fact of facts) await one.push({ facts: [fact] });
    await two.push({ facts: facts.slice(0, 2) });
    await timers.advance(49);
    expect(sent).toEqual([]);
    await timers.advance(1);
    expect(sent.map(({ events }) => events)).toEqual([someEvents(5), someEvents(2)]);
    expect(new Set(sent.map(({ room }) => room)).size).toBe(2);
    await timers.advance(10_000);
    expect(sent).toHaveLength(2);
  });

  it('[W1] knows what everybody in the room has been sent, tick by tick', async () => {
    const session = await open('one');
    await session.push({ facts: someFacts(3) });
    expect(fanOut.sentSeq(session)).toBe(0);
    await timers.advance(50);
    expect(fanOut.sentSeq(session)).toBe(3);
  });

  it('[W2] cuts a flood into messages that follow each other', async () => {
    const session = await open('one');
    await session.push({ facts: someFacts(12_000) });
    await timers.advance(50);
    expect(sent.map(({ events }) => events.length)).toEqual([5000, 5000, 2000]);
    expect(sent.flatMap(({ events }) => events)).toEqual(someEvents(12_000));
  });
});
