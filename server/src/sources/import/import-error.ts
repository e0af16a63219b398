import { NoRaceError } from './imported-race.ts';

/** Why a file, or a place in it, gives nothing; `line` counts from 1. */
export type FileProblem = {
  readonly file: string;
  readonly line?: number | undefined;
  readonly reason: string;
};

/**
 * `too-large`: more than the limits allow. `no-race`: what could be read holds none. `too-slow`: reading was given up.
 * `failed`: the fault is here, not in the files.
 */
export type ImportErrorCode = 'too-large' | 'no-race' | 'too-slow' | 'failed';

const MOST_TOLD = 3;

/** Files that give no race, with what is wrong with each. */
export class ImportError extends NoRaceError {
  readonly code: ImportErrorCode;
  readonly problems: readonly FileProblem[];
  constructor(code: ImportErrorCode, message: string, problems: readonly FileProblem[] = []) {
    super([message, describeFileProblems(problems)].filter((part) => part !== '').join(': '));
    this.name = 'ImportError';
    this.code = code;
    this.problems = problems;
  }

  /** As it was told by another thread, with its whole message. */
  static told({ code, message, problems }: Pick<ImportError, 'code' | 'message' | 'problems'>): ImportError {
    const error = new ImportError(code, '', problems);
    error.message = message;
    return error;
  }
}

/** The first problems as one line: `laps.csv:7 no lap number; notes.txt: no file of a known format`. */
export function describeFileProblems(problems: readonly FileProblem[]): string {
  const told = problems
    .slice(0, MOST_TOLD)
    .map(({ file, line, reason }) => (line === undefined ? `${file}: ${reason}` : `${file}:${line} ${reason}`));
  if (problems.length > MOST_TOLD) told.push(`… and ${problems.length - MOST_TOLD} more`);
  return told.join('; ');
}
