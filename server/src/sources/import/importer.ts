import { addOfficialResults } from './add-official.ts';
import { RACE_FORMATS } from './formats.ts';
import { type FileProblem, ImportError } from './import-error.ts';
import { type ImportLimits, USUAL_IMPORT_LIMITS } from './import-limits.ts';
import { type Imported, NoRaceError } from './imported-race.ts';
import { type FileRecord, Intake } from './intake.ts';
import type { FileReader, RaceFormat, RaceImport } from './race-format.ts';
import { sumSkipped } from './skip-counter.ts';

/** What became of one file, those in archives included. */
export type ImportedFile = {
  readonly name: string;
  /** Title of the format that it is of. */
  readonly format?: string | undefined;
  /** Why it gave nothing. */
  readonly problem?: string | undefined;
};

/** What was found in files of any format. */
export type ImportResult = Imported & {
  /** Titles of the formats that the files are of. */
  readonly formats: readonly string[];
  readonly files: readonly ImportedFile[];
};

/** Takes in the files that a person gives together, packed or not. */
export type Importer = {
  /** What is written to the reader may throw {@link ImportError} `too-large`: the import is over then. */
  open(name: string): FileReader;
  /** @throws {ImportError} */
  finish(): ImportResult;
};

/** Hands each file to the format that recognises its beginning; what none recognises is left out and counted. */
export function createImporter(
  formats: readonly RaceFormat[] = RACE_FORMATS,
  limits: ImportLimits = USUAL_IMPORT_LIMITS,
): Importer {
  const intake = new Intake(formats, limits);
  return {
    open: (name) => intake.open(name),
    finish: () => {
      const problems: FileProblem[] = [];
      const parts = [...intake.imports].flatMap(([format, opened]) => {
        const files = intake.files.filter((file) => file.format === format);
        const part = finishPart(opened, files);
        if ('skipped' in part) return [part];
        for (const file of files) intake.refuse(file, part.reason);
        problems.push(...part.problems);
        return [];
      });
      const { races, skipped: results } = addOfficialResults(parts);
      if (races.length === 0) throw noRace(intake.files, problems, formats);
      return {
        races,
        skipped: sumSkipped([...parts.map((part) => part.skipped), results, intake.skipped]),
        formats: [...intake.imports.keys()].map(({ title }) => title),
        files: intake.files.map(({ name, format, problem }) => ({ name, format: format?.title, problem })),
      };
    },
  };
}

type RefusedPart = { readonly reason: string; readonly problems: readonly FileProblem[] };

function finishPart(opened: RaceImport, files: readonly FileRecord[]): Imported | RefusedPart {
  try {
    const part = opened.finish();
    return isMostlyBad(part, files)
      ? { reason: 'most of its lines cannot be read', problems: part.skipped.examples }
      : part;
  } catch (error) {
    if (error instanceof NoRaceError) return { reason: error.message, problems: [] };
    throw error;
  }
}

/** What is made of a few lines of a file that is otherwise not understood is worth nothing. */
function isMostlyBad({ races, skipped }: Imported, files: readonly FileRecord[]): boolean {
  const lines = files.reduce((sum, file) => sum + file.lines, 0);
  // A line may hold a whole race: then what came of it counts.
  const facts = races.reduce((sum, race) => sum + race.events.length, 0);
  return skipped.lines > Math.max(lines / 2, facts);
}

function noRace(
  files: readonly FileRecord[],
  problems: readonly FileProblem[],
  formats: readonly RaceFormat[],
): ImportError {
  const refused = files.flatMap(({ name, problem }) =>
    problem === undefined ? [] : [{ file: name, reason: problem }],
  );
  const isKnown = files.some(({ format }) => format !== undefined);
  const known = isKnown ? '' : `; known are: ${formats.map(({ title }) => title).join(', ')}`;
  const told =
    refused.length === 0 && files.length > 0 ? [{ file: files[0]?.name ?? '', reason: WITHOUT_LAPS }] : refused;
  // The first bad lines of a file follow it.
  const sorted = told.flatMap((file) => [
    file,
    ...problems.filter((problem) => problem.file === file.file).slice(0, MOST_LINES_TOLD),
  ]);
  const error = new ImportError('no-race', 'no race found', sorted);
  error.message += known;
  return error;
}

const MOST_LINES_TOLD = 5;
const WITHOUT_LAPS = 'a result without laps: give the file of the laps too';
