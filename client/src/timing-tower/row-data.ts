import { lapsSinceStop, pitCycleState, stopsOwed, windowState } from '@pitboard/shared/analysis/pit-cycle.ts';
import type { Gap } from '@pitboard/shared/domain/gap.ts';
import type { CarNumber } from '@pitboard/shared/domain/names.ts';
import { formatGap, formatGapTime, isRough } from '@pitboard/shared/format/gap.ts';
import { formatMinutes } from '@pitboard/shared/format/lap-time.ts';
import { gapInClass, gapTo, gapToLeader, intervalAhead } from '@pitboard/shared/race/gaps.ts';
import { isPresumedStopped } from '@pitboard/shared/race/presumed.ts';
import { carOf, positionOf, type RaceView } from '@pitboard/shared/race/race-view.ts';
import { officialGap } from '@pitboard/shared/race/reported-gaps.ts';
import type { Words } from '../i18n/words.ts';
import type { GapMode } from '../store/view-store.ts';

/** Closer than this, two cars are fighting. */
const HOT_MS = 1000;
const LONG_MS = 600_000;
/** Before that, the whole field is as close as it was on the grid. */
const HOT_FROM_LAP = 3;

/** Before its first passing a car has neither lap nor gap. */
function hasStarted(view: RaceView, car: CarNumber): boolean {
  return (carOf(view.state, car)?.progress ?? -1) >= 0;
}

export type GapReference = { readonly mode: GapMode; readonly selectedCar: CarNumber | undefined };

/** The gap of a car to whatever the gap column counts to. */
function gapOf(view: RaceView, car: CarNumber, { mode, selectedCar }: GapReference): Gap {
  if (mode === 'class') return gapInClass(view, car);
  if (mode === 'selected' && selectedCar !== undefined) return gapTo(view, car, selectedCar);
  return gapToLeader(view, car);
}

/** Text of the gap column; a trailing `~` marks a gap that is still growing, or estimated, and not measured. */
export function gapText(view: RaceView, car: CarNumber, reference: GapReference, words: Words): string {
  if (!hasStarted(view, car)) return '';
  if (reference.mode === 'selected' && reference.selectedCar === car) return words.gap.self;
  const gap = gapOf(view, car, reference);
  // At home, the leader has not begun another lap: it has driven so many.
  if (gap.kind === 'leader' && carOf(view.state, car)?.status === 'finished') return words.gap.laps(gap.lap);
  const text = formatGap(gap, words.gap);
  if (gap.kind === 'laps' && gap.laps < 0) return `−${text}`;
  return isProvisional(gap) ? `${text}~` : text;
}

/** The gap that the feed itself states, to the leader or the car ahead; `undefined` where it states none. */
export function feedGapText(
  { state }: RaceView,
  car: CarNumber,
  to: 'leader' | 'car-ahead',
  words: Words,
): string | undefined {
  const own = carOf(state, car);
  const claim = to === 'leader' ? own?.reportedGap : own?.reportedInterval;
  return claim === undefined ? undefined : words.tower.feedGap(formatGap(officialGap(claim), words.gap));
}

/** Text of the interval column: in seconds for lapped cars too. A trailing `~` as in `gapText`. */
export function intervalText(view: RaceView, car: CarNumber, words: Words): string {
  if (!hasStarted(view, car) || positionOf(view.state, car) === 1) return '';
  const gap = intervalAhead(view, car);
  if (gap.kind !== 'laps' || gap.ms === undefined) {
    return isProvisional(gap) ? `${formatGap(gap, words.gap)}~` : formatGap(gap, words.gap);
  }
  // Between classes a car may be half an hour behind the next: nobody reads the thousandths of that.
  if (gap.ms >= LONG_MS) return `+${formatMinutes(gap.ms)}`;
  const rough = isRough(gap.provenance);
  return formatGapTime(gap.ms, rough) + (rough ? '~' : '');
}

function isProvisional(gap: Gap): boolean {
  return gap.kind === 'time' && isRough(gap.provenance);
}

/** The car is under a second behind the one ahead, racing, with neither of them in the pit lane. */
export function isHot(view: RaceView, car: CarNumber): boolean {
  if (view.state.flag !== 'green') return false;
  const position = positionOf(view.state, car) ?? 1;
  const ahead = view.state.order[position - 2];
  if (ahead === undefined || !isRacing(view, car) || !isRacing(view, ahead)) return false;
  const gap = intervalAhead(view, car);
  return gap.kind === 'time' && gap.ms < HOT_MS;
}

function isRacing(view: RaceView, car: CarNumber): boolean {
  const own = carOf(view.state, car);
  return own?.status === 'running' && own.lapsCompleted >= HOT_FROM_LAP - 1;
}

/**
 * The word that stands for a car in place of its gap; `undefined` while it races, or is placed by a best lap. What we only
 * presume has a question mark.
 */
export function statusWord(view: RaceView, car: CarNumber, words: Words): string | undefined {
  const own = carOf(view.state, car);
  const status = own?.status;
  // [V2] Where best laps count, a car in its garage holds its place: the word only fills a gap that is not there yet.
  const isTimed = view.state.manifest.kind !== 'race' && own?.bestLapTimeMs !== undefined;
  if (status === 'in-pit' && !isTimed) return words.tower.inPit;
  if (status === 'stopped') return words.tower.stopped;
  return isPresumedStopped(view, car) ? words.tower.presumedStopped : undefined;
}

/** What the pit column says of a car. The running clock of a car in the lane is drawn apart. */
export type PitNote = 'in-lane' | 'owes' | 'missed' | 'stops' | 'none';

export function pitNote(view: RaceView, car: CarNumber): PitNote {
  const state = pitCycleState(view, car);
  if (state === 'in-lane') return 'in-lane';
  if (state === 'missed' && stopsOwed(view, car) > 0) return 'missed';
  const window = windowState(view).kind;
  if (state === 'owes' && (window === 'open' || window === 'closing')) return 'owes';
  return (carOf(view.state, car)?.stops ?? 0) > 0 ? 'stops' : 'none';
}

/** `1 stop · L5`: stops made and laps since; while the window is open what is still owed. */
export function pitText(view: RaceView, car: CarNumber, words: Words): string {
  switch (pitNote(view, car)) {
    case 'in-lane':
      return words.tower.pitClock;
    case 'missed':
      return words.tower.missedStop;
    case 'owes':
      return words.tower.owes(stopsOwed(view, car));
    case 'stops':
      return `${words.tower.stops(carOf(view.state, car)?.stops ?? 0)} · ${words.tower.sinceStop(lapsSinceStop(view, car))}`;
    case 'none':
      return '';
  }
}
