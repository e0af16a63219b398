import type { RaceEvent } from '@pitboard/shared/protocol/race-event.ts';
import type { LogId } from './event-store.ts';

const PAGE_SIZE = 4096;

type Follower = { nextSeq: number; stopped: boolean; readonly onEvents: (events: readonly RaceEvent[]) => void };
type ReadPage = (log: LogId, fromSeq: number, limit: number) => readonly RaceEvent[];

/** Those who follow the logs of a store that lives in this process. */
export class Tails {
  readonly #followers = new Map<LogId, Set<Follower>>();
  readonly #read: ReadPage;

  constructor(read: ReadPage) {
    this.#read = read;
  }

  follow(log: LogId, fromSeq: number, onEvents: Follower['onEvents']): () => void {
    const follower: Follower = { nextSeq: fromSeq, stopped: false, onEvents };
    const followers = this.#followers.get(log) ?? new Set();
    followers.add(follower);
    this.#followers.set(log, followers);
    queueMicrotask(() => this.#catchUp(log, follower));
    return () => {
      follower.stopped = true;
      followers.delete(follower);
      if (followers.size === 0 && this.#followers.get(log) === followers) this.#followers.delete(log);
    };
  }

  /** Called after every durable append. */
  appended(log: LogId, events: readonly RaceEvent[]): void {
    for (const follower of this.#followers.get(log) ?? []) {
      if (events[0]?.seq === follower.nextSeq) deliver(follower, events);
      else this.#catchUp(log, follower);
    }
  }

  #catchUp(log: LogId, follower: Follower): void {
    while (!follower.stopped) {
      const page = this.#read(log, follower.nextSeq, PAGE_SIZE);
      if (page.length === 0) return;
      deliver(follower, page);
    }
  }
}

function deliver(follower: Follower, events: readonly RaceEvent[]): void {
  follower.nextSeq += events.length;
  try {
    follower.onEvents(events);
  } catch (error) {
    // The events are stored: a broken follower must not make their append look failed.
    queueMicrotask(() => {
      throw error;
    });
  }
}
