import type {
  ErgastCircuit,
  ErgastDriver,
  ErgastLap,
  ErgastQualifying,
  ErgastRace,
  ErgastResult,
  ErgastRow,
  ErgastStop,
} from './ergast-data.ts';

/** What the files say of one race; each by driver. */
export type ErgastRaceData = {
  readonly race: ErgastRace;
  readonly laps: ReadonlyMap<string, ReadonlyMap<number, ErgastLapData>>;
  readonly stops: ReadonlyMap<string, readonly ErgastStop[]>;
  readonly results: ReadonlyMap<string, ErgastResult>;
  readonly sprint: ReadonlyMap<string, ErgastResult>;
  readonly qualifying: ReadonlyMap<string, ErgastQualifying>;
};

export type ErgastLapData = Pick<ErgastLap, 'lapTimeMs' | 'position'>;

/** What the files say of all races. */
export type ErgastNames = {
  readonly drivers: ReadonlyMap<string, ErgastDriver>;
  readonly teams: ReadonlyMap<string, string>;
  readonly statuses: ReadonlyMap<string, string>;
};

export type ErgastCollector = {
  /** Keeps a row; answers what is wrong with it, if anything. */
  take(row: ErgastRow): string | undefined;
  /** Keys of the races of which laps, or a result, are known, in order of the files. */
  racesWith(part: 'laps' | 'results' | 'sprint' | 'qualifying'): readonly string[];
  raceOf(key: string): ErgastRaceData;
  /** Keys of the races that a file of races names. */
  named(): ReadonlySet<string>;
  readonly names: ErgastNames;
};

/** The whole data base of seventy-five years has some 600,000 laps. */
const MOST_LAPS = 1_000_000;
/** Lines of everything else together. */
const MOST_ROWS = 250_000;
const MOST_DRIVERS_A_RACE = 120;
/** Room for the position beside the time in one number: a million laps as objects would take three times the memory. */
const PLACES = 1001;

type Laps = Map<string, Map<string, Map<number, number>>>;
type ByDriver<T> = Map<string, Map<string, T>>;

/** Keeps what Ergast files say, until all have been read: which race is meant may stand in the last one. */
export function createErgastCollector(): ErgastCollector {
  const races = new Map<string, ErgastRace>();
  const circuits = new Map<string, ErgastCircuit>();
  const [drivers, teams, statuses] = [
    new Map<string, ErgastDriver>(),
    new Map<string, string>(),
    new Map<string, string>(),
  ];
  const laps: Laps = new Map();
  const stops: ByDriver<ErgastStop[]> = new Map();
  const lists = { results: new Map(), sprint: new Map() } as Record<'results' | 'sprint', ByDriver<ErgastResult>>;
  const qualifying: ByDriver<ErgastQualifying> = new Map();
  let [lapCount, rowCount] = [0, 0];

  const takeLap = ({ race, driver, lap, lapTimeMs, position = 0 }: ErgastLap): string | undefined => {
    const ofDriver = placeFor(laps, race, driver, () => new Map<number, number>());
    if (ofDriver === undefined) return 'too many drivers';
    const packed = lapTimeMs * PLACES + position;
    const known = ofDriver.get(lap);
    // Pages overlap: what is said twice in the same words is no contradiction.
    if (known !== undefined) return known === packed ? undefined : 'lap stated before';
    if (lapCount === MOST_LAPS) return 'too many laps';
    lapCount++;
    ofDriver.set(lap, packed);
    return undefined;
  };
  const takeStop = (stop: ErgastStop): string | undefined => {
    const ofDriver = placeFor(stops, stop.race, stop.driver, () => [] as ErgastStop[]);
    if (ofDriver === undefined || ofDriver.length === 100) return 'too many stops';
    if (!ofDriver.some((known) => known.stop === stop.stop)) ofDriver.push(stop);
    return undefined;
  };
  const takeOther = (row: Exclude<ErgastRow, { kind: 'lap' }>): string | undefined => {
    if (rowCount++ >= MOST_ROWS) return 'too many lines';
    switch (row.kind) {
      case 'race':
        races.set(row.value.race, { ...races.get(row.value.race), ...withoutGaps(row.value) });
        return undefined;
      case 'circuit':
        circuits.set(row.id, row.value);
        return undefined;
      case 'driver':
        drivers.set(row.id, row.value);
        return undefined;
      case 'constructor':
        teams.set(row.id, row.value);
        return undefined;
      case 'status':
        statuses.set(row.id, row.value);
        return undefined;
      case 'stop':
        return takeStop(row.value);
      case 'result':
        return keepFirst(lists.results, row.value);
      case 'sprint':
        return keepFirst(lists.sprint, row.value);
      case 'qualifying':
        return keepFirst(qualifying, row.value);
    }
  };

  return {
    take: (row) => (row.kind === 'lap' ? takeLap(row.value) : takeOther(row)),
    racesWith: (part) => [...{ laps, qualifying, ...lists }[part].keys()],
    raceOf: (key) => {
      const race = races.get(key) ?? { race: key };
      const circuit = race.circuit ?? circuits.get(race.circuitId ?? '');
      return {
        race: circuit === undefined ? race : { ...race, circuit },
        laps: unpack(laps.get(key)),
        stops: stops.get(key) ?? new Map(),
        results: lists.results.get(key) ?? new Map(),
        sprint: lists.sprint.get(key) ?? new Map(),
        qualifying: qualifying.get(key) ?? new Map(),
      };
    },
    named: () => new Set(races.keys()),
    names: { drivers, teams, statuses },
  };
}

function placeFor<T>(all: ByDriver<T>, race: string, driver: string, make: () => T): T | undefined {
  const ofRace = all.get(race) ?? new Map<string, T>();
  all.set(race, ofRace);
  const known = ofRace.get(driver);
  if (known !== undefined) return known;
  if (ofRace.size === MOST_DRIVERS_A_RACE) return undefined;
  const made = make();
  ofRace.set(driver, made);
  return made;
}

function keepFirst<T extends { race: string; driver: string }>(all: ByDriver<T>, value: T): string | undefined {
  const kept = placeFor(all, value.race, value.driver, () => value);
  return kept === undefined ? 'too many drivers' : undefined;
}

/** A page that leaves something out takes back nothing that another one said. */
function withoutGaps(race: ErgastRace): ErgastRace {
  return Object.fromEntries(Object.entries(race).filter(([, value]) => value !== undefined)) as ErgastRace;
}

function unpack(packed: ReadonlyMap<string, ReadonlyMap<number, number>> | undefined): ErgastRaceData['laps'] {
  const laps = new Map<string, ReadonlyMap<number, ErgastLapData>>();
  for (const [driver, ofDriver] of packed ?? []) {
    const unpacked = [...ofDriver].map(([lap, value]): [number, ErgastLapData] => {
      const position = value % PLACES;
      return [lap, { lapTimeMs: Math.floor(value / PLACES), position: position === 0 ? undefined : position }];
    });
    laps.set(driver, new Map(unpacked.sort(([one], [other]) => one - other)));
  }
  return laps;
}
