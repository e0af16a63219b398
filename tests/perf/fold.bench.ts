import type { Manifest } from '@pitboard/shared/protocol/manifest.ts';
import type { RaceEvent } from '@pitboard/shared/protocol/race-event.ts';
import { initialRaceState } from '@pitboard/shared/race/initial-state.ts';
import type { RaceState } from '@pitboard/shared/race/race-state.ts';
import { foldRace } from '@pitboard/shared/race/reduce-race.ts';
import { createRaceTimeline } from '@pitboard/shared/timeline/race-timeline.ts';
import { type Figure, medianOf, quantileOf, timed } from './figure.ts';
import { naiveReduce, naiveStart } from './naive-reducer.ts';

type Log = { readonly manifest: Manifest; readonly events: readonly RaceEvent[] };

const ROUNDS = 7;
const SEEKS = 5000;

/** Folding and seeking in the log of a 24-hour race. */
export function foldFigures(log: Log, loops: number): Figure[] {
  const batches = inBatches(log.events, 100);
  const ours: number[] = [];
  const single: number[] = [];
  const naive: number[] = [];
  // Taken in turns, so that a busy moment of the machine meets all of them.
  for (let round = 0; round < ROUNDS; round++) {
    ours.push(timed(() => foldAll(log.manifest, batches)));
    single.push(timed(() => foldAll(log.manifest, inBatches(log.events.slice(0, 50_000), 1))));
    naive.push(timed(() => log.events.slice(0, 50_000).reduce(naiveReduce, naiveStart)));
  }
  const perSecond = (events: number, ms: number) => Math.round((events / ms) * 1000);
  const folded = perSecond(log.events.length, medianOf(ours));
  const naiveFolded = perSecond(50_000, medianOf(naive));
  const count = log.events.length.toLocaleString('en');
  return [
    {
      name: 'foldEventsPerSecond',
      value: folded,
      unit: 'events/s',
      bar: { atLeast: 2_000_000 },
      how: `${count} events of a 24-hour race, ${loops} loops, batches of 100, median of ${ROUNDS} rounds`,
    },
    {
      name: 'foldSingleEventsPerSecond',
      value: perSecond(50_000, medianOf(single)),
      unit: 'events/s',
      bar: { atLeast: 200_000 },
      how: 'the first 50,000 of them one by one',
    },
    {
      name: 'foldRatioVsSpread',
      value: Number((folded / naiveFolded).toFixed(1)),
      unit: '×',
      bar: undefined,
      how: `events per second against a reducer that spreads per event (${naiveFolded.toLocaleString('en')}/s), same run`,
    },
    ...seekFigures(log),
    keyframeFigure(log),
  ];
}

function foldAll(manifest: Manifest, batches: readonly (readonly RaceEvent[])[]): RaceState {
  return batches.reduce((state, batch) => foldRace(state, batch), initialRaceState(manifest));
}

function inBatches(events: readonly RaceEvent[], size: number): (readonly RaceEvent[])[] {
  const batches: (readonly RaceEvent[])[] = [];
  for (let from = 0; from < events.length; from += size) batches.push(events.slice(from, from + size));
  return batches;
}

function seekFigures(log: Log): Figure[] {
  const timeline = createRaceTimeline(log.manifest);
  timeline.append(log.events);
  // A fixed stride that is coprime to the length visits the race all over, in no order that a cache could like.
  const spanMs = timeline.headAtMs - timeline.startMs;
  const times: number[] = [];
  for (let seek = 0; seek < SEEKS; seek++) {
    const atMs = timeline.startMs + Math.floor(((seek * 0.618_033_988_7) % 1) * spanMs);
    times.push(timed(() => timeline.viewAt(atMs)));
  }
  const round = (ms: number) => Number(ms.toFixed(3));
  const how = `${SEEKS.toLocaleString('en')} seeks all over the same log, in Node`;
  return [
    { name: 'seekP50Ms', value: round(quantileOf(times, 0.5)), unit: 'ms', bar: undefined, how },
    { name: 'seekP99Ms', value: round(quantileOf(times, 0.99)), unit: 'ms', bar: { atMost: 2 }, how },
  ];
}

/** What the keyframes hold on to: the states that they keep, folded without anything else that stays. */
function keyframeFigure(log: Log): Figure {
  const collect = globalThis.gc;
  if (collect === undefined) throw new Error('run with --expose-gc');
  const batches = inBatches(log.events, 1000);
  collect();
  const before = process.memoryUsage().heapUsed;
  const kept: RaceState[] = [initialRaceState(log.manifest)];
  for (const batch of batches) kept.push(foldRace(kept.at(-1) as RaceState, batch));
  collect();
  const bytes = process.memoryUsage().heapUsed - before;
  return {
    name: 'keyframeMemoryMB',
    value: Number((bytes / 1e6).toFixed(2)),
    unit: 'MB',
    bar: { atMost: 20 },
    how: `${kept.length} keyframes, one a thousand events, heap after garbage collection`,
  };
}
