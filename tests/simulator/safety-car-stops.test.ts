import { netOrder, stopsOwed } from '@pitboard/shared/analysis/pit-cycle.ts';
import { runningOrder } from '@pitboard/shared/race/race-view.ts';
import { describe, expect, it } from 'vitest';
import { type CatalogueRace, runRace } from './catalogue-race.ts';

const SEEDS = [2014, 1, 7];
/** Share of the last sector that is driven before the pit entry. */
const PIT_ENTRY_SHARE = 0.85;

function safetyCarOf(race: CatalogueRace) {
  const [period] = race.periods('safety-car');
  if (period === undefined) throw new Error('no safety car');
  const isWithin = ({ atMs }: { readonly atMs: number }) => atMs > period.fromMs && atMs < period.toMs;
  return { ...period, entries: race.all('pit-entry').filter(isWithin) };
}

describe('Stops under the safety car', () => {
  const races = SEEDS.map((seed) => runRace('safety-car-stops', seed));

  it('[X72] half the field stops under the safety car, the others later, all within the window', () => {
    for (const race of races) {
      const { fromMs, entries } = safetyCarOf(race);
      expect(fromMs).toBeGreaterThan(race.manifest.pitRules?.windowOpensMs ?? Number.NaN);
      expect(entries.length).toBeGreaterThanOrEqual(8);
      expect(entries.length).toBeLessThanOrEqual(10);
      for (const car of runningOrder(race.end.state)) expect(stopsOwed(race.end, car)).toBe(0);
    }
  });

  it('[X72] the leader stays out, leads at the restart, and has lost by it once all have stopped', () => {
    const race = runRace('safety-car-stops');
    const { fromMs, toMs, entries } = safetyCarOf(race);
    const leader = race.viewAt(fromMs).state.order[0] ?? '';
    const restart = race.viewAt(toMs);
    expect(entries.map(({ car }) => car)).not.toContain(leader);
    expect(restart.state.order[0]).toBe(leader);
    const net = netOrder(restart).map(({ car }) => car);
    expect(net.indexOf(leader)).toBeGreaterThanOrEqual(8);
    expect(entries.map(({ car }) => car)).toContain(net[0]);
    expect(race.end.state.order.indexOf(leader)).toBeGreaterThanOrEqual(8);
  });

  it('[X73] the race goes green with the leader at the line', () => {
    for (const race of races) {
      const { toMs } = safetyCarOf(race);
      const atGreen = race.passings.find(({ atMs }) => atMs >= toMs);
      expect(atGreen).toMatchObject({ atMs: toMs, loop: 'SF', car: race.viewAt(toMs).state.order[0] });
    }
  });

  it('[X74] nobody is passed by a car that makes for the pit lane behind the safety car', () => {
    for (const race of races) {
      const { fromMs, entries } = safetyCarOf(race);
      for (const { car, atMs } of entries) {
        const sector = race.at('S2').findLast((passing) => passing.car === car && passing.atMs < atMs);
        if (sector === undefined || sector.atMs < fromMs) continue;
        const ahead = race.at('S2').filter((passing) => passing.atMs > fromMs && passing.atMs < sector.atMs);
        for (const rival of ahead) {
          const line = race.at('SF').find((passing) => passing.car === rival.car && passing.atMs > rival.atMs);
          if (line === undefined || line.inPitLane) continue;
          expect(rival.atMs + (line.atMs - rival.atMs) * PIT_ENTRY_SHARE).toBeLessThanOrEqual(atMs);
        }
      }
    }
  });
});
