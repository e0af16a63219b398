import { parseCarTime, parseClockText } from './clock-text.ts';

/** Longer than any text of the protocol, by far. */
const LONGEST_TEXT = 200;

/** The fields behind the command; what is missing is ''. */
export class MessageFields {
  readonly #fields: readonly string[];

  constructor(fields: readonly string[]) {
    this.#fields = fields;
  }

  get count(): number {
    return this.#fields.length;
  }

  text(index: number): string {
    return (this.#fields[index] ?? '').slice(0, LONGEST_TEXT);
  }

  /** A whole number, of an empty field `empty`. */
  number(index: number, empty?: number): number | undefined {
    const text = this.text(index);
    if (text === '') return empty;
    return /^[+-]?\d{1,9}$/.test(text) ? Number(text) : undefined;
  }

  clock(index: number): number | undefined {
    return parseClockText(this.text(index));
  }

  carTime(index: number): number | undefined {
    return parseCarTime(this.text(index));
  }
}
