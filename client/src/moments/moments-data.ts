import type { Moment, MomentKind } from '@pitboard/shared/analysis/moment.ts';
import { momentsUntil } from '@pitboard/shared/analysis/moments.ts';
import type { CarNumber } from '@pitboard/shared/domain/names.ts';
import type { Manifest } from '@pitboard/shared/protocol/manifest.ts';
import type { RaceFactOf } from '@pitboard/shared/protocol/race-event.ts';
import { type RaceHistory, until } from '@pitboard/shared/race/race-history.ts';

type ControlMessage = RaceFactOf<'race-control-message'>;

/** A line of the story: a moment of the race, or the words of race control. */
export type StoryItem =
  | { readonly source: 'moment'; readonly moment: Moment }
  | { readonly source: 'message'; readonly message: ControlMessage };

export type StoryKind = MomentKind | ControlMessage['type'];
export type StoryFilter = 'all' | 'control' | 'car';

/** A message within this time after a moment that tells the same is left out. */
const SAME_MATTER_MS = 20_000;

/** The story up to `nowMs`, oldest first: the messages of race control woven into the moments of the race. [V35] */
export function storyUntil(manifest: Manifest, history: RaceHistory, nowMs: number): readonly StoryItem[] {
  const moments = momentsUntil(manifest, history, nowMs);
  const items: StoryItem[] = [];
  let next = 0;
  for (const message of until(history.messages, nowMs)) {
    if (message.type === 'incident') continue; // a moment tells it
    for (let moment = moments[next]; moment !== undefined && moment.atMs <= message.atMs; moment = moments[++next]) {
      items.push({ source: 'moment', moment });
    }
    if (!isToldAlready(items, message)) items.push({ source: 'message', message });
  }
  for (const moment of moments.slice(next)) items.push({ source: 'moment', moment });
  return items;
}

/** Changes whenever the story does. */
export function storyLength(manifest: Manifest, history: RaceHistory, nowMs: number): string {
  return `${momentsUntil(manifest, history, nowMs).length} ${until(history.messages, nowMs).length}`;
}

// Looks back only, so that a line once told never disappears.
function isToldAlready(items: readonly StoryItem[], message: ControlMessage): boolean {
  for (let place = items.length - 1; place >= 0; place -= 1) {
    const item = items[place] as StoryItem;
    if (atMsOf(item) < message.atMs - SAME_MATTER_MS) return false;
    if (item.source === 'moment' && isSameMatter(item.moment, message)) return true;
  }
  return false;
}

function isSameMatter(moment: Moment, message: ControlMessage): boolean {
  const cars = message.cars ?? [];
  switch (moment.kind) {
    case 'incident':
      return moment.text === message.text || (message.category === 'incident' && shareAll(cars, moment.cars));
    case 'penalty':
      return message.category === 'penalty' && shareAll(cars, moment.cars);
    case 'flag':
    case 'restart':
    case 'chequered':
      return message.category === 'flag' || message.category === 'safety-car';
    case 'window-open':
    case 'window-shut':
      return cars.length === 0 && /\bpit window\b/i.test(message.text);
    default:
      return false;
  }
}

function shareAll(cars: readonly CarNumber[], told: readonly CarNumber[]): boolean {
  return cars.length > 0 && cars.every((car) => told.includes(car));
}

export function atMsOf(item: StoryItem): number {
  return item.source === 'moment' ? item.moment.atMs : item.message.atMs;
}

export function kindOf(item: StoryItem): StoryKind {
  return item.source === 'moment' ? item.moment.kind : item.message.type;
}

export function carsOf(item: StoryItem): readonly CarNumber[] {
  return item.source === 'moment' ? item.moment.cars : (item.message.cars ?? []);
}

/** True when a viewer who chose `filter` wants to read the line. */
export function isShown(item: StoryItem, filter: StoryFilter, selected: CarNumber | undefined): boolean {
  if (filter === 'all') return true;
  if (filter === 'car') return selected !== undefined && carsOf(item).includes(selected);
  return isOfRaceControl(kindOf(item));
}

function isOfRaceControl(kind: StoryKind): boolean {
  switch (kind) {
    case 'race-control-message':
    case 'start':
    case 'flag':
    case 'restart':
    case 'penalty':
    case 'incident':
    case 'disqualification':
    case 'window-open':
    case 'window-shut':
    case 'phase':
    case 'chequered':
      return true;
    case 'lead-change':
    case 'overtake':
    case 'battle':
    case 'closing':
    case 'stop':
    case 'lead-after-stops':
    case 'fastest-lap':
    case 'retirement':
    case 'did-not-start':
    case 'finish':
    case 'battle-over':
    case 'undercut':
    case 'comeback':
    case 'class-lead':
    case 'class-win':
    case 'title-needs':
    case 'title-decided':
      return false;
  }
}

/** A part of a sentence; names of cars and drivers stand out. */
export type TextPart = { readonly text: string; readonly isName: boolean };

/** A sentence with the names of its cars and their crews apart. */
export function emphasise(text: string, cars: readonly CarNumber[], manifest: Manifest): readonly TextPart[] {
  const names = namesOf(cars, manifest);
  if (names.length === 0) return [{ text, isName: false }];
  const pattern = new RegExp(`(?<![\\p{L}\\d])(${names.map(escapeForPattern).join('|')})(?![\\p{L}\\d])`, 'gu');
  return text
    .split(pattern)
    .map((part, place) => ({ text: part, isName: place % 2 === 1 }))
    .filter((part) => part.text !== '');
}

function namesOf(cars: readonly CarNumber[], manifest: Manifest): readonly string[] {
  const crews = manifest.entries.filter((entry) => cars.includes(entry.car));
  const names = crews.flatMap((entry) => entry.drivers.map((driver) => driver.lastName));
  // The longest first: "van der Linde" before "Linde".
  return [...cars.map((car) => `#${car}`), ...names].sort((a, b) => b.length - a.length);
}

function escapeForPattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}
