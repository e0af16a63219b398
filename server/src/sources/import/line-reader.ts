/** A longer line is no line of a timing file: it is left out without being kept in memory. */
const USUAL_LONGEST = 65_536;

export type LineReader = {
  /** Takes in the next piece of the text, cut anywhere. */
  write(text: string): void;
  /** The text ends here, with or without an end of line. */
  end(): void;
};

type LineHandlers = {
  /** Every line without its end, blank ones too; `line` counts from 1. */
  readonly onLine: (text: string, line: number) => void;
  /** As soon as it is too long: a line of a live feed may never end. */
  readonly onTooLong: (line: number) => void;
  /** In characters. */
  readonly longest?: number | undefined;
};

/** Cuts text into lines, whatever their ends; a byte order mark before the first one is dropped. */
export function createLineReader({ onLine, onTooLong, longest = USUAL_LONGEST }: LineHandlers): LineReader {
  let rest: string[] = [];
  let restLength = 0;
  let isTooLong = false;
  let line = 0;

  const takeLine = (text: string): void => {
    line++;
    if (isTooLong) {
      isTooLong = false;
      return;
    }
    if (text.length > longest) onTooLong(line);
    else onLine((line === 1 ? text.replace(/^\uFEFF/, '') : text).replace(/\r$/, ''), line);
  };
  /** Kept in pieces: a long line that comes in many small ones is joined once. */
  const keep = (text: string): void => {
    if (text === '' || isTooLong) return;
    rest.push(text);
    restLength += text.length;
    if (restLength <= longest + 2) return;
    isTooLong = true;
    forget();
    onTooLong(line + 1);
  };
  const forget = (): void => {
    rest = [];
    restLength = 0;
  };

  return {
    write: (text) => {
      let from = 0;
      for (let to = text.indexOf('\n'); to >= 0; to = text.indexOf('\n', from)) {
        const last = text.slice(from, to);
        const whole = rest.length === 0 ? last : rest.join('') + last;
        forget();
        takeLine(whole);
        from = to + 1;
      }
      keep(text.slice(from));
    },
    end: () => {
      const last = rest.join('');
      forget();
      if (last !== '' || isTooLong) takeLine(last);
    },
  };
}
