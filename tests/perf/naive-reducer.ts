import type { RaceEvent } from '@pitboard/shared/protocol/race-event.ts';

/** What a first draft of a timing screen does: a spread of everything on the way for every event. Far fewer rules, too. */
type NaiveCar = { laps: number; loop: string; atMs: number; lastLapMs: number; bestLapMs: number; inPit: boolean };
type NaiveState = {
  readonly cars: Readonly<Record<string, NaiveCar>>;
  readonly flag: string;
  readonly order: readonly string[];
};

export const naiveStart: NaiveState = { cars: {}, flag: 'green', order: [] };

const UNSEEN: NaiveCar = {
  laps: 0,
  loop: '',
  atMs: 0,
  lastLapMs: 0,
  bestLapMs: Number.POSITIVE_INFINITY,
  inPit: false,
};

export function naiveReduce(state: NaiveState, event: RaceEvent): NaiveState {
  switch (event.type) {
    case 'passing': {
      const car = state.cars[event.car] ?? UNSEEN;
      const isLine = event.loop === 'SF';
      const lastLapMs = isLine ? event.atMs - car.atMs : car.lastLapMs;
      const next: NaiveCar = {
        ...car,
        laps: isLine ? car.laps + 1 : car.laps,
        loop: event.loop,
        atMs: event.atMs,
        lastLapMs,
        bestLapMs: Math.min(car.bestLapMs, lastLapMs),
      };
      const cars = { ...state.cars, [event.car]: next };
      const order = isLine ? [...state.order.filter((other) => other !== event.car), event.car] : state.order;
      return { ...state, cars, order };
    }
    case 'pit-entry':
    case 'pit-exit': {
      const car = state.cars[event.car] ?? UNSEEN;
      return { ...state, cars: { ...state.cars, [event.car]: { ...car, inPit: event.type === 'pit-entry' } } };
    }
    case 'flag-changed':
      return { ...state, flag: event.flag };
    default:
      return state;
  }
}
