import type { CaptureEntry } from '../capture/capture-lines.ts';
import type { Timers } from '../timers.ts';
import type { RmonitorSpeaker } from './rmonitor-speaker.ts';

/** How often it is looked what is due: a line is never later than this, ms. */
const STEP_MS = 100;
const LINE_FEED = 0x0a;

/** What a timing computer says, by session time or by the time since a capture began. */
export type Speech = {
  readonly startMs: number;
  readonly endMs: number;
  /** What is said after the last moment asked for, up to this one. */
  advance(atMs: number): Uint8Array;
  /** What one who connects now hears first. */
  welcome(): Uint8Array;
};

export function speechOfRace(speaker: RmonitorSpeaker): Speech {
  return {
    startMs: speaker.startMs,
    endMs: speaker.endMs,
    advance: (atMs) => bytesOf(speaker.advance(atMs)),
    welcome: () => bytesOf(speaker.dump()),
  };
}

function bytesOf(lines: readonly string[]): Uint8Array {
  return Buffer.from(lines.map((line) => `${line}\r\n`).join(''), 'latin1');
}

/** A capture, byte for byte. What it was told when is not known of it, so whoever comes late hears all that was said. */
export function speechOfCapture(entries: readonly CaptureEntry[]): Speech {
  const pieces = piecesOf(entries);
  let next = 0;
  return {
    startMs: 0,
    endMs: pieces.at(-1)?.atMs ?? 0,
    advance: (atMs) => {
      const from = next;
      while (next < pieces.length && (pieces[next]?.atMs ?? 0) <= atMs) next++;
      return Buffer.concat(pieces.slice(from, next).map(({ bytes }) => bytes));
    },
    welcome: () => Buffer.concat(pieces.slice(0, next).map(({ bytes }) => bytes)),
  };
}

type Piece = { readonly atMs: number; readonly bytes: Uint8Array };

/** Half a line at the loss of a connection gets an end, so that it spoils no other. */
function piecesOf(entries: readonly CaptureEntry[]): readonly Piece[] {
  const pieces: Piece[] = [];
  for (const entry of entries) {
    if (entry.kind === 'piece') pieces.push(entry);
    else if (entry.kind === 'closed' && pieces.at(-1)?.bytes.at(-1) !== LINE_FEED) {
      pieces.push({ atMs: entry.atMs, bytes: Buffer.from('\r\n') });
    }
  }
  return pieces;
}

export type PlayOptions = {
  readonly speech: Speech;
  /** 2 speaks twice as fast. */
  readonly speed: number;
  /** What was said before is not said again, but to those who connect. */
  readonly startAtMs: number;
  readonly timers: Timers;
  readonly send: (bytes: Uint8Array) => void;
};

/** Speaks as if it were happening now. Where it stands is computed from the clock, so it never drifts. */
export function playSpeech({ speech, speed, startAtMs, timers, send }: PlayOptions): { readonly stop: () => void } {
  const startedEpochMs = timers.nowEpochMs();
  let cancel: () => void = () => undefined;
  speech.advance(startAtMs);
  const step = (): void => {
    send(speech.advance(startAtMs + (timers.nowEpochMs() - startedEpochMs) * speed));
    cancel = timers.after(STEP_MS, step);
  };
  step();
  return { stop: () => cancel() };
}
