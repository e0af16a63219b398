import type { RaceFactOf } from '../protocol/race-event.ts';
import { setGrid } from './grid.ts';
import type { RaceDraft } from './race-draft.ts';
import type { Penalty, RaceState } from './race-state.ts';

/** What a drive-through or stop-and-go that was not served costs where the series does not say. */
const UNSERVED_MS = 30_000;

/** [F11] A penalty is known by its car and id: the newest word on it counts. */
export function onPenalty(draft: RaceDraft, event: RaceFactOf<'penalty'>): void {
  const car = draft.car(draft.indexOf(event.car));
  const { seq: _seq, ...penalty } = event as RaceFactOf<'penalty'> & { readonly seq?: number };
  car.penalties = [...car.penalties.filter((other) => other.id !== event.id), penalty];
  draft.recorder?.penalty(penalty);
  if (penalty.sanction.kind === 'grid-places' && isBeforeStart(draft)) onGridPenalty(draft, penalty);
}

function isBeforeStart(draft: RaceDraft): boolean {
  const { phase, cars } = draft.state;
  return (phase === 'scheduled' || phase === 'formation') && cars.every((car) => car.progress < 0);
}

function onGridPenalty(draft: RaceDraft, penalty: Penalty): void {
  const { state } = draft;
  const others = state.gridPenalties.filter(({ id, car }) => id !== penalty.id || car !== penalty.car);
  state.gridPenalties = penalty.state === 'withdrawn' ? others : [...others, penalty];
  setGrid(draft);
  draft.resort();
}

/** What a penalty does to a result: time added, laps removed, a place; nothing while, or because, there is nothing to do. */
export type PenaltyEffect =
  | { readonly kind: 'time-added'; readonly ms: number }
  | { readonly kind: 'laps-removed'; readonly laps: number }
  | { readonly kind: 'forced-position'; readonly position: number };

/** The effect of a penalty on the result as it stands. */
export function effectOf(
  penalty: Penalty,
  { manifest, chequeredAtMs }: Pick<RaceState, 'manifest' | 'chequeredAtMs'>,
): PenaltyEffect | undefined {
  const { sanction } = penalty;
  // [F12] A penalty that was taken back does nothing.
  if (penalty.state === 'withdrawn') return undefined;
  // [F13] What can be served on the road and was, is done with.
  const owed = penalty.state === 'given';
  // [F14] A visit to the pit lane that is still owed at the flag becomes time; before that it may yet be served.
  const unserved = owed && chequeredAtMs !== undefined;
  switch (sanction.kind) {
    case 'time':
      return owed ? { kind: 'time-added', ms: sanction.ms } : undefined;
    case 'drive-through':
      return unserved ? { kind: 'time-added', ms: manifest.rules?.unservedDriveThroughMs ?? UNSERVED_MS } : undefined;
    case 'stop-and-go': {
      const ms = (manifest.rules?.unservedStopAndGoMs ?? UNSERVED_MS) + (sanction.ms ?? 0);
      return unserved ? { kind: 'time-added', ms } : undefined;
    }
    case 'laps':
      return { kind: 'laps-removed', laps: sanction.laps };
    case 'forced-position':
      return { kind: 'forced-position', position: sanction.position };
    case 'grid-places':
      return undefined;
  }
}
