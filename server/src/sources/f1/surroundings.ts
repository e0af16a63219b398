import type { CarNumber } from '@pitboard/shared/domain/names.ts';
import type { RaceFactOf } from '@pitboard/shared/protocol/race-event.ts';
import { parseUtc } from './f1-values.ts';
import { carOf, type SessionScope } from './session-scope.ts';
import { entriesOf, numberAt, type Tree } from './state-tree.ts';

const KPH_PER_METRE_A_SECOND = 3.6;

/** Weather, told when it changes. The feed writes wind in metres a second. */
export function createWeather(scope: SessionScope) {
  let told = '';
  return {
    take(tree: Tree, atMs: number): void {
      const within = (key: string, least: number, most: number, factor = 1): number | undefined => {
        const value = numberAt(tree, key);
        const scaled = value === undefined ? undefined : Math.round(value * factor * 10) / 10;
        return scaled === undefined || scaled < least || scaled > most ? undefined : scaled;
      };
      const rainfall = numberAt(tree, 'Rainfall');
      const values = {
        airCelsius: within('AirTemp', -60, 70),
        trackCelsius: within('TrackTemp', -60, 90),
        humidityPercent: within('Humidity', 0, 100),
        windKph: within('WindSpeed', 0, 600, KPH_PER_METRE_A_SECOND),
        windDegrees: within('WindDirection', 0, 360),
        rain: rainfall === undefined ? undefined : rainfall > 0,
      };
      const known = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
      const key = JSON.stringify(known);
      if (key === told || key === '{}') return;
      told = key;
      scope.emit({ type: 'weather', atMs, ...known } as RaceFactOf<'weather'>);
    },
  };
}

/** A car's place is told so often at most. */
const POSITION_EVERY_MS = 2000;
/** Places come in tenths of a metre. */
const METRES_PER_UNIT = 0.1;
const MOST_SAMPLES = 1000;

/** Places of the cars on the map of the track, thinned. */
export function createPositions(scope: SessionScope) {
  const last = new Map<CarNumber, number>();
  const takeSample = (sample: ReadonlyMap<string, unknown>, arrivedMs: number, knows: (car: CarNumber) => boolean) => {
    const epochMs = parseUtc(String(sample.get('Timestamp') ?? ''));
    const offsetMs = scope.epochOffsetMs;
    const atMs = epochMs === undefined || offsetMs === undefined ? arrivedMs : Math.round(epochMs - offsetMs);
    for (const [key, entry] of entriesOf(sample.get('Entries'))) {
      const car = carOf(key);
      const fields = new Map(entriesOf(entry));
      const [x, y] = [fields.get('X'), fields.get('Y')];
      if (car === undefined || typeof x !== 'number' || typeof y !== 'number' || (x === 0 && y === 0)) continue;
      if (Math.abs(atMs - (last.get(car) ?? Number.NEGATIVE_INFINITY)) < POSITION_EVERY_MS || !knows(car)) continue;
      last.set(car, atMs);
      const [xMetres, yMetres] = [x, y].map((units) => Math.round(units * METRES_PER_UNIT * 10) / 10) as [
        number,
        number,
      ];
      if (Number.isFinite(xMetres) && Number.isFinite(yMetres))
        scope.emit({ type: 'position', atMs, car, xMetres, yMetres });
    }
  };
  return {
    take(data: unknown, atMs: number, knows: (car: CarNumber) => boolean): void {
      const samples = entriesOf(new Map(entriesOf(data)).get('Position'));
      for (const [, sample] of samples.slice(0, MOST_SAMPLES)) takeSample(new Map(entriesOf(sample)), atMs, knows);
    },
  };
}
