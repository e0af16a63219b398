import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

export type Encoding = 'br' | 'gzip' | 'identity';

type Entry = { readonly body: Promise<Buffer>; bytes: number };

/** Bodies that are asked for again and again: made and compressed once, the least used are dropped first. */
export class CompressedCache {
  readonly #limitBytes: number;
  readonly #entries = new Map<string, Entry>();
  #bytes = 0;

  constructor(limitBytes: number) {
    this.#limitBytes = limitBytes;
  }

  /** @param make the body as text, called only when it is not held */
  get(key: string, encoding: Encoding, make: () => Promise<string>): Promise<Buffer> {
    const place = `${encoding} ${key}`;
    const held = this.#entries.get(place);
    if (held !== undefined) {
      this.#entries.delete(place);
      this.#entries.set(place, held);
      return held.body;
    }
    const entry: Entry = { body: make().then((text) => compress(text, encoding)), bytes: 0 };
    this.#entries.set(place, entry);
    entry.body.then(
      (body) => this.#weigh(place, entry, body.length),
      () => this.#entries.delete(place),
    );
    return entry.body;
  }

  #weigh(place: string, entry: Entry, bytes: number): void {
    if (this.#entries.get(place) !== entry) return;
    entry.bytes = bytes;
    this.#bytes += bytes;
    for (const [oldest, { bytes: freed }] of this.#entries) {
      if (this.#bytes <= this.#limitBytes) return;
      this.#entries.delete(oldest);
      this.#bytes -= freed;
    }
  }
}

const brotli = promisify(brotliCompress);
const gzipped = promisify(gzip);

/** Quality 5: nearly the smallest, and made within milliseconds. */
async function compress(text: string, encoding: Encoding): Promise<Buffer> {
  const body = Buffer.from(text);
  if (encoding === 'br') {
    const { BROTLI_PARAM_QUALITY, BROTLI_PARAM_SIZE_HINT } = constants;
    return brotli(body, { params: { [BROTLI_PARAM_QUALITY]: 5, [BROTLI_PARAM_SIZE_HINT]: body.length } });
  }
  return encoding === 'gzip' ? gzipped(body) : body;
}

/** The best encoding that an `Accept-Encoding` header allows. */
export function encodingFor(header: string | undefined): Encoding {
  const accepted = new Set(
    (header ?? '')
      .split(',')
      .map((part) => part.trim().toLowerCase())
      .filter((part) => !/;\s*q=0(\.0*)?$/.test(part))
      .map((part) => part.split(';')[0]?.trim()),
  );
  if (accepted.has('br')) return 'br';
  return accepted.has('gzip') ? 'gzip' : 'identity';
}
