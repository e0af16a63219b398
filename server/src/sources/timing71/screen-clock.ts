import type { RaceFact } from '@pitboard/shared/protocol/race-event.ts';
import { countOf, numberOf } from './cells.ts';
import { isObject } from './dict-diff.ts';
import { flagOfState } from './flags.ts';

type Shown = {
  readonly atMs: number;
  readonly running: boolean;
  readonly elapsedMs: number | undefined;
  readonly remainingMs: number | undefined;
  readonly lapsToGo: number | undefined;
};

/** A clock that is told runs on by itself: it is told again when it is off by more than this. */
const OFF_MS = 2500;
const LONGEST_MS = 864_000_000;

/** The clock of a screen, told when it says something that does not follow from what it said before. */
export class ScreenClock {
  #told: Shown | undefined;

  take(session: unknown, atMs: number, facts: RaceFact[]): void {
    const now = shownBy(session, atMs);
    if (now === undefined || (this.#told !== undefined && follows(this.#told, now))) return;
    this.#told = now;
    const { running, elapsedMs, remainingMs, lapsToGo } = now;
    facts.push({
      type: 'clock',
      atMs,
      running,
      ...(elapsedMs === undefined ? {} : { elapsedMs }),
      ...(remainingMs === undefined ? {} : { remainingMs }),
      ...(lapsToGo === undefined ? {} : { lapsToGo }),
    });
  }
}

function shownBy(session: unknown, atMs: number): Shown | undefined {
  if (!isObject(session)) return undefined;
  const elapsedMs = msOf(session.timeElapsed);
  const remainingMs = msOf(session.timeRemain);
  const lapsToGo = countOf(session.lapsRemain);
  if (elapsedMs === undefined && remainingMs === undefined && lapsToGo === undefined) return undefined;
  const flag = flagOfState(session.flagState);
  const running = atMs >= 0 && session.pauseClocks !== true && flag !== 'chequered';
  return { atMs, running, elapsedMs, remainingMs, lapsToGo };
}

function follows(told: Shown, now: Shown): boolean {
  const passedMs = told.running ? now.atMs - told.atMs : 0;
  return (
    told.running === now.running &&
    told.lapsToGo === now.lapsToGo &&
    isNear(told.elapsedMs, now.elapsedMs, passedMs) &&
    isNear(told.remainingMs, now.remainingMs, -passedMs)
  );
}

function isNear(told: number | undefined, now: number | undefined, passedMs: number): boolean {
  if (told === undefined || now === undefined) return told === now;
  return Math.abs(Math.max(0, told + passedMs) - now) <= OFF_MS;
}

/** A clock below zero stands at zero. */
function msOf(seconds: unknown): number | undefined {
  const number = numberOf(seconds);
  return number === undefined ? undefined : Math.min(LONGEST_MS, Math.max(0, Math.round(number * 1000)));
}
