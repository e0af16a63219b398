import type { RaceEvent } from '@pitboard/shared/protocol/race-event.ts';
import {
  checkSequence,
  type EventStore,
  LogExistsError,
  type LogId,
  type SourcePosition,
  type StoredSession,
  UnknownLogError,
} from './event-store.ts';
import { Tails } from './tails.ts';

type MemoryLog = { session: StoredSession; readonly events: RaceEvent[]; readonly cursors: Map<string, number> };

/** A store without a disk, for sessions that can be made again: recordings and replays. */
export function createMemoryEventStore(): EventStore {
  const logs = new Map<LogId, MemoryLog>();
  const read = (log: LogId, fromSeq: number, limit: number) =>
    logOf(log).events.slice(fromSeq - 1, fromSeq - 1 + limit);
  const tails = new Tails(read);

  function logOf(log: LogId): MemoryLog {
    const found = logs.get(log);
    if (found === undefined) throw new UnknownLogError(log);
    return found;
  }

  return {
    sessions: async () => [...logs.values()].map(({ session }) => session),
    openSession: async (session) => {
      if (logs.has(session.log)) throw new LogExistsError(session.log);
      logs.set(session.log, { session, events: [], cursors: new Map() });
    },
    setClosed: async (log, state) => {
      const found = logOf(log);
      found.session = { ...found.session, closed: state === 'closed' };
    },
    removeSession: async (log) => {
      logs.delete(log);
    },
    head: async (log) => logOf(log).events.length,
    append: async (log: LogId, events: readonly RaceEvent[], source?: SourcePosition) => {
      const found = logOf(log);
      checkSequence(found.events.length, events);
      for (const event of events) found.events.push(event);
      if (source !== undefined) found.cursors.set(source.name, source.lastSourceSeq);
      tails.appended(log, events);
    },
    read: async (log, fromSeq, limit) => read(log, fromSeq, limit),
    tail: (log, fromSeq, onEvents) => tails.follow(log, fromSeq, onEvents),
    sourceCursor: async (log, source) => logOf(log).cursors.get(source) ?? 0,
    close: async () => undefined,
  };
}
