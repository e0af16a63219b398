import { RACE_FORMATS } from './formats.ts';
import { type Imported, NoRaceError } from './imported-race.ts';
import type { FileReader, RaceFormat, RaceImport } from './race-format.ts';
import { createSkipCounter, sumSkipped } from './skip-counter.ts';

/** What was found in files of any format. */
export type ImportResult = Imported & {
  /** Titles of the formats that the files are of. */
  readonly formats: readonly string[];
};

/** Takes in the files that a person gives together. */
export type Importer = {
  open(name: string): FileReader;
  /** @throws {NoRaceError} */
  finish(): ImportResult;
};

const HEAD_BYTES = 65_536;

/** Hands each file to the format that recognises its beginning; what none recognises is left out and counted. */
export function createImporter(formats: readonly RaceFormat[] = RACE_FORMATS): Importer {
  const { skip, skipped } = createSkipCounter();
  const imports = new Map<RaceFormat, RaceImport>();
  const readerFor = (name: string, head: Uint8Array): FileReader | undefined => {
    const text = new TextDecoder().decode(head);
    const format = formats.find((each) => each.recognises({ name, bytes: head, text }));
    if (format === undefined) {
      skip(name, 1, 'no file of a known format');
      return undefined;
    }
    const opened = imports.get(format) ?? format.open();
    imports.set(format, opened);
    return opened.open(name);
  };
  return {
    open: (name) => createHeadReader((head) => readerFor(name, head)),
    finish: () => {
      const parts = [...imports.values()].map((each) => each.finish());
      const races = parts.flatMap((part) => part.races);
      if (races.length === 0) throw new NoRaceError('no race found: none of the files holds laps of a known format');
      return {
        races,
        skipped: sumSkipped([...parts.map((part) => part.skipped), skipped()]),
        formats: [...imports.keys()].map(({ title }) => title),
      };
    },
  };
}

/** Holds back the beginning of a file until there is enough of it to choose who reads it. */
function createHeadReader(choose: (head: Uint8Array) => FileReader | undefined): FileReader {
  let held: Uint8Array[] = [];
  let heldBytes = 0;
  let isChosen = false;
  let reader: FileReader | undefined;
  const begin = (): void => {
    isChosen = true;
    const head = Buffer.concat(held);
    held = [];
    reader = choose(head.subarray(0, HEAD_BYTES));
    reader?.write(head);
  };
  return {
    write: (bytes) => {
      if (isChosen) {
        reader?.write(bytes);
        return;
      }
      held.push(bytes);
      heldBytes += bytes.length;
      if (heldBytes >= HEAD_BYTES) begin();
    },
    end: () => {
      if (!isChosen) begin();
      reader?.end();
    },
  };
}
