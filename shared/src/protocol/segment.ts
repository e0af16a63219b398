import * as z from 'zod/mini';
import type { Parsed } from './parse.ts';
import { parseRaceFact, parseWith } from './parse.ts';
import type { RaceEvent } from './race-event.ts';
import { isPlainPassing } from './wire-batch.ts';

/** Events in a whole history segment. A segment that is full never changes again. */
export const SEGMENT_SIZE = 4096;

const indexColumn = z.array(z.int().check(z.gte(0), z.lte(1_000_000)));

/**
 * A run of history in columns, because columns compress: time as differences, and for plain passings the car as an
 * index and the loop as the distance from the loop that this car was due to cross next (mostly 0).
 * What is not a plain passing stands in `others`, with its place in the run.
 */
export const segmentSchema = z.strictObject({
  fromSeq: z.int().check(z.gte(1)),
  count: z.int().check(z.gte(0), z.lte(1_000_000)),
  /** The first is absolute, each further one the difference to the one before. */
  atMs: z.array(z.int()),
  cars: z.array(z.string().check(z.maxLength(8))),
  loops: z.array(z.string().check(z.maxLength(64))),
  car: indexColumn,
  loop: indexColumn,
  others: z.array(z.tuple([z.int().check(z.gte(0)), z.record(z.string(), z.unknown())])),
});
export type Segment = z.infer<typeof segmentSchema>;

/** @param events contiguous in `seq`, from `fromSeq` on */
export function encodeSegment(fromSeq: number, events: readonly RaceEvent[]): Segment {
  const atMs: number[] = [];
  const car: number[] = [];
  const loop: number[] = [];
  const others: [number, Record<string, unknown>][] = [];
  const cars = new Index();
  const loops = loopsInOrder(events);
  const due = new DueLoops(loops.size);
  let before = 0;
  events.forEach((event, offset) => {
    atMs.push(event.atMs - before);
    before = event.atMs;
    if (event.type === 'passing' && isPlainPassing(event)) {
      const carIndex = cars.of(event.car);
      car.push(carIndex);
      loop.push(due.toDistance(carIndex, loops.of(event.loop)));
    } else {
      const { seq: _seq, atMs: _atMs, ...rest } = event;
      others.push([offset, rest]);
    }
  });
  return { fromSeq, count: events.length, atMs, cars: cars.names, loops: loops.names, car, loop, others };
}

/** The events of a segment from outside, each checked. */
export function decodeSegment(value: unknown): Parsed<RaceEvent[]> {
  const parsed = parseWith(segmentSchema, value);
  if (!parsed.ok) return parsed;
  const segment = parsed.value;
  if (!isWhole(segment)) return { ok: false, problem: 'the columns do not have the length that count asks for' };
  const due = new DueLoops(segment.loops.length);
  const events: RaceEvent[] = [];
  let atMs = 0;
  let passing = 0;
  let other = 0;
  for (let offset = 0; offset < segment.count; offset++) {
    atMs += segment.atMs[offset] ?? 0;
    const [place, rest] = segment.others[other] ?? [];
    let fact: unknown;
    if (place === offset) {
      fact = { ...rest, atMs };
      other++;
    } else {
      const carIndex = segment.car[passing] ?? -1;
      const loop = segment.loops[due.fromDistance(carIndex, segment.loop[passing] ?? -1)];
      fact = { type: 'passing', atMs, car: segment.cars[carIndex], loop };
      passing++;
    }
    const checked = parseRaceFact(fact);
    if (!checked.ok) return { ok: false, problem: `event ${offset}: ${checked.problem}` };
    events.push({ seq: segment.fromSeq + offset, ...checked.value });
  }
  return { ok: true, value: events };
}

function isWhole({ count, atMs, car, loop, others }: Segment): boolean {
  return atMs.length === count && car.length === loop.length && car.length + others.length === count;
}

/** Names in order of first use. */
class Index {
  readonly names: string[] = [];
  readonly #places = new Map<string, number>();
  get size(): number {
    return this.names.length;
  }
  of(name: string): number {
    const known = this.#places.get(name);
    if (known !== undefined) return known;
    this.#places.set(name, this.names.length);
    return this.names.push(name) - 1;
  }
}

/** The loops of a run in lap order, as the first car that crosses each shows it. */
function loopsInOrder(events: readonly RaceEvent[]): Index {
  const loops = new Index();
  const lead = events.find((event) => event.type === 'passing');
  for (const event of events) {
    if (event.type === 'passing' && event.car === lead?.car) loops.of(event.loop);
  }
  for (const event of events) if (event.type === 'passing') loops.of(event.loop);
  return loops;
}

/** Which loop each car is due to cross next, so that a car in its stride costs nothing to write down. */
class DueLoops {
  readonly #size: number;
  readonly #due = new Map<number, number>();
  constructor(size: number) {
    this.#size = Math.max(1, size);
  }
  toDistance(car: number, loop: number): number {
    const distance = (loop - (this.#due.get(car) ?? 0) + this.#size) % this.#size;
    this.#due.set(car, (loop + 1) % this.#size);
    return distance;
  }
  fromDistance(car: number, distance: number): number {
    const loop = ((this.#due.get(car) ?? 0) + distance) % this.#size;
    this.#due.set(car, (loop + 1) % this.#size);
    return loop;
  }
}
