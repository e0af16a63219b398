import { brotliCompressSync, constants } from 'node:zlib';
import type { Manifest } from '@pitboard/shared/protocol/manifest.ts';
import type { RaceEvent } from '@pitboard/shared/protocol/race-event.ts';
import { encodeSegment, SEGMENT_SIZE } from '@pitboard/shared/protocol/segment.ts';
import { encodeWireBatch } from '@pitboard/shared/protocol/wire-batch.ts';
import type { Figure } from './figure.ts';

type Log = { readonly manifest: Manifest; readonly events: readonly RaceEvent[] };

const TICK_MS = 50;
/** What Socket.IO and the WebSocket frame add to a message: `42/live,["race:events",` … `]` and a header of two to four bytes. */
const SOCKET_IO_BYTES = '42/live,["race:events",]'.length;

/** What a viewer of a sprint race receives, batch by batch as the server's ticks cut it. */
export function viewerFigures(log: Log): Figure[] {
  const loops = log.manifest.circuit.loops.map((loop) => loop.id);
  const live = log.events.filter((event) => event.atMs >= 0 && event.atMs < 3_600_000);
  let events = 0;
  let framed = 0;
  for (const tick of inTicks(live)) {
    const bytes = Buffer.byteLength(JSON.stringify(encodeWireBatch(tick, loops)));
    const message = bytes + SOCKET_IO_BYTES;
    events += bytes;
    framed += message + (message < 126 ? 2 : 4);
  }
  const how = `Baku, the first hour, ${live.length.toLocaleString('en')} events in ticks of ${TICK_MS} ms`;
  return [
    { name: 'bytesPerViewerHour', value: events, unit: 'B', bar: { atMost: 80_000 }, how: `${how}: the events` },
    {
      name: 'framedBytesPerViewerHour',
      value: framed,
      unit: 'B',
      bar: undefined,
      how: 'the same with Socket.IO and WebSocket framing',
    },
  ];
}

function inTicks(events: readonly RaceEvent[]): RaceEvent[][] {
  const ticks = new Map<number, RaceEvent[]>();
  for (const event of events) {
    const tick = Math.floor(event.atMs / TICK_MS);
    const batch = ticks.get(tick);
    if (batch === undefined) ticks.set(tick, [event]);
    else batch.push(event);
  }
  return [...ticks.values()];
}

/** The history of a 24-hour race as its segments travel. */
export function historyFigure(log: Log, name: string, bar: Figure['bar']): Figure {
  let bytes = 0;
  for (let from = 0; from < log.events.length; from += SEGMENT_SIZE) {
    const segment = encodeSegment(from + 1, log.events.slice(from, from + SEGMENT_SIZE));
    bytes += brotliCompressSync(JSON.stringify(segment), { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }).length;
  }
  const loops = log.manifest.circuit.loops.length;
  return {
    name,
    value: bytes,
    unit: 'B',
    bar,
    how: `${log.events.length.toLocaleString('en')} events, ${loops} loops, segments of ${SEGMENT_SIZE}, brotli 5`,
  };
}
