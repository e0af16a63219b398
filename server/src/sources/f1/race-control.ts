import type { CarFlag, TrackFlag } from '@pitboard/shared/domain/flag.ts';
import type { CarNumber } from '@pitboard/shared/domain/names.ts';
import type { RaceFactOf } from '@pitboard/shared/protocol/race-event.ts';
import { type CarRow, markInvalidated } from './car-row.ts';
import { carsNamed, incidentOf, isDisqualification, parseDeletedLap, parsePenalty } from './control-text.ts';
import { addedTimes } from './final-gaps.ts';
import { createPenaltyBook } from './penalty-book.ts';
import { carOf, cleanText, type SessionScope, showChequered } from './session-scope.ts';
import { countAt, type Tree, textAt } from './state-tree.ts';

const MOST_MESSAGES = 2000;
const SECTOR_FLAGS: ReadonlyMap<string, TrackFlag> = new Map([
  ['YELLOW', 'yellow'],
  ['DOUBLE YELLOW', 'double-yellow'],
  ['CLEAR', 'green'],
  ['GREEN', 'green'],
]);
const CAR_FLAGS: ReadonlyMap<string, CarFlag> = new Map([
  ['BLUE', 'blue'],
  ['BLACK', 'black'],
  ['BLACK AND WHITE', 'black-white'],
  ['BLACK AND ORANGE', 'black-orange'],
]);

type Field = {
  readonly rows: ReadonlyMap<CarNumber, CarRow>;
  readonly knows: (car: CarNumber) => boolean;
  readonly showFlag: (flag: TrackFlag, atMs: number) => void;
};

/** Messages of race control, and what follows from them: flags for a sector or a car, penalties, deleted laps, incidents. */
export class RaceControl {
  readonly #scope: SessionScope;
  readonly #field: Field;
  readonly #seen = new Set<string>();
  readonly #penalties = createPenaltyBook();
  #isClosed = false;

  constructor(scope: SessionScope, field: Field) {
    this.#scope = scope;
    this.#field = field;
  }

