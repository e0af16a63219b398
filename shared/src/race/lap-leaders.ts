import type { CarNumber, DriverId } from '../domain/names.ts';
import { type LapRecord, until } from './race-history.ts';
import type { RaceView } from './race-view.ts';

/** [C17] Who led each lap at the line: the car that ended it first, lap by lap. A lap that nobody was seen to end is left out. */
export function lapLeaders({ history, nowMs }: RaceView): readonly LapRecord[] {
  const leaders: LapRecord[] = [];
  for (const record of until(history.allLaps, nowMs)) {
    if (record.lap > (leaders.at(-1)?.lap ?? 0)) leaders.push(record);
  }
  return leaders;
}

export type LapsLed = { readonly car: CarNumber; readonly driver: DriverId | undefined; readonly laps: number };

/** Laps led by car and driver, most laps first. */
export function lapsLed(view: RaceView): readonly LapsLed[] {
  const led: { car: CarNumber; driver: DriverId | undefined; laps: number }[] = [];
  for (const { car, driver } of lapLeaders(view)) {
    const line = led.find((other) => other.car === car && other.driver === driver);
    if (line === undefined) led.push({ car, driver, laps: 1 });
    else line.laps++;
  }
  return led.sort((one, other) => other.laps - one.laps);
}

/** [C18] Laps that another car led at the line than the lap before. */
export function leadChangesAtLine(view: RaceView): readonly LapRecord[] {
  return lapLeaders(view).filter((record, index, leaders) => index > 0 && record.car !== leaders[index - 1]?.car);
}
