import type { LoopId } from '@pitboard/shared/domain/names.ts';
import type { RaceEvent } from '@pitboard/shared/protocol/race-event.ts';
import { encodeWireBatch, type WireBatch } from '@pitboard/shared/protocol/wire-batch.ts';
import type { RaceSession } from '../sessions/race-session.ts';
import type { Timers } from '../sources/timers.ts';

/** Events of one tick go out as one message. */
const TICK_MS = 50;
/** A flood is cut into messages that a phone can take in. */
const BATCH_SIZE = 5000;

type Pending = { readonly loops: readonly LoopId[]; events: RaceEvent[] };

/** The room of those who view one run of a session. */
export function roomOf(session: RaceSession): string {
  return roomOfLog(session, session.log);
}

export function roomOfLog(session: RaceSession, log: string): string {
  return `${session.id} ${log}`;
}

/** Gathers stored events and sends them to their rooms, one message a tick and room. */
export class FanOut {
  readonly #emit: (room: string, batch: WireBatch) => void;
  readonly #timers: Timers;
  readonly #pending = new Map<string, Pending>();
  #cancelTick: (() => void) | undefined;

  constructor(emit: (room: string, batch: WireBatch) => void, timers: Timers) {
    this.#emit = emit;
    this.#timers = timers;
  }

  add(session: RaceSession, events: readonly RaceEvent[]): void {
    const room = roomOf(session);
    const pending = this.#pending.get(room);
    if (pending === undefined) {
      const loops = session.manifest.circuit.loops.map((loop) => loop.id);
      this.#pending.set(room, { loops, events: [...events] });
    } else {
      pending.events = pending.events.concat(events);
    }
    this.#cancelTick ??= this.#timers.after(TICK_MS, () => this.flush());
  }

  /** `seq` of the last event that was sent to the room: what follows will reach everybody who is in there by now. */
  sentSeq(session: RaceSession): number {
    return session.headSeq - (this.#pending.get(roomOf(session))?.events.length ?? 0);
  }

  flush(): void {
    this.#cancelTick?.();
    this.#cancelTick = undefined;
    for (const [room, { loops, events }] of this.#pending) {
      for (let from = 0; from < events.length; from += BATCH_SIZE) {
        this.#emit(room, encodeWireBatch(events.slice(from, from + BATCH_SIZE), loops));
      }
    }
    this.#pending.clear();
  }
}
