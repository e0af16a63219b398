import { beat, clock, FIELD, hearOne, type Line, lap, ofType, RUN } from './hear-rmonitor.ts';

export const start = [RUN, FIELD, beat(0), beat(1)];
export const place = (position: number, car: string, laps: number | '', ms: number) =>
  `$G,${position},"${car}",${laps},"${clock(ms)}"`;
export const crossing = (car: string, ms: number, total: number) => `$J,"${car}","${clock(ms)}","${clock(total)}"`;
export const passings = (lines: readonly Line[]) =>
  ofType(hearOne([start, ...lines]), 'passing').map(
    ({ car, lapNumber, atMs, lapTimeMs }) => `${car} ${lapNumber} ${atMs} ${lapTimeMs ?? '-'}`,
  );
export const penalties = (lines: readonly Line[]) =>
  ofType(hearOne([start, ...lines]), 'penalty').map(
    ({ car, state, sanction }) => `${car} ${state} ${JSON.stringify(sanction)}`,
  );
/** Laps 1 and 2 of car 7. */
export const twoLaps = [
  lap('7', { place: 1, lap: 1, ms: 60_000, total: 65_000 }),
  beat(66),
  lap('7', { place: 1, lap: 2, ms: 60_000, total: 125_000 }),
  beat(126),
];
