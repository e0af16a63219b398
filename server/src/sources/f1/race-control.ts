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
  readonly enter: (car: CarNumber, atMs: number) => boolean;
  readonly showFlag: (flag: TrackFlag, atMs: number) => void;
};

/** Messages of race control, and what follows from them: flags for a sector or a car, penalties, deleted laps, incidents. */
export function createRaceControl(scope: SessionScope, { rows, enter, showFlag }: Field) {
  const seen = new Set<string>();
  const penalties = createPenaltyBook();
  let isClosed = false;

  const takeFlag = (message: Tree, atMs: number): void => {
    const flag = textAt(message, 'Flag').toUpperCase();
    const sector = countAt(message, 'Sector');
    const car = carOf(textAt(message, 'RacingNumber'));
    switch (textAt(message, 'Scope')) {
      case 'Sector': {
        const shown = SECTOR_FLAGS.get(flag);
        if (shown === undefined || sector === undefined || sector < 1 || sector > 99) return;
        return scope.emit({ type: 'flag-changed', atMs, flag: shown, sector });
      }
      case 'Driver': {
        const shown = CAR_FLAGS.get(flag);
        const row = car === undefined ? undefined : rows.get(car);
        if (shown === undefined || row === undefined) return;
        if (shown === 'blue') row.isBlueFlagged = true;
        return scope.emit({ type: 'flag-changed', atMs, flag: shown, car: row.car });
      }
      default:
        return takeTrackFlag(flag, atMs);
    }
  };
  const takeTrackFlag = (flag: string, atMs: number): void => {
    if (flag === 'CHEQUERED') showChequered(scope, atMs);
    // The state of the track has its own topic; this one tells the rest where that is missing.
    else if (scope.hasTrackStatus) return;
    else if (flag === 'RED') showFlag('red', atMs);
    else if (flag === 'GREEN' || flag === 'CLEAR') showFlag('green', atMs);
  };
  const takeSafetyCar = (message: Tree, atMs: number): void => {
    if (scope.hasTrackStatus || textAt(message, 'Status') !== 'DEPLOYED') return;
    showFlag(/VIRTUAL|VSC/.test(textAt(message, 'Mode')) ? 'virtual-safety-car' : 'safety-car', atMs);
  };

  const takeDeletedLap = (text: string, atMs: number): void => {
    const deleted = parseDeletedLap(text);
    const row = deleted === undefined ? undefined : rows.get(deleted.car);
    if (deleted === undefined || row === undefined) return;
    const { lapTimeMs, lap, reason } = deleted;
    const byTime = [...row.lapTimes].filter(([, ms]) => ms === lapTimeMs).map(([number]) => number);
    const lapNumber = lapTimeMs === undefined || byTime.length === 0 ? lap : nearest(byTime, lap);
    if (lapNumber === undefined || !markInvalidated(row, lapNumber)) return;
    scope.emit({ type: 'lap-invalidated', atMs, car: row.car, lapNumber, reason });
  };

  const takeStewards = (text: string, cars: readonly CarNumber[], atMs: number): void => {
    const penalty = parsePenalty(text);
    if (penalty !== undefined && rows.has(penalty.car)) scope.emit(penalties.enter(penalty, atMs));
    if (isDisqualification(text) && rows.has(cars[0] ?? '')) {
      scope.emit({ type: 'car-disqualified', atMs, car: cars[0] as CarNumber, reason: text });
    }
  };

  const takeMessage = (message: Tree, atMs: number): void => {
    const text = cleanText(textAt(message, 'Message'));
    if (text === undefined) return;
    const cars = carsNamed(text).filter((car) => enter(car, atMs));
    const sector = countAt(message, 'Sector');
    const place = sector === undefined || sector < 1 || sector > 99 ? {} : { sector };
    const about = cars.length === 0 ? {} : { cars };
    const category = categoryOf(textAt(message, 'Category'), text);
    scope.emit({ type: 'race-control-message', atMs, text, category, ...about, ...place });
    if (textAt(message, 'Category') === 'Flag') takeFlag(message, atMs);
    if (textAt(message, 'Category') === 'SafetyCar') takeSafetyCar(message, atMs);
    const kind = incidentOf(text);
    if (kind !== undefined && cars.length > 0) scope.emit({ type: 'incident', atMs, text, kind, cars, ...place });
    takeDeletedLap(text, atMs);
    takeStewards(text, cars, atMs);
  };

  return {
    /** The race is over: what is still open, and was followed by a stop, was served there. */
    close(atMs: number): void {
      for (const penalty of penalties.served((car) => rows.get(car)?.lastVisitMs, atMs)) scope.emit(penalty);
      if (scope.kind !== 'race' || scope.chequeredAtMs === undefined || isClosed) return;
      isClosed = true;
      for (const [car, addedMs] of addedTimes(rows.values())) {
        for (const penalty of penalties.settle(car, addedMs, atMs)) scope.emit(penalty);
      }
    },
    /** The messages as they are now, by number; each is told once. */
    take(messages: Tree, atMs: number): void {
      for (const [, message] of messages) {
        if (!(message instanceof Map) || textAt(message, 'Message') === '') continue;
        const key = `${textAt(message, 'Utc')} ${textAt(message, 'Message')}`;
        if (seen.has(key) || seen.size >= MOST_MESSAGES) continue;
        seen.add(key);
        takeMessage(message, atMs);
      }
    },
  };
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
