import type { CarNumber } from '../domain/names.ts';
import { isGreen } from '../race/flag-severity.ts';
import type { LapRecord, PitVisit, RaceHistory } from '../race/race-history.ts';
import type { RaceView } from '../race/race-view.ts';
import { keptPerState } from './kept.ts';
import { lapAmong, lapsOf } from './pace.ts';
import { pitStopKind } from './pit-time.ts';
import { visitsOf } from './stints.ts';

/** Where time was won, in ms; they add up to the whole. Negative: lost there. */
export type StopParts = {
  /** From the line to the pit entry. */
  readonly inLapMs: number;
  /** Pit entry to pit exit. */
  readonly pitMs: number;
  /** From the pit exit to the line. */
  readonly outLapMs: number;
  /** The laps between: fresh tyres against old ones. */
  readonly lapsMs: number;
};

/** Two cars that were close stopped on different laps, and it made a difference. */
export type StopGain = {
  /** Won by stopping first, by staying out longer, or, for the greater part, by the shorter stop. */
  readonly kind: 'undercut' | 'overcut' | 'quicker-stop';
  /** When both had driven their out-lap. */
  readonly atMs: number;
  readonly gainer: CarNumber;
  readonly loser: CarNumber;
  /** What `gainer` won on `loser`. */
  readonly gainedMs: number;
  readonly parts: StopParts;
  /** Gap of `gainer` to `loser` before the first of them stopped and after both had; positive: behind. */
  readonly gapBeforeMs: number;
  readonly gapAfterMs: number;
  /** It won the place. */
  readonly tookPlace: boolean;
};

/** Cars further apart before the stops were no rivals. */
const RIVALS_MS = 5000;
/** Stops further apart belong to different plans. */
const MOST_LAPS_BETWEEN = 12;
/** Less is chance, more is trouble. */
const LEAST_GAIN_MS = 1000;
const MOST_GAIN_MS = 15_000;

/**
 * [A7] Undercuts and overcuts that have come about, oldest first: two cars within five seconds before the first of them
 * stopped, both stopped on different laps under green, and after both out-laps the place or more than a second had
 * changed hands. Who stopped first and won has undercut, who stopped later and won has overcut; where more than half
 * of it was won between pit entry and exit, it was the quicker stop. Kept for each state.
 */
export function stopGains(view: RaceView): readonly StopGain[] {
  return gainsOf(view, '');
}

const gainsOf = keptPerState((view): readonly StopGain[] => {
  const stoppers = [...view.history.visits.keys()].map((car): Stopper => {
    return { car, laps: lapsOf(view, car), visits: visitsOf(view, car), history: view.history };
  });
  const gains: StopGain[] = [];
  for (const first of stoppers) {
    for (const visit of first.visits) {
      for (const other of stoppers) {
        const gain = other === first ? undefined : compare(first, visit, other);
        if (gain !== undefined) gains.push(gain);
      }
    }
  }
  return gains.sort((one, other) => one.atMs - other.atMs);
});

/**
 * [A7] What one stop and the answer of another car to it did between the two, from the laps that both have driven up to
 * the end of the answer's out-lap. `undefined` where it made no difference, or cannot be said.
 */
export function stopGainBetween(history: RaceHistory, visit: PitVisit, answering: CarNumber): StopGain | undefined {
  const stopperOf = (car: CarNumber): Stopper => {
    return { car, laps: history.laps.get(car) ?? [], visits: history.visits.get(car) ?? [], history };
  };
  return compare(stopperOf(visit.car), visit, stopperOf(answering));
}

type Stopper = {
  readonly car: CarNumber;
  readonly laps: readonly LapRecord[];
  readonly visits: readonly PitVisit[];
  readonly history: RaceHistory;
};

type Span = { readonly base: number; readonly end: number };

