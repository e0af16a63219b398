import { green, line, raceOf, type State } from './replay-builder.ts';

const OUTCOMES = /^(?:pit-entry|pit-exit|car-[\w-]+)$/;

/** What is told of one car, whose state and count of stops the screen shows by seconds. */
export function outcomes(
  shown: Readonly<Record<number, readonly [state: string, pits?: number]>>,
  flagState = 'green',
) {
  const states = Object.entries(shown).map(([seconds, [state, pits]]): [number, State] => [
    Number(seconds),
    { cars: [line('7', { state, pits: pits ?? '' })], session: green(Number(seconds), { flagState }) },
  ]);
  const { events } = raceOf({ '-5': { cars: [line('7', { state: 'N/S' })] }, ...Object.fromEntries(states) });
  return events.filter(({ type }) => OUTCOMES.test(type)).map(({ type, atMs }) => [type, atMs / 1000]);
}

/** Facts about a session of which the screen shows only this, by seconds. */
export function session(shown: Readonly<Record<number, object>>) {
  return raceOf(
    Object.fromEntries(
      Object.entries(shown).map(([seconds, values]) => [seconds, { cars: [line('7')], session: values }]),
    ),
  );
}
