import type { CarNumber } from '@pitboard/shared/domain/names.ts';
import type { ResultStatus } from '@pitboard/shared/domain/status.ts';
import type { Manifest } from '@pitboard/shared/protocol/manifest.ts';
import type { RaceEvent } from '@pitboard/shared/protocol/race-event.ts';

/** One session that was found in files. */
export type ImportedRace = {
  readonly manifest: Manifest;
  readonly events: readonly RaceEvent[];
};

/** What was left out, by reason, and where it stood first. */
export type Skipped = {
  readonly lines: number;
  readonly reasons: Readonly<Record<string, number>>;
  /** The first twenty; `line` counts from 1. */
  readonly examples: readonly { readonly file: string; readonly line: number; readonly reason: string }[];
};

/** What a result file says of one competitor, who is named by the number of the car, or by a code or name of a driver. */
export type OfficialLine = {
  readonly car?: CarNumber | undefined;
  /** Of a driver, like `VER`. */
  readonly code?: string | undefined;
  /** Last name of a driver. */
  readonly lastName?: string | undefined;
  readonly position?: number | undefined;
  readonly status?: ResultStatus | undefined;
  readonly laps?: number | undefined;
  readonly totalTimeMs?: number | undefined;
  readonly reason?: string | undefined;
};

/** Everything that was found in the files of one format. */
export type Imported = {
  /** In order of the files, and of time within one. */
  readonly races: readonly ImportedRace[];
  /** A result without laps: it belongs to the laps of another file. Winner first. */
  readonly official?: readonly OfficialLine[] | undefined;
  readonly skipped: Skipped;
};

/** The files hold no race: the message says why, and what would help. */
export class NoRaceError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'NoRaceError';
  }
}
