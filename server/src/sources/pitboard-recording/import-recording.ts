import type { Manifest } from '@pitboard/shared/protocol/manifest.ts';
import { parseRaceEvent } from '@pitboard/shared/protocol/parse.ts';
import type { RaceEvent } from '@pitboard/shared/protocol/race-event.ts';
import { parseRecording, RECORDING_FORMAT, RecordingError } from '@pitboard/shared/protocol/recording.ts';
import { type ImportedRace, NoRaceError } from '../import/imported-race.ts';
import { createLineReader } from '../import/line-reader.ts';
import type { FileReader, RaceFormat } from '../import/race-format.ts';
import { createSkipCounter } from '../import/skip-counter.ts';
import { createTextReader } from '../import/text-reader.ts';

/** The header is one line, with all entries, classes and titles: in characters. */
const LONGEST_LINE = 4_000_000;
/** Some forty 24-hour races. */
const MOST_EVENTS = 2_000_000;
const HEADER = new RegExp(`^\\uFEFF?\\s*\\{[^\\n]*"format"\\s*:\\s*"${RECORDING_FORMAT}"`);

type Skip = (line: number, reason: string) => void;

/** What Pitboard itself writes: a race a file. Lines that are no events are left out, and the rest is numbered anew. */
export const pitboardRecording: RaceFormat = {
  id: 'pitboard-recording',
  title: 'Pitboard recordings',
  recognises: ({ text }) => HEADER.test(text),
  open: () => {
    const races: RecordingReader[] = [];
    const { skip, skipped } = createSkipCounter();
    return {
      open: (name): FileReader => {
        const race = new RecordingReader((line, reason) => skip(name, line, reason));
        races.push(race);
        return createTextReader(
          createLineReader({
            longest: LONGEST_LINE,
            onLine: (text, line) => race.take(text, line),
            onTooLong: (line) => skip(name, line, 'line too long'),
          }),
        );
      },
      finish: () => {
        const whole = races.flatMap(({ race }) => (race === undefined ? [] : [race]));
        const problem = races.find((race) => race.problem !== undefined)?.problem;
        if (whole.length === 0) throw new NoRaceError(problem ?? 'a recording without events');
        return { races: whole, skipped: skipped() };
      },
    };
  },
};

/** One recording, line by line. */
class RecordingReader {
  readonly #skip: Skip;
  #manifest: Manifest | undefined;
  readonly #events: RaceEvent[] = [];
  /** New numbers by those of the file. */
  readonly #seqs = new Map<number, number>();
  #lastSeq = 0;
  /** Why nothing of the file can be read. */
  problem: string | undefined;

  constructor(skip: Skip) {
    this.#skip = skip;
  }

  get race(): ImportedRace | undefined {
    if (this.#manifest === undefined || this.#events.length === 0) return undefined;
    return { manifest: this.#manifest, events: this.#events };
  }

  take(text: string, line: number): void {
    if (this.problem !== undefined) return;
    if (this.#manifest === undefined) this.#takeHeader(text, line);
    else if (text.trim() !== '') this.#takeEvent(text, line);
  }

  #takeHeader(text: string, line: number): void {
    try {
      this.#manifest = parseRecording(`${text}\n`).manifest;
    } catch (error) {
      if (!(error instanceof RecordingError)) throw error;
      this.problem = error.message;
      this.#skip(line, error.message);
    }
  }

  #takeEvent(text: string, line: number): void {
    const event = parseLine(text);
    if (typeof event === 'string') return this.#skip(line, event);
    if (event.seq <= this.#lastSeq) return this.#skip(line, 'seq runs backwards');
    if (this.#events.length >= MOST_EVENTS) return this.#skip(line, 'too many events');
    const settled = this.#settled(event);
    if (settled === undefined) return this.#skip(line, 'withdraws a passing that is not there');
    this.#lastSeq = event.seq;
    this.#seqs.set(event.seq, settled.seq);
    this.#events.push(settled);
  }

  /** The event under its new number; `undefined` for one that takes back what was left out. */
  #settled(event: RaceEvent): RaceEvent | undefined {
    const seq = this.#events.length + 1;
    if (event.type !== 'passing-withdrawn') return { ...event, seq };
    const withdrawnSeq = this.#seqs.get(event.withdrawnSeq);
    return withdrawnSeq === undefined ? undefined : { ...event, seq, withdrawnSeq };
  }
}

function parseLine(text: string): RaceEvent | string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return 'not JSON';
  }
  const event = parseRaceEvent(value);
  return event.ok ? event.value : event.problem;
}
