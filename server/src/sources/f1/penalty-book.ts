import type { CarNumber } from '@pitboard/shared/domain/names.ts';
import type { RaceFactOf } from '@pitboard/shared/protocol/race-event.ts';
import type { PenaltyText } from './control-text.ts';

type Penalty = RaceFactOf<'penalty'>;

const MOST_OPEN = 500;

/** Knows the penalties by their texts: one that is served or withdrawn is the oldest open one of that car that it fits. */
export function createPenaltyBook() {
  const open: Penalty[] = [];
  let count = 0;
  return {
    /** The fact that a text states. */
    enter({ car, state, sanction, reason }: PenaltyText, atMs: number): Penalty {
      const isSame = (other: Penalty) =>
        other.car === car && JSON.stringify(other.sanction) === JSON.stringify(sanction);
      const known =
        state === 'given' ? undefined : (open.find((one) => isSame(one) && one.reason === reason) ?? open.find(isSame));
      if (known !== undefined) open.splice(open.indexOf(known), 1);
      const id = known?.id ?? `${sanction.kind}-${++count}`;
      const told = reason ?? known?.reason;
      const penalty: Penalty = {
        type: 'penalty',
        atMs,
        id,
        car,
        state,
        sanction,
        ...(told === undefined ? {} : { reason: told }),
      };
      if (state === 'given' && open.length < MOST_OPEN) open.push(penalty);
      return penalty;
    },
    /**
     * A penalty is served with the next stop, and not every season says so.
     * @param lastVisitMs when a car drove into the pit lane last
     */
    served(lastVisitMs: (car: CarNumber) => number | undefined, atMs: number): readonly Penalty[] {
      const done = open.filter((penalty) => (lastVisitMs(penalty.car) ?? Number.NEGATIVE_INFINITY) > penalty.atMs);
      for (const penalty of done) open.splice(open.indexOf(penalty), 1);
      return done.map((penalty) => ({ ...penalty, atMs, state: 'served' }));
    },
    /** The feed has added so much to the time of a car: what it says counts, whatever was given. */
    settle(car: CarNumber, addedMs: number, atMs: number): readonly Penalty[] {
      const own = open.filter((penalty) => penalty.car === car && penalty.sanction.kind === 'time');
      const givenMs = own.reduce((sum, { sanction }) => sum + (sanction.kind === 'time' ? sanction.ms : 0), 0);
      if (addedMs === 0) return own.map((penalty) => ({ ...penalty, atMs, state: 'served' }));
      if (addedMs <= givenMs) return [];
      const sanction = { kind: 'time', ms: addedMs - givenMs } as const;
      return [
        { type: 'penalty', atMs, id: `time-${++count}`, car, state: 'given', sanction, reason: 'Added by the timing' },
      ];
    },
  };
}
