import type { HeardMessage } from './held-lines.ts';
import type { Heartbeat, RmonitorMessage } from './rmonitor-message.ts';
import type { Run } from './run.ts';
import { isRunning } from './run-clock.ts';
import { isTable } from './table-memory.ts';

const MOST_WAITING = 5000;

/**
 * What is told after a run is over and its scoreboard cleared: of the next one, under the same number, or of the same one
 * again. Which of the two it is shows when the race clock runs.
 */
export class NextRun {
  #messages: RmonitorMessage[] | undefined;

  get isAwaited(): boolean {
    return this.#messages !== undefined;
  }

  expect(): void {
    this.#messages ??= [];
  }

  /** @returns whether it has to wait */
  add(message: RmonitorMessage): boolean {
    if (this.#messages === undefined || !(isTable(message) || isEmptyRow(message))) return false;
    if (this.#messages.length < MOST_WAITING) this.#messages.push(message);
    return true;
  }

  /** What has waited; nothing is awaited any more. */
  take(): readonly RmonitorMessage[] {
    const messages = this.#messages ?? [];
    this.#messages = undefined;
    return messages;
  }
}

/** Whether laps of before are told again: the same run goes on. */
export function isOfRunBefore(message: RmonitorMessage): boolean {
  return message.kind === 'race-row' && message.laps > 0;
}

/**
 * Whether a list that was told anew clears the scoreboard of a run that is over.
 * @param beat the latest heartbeat of the list
 */
export function isCleared(run: Run, held: readonly HeardMessage[], beat: Heartbeat | undefined): boolean {
  if (!run.hasLaps || beat === undefined || isRunning(beat)) return false;
  const isTold = held.some(({ message }) => message.kind === 'reset' || message.kind === 'race-row');
  return isTold && !held.some(({ message }) => isOfRunBefore(message));
}

/** A run with laps, told under another name: by its number alone it would be the same one. */
export function isRenamed(run: Run, { number, name }: { readonly number: string; readonly name: string }): boolean {
  const known = run.tables.name;
  return run.number === number && run.hasLaps && known !== '' && name !== '' && known !== name;
}

function isEmptyRow(message: RmonitorMessage): boolean {
  if (message.kind === 'race-row') return message.laps <= 0;
  return message.kind === 'best-row' && message.bestMs === undefined;
}
