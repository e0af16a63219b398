import { whyUnknown } from './content-hint.ts';
import { cleanFileName } from './file-name.ts';
import { createHeadReader } from './head-reader.ts';
import { ImportError } from './import-error.ts';
import { type ImportLimits, isBomb } from './import-limits.ts';
import { createInflateReader } from './inflate-reader.ts';
import type { FileReader, RaceFormat, RaceImport } from './race-format.ts';
import { createSkipCounter } from './skip-counter.ts';
import { createUtf16Reader, utf16Of } from './utf16-reader.ts';
import { createZipReader } from './zip-reader.ts';

/** What became of a file that was given, or that was in an archive. */
export type FileRecord = {
  readonly name: string;
  format: RaceFormat | undefined;
  /** Why it gives nothing. */
  problem: string | undefined;
  lines: number;
};

const NEW_LINE = 10;
const NESTED = 'an archive within an archive is not opened: unpack it first';

/** Takes files in: unpacks them, tells by the content which format reads each, and keeps to the limits. */
export class Intake {
  readonly #formats: readonly RaceFormat[];
  readonly #limits: ImportLimits;
  readonly #counter = createSkipCounter();
  #givenBytes = 0;
  #unpackedBytes = 0;
  readonly files: FileRecord[] = [];
  /** In the order in which the formats were met. */
  readonly imports = new Map<RaceFormat, RaceImport>();

  constructor(formats: readonly RaceFormat[], limits: ImportLimits) {
    this.#formats = formats;
    this.#limits = limits;
  }

  /** Of files as such, and of damaged archives; what formats leave out they count themselves. */
  get skipped() {
    return this.#counter.skipped();
  }

  open(given: string): FileReader {
    const name = cleanFileName(given);
    const reader = createHeadReader((head) => {
      if (isGzip(head)) return this.#gzipReader(name);
      return isZip(head) ? this.#zipReader(name) : this.#plainReader(this.#record(name), head);
    });
    return { write: (bytes) => this.#takeGiven(name, bytes, reader), end: () => reader.end() };
  }

  /** Says why a file gives nothing. */
  refuse(file: FileRecord, reason: string): void {
    file.problem ??= reason;
    this.#counter.skip(file.name, 1, reason);
  }

  #record(name: string): FileRecord {
    if (this.files.length >= this.#limits.files) this.#tooLarge(name, `more than ${this.#limits.files} files`);
    const file: FileRecord = { name, format: undefined, problem: undefined, lines: 0 };
    this.files.push(file);
    return file;
  }

  #takeGiven(name: string, bytes: Uint8Array, reader: FileReader): void {
    this.#givenBytes += bytes.length;
    const { givenBytes } = this.#limits;
    if (this.#givenBytes > givenBytes) this.#tooLarge(name, `more than ${megabytes(givenBytes)} in all`);
    reader.write(bytes);
  }

  #gzipReader(name: string): FileReader {
    const file = this.#record(name);
    return createInflateReader({
      method: 'gzip',
      target: this.#innerReader(file),
      onGrowth: (packedBytes, unpackedBytes) => this.#checkGrowth(name, packedBytes, unpackedBytes),
      onDamage: (reason) => this.#noteDamage(file, reason),
    });
  }

  #zipReader(name: string): FileReader {
    const members = new Map<string, FileRecord>();
    const recordOf = (member: string): FileRecord => {
      const file = members.get(member) ?? this.#record(cleanFileName(`${name}/${member}`));
      members.set(member, file);
      return file;
    };
    return createZipReader({
      mostMembers: this.#limits.files,
      wholeReader: (names) => {
        const format = this.#formats.find((each) => each.recognisesZip?.(names));
        return format === undefined ? undefined : this.#formatReader(this.#record(name), format);
      },
      memberReader: (member) => this.#innerReader(recordOf(member)),
      onGrowth: (packedBytes, unpackedBytes) => this.#checkGrowth(name, packedBytes, unpackedBytes),
      onProblem: (member, reason) =>
        this.#noteDamage(member === undefined ? this.#record(name) : recordOf(member), reason),
    });
  }

  /** Of a file that came out of an archive. */
  #innerReader(file: FileRecord): FileReader {
    const reader = createHeadReader((head) => {
      if (isGzip(head) || isZip(head)) return this.refuse(file, NESTED) as undefined;
      return this.#plainReader(file, head);
    });
    return { write: (bytes) => this.#takeUnpacked(file, bytes, reader), end: () => reader.end() };
  }

  #plainReader(file: FileRecord, head: Uint8Array): FileReader | undefined {
    if (file.problem !== undefined) return undefined;
    if (head.length === 0) return this.refuse(file, 'the file is empty') as undefined;
    const utf16 = utf16Of(head);
    const text = new TextDecoder(utf16).decode(head);
    const bytes = utf16 === undefined ? head : Buffer.from(text);
    const format = this.#formats.find((each) => each.recognises({ name: file.name, bytes, text }));
    if (format === undefined) return this.refuse(file, whyUnknown(bytes)) as undefined;
    const reader = this.#formatReader(file, format);
    return utf16 === undefined ? reader : createUtf16Reader(utf16, reader);
  }

  #formatReader(file: FileRecord, format: RaceFormat): FileReader {
    file.format = format;
    const opened = this.imports.get(format) ?? format.open();
    this.imports.set(format, opened);
    const reader = opened.open(file.name);
    let lastByte: number | undefined;
    return {
      write: (bytes) => {
        for (let index = 0; index < bytes.length; index++) if (bytes[index] === NEW_LINE) file.lines++;
        lastByte = bytes.at(-1) ?? lastByte;
        reader.write(bytes);
      },
      end: () => {
        if (lastByte !== undefined && lastByte !== NEW_LINE) file.lines++;
        reader.end();
      },
    };
  }

  #takeUnpacked(file: FileRecord, bytes: Uint8Array, reader: FileReader): void {
    this.#unpackedBytes += bytes.length;
    const { unpackedBytes } = this.#limits;
    if (this.#unpackedBytes > unpackedBytes)
      this.#tooLarge(file.name, `more than ${megabytes(unpackedBytes)} unpacked`);
    reader.write(bytes);
  }

  #checkGrowth(name: string, packedBytes: number, unpackedBytes: number): void {
    if (isBomb(packedBytes, unpackedBytes)) this.#tooLarge(name, 'packed data that swell beyond all reason');
  }

  /** What came before the damage is read; a file of which nothing came is refused. */
  #noteDamage(file: FileRecord, reason: string): void {
    if (file.format === undefined) this.refuse(file, reason);
    else this.#counter.skip(file.name, file.lines + 1, reason);
  }

  #tooLarge(file: string, reason: string): never {
    throw new ImportError('too-large', 'too large to import', [{ file, reason }]);
  }
}

function isGzip(head: Uint8Array): boolean {
  return head[0] === 0x1f && head[1] === 0x8b;
}

/** An archive with files, or an empty one. */
function isZip(head: Uint8Array): boolean {
  const [p, k, one, two] = head;
  return p === 0x50 && k === 0x4b && ((one === 3 && two === 4) || (one === 5 && two === 6));
}

function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1e6)} MB`;
}
