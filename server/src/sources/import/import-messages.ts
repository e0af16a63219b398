import type { Manifest } from '@pitboard/shared/protocol/manifest.ts';
import type { RaceEvent } from '@pitboard/shared/protocol/race-event.ts';
import type { FileProblem, ImportErrorCode } from './import-error.ts';
import type { ImportLimits } from './import-limits.ts';
import type { ImportResult } from './importer.ts';

/** A file on the disk of the server; `name` as somebody gave it. */
export type SpooledFile = { readonly path: string; readonly name: string; readonly bytes: number };

/** What the thread that reads files is given. */
export type ImportTask = { readonly files: readonly SpooledFile[]; readonly limits: ImportLimits };

/** A race that was read, without its events. */
export type ReadRace = { readonly manifest: Manifest; readonly contentId: string; readonly eventCount: number };

export type ReadFiles = Omit<ImportResult, 'races' | 'official'> & { readonly races: readonly ReadRace[] };

/** What that thread tells. */
export type ImportNews =
  | { readonly type: 'reading'; readonly file: string; readonly share: number }
  | { readonly type: 'read'; readonly result: ReadFiles }
  | {
      readonly type: 'refused';
      readonly code: ImportErrorCode;
      readonly message: string;
      readonly problems: readonly FileProblem[];
    }
  | { readonly type: 'events'; readonly events: readonly RaceEvent[] };

/** Asks that thread for a run of events of a race, by its place in `races`. */
export type EventsWanted = { readonly race: number; readonly from: number; readonly count: number };
