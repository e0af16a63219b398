import type { Socket } from 'socket.io';

/** Messages waiting for one socket, above which it is let go: it comes back, and heals by history. */
const BACKLOG_LIMIT = 200;

/** Answers a request, if whoever asked wants to hear an answer. */
export function answer(reply: unknown, value: unknown): void {
  if (typeof reply === 'function') reply(value);
}

/** Closes a connection that sends more messages than it may, on average over a few seconds. */
export function limitMessages(socket: Pick<Socket, 'use' | 'conn'>, perSecond: number): void {
  const burst = perSecond * 3;
  let allowance = burst;
  let countedEpochMs = Date.now();
  socket.use((_event, next) => {
    const nowEpochMs = Date.now();
    allowance = Math.min(burst, allowance + ((nowEpochMs - countedEpochMs) / 1000) * perSecond) - 1;
    countedEpochMs = nowEpochMs;
    if (allowance < 0) socket.conn.close();
    else next();
  });
}

/**
 * Closes a connection that does not take what it is sent, so that no queue grows without bound. The transport is closed,
 * not the socket: a client comes back by itself from the one, not from the other.
 */
export function closeSlowSocket(socket: Pick<Socket, 'conn'>): void {
  // engine.io keeps its queue to itself in its types; there is no other way to see how long it is.
  const { writeBuffer } = socket.conn as unknown as { readonly writeBuffer: readonly unknown[] };
  if (writeBuffer.length > BACKLOG_LIMIT) socket.conn.close(true);
}
