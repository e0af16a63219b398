import type { RaceEvent } from '@pitboard/shared/protocol/race-event.ts';
import { classify } from '@pitboard/shared/race/classification.ts';
import { createRaceTimeline } from '@pitboard/shared/timeline/race-timeline.ts';
import { createEndurance24h } from '@pitboard/simulator/scenarios/endurance-24h.ts';
import { simulateRace } from '@pitboard/simulator/simulate-race.ts';
import { describe, expect, it } from 'vitest';
import { grouped, type Passing, passingsOf } from './passings.ts';

const HOUR_MS = 3_600_000;
const race = simulateRace(createEndurance24h(12), { seed: 24 });
const passings = passingsOf(race.events);
const neutral = neutralPeriods(race.events);

type Period = { readonly flag: string; readonly fromMs: number; readonly toMs: number };

function neutralPeriods(events: readonly RaceEvent[]): Period[] {
  const flags = events.filter((event) => event.type === 'flag-changed' && event.sector === undefined);
  return flags.flatMap((event, index) => {
    if (event.type !== 'flag-changed' || event.flag === 'green' || event.flag === 'chequered') return [];
    return [{ flag: event.flag, fromMs: event.atMs, toMs: flags[index + 1]?.atMs ?? Number.NaN }];
  });
}

function leadersAtLine(): string[] {
  const leaders: string[] = [];
  const laps = new Map<string, number>();
  for (const passing of passings) {
    if (passing.loop !== 'SF' || passing.lapNumber === 0) continue;
    const lap = (laps.get(passing.car) ?? 0) + 1;
    laps.set(passing.car, lap);
    if (lap > leaders.length) leaders.push(passing.car);
  }
  return leaders;
}

/** Cars that cross `one` in a period, and `next` after it, in order; without those that stop on the way. */
function throughSector(period: Period, one: string, next: string): { entered: string[]; left: string[] } {
  const retired = new Set(race.events.flatMap((event) => (event.type === 'car-retired' ? [event.car] : [])));
  const within = passings.filter(({ car, atMs }) => atMs > period.fromMs && atMs < period.toMs && !retired.has(car));
  const entered = within.filter((passing) => passing.loop === one);
  const inside = new Set<string>();
  const left: string[] = [];
  for (const { car, loop } of within) {
    if (loop === one) inside.add(car);
    else if (loop === next && inside.has(car)) left.push(car);
  }
  return { entered: entered.map((passing) => passing.car), left };
}

