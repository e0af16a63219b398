/** A race of the data base, by its `raceId` or by `season-round`. */
export type ErgastRace = {
  readonly race: string;
  readonly season?: number | undefined;
  readonly name?: string | undefined;
  readonly startEpochMs?: number | undefined;
  /** Its own key of a circuit in a file of circuits. */
  readonly circuitId?: string | undefined;
  readonly circuit?: ErgastCircuit | undefined;
};

export type ErgastCircuit = {
  readonly name: string;
  readonly location?: string | undefined;
  readonly country?: string | undefined;
};

export type ErgastDriver = {
  /** Like `max_verstappen`. */
  readonly ref?: string | undefined;
  /** The number that he chose, which need not be the one of a race. */
  readonly number?: string | undefined;
  readonly code?: string | undefined;
  readonly firstName?: string | undefined;
  readonly lastName?: string | undefined;
  readonly nationality?: string | undefined;
};

/** A line of a result; `text` is a place, or R, D, E, W, N, F. */
export type ErgastResult = {
  readonly race: string;
  readonly driver: string;
  readonly number: string | undefined;
  /** Name of the constructor, or its key in a file of them. */
  readonly team: string | undefined;
  readonly grid: number | undefined;
  readonly text: string;
  readonly laps: number | undefined;
  readonly totalTimeMs: number | undefined;
  /** Words, or key in a file of them. */
  readonly status: string | undefined;
};

export type ErgastLap = {
  readonly race: string;
  readonly driver: string;
  readonly lap: number;
  readonly position: number | undefined;
  readonly lapTimeMs: number;
};

export type ErgastStop = {
  readonly race: string;
  readonly driver: string;
  readonly stop: number;
  /** The lap that ended with it. */
  readonly lap: number;
  /** From pit entry to pit exit; minutes of waiting under a red flag too. */
  readonly durationMs: number | undefined;
};

export type ErgastQualifying = {
  readonly race: string;
  readonly driver: string;
  readonly number: string | undefined;
  readonly team: string | undefined;
  readonly position: number;
  /** Best laps of the three parts. */
  readonly bestsMs: readonly (number | undefined)[];
};

/** Whatever the files hold, thing by thing. */
export type ErgastRow =
  | { readonly kind: 'race'; readonly value: ErgastRace }
  | { readonly kind: 'circuit'; readonly id: string; readonly value: ErgastCircuit }
  | { readonly kind: 'driver'; readonly id: string; readonly value: ErgastDriver }
  | { readonly kind: 'constructor'; readonly id: string; readonly value: string }
  | { readonly kind: 'status'; readonly id: string; readonly value: string }
  | { readonly kind: 'lap'; readonly value: ErgastLap }
  | { readonly kind: 'stop'; readonly value: ErgastStop }
  | { readonly kind: 'result'; readonly value: ErgastResult }
  | { readonly kind: 'sprint'; readonly value: ErgastResult }
  | { readonly kind: 'qualifying'; readonly value: ErgastQualifying };