/** What the stop of one car, and the answer of another, did between the two. */
function compare(first: Stopper, visit: PitVisit, second: Stopper): StopGain | undefined {
  const base = visit.lap - 1;
  const beforeMs = gapAt(first, second, base);
  if (beforeMs === undefined || Math.abs(beforeMs) > RIVALS_MS) return undefined;
  const answer = answerTo(visit, second);
  if (answer?.exitLap === undefined || isPenalty(first, visit) || isPenalty(second, answer)) return undefined;
  const span = { base, end: answer.exitLap + 1 };
  const afterMs = gapAt(first, second, span.end);
  if (afterMs === undefined || !matters(beforeMs, afterMs)) return undefined;
  const own = partsOf(first, visit, span);
  const others = partsOf(second, answer, span);
  if (own === undefined || others === undefined) return undefined;
  const isFirst = afterMs < beforeMs;
  const gainedMs = Math.abs(afterMs - beforeMs);
  const parts = isFirst ? difference(others, own) : difference(own, others);
  return {
    kind: 2 * parts.pitMs > gainedMs ? 'quicker-stop' : isFirst ? 'undercut' : 'overcut',
    atMs: Math.max(lineMs(first, span.end) as number, lineMs(second, span.end) as number),
    gainer: isFirst ? first.car : second.car,
    loser: isFirst ? second.car : first.car,
    gainedMs,
    parts,
    gapBeforeMs: isFirst ? beforeMs : -beforeMs,
    gapAfterMs: isFirst ? afterMs : -afterMs,
    tookPlace: beforeMs > 0 !== afterMs > 0,
  };
}

function isPenalty({ history }: Stopper, visit: PitVisit): boolean {
  return pitStopKind({ history, nowMs: visit.atMs }, visit) !== 'stop';
}

function matters(beforeMs: number, afterMs: number): boolean {
  const changedMs = Math.abs(afterMs - beforeMs);
  return changedMs <= MOST_GAIN_MS && (changedMs > LEAST_GAIN_MS || beforeMs > 0 !== afterMs > 0);
}

/** The stop with which a rival answers: on a later lap, and closer to this stop than its own one before. */
function answerTo(visit: PitVisit, rival: Stopper): PitVisit | undefined {
  const answer = rival.visits.find((other) => other.lap > visit.lap);
  const before = rival.visits.findLast((other) => other.lap <= visit.lap);
  const between = (answer?.lap ?? Number.POSITIVE_INFINITY) - visit.lap;
  if (between > MOST_LAPS_BETWEEN) return undefined;
  return before !== undefined && visit.lap - before.lap < between ? undefined : answer;
}

/** The time from one lap's end to another's in its parts; `undefined` with another stop, another flag or a missed line between. */
function partsOf({ laps, visits }: Stopper, visit: PitVisit, { base, end }: Span): StopParts | undefined {
  if (visits.some((other) => other !== visit && other.lap > base && other.lap <= end)) return undefined;
  const times = new Map<number, number>();
  for (let lap = base; lap <= end; lap++) {
    const record = lapAmong(laps, lap);
    if (record?.lapTimeMs === undefined || (lap > base && !isGreen(record.flag))) return undefined;
    times.set(lap, record.atMs);
  }
  const at = (lap: number) => times.get(lap) ?? Number.NaN;
  const { exitAtMs = Number.NaN, exitLap = Number.NaN } = visit;
  const inLapMs = visit.atMs - at(visit.lap - 1);
  const pitMs = exitAtMs - visit.atMs;
  const outLapMs = at(exitLap + 1) - exitAtMs;
  const lapsMs = at(end) - at(base) - inLapMs - pitMs - outLapMs;
  return Number.isNaN(lapsMs) ? undefined : { inLapMs, pitMs, outLapMs, lapsMs };
}

function difference(slower: StopParts, faster: StopParts): StopParts {
  return {
    inLapMs: slower.inLapMs - faster.inLapMs,
    pitMs: slower.pitMs - faster.pitMs,
    outLapMs: slower.outLapMs - faster.outLapMs,
    lapsMs: slower.lapsMs - faster.lapsMs,
  };
}

function gapAt(one: Stopper, other: Stopper, lap: number): number | undefined {
  const ownMs = lineMs(one, lap);
  const otherMs = lineMs(other, lap);
  return ownMs === undefined || otherMs === undefined ? undefined : ownMs - otherMs;
}

/** When a car ended a lap, where that was seen. */
function lineMs({ laps }: Stopper, lap: number): number | undefined {
  const record = lapAmong(laps, lap);
  return record?.lapTimeMs === undefined ? undefined : record.atMs;
}
