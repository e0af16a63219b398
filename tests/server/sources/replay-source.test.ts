import { createReplaySource, type ReplayOptions } from '@pitboard/server/sources/replay-source.ts';
import type { RaceFact } from '@pitboard/shared/protocol/race-event.ts';
import type { SessionClock } from '@pitboard/shared/protocol/socket-events.ts';
import { describe, expect, it } from 'vitest';
import { aPassing, aStart, numbered, someFacts } from '../../builders.ts';
import { FakeTimers, settled } from '../fake-timers.ts';

type Played = { atEpochMs: number; facts: readonly RaceFact[] };

function aReplay(changes: Partial<ReplayOptions>) {
  const timers = new FakeTimers();
  const startEpochMs = timers.nowEpochMs();
  const played: Played[] = [];
  const clocks: SessionClock[] = [];
  const events: string[] = [];
  const source = createReplaySource({
    events: numbered(someFacts(10)),
    speed: 1,
    timers,
    target: {
      append: async (facts) => void played.push({ atEpochMs: timers.nowEpochMs() - startEpochMs, facts }),
      setClock: (clock) => void clocks.push(clock),
      startOver: async () => void events.push('start over'),
    },
    onEnd: (error) => void events.push(error === undefined ? 'end' : error.message),
    ...changes,
  });
  const count = () => played.reduce((sum, { facts }) => sum + facts.length, 0);
  return { source, timers, played, clocks, events, count, startEpochMs };
}

describe('replay as live', () => {
  it('[W11] plays every fact when its time has come, at any speed', async () => {
    const { source, timers, played, count } = aReplay({ speed: 2 });
    source.start();
    await settled();
    expect(count()).toBe(1);
    await timers.advance(1000);
    expect(count()).toBe(3);
    await timers.advance(3500);
    expect(played.map(({ atEpochMs }) => atEpochMs)).toEqual([0, 500, 1000, 1500, 2000, 2500, 3000, 3500, 4000, 4500]);
    expect(played.flatMap(({ facts }) => facts)).toEqual(someFacts(10));
  });

  it('[W11] catches up at once after a pause of the machine, without drifting', async () => {
    const { source, timers, count } = aReplay({});
    source.start();
    await settled();
    await timers.sleep(5500);
    expect(count()).toBe(6);
    await timers.advance(500);
    expect(count()).toBe(7);
  });

  it('[W11] starts in the middle with what happened before, and says where its clock stands', async () => {
    const { source, clocks, played, startEpochMs } = aReplay({ startAtMs: 3500, speed: 4 });
    source.start();
    await settled();
    expect(played).toEqual([{ atEpochMs: 0, facts: someFacts(4) }]);
    expect(clocks).toEqual([{ atMs: 3500, epochMs: startEpochMs, rate: 4 }]);
  });

  it('[W11] hands a late fact over late, in its place', async () => {
    const facts = [aStart(), aPassing({ atMs: 5000 }), aPassing({ atMs: 2000, car: '2' })];
    const { source, timers, played } = aReplay({ events: numbered(facts) });
    source.start();
    await timers.advance(4999);
    expect(played).toHaveLength(1);
    await timers.advance(1);
    expect(played[1]?.facts).toEqual(facts.slice(1));
  });

  it('[W12] stands still at the end, and starts over after a pause', async () => {
    const { source, timers, clocks, events, count } = aReplay({ loopPauseMs: 4000 });
    source.start();
    await timers.advance(9000);
    expect(clocks.at(-1)).toMatchObject({ atMs: 9000, rate: 0 });
    await timers.advance(3999);
    expect(events).toEqual([]);
    await timers.advance(1);
    expect(events).toEqual(['start over']);
    expect(clocks.at(-1)).toMatchObject({ atMs: 0, rate: 1, epochMs: timers.nowEpochMs() });
    expect(count()).toBe(11);
  });

  it('[W12] ends after one run where no pause is given', async () => {
    const { source, timers, events } = aReplay({});
    source.start();
    await timers.advance(60_000);
    expect(events).toEqual(['end']);
  });

  it('[W12] plays nothing after it was stopped', async () => {
    const { source, timers, count } = aReplay({});
    source.start();
    await timers.advance(2000);
    await source.stop();
    await timers.advance(60_000);
    expect(count()).toBe(3);
  });

  it('[W12] reports a target that fails', async () => {
    const target = {
      append: () => Promise.reject(new Error('disk full')),
      setClock: () => undefined,
      startOver: async () => undefined,
    };
    const { source, events } = aReplay({ target });
    source.start();
    await settled();
    expect(events).toEqual(['disk full']);
  });
});
