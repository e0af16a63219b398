const DEEPEST = 32;
const NUMBER = /-?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,3})?/y;
const WORD = /(?:True|False|None)\b/y;
const WORDS = new Map<string, unknown>([
  ['True', true],
  ['False', false],
  ['None', undefined],
]);
const ESCAPES = new Map([
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['\\', '\\'],
  ["'", "'"],
  ['"', '"'],
]);

/** What a Python program prints of lists, dictionaries, texts and numbers; dictionaries become maps. `undefined` for anything else. */
export function parsePythonLiteral(text: string): { readonly value: unknown } | undefined {
  const reader = new LiteralReader(text);
  try {
    const value = reader.value(0);
    return reader.isAtEnd() ? { value } : undefined;
  } catch (error) {
    if (error instanceof NoLiteralError) return undefined;
    throw error;
  }
}

class NoLiteralError extends Error {}

class LiteralReader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  isAtEnd(): boolean {
    return this.#peek() === '';
  }

  value(depth: number): unknown {
    if (depth > DEEPEST) throw new NoLiteralError();
    const next = this.#peek();
    if (next === '[' || next === '(') return this.#list(next === '[' ? ']' : ')', depth);
    if (next === '{') return this.#dictionary(depth);
    if (next === "'" || next === '"') return this.#string(next);
    const word = this.#match(WORD);
    if (word !== undefined) return WORDS.get(word);
    const number = this.#match(NUMBER);
    if (number === undefined) throw new NoLiteralError();
    return Number(number);
  }

  /** The next sign that is no space, not taken yet; '' at the end. */
  #peek(): string {
    while (/\s/.test(this.#text.charAt(this.#at))) this.#at++;
    return this.#text.charAt(this.#at);
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0];
    this.#at += found?.length ?? 0;
    return found;
  }

  #skip(sign: string): boolean {
    if (this.#peek() !== sign) return false;
    this.#at++;
    return true;
  }

  #expect(sign: string): void {
    if (!this.#skip(sign)) throw new NoLiteralError();
  }

  #list(end: string, depth: number): unknown[] {
    this.#at++;
    const items: unknown[] = [];
    while (!this.#skip(end)) {
      items.push(this.value(depth + 1));
      if (!this.#skip(',')) {
        this.#expect(end);
        break;
      }
    }
    return items;
  }

  #dictionary(depth: number): Map<string, unknown> {
    this.#at++;
    const entries = new Map<string, unknown>();
    while (!this.#skip('}')) {
      const key = this.value(depth + 1);
      this.#expect(':');
      entries.set(String(key), this.value(depth + 1));
      if (!this.#skip(',')) {
        this.#expect('}');
        break;
      }
    }
    return entries;
  }

  #string(quote: string): string {
    this.#at++;
    const parts: string[] = [];
    let from = this.#at;
    for (; ; this.#at++) {
      const sign = this.#text.charAt(this.#at);
      if (sign === '') throw new NoLiteralError();
      if (sign !== quote && sign !== '\\') continue;
      parts.push(this.#text.slice(from, this.#at));
      if (sign === quote) break;
      this.#at++;
      parts.push(this.#escape());
      from = this.#at + 1;
    }
    this.#at++;
    return parts.join('');
  }

  /** Stands at the sign after the backslash, and leaves at the last one of the escape. */
  #escape(): string {
    const sign = this.#text.charAt(this.#at);
    const digits = { x: 2, u: 4, U: 8 }[sign];
    if (digits === undefined) return ESCAPES.get(sign) ?? `\\${sign}`;
    const hex = this.#text.slice(this.#at + 1, this.#at + 1 + digits);
    const code = /^[0-9a-fA-F]+$/.test(hex) && hex.length === digits ? Number.parseInt(hex, 16) : Number.NaN;
    if (!(code <= 0x10ffff)) throw new NoLiteralError();
    this.#at += digits;
    return String.fromCodePoint(code);
  }
}
