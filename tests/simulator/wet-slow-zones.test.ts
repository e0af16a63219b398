import { describe, expect, it } from 'vitest';
import { type CatalogueRace, type Period, runRace } from './catalogue-race.ts';
import { grouped } from './passings.ts';

const MINUTE_MS = 60_000;

/** Times from a loop to the next, where both were crossed on the track within a span. */
function timesBetween(race: CatalogueRace, [from, to]: readonly [string, string], span: Span): number[] {
  const loops = race.manifest.circuit.loops.map(({ id }) => id);
  const ahead = (loops.indexOf(to) - loops.indexOf(from) + loops.length) % loops.length || loops.length;
  const byCar = grouped(race.passings, 'car');
  return [...byCar.values()].flatMap((passings) =>
    passings.flatMap(({ atMs, loop, inPitLane }, index) => {
      const next = passings[index + ahead];
      if (loop !== from || next === undefined || inPitLane || next.inPitLane || next.loop !== to) return [];
      return atMs >= span.fromMs && next.atMs <= span.toMs ? [next.atMs - atMs] : [];
    }),
  );
}

/** When the cars that came into a sector in a span left it within that span, in the order in which they came. */
function throughMs(race: CatalogueRace, [from, to]: readonly [string, string], span: Span): number[] {
  const entered = race.at(from).filter(({ atMs }) => atMs > span.fromMs && atMs < span.toMs);
  return entered.flatMap(({ car, atMs }) => {
    const leftAtMs = race.at(to).find((passing) => passing.car === car && passing.atMs > atMs)?.atMs ?? span.toMs;
    return leftAtMs < span.toMs ? [leftAtMs] : [];
  });
}

type Span = Pick<Period, 'fromMs' | 'toMs'>;

function median(values: readonly number[]): number {
  if (values.length === 0) throw new Error('no times to take the median of');
  return values.toSorted((a, b) => a - b)[values.length >> 1] as number;
}

function lapMs(race: CatalogueRace, fromMinute: number, toMinute: number): number {
  return median(timesBetween(race, ['SF', 'SF'], { fromMs: fromMinute * MINUTE_MS, toMs: toMinute * MINUTE_MS }));
}

describe('A shower', () => {
  const races = [2014, 1, 7].map((seed) => runRace('wet-slow-zones', seed));

  it('[X81] the weather turns from dry to wet and back, told as it does', () => {
    for (const race of races) {
      const weather = race.all('weather');
      const surfaces = weather.map(({ surface }) => surface).filter((one, index, all) => one !== all[index - 1]);
      expect(surfaces).toEqual(['dry', 'damp', 'wet', 'damp', 'dry']);
      expect(weather.some(({ rain, surface }) => rain === false && surface === 'wet')).toBe(true);
    }
  });

  it('[X82] every car comes in for wet tyres, most of them for slicks again, none for the tyres that it has', () => {
    const tyresOf = (race: CatalogueRace, car: string) =>
      race.all('tyres-changed').flatMap((change) => (change.car === car ? [change.compound] : []));
    for (const race of races) {
      const home = race.end.state.cars.filter(({ status }) => status === 'finished');
      expect(home.length).toBeGreaterThanOrEqual(13);
      const runs = home.map(({ car }) => tyresOf(race, car).join(' '));
      for (const run of runs) expect(run).toMatch(/^slick wet( slick)?$/);
      expect(runs.filter((run) => run.endsWith('slick')).length).toBeGreaterThan(home.length / 2);
    }
  });

  it('[X83] the pace falls with the rain and comes back', () => {
    for (const race of races) {
      const dry = lapMs(race, 2, 8.5);
      expect(lapMs(race, 14, 21)).toBeGreaterThan(dry + 5000);
      expect(Math.abs(lapMs(race, 34, 40) - dry)).toBeLessThan(2500);
    }
  });

  it('[X84] in a slow zone that sector alone is slow, and nobody passes', () => {
    for (const race of races) {
      const zones = race.periods('slow-zone');
      expect(zones).toHaveLength(2);
      for (const zone of zones) {
        const loops = [...race.manifest.circuit.loops.map(({ id }) => id), 'SF'];
        const within = [loops[(zone.sector ?? 0) - 1], loops[zone.sector ?? 0]] as [string, string];
        const before = { fromMs: MINUTE_MS, toMs: 8.5 * MINUTE_MS };
        const slower = median(timesBetween(race, within, zone)) / median(timesBetween(race, within, before));
        expect(slower).toBeGreaterThan(1.5);
        const left = throughMs(race, within, zone);
        expect(left.length).toBeGreaterThan(12);
        expect(left).toEqual(left.toSorted((one, other) => one - other));
      }
      const next = timesBetween(race, ['SF', 'S1'], zones[1] as Period);
      expect(
        median(next) / median(timesBetween(race, ['SF', 'S1'], { fromMs: MINUTE_MS, toMs: 8.5 * MINUTE_MS })),
      ).toBeLessThan(1.3);
    }
  });

  it('[X85] cars spin on slicks in the wet, with yellow where they do', () => {
    const race = runRace('wet-slow-zones');
    const spins = race.all('incident').filter(({ kind }) => kind === 'spin');
    expect(spins.length).toBeGreaterThanOrEqual(2);
    for (const { cars, atMs, sector } of spins) {
      const tyre = race.all('tyres-changed').findLast((change) => cars.includes(change.car) && change.atMs < atMs);
      expect(tyre?.compound).toBe('slick');
      const shown = ['yellow', 'slow-zone'].flatMap((flag) => race.periods(flag));
      expect(shown.some((one) => one.sector === sector && one.fromMs <= atMs && one.toMs > atMs)).toBe(true);
    }
  });
});
