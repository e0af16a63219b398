import type { Imported } from './imported-race.ts';

/** The beginning of a file, to tell what it is by what is in it. */
export type FileHead = {
  /** Hostile until proven otherwise: a hint at the event at most, never a path. */
  readonly name: string;
  /** At most the first 64 kB. */
  readonly bytes: Uint8Array;
  /** The same as text: UTF-8, without a byte order mark; what is no UTF-8 is replaced. */
  readonly text: string;
};

/** Takes in one file. */
export type FileReader = {
  /** The next piece, cut anywhere. */
  write(bytes: Uint8Array): void;
  end(): void;
};

/** Takes in all files of one format that were given together: they belong to one another. */
export type RaceImport = {
  open(name: string): FileReader;
  /**
   * When every file has ended.
   * @throws {NoRaceError}
   */
  finish(): Imported;
};

/** A kind of file that races come in. */
export type RaceFormat = {
  readonly id: string;
  /** For people: `Al Kamel timing sheets`. */
  readonly title: string;
  /** Whether this is a file of the format, by its content alone. */
  recognises(head: FileHead): boolean;
  /**
   * Whether a zip of members with these names is one file of the format, to be read whole; any other zip is unpacked,
   * and its members read one by one.
   */
  recognisesZip?(members: readonly string[]): boolean;
  open(): RaceImport;
};
