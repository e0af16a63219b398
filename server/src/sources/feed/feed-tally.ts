import type { SourceState, SourceStatus } from '@pitboard/shared/protocol/sources.ts';

const SHOWN_LENGTH = 240;

/** How it goes with a feed: what an operator wants to know of it. */
export class FeedTally {
  readonly #nowEpochMs: () => number;
  #state: SourceState = 'stopped';
  #sinceEpochMs: number;
  #nextAttemptEpochMs: number | undefined;
  #lastLine: SourceStatus['lastLine'];
  #lastSkipped: SourceStatus['lastSkipped'];
  #linesRead = 0;
  #linesSkipped = 0;
  #factsLeftOut = 0;
  #problem: string | undefined;
  attempts = 0;

  constructor(nowEpochMs: () => number) {
    this.#nowEpochMs = nowEpochMs;
    this.#sinceEpochMs = nowEpochMs();
  }

  /** @param nextAttemptEpochMs for `waiting` */
  become(state: SourceState, nextAttemptEpochMs?: number): void {
    this.#state = state;
    this.#sinceEpochMs = this.#nowEpochMs();
    this.#nextAttemptEpochMs = nextAttemptEpochMs;
  }

  line(text: string): void {
    this.#linesRead++;
    this.#lastLine = { text: clipped(text), epochMs: this.#nowEpochMs() };
  }

  skipped(line: number, text: string, reason: string): void {
    this.#linesSkipped++;
    this.#lastSkipped = { line, text: clipped(text), reason: clipped(reason) };
  }

  leftOut(): void {
    this.#factsLeftOut++;
  }

  problem(problem: string | undefined): void {
    this.#problem = problem === undefined ? undefined : shown(clipped(problem));
  }

  get status() {
    const skipped = this.#lastSkipped;
    return {
      state: this.#state,
      sinceEpochMs: this.#sinceEpochMs,
      attempts: this.attempts,
      ...(this.#nextAttemptEpochMs === undefined ? {} : { nextAttemptEpochMs: this.#nextAttemptEpochMs }),
      ...(this.#lastLine === undefined ? {} : { lastLine: { ...this.#lastLine, text: shown(this.#lastLine.text) } }),
      linesRead: this.#linesRead,
      linesSkipped: this.#linesSkipped,
      ...(skipped === undefined
        ? {}
        : { lastSkipped: { ...skipped, text: shown(skipped.text), reason: shown(skipped.reason) } }),
      factsLeftOut: this.#factsLeftOut,
      ...(this.#problem === undefined ? {} : { problem: this.#problem }),
    };
  }
}

/** As much of a text as is worth showing. */
function clipped(text: string): string {
  return text.length > SHOWN_LENGTH ? `${text.slice(0, SHOWN_LENGTH)}…` : text;
}

/** Control characters as the signs that stand for them. */
function shown(text: string): string {
  return text.replace(/\p{Cc}/gu, (character) => {
    const code = character.charCodeAt(0);
    return code < 32 ? String.fromCharCode(0x2400 + code) : '␡';
  });
}
