import type { ClassId } from '@pitboard/shared/domain/names.ts';
import { UNKNOWN_CIRCUIT } from '@pitboard/shared/domain/names.ts';
import type { SessionKind } from '@pitboard/shared/domain/status.ts';
import type { Loop, Manifest, SessionUpdate } from '@pitboard/shared/protocol/manifest.ts';
import { cleanName, idOf } from '../import/names.ts';
import { isTrackLoop } from './line-crossings.ts';
import type { RmonitorMessage, TrackSection } from './rmonitor-message.ts';
import { kindOfRun } from './session-name.ts';

const METRES_PER_MILE = 1609.344;
const MOST_CLASSES = 50;
const MOST_LOOPS = 40;

/** What is told of a run beside its cars: its name, classes, track and length. */
export class RunTables {
  distance: Manifest['distance'];
  /** Lines on the track behind the finish line, `T2` and on. */
  readonly #lines = new Set<string>();
  readonly #classes = new Map<number, string>();
  #trackName: string | undefined;
  #lengthMetres: number | undefined;
  #sections: readonly TrackSection[] = [];
  #isRace: boolean | undefined;
  #name = '';
  #kind: SessionKind = 'race';

  learn(message: RmonitorMessage): void {
    if (message.kind === 'run') this.name = message.name;
    else if (message.kind === 'class') this.#learnClass(message.number, message.name);
    else if (message.kind === 'sort-mode') this.#chooseMode(message.isRace);
    else if (message.kind === 'track-map') this.#sections = message.sections;
    else if (message.kind === 'setting' && message.name === 'TRACKNAME') this.#trackName = cleanName(message.value);
    else if (message.kind === 'setting' && message.name === 'TRACKLENGTH') this.#lengthMetres = lengthOf(message.value);
  }

