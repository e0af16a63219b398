import type { Gap } from '@pitboard/shared/domain/gap.ts';
import type { CarStatus } from '@pitboard/shared/domain/status.ts';
import { driverFullName, driverOf } from '@pitboard/shared/format/driver-name.ts';
import type { Driver, Manifest } from '@pitboard/shared/protocol/manifest.ts';
import { gapToLeader, intervalAhead } from '@pitboard/shared/race/gaps.ts';
import { officialResult } from '@pitboard/shared/race/official-result.ts';
import { raceClock } from '@pitboard/shared/race/race-clock.ts';
import type { CarState, RaceState, TimeRank } from '@pitboard/shared/race/race-state.ts';
import { carOf, entryOf, type RaceView } from '@pitboard/shared/race/race-view.ts';
import { stateOfFlag } from './flags.ts';

/** A cell of the common timing format: a value, or a value with its mark. */
type Cell = string | number | null | readonly [value: string | number, mark: string];

/** A state of the common timing format, but for its messages. */
export type Screen = {
  readonly cars: readonly (readonly Cell[])[];
  readonly session: Readonly<Record<string, unknown>>;
};

/** The format knows five sectors. */
const MOST_SECTORS = 5;

const STATES: Readonly<Record<CarStatus, string>> = {
  'on-grid': 'N/S',
  running: 'RUN',
  'in-pit': 'PIT',
  stopped: 'STOP',
  retired: 'RET',
  finished: 'FIN',
  'did-not-start': 'N/S',
  disqualified: 'DSQ',
};

/** What the columns are: heading, type, description. */
export function columnSpecOf(manifest: Manifest): readonly (readonly string[])[] {
  const sectors = Array.from({ length: sectorsOf(manifest) }, (_, index) => index + 1);
  return [
    ['Num', 'text', 'Car number'],
    ['State', 'text'],
    ['Class', 'class'],
    ['Team', 'text'],
    ['Driver', 'text'],
    ['Car', 'text'],
    ['Laps', 'numeric'],
    ['Gap', 'delta', 'Gap to leader'],
    ['Int', 'delta', 'Interval to car in front'],
    ...sectors.map((sector) => [`S${sector}`, 'time', `Sector ${sector} time`]),
    ['Last', 'time', 'Last lap time'],
    ['Best', 'time', 'Best lap time'],
    ['Pits', 'numeric'],
  ];
}

/** Headings of the values that `trackData` gives in the same order. */
export const TRACK_DATA = ['Air temp', 'Track temp', 'Humidity', 'Wind speed', 'Wind direction'] as const;

/** The timing screen of a race at a moment. */
export function screenOfRace(view: RaceView): Screen {
  const sectors = sectorsOf(view.state.manifest);
  return {
    cars: orderOf(view).flatMap((number) => {
      const car = carOf(view.state, number);
      return car === undefined ? [] : [lineOf(view, car, sectors)];
    }),
    session: sessionOf(view),
  };
}

/** Once the race is over, the result: who went out near the end may stand ahead of who is home. */
function orderOf(view: RaceView): readonly string[] {
  const { phase, order } = view.state;
  if (phase !== 'finished' && phase !== 'closed') return order;
  return [...new Set([...officialResult(view).map(({ car }) => car), ...order])];
}

function lineOf(view: RaceView, car: CarState, sectors: number): readonly Cell[] {
  const { state } = view;
  const entry = entryOf(state, car.car);
  const driver = driverOf(entry, car.driver ?? entry?.startingDriver);
  const holdsBest = state.bestLap?.car === car.car;
  const isNewBest = holdsBest && car.lastLapRank === 'overall-best';
  return [
    car.car,
    car.status === 'running' && car.isOutLap && car.lapsCompleted > 0 ? 'OUT' : STATES[car.status],
    state.manifest.classes.find(({ id }) => id === car.class)?.name ?? car.class ?? '',
    entry?.team ?? '',
    driver === undefined ? '' : driverCell(driver),
    [entry?.make, entry?.model].filter(Boolean).join(' '),
    car.lapsCompleted,
    gapCell(gapToLeader(view, car.car)),
    gapCell(intervalAhead(view, car.car)),
    ...Array.from({ length: sectors }, (_, index) => sectorCell(car, index)),
    timeCell(car.lastLapTimeMs, isNewBest ? 'sb-new' : markOf(car.lastLapRank)),
    timeCell(car.bestLapTimeMs, holdsBest ? 'sb' : ''),
    car.stops,
  ];
}

function sessionOf(view: RaceView): Screen['session'] {
  const { state, nowMs } = view;
  const { remainingMs, lapsToGo, running } = raceClock(view);
  return {
    flagState: nowMs < 0 ? 'none' : stateOfFlag(state.flag),
    timeElapsed: Math.max(0, nowMs) / 1000,
    ...(remainingMs === undefined ? {} : { timeRemain: remainingMs / 1000 }),
    ...(lapsToGo === undefined ? {} : { lapsRemain: lapsToGo }),
    pauseClocks: !running,
    trackData: trackDataOf(state),
  };
}

function trackDataOf({ weather }: RaceState): readonly string[] {
  const value = (number: number | undefined, unit: string) => (number === undefined ? '' : `${number}${unit}`);
  return [
    value(weather?.airCelsius, '°C'),
    value(weather?.trackCelsius, '°C'),
    value(weather?.humidityPercent, '%'),
    value(weather?.windKph, ' km/h'),
    value(weather?.windDegrees, '°'),
  ];
}

/** Sectors end at loops of that kind, the last one at the finish line. */
function sectorsOf({ circuit }: Manifest): number {
  const ends = circuit.loops.filter(({ kind }) => kind === 'sector').length;
  return ends === 0 ? 0 : Math.min(MOST_SECTORS, ends + 1);
}

function sectorCell(car: CarState, index: number): Cell {
  const sector = car.sectors[index];
  return timeCell(sector?.ms, index < car.sectorsDone ? markOf(sector?.rank ?? 'none') : 'old');
}

/** Where a name has several words, the comma tells which is the last name. */
function driverCell(driver: Driver): string {
  const { firstName, lastName } = driver;
  return firstName !== undefined && lastName.includes(' ') ? `${lastName}, ${firstName}` : driverFullName(driver);
}

function timeCell(ms: number | undefined, mark: string): Cell {
  return ms === undefined ? '' : [ms / 1000, mark];
}

function markOf(rank: TimeRank): string {
  if (rank === 'overall-best') return 'sb';
  return rank === 'personal-best' ? 'pb' : '';
}

function gapCell(gap: Gap): Cell {
  if (gap.kind === 'laps') return `${gap.laps} ${gap.laps === 1 ? 'lap' : 'laps'}`;
  return gap.kind === 'time' ? gap.ms / 1000 : '';
}
