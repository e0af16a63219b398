import type { LoopId } from '../domain/names.ts';
import type { Parsed } from './parse.ts';
import { parseRaceFact } from './parse.ts';
import type { RaceEvent, RaceFact } from './race-event.ts';

/**
 * A run of events with contiguous `seq`, as one flat JSON array: the `seq` and `atMs` of the first event, then items.
 * A number moves the time on by that many ms (back, if negative); a string is a plain passing of that car, followed by
 * the index of its loop in the manifest; an object is any other fact, without its `atMs`.
 * A sprint race is almost all plain passings: some 22 bytes each.
 */
export type WireBatch = readonly unknown[];

/** A passing that says nothing but who and where. */
export function isPlainPassing(fact: RaceFact): boolean {
  if (fact.type !== 'passing') return false;
  // atMs, type, car, loop and, in a log, seq.
  return (
    fact.lapNumber === undefined &&
    fact.lapTimeMs === undefined &&
    fact.speedKph === undefined &&
    fact.driver === undefined &&
    fact.inPitLane === undefined
  );
}

/**
 * @param events at least one, with contiguous `seq`
 * @param loops ids in manifest order
 */
export function encodeWireBatch(events: readonly RaceEvent[], loops: readonly LoopId[]): WireBatch {
  const first = events[0];
  if (first === undefined) throw new RangeError('a batch holds at least one event');
  const items: unknown[] = [first.seq, first.atMs];
  let atMs = first.atMs;
  for (const event of events) {
    if (event.atMs !== atMs) {
      items.push(event.atMs - atMs);
      atMs = event.atMs;
    }
    const loopIndex = event.type === 'passing' && isPlainPassing(event) ? loops.indexOf(event.loop) : -1;
    if (event.type === 'passing' && loopIndex >= 0) items.push(event.car, loopIndex);
    else items.push(withoutPlace(event));
  }
  return items;
}

function withoutPlace(event: RaceEvent): Omit<RaceEvent, 'seq' | 'atMs'> {
  const { seq: _seq, atMs: _atMs, ...rest } = event;
  return rest;
}

/** The events of a batch from outside, each checked. */
export function decodeWireBatch(batch: unknown, loops: readonly LoopId[]): Parsed<RaceEvent[]> {
  if (!Array.isArray(batch)) return { ok: false, problem: 'a batch is an array' };
  let seq = batch[0] as number;
  let atMs = batch[1] as number;
  if (!Number.isSafeInteger(seq) || seq < 1) return { ok: false, problem: 'item 0: seq, a whole number from 1 on' };
  if (!Number.isSafeInteger(atMs)) return { ok: false, problem: 'item 1: atMs, a whole number' };
  const events: RaceEvent[] = [];
  for (let index = 2; index < batch.length; index++) {
    const item: unknown = batch[index];
    if (typeof item === 'number') {
      atMs += item;
      continue;
    }
    const fact =
      typeof item === 'string'
        ? { type: 'passing', atMs, car: item, loop: loops[batch[++index] as number] }
        : { ...(item as object), atMs };
    const parsed = parseRaceFact(fact);
    if (!parsed.ok) return { ok: false, problem: `item ${index}: ${parsed.problem}` };
    events.push({ seq: seq++, ...parsed.value });
  }
  return { ok: true, value: events };
}
