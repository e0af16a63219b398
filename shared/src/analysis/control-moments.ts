import type { TrackFlag } from '../domain/flag.ts';
import type { CarNumber } from '../domain/names.ts';
import { isGreen } from '../race/flag-severity.ts';
import type { FlagPeriod, PhaseChange } from '../race/race-history.ts';
import type { Moment } from './moment.ts';
import { NOTHING, type Scene, type Teller } from './moment-scene.ts';

/** The words of race control: start, stoppages, flags, penalties, incidents. */
export function controlTeller(): Teller {
  const tellFlag = flagTeller();
  const penalties = new Set<string>();
  let wasSuspended = false;
  return (happening, scene) => {
    const { kind, item, atMs } = happening;
    if (kind === 'phase') {
      const moments = phaseMoments(item, scene, wasSuspended);
      if (item.phase === 'suspended' || item.phase === 'running') wasSuspended = item.phase === 'suspended';
      return moments;
    }
    if (kind === 'flag') return tellFlag(item, scene, wasSuspended);
    if (kind === 'pit-entry') return tellFlag(item.car, scene, wasSuspended);
    if (kind === 'message') {
      if (item.type !== 'incident') return NOTHING;
      return [{ kind: 'incident', atMs, importance: 2, cars: item.cars, text: item.text }];
    }
    if (kind !== 'penalty' || item.state === 'served') return NOTHING;
    // [M3] A penalty that is stated again is no news.
    const key = `${item.id} ${item.car} ${item.state}`;
    if (penalties.has(key)) return NOTHING;
    penalties.add(key);
    return [{ kind: 'penalty', atMs, importance: 2, cars: [item.car], driver: scene.driver(item.car), penalty: item }];
  };
}

function phaseMoments({ atMs, phase }: PhaseChange, scene: Scene, wasSuspended: boolean): readonly Moment[] {
  if (phase === 'running' && !wasSuspended) {
    const pole = scene.manifest.grid.find((slot) => slot.position === 1)?.car;
    const driver = pole === undefined ? undefined : scene.driver(pole);
    return [{ kind: 'start', atMs, importance: 3, cars: pole === undefined ? [] : [pole], driver }];
  }
  // [M3] The red flag has said it.
  const isSaid = phase === 'suspended' && (wasSuspended || scene.flag === 'red');
  if (isSaid || (phase !== 'suspended' && phase !== 'running')) return NOTHING;
  return [{ kind: 'phase', atMs, importance: 3, cars: [], phase }];
}

type Neutralisation = { flag: TrackFlag; readonly fromLap: number; readonly stopped: Set<CarNumber> };

/** Flags, and what a neutralisation was when it ends. Hears of cars that come into the pits meanwhile. */
function flagTeller(): (news: FlagPeriod | CarNumber, scene: Scene, isSuspended: boolean) => readonly Moment[] {
  let open: Neutralisation | undefined;
  return (news, scene, isSuspended) => {
    if (typeof news === 'string') {
      open?.stopped.add(news);
      return NOTHING;
    }
    const { atMs, flag, sector, lap } = news;
    if (sector !== undefined) {
      if (isGreen(flag)) return NOTHING;
      return [{ kind: 'flag', atMs, importance: 1, cars: [], flag, sector, lap }];
    }
    const ended = open;
    if (flag === 'chequered') return NOTHING;
    if (isGreen(flag)) open = undefined;
    else open = { flag, fromLap: ended?.fromLap ?? lap, stopped: ended?.stopped ?? new Set() };
    if (flag === 'green') return ended === undefined ? NOTHING : [restart(ended, news, scene)];
    // [M3] The suspension has said it.
    if (flag === 'red' && isSuspended) return NOTHING;
    return [{ kind: 'flag', atMs, importance: 3, cars: [], flag, sector, lap }];
  };
}

function restart({ flag, fromLap, stopped }: Neutralisation, { atMs, lap }: FlagPeriod, scene: Scene): Moment {
  const place = (car: CarNumber) => scene.car(car).lap?.position ?? Number.POSITIVE_INFINITY;
  const cars = [...stopped].sort((one, other) => place(one) - place(other));
  return { kind: 'restart', atMs, importance: 3, cars, flag, laps: Math.max(0, lap - fromLap) };
}
