import type { RmonitorMessage } from './rmonitor-message.ts';

const MOST_KEPT = 1000;

/** Whether a message belongs to the tables of a run, and not to what happens on the track. */
export function isTable({ kind }: RmonitorMessage): boolean {
  return (
    kind === 'competitor' ||
    kind === 'class' ||
    kind === 'setting' ||
    kind === 'run' ||
    kind === 'reset' ||
    kind === 'track-map' ||
    kind === 'sort-mode'
  );
}

/** The newest of each line of the tables, for a run that begins again without being told anew. */
export class TableMemory {
  readonly #newest = new Map<string, RmonitorMessage>();

  learn(message: RmonitorMessage): void {
    const key = `${message.kind} ${subjectOf(message)}`;
    if (this.#newest.size < MOST_KEPT || this.#newest.has(key)) this.#newest.set(key, message);
  }

  all(): Iterable<RmonitorMessage> {
    return this.#newest.values();
  }

  forgetCars(): void {
    for (const [key, { kind }] of this.#newest) if (kind === 'competitor') this.#newest.delete(key);
  }

  forget(): void {
    this.#newest.clear();
  }
}

function subjectOf(message: RmonitorMessage): string | number {
  switch (message.kind) {
    case 'competitor':
      return `${message.reg} ${message.additional === undefined ? '' : 'additional'}`;
    case 'class':
      return message.number;
    case 'setting':
      return message.name;
    default:
      return '';
  }
}