/** Lap times of a car that end within a period. */
function lapTimes(lines: readonly Passing[], fromMs: number, toMs: number): number[] {
  return lines.flatMap((line, index) => {
    const before = lines[index - 1];
    return before !== undefined && before.atMs >= fromMs && line.atMs <= toMs ? [line.atMs - before.atMs] : [];
  });
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

describe('24 hours', () => {
  it('[X49] 60 cars in three classes make about 242,000 passings of 12 loops, 61,000 of 3', () => {
    expect(race.manifest.entries).toHaveLength(60);
    expect(new Set(race.manifest.entries.map((entry) => entry.class)).size).toBe(3);
    expect(passings.length).toBeGreaterThan(230_000);
    expect(passings.length).toBeLessThan(255_000);
    const three = simulateRace(createEndurance24h(3), { seed: 24 });
    const count = three.events.filter((event) => event.type === 'passing').length;
    expect(count).toBeGreaterThan(57_000);
    expect(count).toBeLessThan(64_000);
  });

  it('[X50] only 3 or 12 loops are on offer', () => {
    expect(() => createEndurance24h(5)).toThrow(RangeError);
  });

  it('[X51] every car and driver has an own name', () => {
    const drivers = race.manifest.entries.flatMap((entry) => entry.drivers.map((driver) => driver.id));
    expect(drivers).toHaveLength(180);
    expect(new Set(drivers).size).toBe(180);
  });

  it('[X52] the lead changes at the line forty times and more', () => {
    const leaders = leadersAtLine();
    const changes = leaders.filter((car, index) => index > 0 && car !== leaders[index - 1]);
    expect(changes.length).toBeGreaterThanOrEqual(40);
    expect(new Set(leaders).size).toBeGreaterThanOrEqual(3);
  });

  it('[X53] three to five times the race is neutralised, by both means, and green again', () => {
    expect(neutral.length).toBeGreaterThanOrEqual(3);
    expect(neutral.length).toBeLessThanOrEqual(5);
    expect(new Set(neutral.map((period) => period.flag))).toEqual(new Set(['safety-car', 'full-course-yellow']));
    for (const period of neutral) expect(period.toMs).toBeGreaterThan(period.fromMs + 240_000);
  });

  it('[X54] nobody overtakes on the track while it is neutralised', () => {
    for (const period of neutral) {
      for (const [one, next] of [
        ['I1', 'I2'],
        ['I4', 'I5'],
        ['S2', 'I7'],
      ] as const) {
        const { entered, left } = throughSector(period, one, next);
        expect(left.length).toBeGreaterThan(20);
        expect(left).toEqual(entered.slice(0, left.length));
      }
    }
  });

  it('[X55] behind the safety car the field closes up', () => {
    for (const { flag, toMs } of neutral) {
      if (flag !== 'safety-car') continue;
      const running = createRaceTimeline(race.manifest);
      running.append(race.events.filter((event) => event.atMs <= toMs));
      const leader = running.viewAt(toMs).state.order[0];
      const line = passings.filter((passing) => passing.loop === 'SF' && passing.atMs < toMs);
      const leaderLine = line.findLast((passing) => passing.car === leader)?.atMs ?? Number.NaN;
      const train = line.filter((passing) => passing.atMs >= leaderLine && passing.atMs < leaderLine + 75_000);
      expect(train.length).toBeGreaterThan(25);
    }
  });

  it('[X56] laps are slower by night, and in slower classes', () => {
    const lines = grouped(
      passings.filter((passing) => passing.loop === 'SF'),
      'car',
    );
    const medianOf = (cars: readonly string[], fromMs: number, toMs: number) =>
      median(cars.flatMap((car) => lapTimes(lines.get(car) ?? [], fromMs, toMs)));
    const carsOf = (group: string) =>
      race.manifest.entries.filter((entry) => entry.class === group).map((entry) => entry.car);
    const day = medianOf(carsOf('gt'), HOUR_MS, 5 * HOUR_MS);
    expect(medianOf(carsOf('gt'), 8 * HOUR_MS, 13 * HOUR_MS)).toBeGreaterThan(day + 1000);
    const light = medianOf(carsOf('light'), HOUR_MS, 5 * HOUR_MS);
    expect(light).toBeLessThan(day - 5000);
    expect(medianOf(carsOf('prototype'), HOUR_MS, 5 * HOUR_MS)).toBeLessThan(light - 5000);
  });

  it('[X57] cars stop for fuel, crews of three share the wheel, some retire, some are penalised and serve it', () => {
    const timeline = createRaceTimeline(race.manifest);
    timeline.append(race.events);
    const end = timeline.viewAt(timeline.headAtMs);
    const winner = classify(end)[0];
    expect(winner?.pitStops).toBeGreaterThan(25);
    const drivers = race.events.filter((event) => event.type === 'driver-changed' && event.car === winner?.car);
    expect(new Set(drivers.map((event) => event.type === 'driver-changed' && event.driver)).size).toBe(3);
    const retired = end.state.cars.filter((car) => car.status === 'retired').length;
    expect(retired).toBeGreaterThanOrEqual(8);
    expect(retired).toBeLessThanOrEqual(16);
    const penalties = race.events.filter((event) => event.type === 'penalty');
    const given = penalties.filter((penalty) => penalty.state === 'given').map((penalty) => penalty.id);
    const served = penalties.filter((penalty) => penalty.state === 'served').map((penalty) => penalty.id);
    expect(given.length).toBeGreaterThanOrEqual(3);
    expect(new Set(given).size).toBe(given.length);
    expect(served).toEqual(given);
  });
});
