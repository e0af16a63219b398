import type { FeedProtocol, FeedReader, FeedSink } from '@pitboard/server/sources/feed/feed.ts';
import { connectRmonitor } from '@pitboard/server/sources/rmonitor/rmonitor-connection.ts';
import type { RaceFact } from '@pitboard/shared/protocol/race-event.ts';
import { aManifest } from '../../../builders.ts';

/** A feed of words, a fact a line, with everything that a real one does to its listeners. */
export const tinyProtocol: FeedProtocol = {
  id: 'tiny',
  title: 'Tiny timing',
  schemes: ['tiny:'],
  example: 'tiny://192.168.1.20:50000',
  createReader: (sink) => new TinyReader(sink),
  connect: (url, handlers) => connectRmonitor(url, handlers, { connectMs: 2000, silenceMs: 2000 }),
};

class TinyReader implements FeedReader {
  readonly #sink: FeedSink;
  readonly #told = new Map<string, number>();
  #rest = '';
  #line = 0;
  #key = '';
  #count = 0;

  constructor(sink: FeedSink) {
    this.#sink = sink;
  }

  read(bytes: Uint8Array): void {
    const lines = (this.#rest + new TextDecoder().decode(bytes)).split('\n');
    this.#rest = lines.pop() ?? '';
    for (const line of lines) this.#read(line);
  }

  cut(): void {
    this.#rest = '';
  }

  #read(line: string): void {
    this.#line++;
    this.#sink.line(line);
    const [word = '', a = '', b = '', c = '', d = ''] = line.split(' ');
    if (word === 'boom') throw new Error('a mistake of the reader');
    if (word === 'session') return this.#begin(a, b);
    const fact = factOf(word, [a, b, c, d]);
    if (fact !== undefined) return this.#tell(`${word} ${word === 'lap' ? `${a} ${b}` : line}`, fact);
    if (word === 'undo') return this.#undo(a, b);
    this.#sink.skipped(this.#line, line, `unknown word ${word}`);
  }

  #begin(key: string, name: string): void {
    if (key !== this.#key) {
      this.#told.clear();
      this.#count = 0;
    }
    this.#key = key;
    this.#sink.session(key, aManifest({ session: name || key, entries: [], grid: [] }));
  }

  /** Repeats are told once, as the contract wants it. */
  #tell(what: string, fact: RaceFact): void {
    if (this.#told.has(`${this.#key} ${what}`)) return;
    this.#told.set(`${this.#key} ${what}`, ++this.#count);
    this.#sink.facts([fact]);
  }

  #undo(car: string, lap: string): void {
    const what = `${this.#key} lap ${car} ${lap}`;
    const withdrawnSeq = this.#told.get(what);
    if (withdrawnSeq === undefined) return;
    this.#told.delete(what);
    this.#count++;
    this.#sink.facts([{ type: 'passing-withdrawn', atMs: 0, car, withdrawnSeq }]);
  }
}

/** `lap car number atMs lapMs`, `entry car name`, `flag yellow atMs`, `phase running atMs`, `order 1,2,3 atMs`, `odd`. */
function factOf(word: string, [a = '', b = '', c = '', d = '']: readonly string[]): RaceFact | undefined {
  switch (word) {
    case 'lap':
      return { type: 'passing', atMs: Number(c), car: a, loop: 'SF', lapNumber: Number(b), lapTimeMs: Number(d) };
    case 'entry':
      return { type: 'entry-updated', atMs: 0, entry: { car: a, drivers: [{ id: `d${a}`, lastName: b }] } };
    case 'flag':
      return { type: 'flag-changed', atMs: Number(b), flag: a as 'green' };
    case 'phase':
      return { type: 'session-phase', atMs: Number(b), phase: a as 'running' };
    case 'order':
      return { type: 'order-reported', atMs: Number(b), cars: a.split(',') };
    case 'odd':
      return { type: 'passing', atMs: Number.NaN, car: 'a car', loop: '' };
    default:
      return undefined;
  }
}
