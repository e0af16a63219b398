import type { Moment } from '../analysis/moment.ts';

/** A car or driver as a sentence names it. */
export type Names = {
  readonly driver: (driver: string | undefined, car: string) => string;
  readonly car: (car: string) => string;
  /** The car with its crew: `#86 (Stolz/Wolf)`. */
  readonly crew: (car: string) => string;
};

/** What a penalty is, in the shape that a sentence needs. */
export type Sanction = Extract<Moment, { kind: 'penalty' }>['penalty']['sanction'];