  /** @param messages as they are now, by number; each is told once */
  take(messages: Tree, atMs: number): void {
    for (const message of messages.values()) {
      if (!(message instanceof Map) || textAt(message, 'Message') === '') continue;
      const key = `${textAt(message, 'Utc')} ${textAt(message, 'Message')}`;
      if (this.#seen.has(key) || this.#seen.size >= MOST_MESSAGES) continue;
      this.#seen.add(key);
      this.#takeMessage(message, atMs);
    }
  }

  /** The race is over: what is still open was served with a stop, or stands in the last gaps, or not. */
  close(atMs: number): void {
    const { kind, chequeredAtMs, emit } = this.#scope;
    const { rows } = this.#field;
    for (const penalty of this.#penalties.served((car) => rows.get(car)?.lastVisitMs, atMs)) emit(penalty);
    if (kind !== 'race' || chequeredAtMs === undefined || this.#isClosed) return;
    this.#isClosed = true;
    for (const [car, addedMs] of addedTimes(rows.values())) {
      for (const penalty of this.#penalties.settle(car, addedMs, atMs)) emit(penalty);
    }
  }

  #takeMessage(message: Tree, atMs: number): void {
    const { emit } = this.#scope;
    const text = cleanText(textAt(message, 'Message'));
    if (text === undefined) return;
    const cars = carsNamed(text).filter(this.#field.knows);
    const sector = sectorOf(message);
    const about = { ...(cars.length === 0 ? {} : { cars: [...cars] }), ...(sector === undefined ? {} : { sector }) };
    const said = textAt(message, 'Category');
    emit({ type: 'race-control-message', atMs, text, category: categoryOf(said, text), ...about });
    if (said === 'Flag') this.#takeFlag(message, atMs);
    if (said === 'SafetyCar') this.#takeSafetyCar(message, atMs);
    const kind = incidentOf(text);
    if (kind !== undefined && cars.length > 0) emit({ type: 'incident', atMs, text, kind, ...about, cars: [...cars] });
    this.#takeDeletedLap(text, atMs);
    this.#takeStewards(text, cars, atMs);
  }

  #takeFlag(message: Tree, atMs: number): void {
    const flag = textAt(message, 'Flag').toUpperCase();
    switch (textAt(message, 'Scope')) {
      case 'Sector': {
        const [shown, sector] = [SECTOR_FLAGS.get(flag), sectorOf(message)];
        if (shown === undefined || sector === undefined) return;
        return this.#scope.emit({ type: 'flag-changed', atMs, flag: shown, sector });
      }
      case 'Driver': {
        const row = this.#field.rows.get(carOf(textAt(message, 'RacingNumber')) ?? '');
        const shown = CAR_FLAGS.get(flag);
        if (shown === undefined || row === undefined) return;
        if (shown === 'blue') row.isBlueFlagged = true;
        return this.#scope.emit({ type: 'flag-changed', atMs, flag: shown, car: row.car });
      }
      default:
        return this.#takeTrackFlag(flag, atMs);
    }
  }

  #takeTrackFlag(flag: string, atMs: number): void {
    if (flag === 'CHEQUERED') showChequered(this.#scope, atMs);
    // The state of the track has its own topic; this one tells the rest where that is missing.
    else if (this.#scope.hasTrackStatus) return;
    else if (flag === 'RED') this.#field.showFlag('red', atMs);
    else if (flag === 'GREEN' || flag === 'CLEAR') this.#field.showFlag('green', atMs);
  }

  #takeSafetyCar(message: Tree, atMs: number): void {
    if (this.#scope.hasTrackStatus || textAt(message, 'Status') !== 'DEPLOYED') return;
    const isVirtual = /VIRTUAL|VSC/.test(textAt(message, 'Mode'));
    this.#field.showFlag(isVirtual ? 'virtual-safety-car' : 'safety-car', atMs);
  }

  #takeDeletedLap(text: string, atMs: number): void {
    const deleted = parseDeletedLap(text);
    const row = deleted === undefined ? undefined : this.#field.rows.get(deleted.car);
    if (deleted === undefined || row === undefined) return;
    const { lapTimeMs, lap, reason } = deleted;
    const byTime = [...row.lapTimes].filter(([, ms]) => ms === lapTimeMs).map(([number]) => number);
    const lapNumber = lapTimeMs === undefined || byTime.length === 0 ? lap : nearest(byTime, lap);
    if (lapNumber === undefined || !markInvalidated(row, lapNumber)) return;
    this.#scope.emit({ type: 'lap-invalidated', atMs, car: row.car, lapNumber, reason });
  }

  #takeStewards(text: string, cars: readonly CarNumber[], atMs: number): void {
    const { rows } = this.#field;
    const penalty = parsePenalty(text);
    if (penalty !== undefined && rows.has(penalty.car)) this.#scope.emit(this.#penalties.enter(penalty, atMs));
    const [car = ''] = cars;
    if (isDisqualification(text) && rows.has(car)) {
      this.#scope.emit({ type: 'car-disqualified', atMs, car, reason: text });
    }
  }
}

function sectorOf(message: Tree): number | undefined {
  const sector = countAt(message, 'Sector');
  return sector === undefined || sector < 1 || sector > 99 ? undefined : sector;
}

function nearest(laps: readonly number[], to: number | undefined): number | undefined {
  if (to === undefined) return laps.at(-1);
  return laps.toSorted((one, other) => Math.abs(one - to) - Math.abs(other - to))[0];
}

function categoryOf(category: string, text: string): NonNullable<RaceFactOf<'race-control-message'>['category']> {
  if (category === 'Flag') return 'flag';
  if (category === 'SafetyCar') return 'safety-car';
  if (/\bPENALTY\b|\bDISQUALIFIED\b/.test(text)) return 'penalty';
  if (category === 'CarEvent' || /\bINCIDENT\b/.test(text)) return 'incident';
  return category === 'Drs' || category === 'Other' ? 'information' : 'other';
}
