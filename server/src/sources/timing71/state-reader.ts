import type { Manifest } from '@pitboard/shared/protocol/manifest.ts';
import type { RaceFact } from '@pitboard/shared/protocol/race-event.ts';
import { idOf } from '../import/names.ts';
import { carRowsOf, mostLapsOf } from './car-row.ts';
import { parseServiceManifest, type ServiceManifest } from './service-manifest.ts';
import { SessionReader, type TimingState } from './session-reader.ts';

export type StateTarget = {
  session(key: string, manifest: Manifest): void;
  facts(facts: readonly RaceFact[]): void;
};

type Session = {
  readonly reader: SessionReader;
  /** As it was told. */
  named: ServiceManifest;
  /** That a car has ever had. */
  mostLaps: number;
  /** Since when nobody has as many laps any more. */
  collapsedSinceMs: number | undefined;
  /** Since when the service has called it otherwise. */
  renamedSinceMs: number | undefined;
};

/** A count of laps that falls below half is no correction any more. */
const COLLAPSE = 0.5;
const FEWEST_LAPS = 2;
const MOST_BAD_LINES = 1000;
/** Longer than any flicker of a screen, and than the time between a new name and the cars under it. */
const SETTLED_MS = 10_000;

/** Turns what a service shows, session after session, into facts. */
export class StateReader {
  readonly #target: StateTarget;
  readonly #onProblem: (reason: string) => void;
  #service: ServiceManifest | undefined;
  #session: Session | undefined;
  #sessions = 0;
  readonly #badLines = new Set<string>();

  constructor(target: StateTarget, onProblem: (reason: string) => void) {
    this.#target = target;
    this.#onProblem = onProblem;
  }

  manifest(value: unknown): void {
    const service = parseServiceManifest(value);
    if (service === undefined) this.#onProblem('no manifest: name, description and columns are needed');
    else this.#service = service;
  }

  /** @param zeroEpochMs wall clock at time zero of the first session, where it is known beforehand */
  take(state: TimingState, epochMs: number, zeroEpochMs?: number): void {
    const service = this.#service;
    if (service === undefined) {
      this.#onProblem('a state before any manifest');
      return;
    }
    const rows = carRowsOf(state.cars, service.columns, (reason, line) => this.#noteLine(reason, line));
    const laps = mostLapsOf(rows);
    if (this.#session === undefined || startsOver(this.#session, service, laps, epochMs)) {
      this.end();
      this.#begin(service, zeroEpochMs);
    }
    const session = this.#session;
    if (session === undefined) return;
    session.mostLaps = Math.max(session.mostLaps, laps ?? 0);
    if (!isSameName(session.named, service)) {
      session.renamedSinceMs ??= epochMs;
      if (epochMs - session.renamedSinceMs >= SETTLED_MS) this.#rename(session, service);
    }
    this.#target.facts(session.reader.take(state, rows, epochMs));
  }

  /** A screen shows the same bad line second after second: it is counted once. */
  #noteLine(reason: string, line: string): void {
    const key = `${reason} ${line}`;
    if (this.#badLines.has(key) || this.#badLines.size >= MOST_BAD_LINES) return;
    this.#badLines.add(key);
    this.#onProblem(reason);
  }

  end(): void {
    const session = this.#session;
    if (session === undefined) return;
    const isOtherAlready = session.collapsedSinceMs !== undefined;
    if (this.#service !== undefined && !isOtherAlready) this.#rename(session, this.#service);
    this.#target.facts(session.reader.end());
  }

  #rename(session: Session, service: ServiceManifest): void {
    session.named = service;
    session.renamedSinceMs = undefined;
    this.#target.facts(session.reader.rename(service));
  }

  #begin(service: ServiceManifest, zeroEpochMs: number | undefined): void {
    const reader = new SessionReader(service, this.#onProblem, this.#sessions === 0 ? zeroEpochMs : undefined);
    this.#session = { reader, named: service, mostLaps: 0, collapsedSinceMs: undefined, renamedSinceMs: undefined };
    this.#sessions++;
    this.#target.session(this.#keyOf(service), reader.manifest);
  }

  /** The same for the same session, whoever asks and whenever. */
  #keyOf({ name, description, uuid }: ServiceManifest): string {
    const words = idOf(`${name} ${description}`.trim()) || idOf(uuid) || 'timing71';
    return this.#sessions === 1 ? words.slice(0, 60) : `${words.slice(0, 56)}-${this.#sessions}`;
  }
}

/** When nobody has laps any more: at once under another name, else once it is no flicker. */
function startsOver(session: Session, service: ServiceManifest, laps: number | undefined, epochMs: number): boolean {
  if (laps === undefined) return false;
  const isCollapsed = session.mostLaps >= FEWEST_LAPS && laps < session.mostLaps * COLLAPSE;
  session.collapsedSinceMs = isCollapsed ? (session.collapsedSinceMs ?? epochMs) : undefined;
  if (session.collapsedSinceMs === undefined) return false;
  return !isSameName(session.named, service) || epochMs - session.collapsedSinceMs >= SETTLED_MS;
}

function isSameName(one: ServiceManifest, other: ServiceManifest): boolean {
  return one.name === other.name && one.description === other.description && one.uuid === other.uuid;
}
