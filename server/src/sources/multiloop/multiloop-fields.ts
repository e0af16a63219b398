/** The broken bar as a byte, as UTF-8, and as what a decoder that did not know it left behind: read as Latin-1. */
const SEPARATOR = /\xC2\xA6|\xEF\xBF\xBD|\xA6/;
const UTF8_SEPARATOR = /\xC2\xA6|\xEF\xBF\xBD/;
const MOST_FIELDS = 400;
const LONGEST_MS = 864_000_000;
const LATEST_EPOCH_S = 8_640_000_000_000;

/** Cuts a line, as Latin-1, at its separators. A line whose separators are UTF-8 is UTF-8 as a whole. */
export function splitFields(line: string): readonly string[] {
  const fields = line.split(SEPARATOR, MOST_FIELDS);
  if (!UTF8_SEPARATOR.test(line)) return fields;
  return fields.map((field) => Buffer.from(field, 'latin1').toString('utf8'));
}

/** Takes the fields of a record one after the other. All numbers are hexadecimal, but for speeds and lengths. */
export class FieldReader {
  readonly #fields: readonly string[];
  #next = 0;
  /** The first thing that was wrong. */
  problem: string | undefined;

  constructor(fields: readonly string[]) {
    this.#fields = fields;
  }

  fail(problem: string): void {
    this.problem ??= problem;
  }

  /** '' where there are no more. */
  text(): string {
    return (this.#fields[this.#next++] ?? '').trim();
  }

  /** `undefined` for what is no number. */
  optional(): number | undefined {
    return parseHex(this.text());
  }

  numberOr(other: number): number {
    const number = this.optional();
    return number === undefined || number > LONGEST_MS ? other : number;
  }

  /** Session time or a duration. */
  ms(what: string): number {
    return this.#within(what, LONGEST_MS);
  }

  count(what: string): number {
    return this.#within(what, 100_000);
  }

  /** Seconds since 1970, as ms. */
  seconds(what: string): number {
    return this.#within(what, LATEST_EPOCH_S) * 1000;
  }

  secondsOr(other: number): number {
    const seconds = this.optional();
    return seconds === undefined || seconds > LATEST_EPOCH_S ? other : seconds * 1000;
  }

  decimal(): number | undefined {
    const text = this.text();
    return /^\d{1,9}(?:\.\d{1,9})?$/.test(text) ? Number(text) : undefined;
  }

  #within(what: string, most: number): number {
    const number = this.optional();
    if (number !== undefined && number <= most) return number;
    this.fail(`no ${what}`);
    return 0;
  }
}

function parseHex(text: string): number | undefined {
  return /^[0-9A-Fa-f]{1,12}$/.test(text) ? Number.parseInt(text, 16) : undefined;
}
