import type { TrackFlag } from '@pitboard/shared/domain/flag.ts';
import type { CarNumber } from '@pitboard/shared/domain/names.ts';
import type { ResultStatus, SessionKind } from '@pitboard/shared/domain/status.ts';
import { leadChangesAtLine } from '@pitboard/shared/race/lap-leaders.ts';
import { until } from '@pitboard/shared/race/race-history.ts';
import type { RaceView } from '@pitboard/shared/race/race-view.ts';
import { createRaceTimeline } from '@pitboard/shared/timeline/race-timeline.ts';
import type { ImportedRace, Skipped } from '../sources/import/imported-race.ts';
import { crewWords } from './crew-words.ts';
import { provisionalLines } from './provisional-lines.ts';
import { resultLines } from './result-lines.ts';

/** A car of a result. `undefined` is what is not known or has no meaning for it: `null` in JSON. */
export type ResultCar = {
  /** Officially, as far as files or feed tell, else on the road. A car that did not start or was shut out has none. */
  readonly position: number | undefined;
  /** By laps and the time of the last crossing of the line; out of a race by best lap. */
  readonly positionOnRoad: number | undefined;
  readonly car: CarNumber;
  /** As the feed writes it. */
  readonly class: string | undefined;
  readonly classPosition: number | undefined;
  readonly status: ResultStatus;
  readonly laps: number;
  /** Race time at the last counted crossing of the line, with `penaltyMs`. */
  readonly totalTimeMs: number | undefined;
  /** Behind the winner, on the winner's lap; out of a race of the best laps. */
  readonly gapMs: number | undefined;
  /** Laps fewer than the winner; `undefined` out of a race. */
  readonly lapsDown: number | undefined;
  readonly bestLapMs: number | undefined;
  readonly bestLap: number | undefined;
  readonly bestLapDriver: string | undefined;
  /** Visits to the pit lane that were made, the one that a car did not come out of included. */
  readonly pitStops: number;
  readonly driverChanges: number;
  /** Time that was added: part of `totalTimeMs`. */
  readonly penaltyMs: number;
};

/** A session in figures, as `pitboard results --json` prints it. */
export type SessionResult = {
  readonly session: { readonly name: string; readonly kind: SessionKind };
  /** Winner first; cars without a position last. */
  readonly classification: readonly ResultCar[];
  readonly fastestLap:
    | {
        readonly car: CarNumber;
        readonly lap: number | undefined;
        readonly lapTimeMs: number;
        readonly driver: string | undefined;
      }
    | undefined;
  /** At the finish line; `undefined` out of a race. */
  readonly leadChanges: number | undefined;
  /** Of the whole track, in order. */
  readonly flags: readonly { readonly flag: TrackFlag; readonly atMs: number }[];
  readonly skipped: { readonly lines: number; readonly reasons: Readonly<Record<string, number>> };
};

/** The result of a session; with `atMs` how it stood at that moment. */
export function sessionResult({ manifest, events }: ImportedRace, skipped: Skipped, atMs?: number): SessionResult {
  const timeline = createRaceTimeline(manifest);
  timeline.append(events);
  const view = timeline.viewAt(atMs ?? timeline.headAtMs);
  const { state, history, nowMs } = view;
  const { manifest: known } = state;
  return {
    session: { name: known.session, kind: known.kind },
    classification: atMs === undefined ? resultLines(view) : provisionalLines(view),
    fastestLap: fastestLapOf(view),
    leadChanges: known.kind === 'race' ? leadChangesAtLine(view).length : undefined,
    flags: until(history.flags, nowMs)
      .filter(({ sector }) => sector === undefined)
      .map(({ flag, atMs: fromMs }) => ({ flag, atMs: fromMs })),
    skipped: { lines: skipped.lines, reasons: skipped.reasons },
  };
}

function fastestLapOf({ state }: RaceView): SessionResult['fastestLap'] {
  const { bestLap } = state;
  if (bestLap === undefined) return undefined;
  const { car, lap, ms, driver } = bestLap;
  return { car, lap, lapTimeMs: ms, driver: crewWords(state, car).nameOf(driver) };
}

/** A result as one line of JSON: what is not known is `null`, so that every key is always there. */
export function resultJson(result: SessionResult): string {
  return JSON.stringify(result, (_, value: unknown) => (value === undefined ? null : value));
}
