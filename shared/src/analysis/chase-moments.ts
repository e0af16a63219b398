import type { CarNumber } from '../domain/names.ts';
import type { LapRecord } from '../race/race-history.ts';
import type { Moment } from './moment.ts';
import { isRacingLap, NOTHING, placeImportance, type Scene, SETTLED_LAP, type Teller } from './moment-scene.ts';

const BATTLE_MS = 1000;
const BATTLE_LAPS = 3;
/** A gap that falls through one of these is a milestone; it has to have been a good deal larger before. */
const MILESTONES_MS = [10_000, 5_000, 3_000];
const LAST_PLACE = 10;

type Chase = { laps: number; isOn: boolean; milestone: number };

/** [M5] Battles (under a second for several laps running) and gaps that fall through a milestone, both at the line. */
export function chaseTeller(): Teller {
  const chases = new Map<string, Chase>();
  const lastAtPosition = new Map<number, LapRecord>();
  return ({ kind, item }, scene) => {
    // The pass has told how it ended.
    if (kind === 'overtake') chases.delete(`${item.car} ${item.passed}`);
    // Who is home chases nobody.
    if (kind !== 'lap' || scene.isChequered) return NOTHING;
    const ahead = lastAtPosition.get(item.position - 1);
    lastAtPosition.set(item.position, item);
    if (ahead?.lap !== item.lap || item.position > LAST_PLACE || item.lap < SETTLED_LAP) return NOTHING;
    const pair = `${item.car} ${ahead.car}`;
    const chase = chases.get(pair) ?? { laps: 0, isOn: false, milestone: 0 };
    chases.set(pair, chase);
    if (isFair(item, ahead, scene)) return follow(chase, item, ahead);
    chase.laps = 0;
    chase.isOn = false;
    return NOTHING;
  };
}

/** Both at racing speed, in no trouble, with the same stops behind them. */
function isFair(lap: LapRecord, ahead: LapRecord, scene: Scene): boolean {
  const isWell = (car: CarNumber) => !scene.isInTrouble(car, lap.atMs);
  if (!isRacingLap(lap) || !isRacingLap(ahead) || !isWell(lap.car) || !isWell(ahead.car)) return false;
  return scene.isLikeForLike(lap.car, ahead.car);
}

function follow(chase: Chase, lap: LapRecord, ahead: LapRecord): readonly Moment[] {
  const gapMs = lap.atMs - ahead.atMs;
  const told = {
    atMs: lap.atMs,
    importance: placeImportance(lap.position - 1),
    cars: [lap.car, ahead.car],
    driver: lap.driver,
    aheadDriver: ahead.driver,
    position: lap.position,
    gapMs,
    lap: lap.lap,
  };
  chase.laps = gapMs < BATTLE_MS ? chase.laps + 1 : 0;
  if (chase.laps >= BATTLE_LAPS && !chase.isOn) {
    chase.isOn = true;
    // A battle that was closed up to is told as one.
    chase.milestone = 0;
    return [{ kind: 'battle', ...told }];
  }
  // A battle is over, and may begin again, once the cars are well apart.
  if (chase.isOn && gapMs > 2 * BATTLE_MS) {
    chase.isOn = false;
    return [{ kind: 'battle-over', ...told, importance: lap.position === 2 ? 2 : 1 }];
  }
  return chase.isOn ? NOTHING : milestone(chase, gapMs).map(() => ({ kind: 'closing', ...told }));
}

/** The milestone that a gap has fallen through, if any. */
function milestone(chase: Chase, gapMs: number): readonly number[] {
  const next = MILESTONES_MS[chase.milestone - 1];
  if (next !== undefined && gapMs < next && gapMs >= BATTLE_MS) {
    chase.milestone = armFor(gapMs);
    return [next];
  }
  if (chase.milestone === 0 || (next !== undefined && gapMs > next * 1.4)) chase.milestone = armFor(gapMs);
  return [];
}

/** The next milestone below a gap, counted from 1; 0 where none is far enough away to be news. */
function armFor(gapMs: number): number {
  return MILESTONES_MS.findIndex((milestone) => gapMs > milestone * 1.2) + 1;
}