  /**
   * A line of the track was crossed: it has a loop from now on.
   * @returns whether it is new
   */
  addLine(line: string): boolean {
    if (this.#lines.has(line) || this.#lines.size >= MOST_LOOPS) return false;
    this.#lines.add(line);
    return true;
  }

  /** The operator's choice of ranking, where the feed tells it, decides what the name leaves open. */
  get kind(): SessionKind {
    return this.#kind;
  }

  get name(): string {
    return this.#name;
  }

  set name(name: string) {
    this.#name = name;
    this.#findKind();
  }

  classId(number: number | undefined): ClassId | undefined {
    if (number === undefined || !(this.#classes.has(number) || this.#classes.size < MOST_CLASSES)) return undefined;
    const id = idOf(this.#classes.get(number) ?? '');
    const isShared = [...this.#classes].some(([other, name]) => other < number && idOf(name) === id);
    return id === '' || isShared ? `class-${number}` : id;
  }

  /** Of the manifest, everything but the entries. */
  fields(usedClasses: Iterable<number | undefined>): Required<Pick<Manifest, 'event' | 'session' | 'kind'>> & Manifest {
    const session = cleanName(this.name) ?? 'Session';
    const isRace = this.kind === 'race';
    return {
      event: this.#trackName ?? session,
      session,
      kind: this.kind,
      ...(this.distance === undefined ? {} : { distance: this.distance }),
      circuit: this.#circuit(),
      classes: this.#classList(usedClasses),
      grid: [],
      championships: [],
      // The feed ranks every car that it knows, however few its laps.
      ...(isRace ? { orderAuthority: 'feed', rules: { officialOrder: 'feed', classifiedShare: 0 } } : {}),
      dataNotes: this.#notes(isRace),
      entries: [],
    };
  }

  #chooseMode(isRace: boolean): void {
    this.#isRace = isRace;
    this.#findKind();
  }

  #findKind(): void {
    const named = kindOfRun(this.#name);
    if (this.#isRace === undefined) this.#kind = named;
    else if (this.#isRace) this.#kind = 'race';
    else this.#kind = named === 'race' ? 'qualifying' : named;
  }

  #learnClass(number: number, name: string): void {
    if (this.#classes.has(number) || this.#classes.size < MOST_CLASSES) this.#classes.set(number, name);
  }

  #classList(used: Iterable<number | undefined>): Manifest['classes'] {
    const numbers = new Set([...used].filter((number) => number !== undefined));
    for (const [number, name] of this.#classes) if (cleanName(name) !== undefined) numbers.add(number);
    return [...numbers]
      .sort((one, other) => one - other)
      .slice(0, MOST_CLASSES)
      .flatMap((number) => {
        const id = this.classId(number);
        const name = cleanName(this.#classes.get(number) ?? '') ?? `Class ${number}`;
        return id === undefined ? [] : [{ id, name }];
      });
  }

  #circuit(): Manifest['circuit'] {
    const places = placesOf(this.#sections);
    const lap = this.#lengthMetres ?? places.lapMetres;
    const lengthMetres = lap === undefined ? undefined : Math.round(lap);
    const lines = [...new Set([...this.#lines, ...places.metres.keys()])].slice(0, MOST_LOOPS).sort();
    const loops = lines.map((id): Loop => {
      const metres = places.metres.get(id);
      const isOnLap = metres !== undefined && metres < (lengthMetres ?? 100_000);
      return { id, kind: 'intermediate', ...(isOnLap ? { metres: Math.round(metres) } : {}) };
    });
    return {
      name: this.#trackName ?? UNKNOWN_CIRCUIT,
      ...(lengthMetres === undefined ? {} : { lengthMetres }),
      loops: [{ id: 'SF', kind: 'finish' }, ...loops],
    };
  }

  #notes(isRace: boolean): Manifest['dataNotes'] {
    const notes: Manifest['dataNotes'] = [
      { subject: 'grid', kind: 'missing', text: 'The feed does not tell the grid.' },
    ];
    if (isRace) {
      const text = 'The order is that of the timing computer, with what its officials added or took away.';
      notes.push({ subject: 'order', kind: 'information', text });
    }
    if (this.#lengthMetres !== undefined) {
      const text = 'The feed names no unit for the length of the track: taken as miles.';
      notes.push({ subject: 'track length', kind: 'information', text });
    }
    return notes;
  }
}

/** Parts of a manifest that differ from what was stated. */
export function changesOf(now: SessionUpdate, told: Map<string, string>): SessionUpdate | undefined {
  const changed = Object.entries(now).filter(([field, value]) => {
    const text = JSON.stringify(value);
    if (field === 'entries' || told.get(field) === text) return false;
    told.set(field, text);
    return true;
  });
  return changed.length === 0 ? undefined : Object.fromEntries(changed);
}

/** Miles in every capture that is known; no unit is stated. Larger numbers can only be metres or feet. */
function lengthOf(text: string): number | undefined {
  const [, digits = '', unit = ''] = /^(\d{1,6}(?:[.,]\d{1,4})?)\s*([a-z]*)/i.exec(text) ?? [];
  const value = Number(digits.replace(',', '.'));
  if (!(value > 0)) return undefined;
  const metres = /^k/i.test(unit)
    ? value * 1000
    : /^m$|^met/i.test(unit) || value >= 100
      ? value
      : value * METRES_PER_MILE;
  return metres >= 100 && metres <= 100_000 ? metres : undefined;
}

/** How far behind the finish line each line lies, by the sections between them. */
function placesOf(sections: readonly TrackSection[]): {
  readonly metres: ReadonlyMap<string, number>;
  readonly lapMetres: number | undefined;
} {
  const metres = new Map<string, number>();

  let lapMetres: number | undefined;
  // Each pass places at least one line more, and there are few.
  for (let pass = 0; pass < sections.length; pass++) {
    for (const { startLine, endLine, metres: length } of sections) {
      const fromMetres = startLine === 'T1' ? 0 : metres.get(startLine);
      if (startLine === 'T1' && endLine === 'T1' && length > 0) lapMetres = length;
      if (fromMetres !== undefined && isTrackLoop(endLine) && !metres.has(endLine))
        metres.set(endLine, fromMetres + length);
    }
  }
  return { metres, lapMetres };
}
