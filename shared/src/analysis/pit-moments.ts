import type { LapRecord, PitVisit } from '../race/race-history.ts';
import type { Moment } from './moment.ts';
import { NOTHING, placeImportance, type Scene, type Teller } from './moment-scene.ts';
import { type LongStop, stopLengths } from './stop-moments.ts';

/** Completed stops, and the lead once they are done. */
export function pitTeller(): Teller {
  const lengths = stopLengths();
  const tellLead = leadAfterStopsTeller();
  return (happening, scene) => {
    const { kind, item } = happening;
    // [M14] Out of a race the garage is where cars live.
    if (scene.manifest.kind !== 'race') return NOTHING;
    if (kind === 'lap') {
      lengths.onLap(item, scene);
      return tellLead(item, scene);
    }
    // Who serves a penalty does not stop.
    if (kind !== 'pit-exit' || scene.car(item.car).servesPenalty) return NOTHING;
    const length = lengths.onExit(item, scene);
    // Who waits in the lane while the race is stopped has not stopped for so long.
    return item.atMs <= scene.redAtMs ? NOTHING : [stop(item, length, scene)];
  };
}

function stop(visit: PitVisit, { longByMs, rival }: LongStop, scene: Scene): Moment {
  const { car, driverBefore, driverAfter, lap, pitTimeMs = 0, atMs: entryAtMs } = visit;
  const atMs = visit.exitAtMs ?? entryAtMs;
  const position = scene.car(car).lap?.position ?? 0;
  const isOfFirstThree = position > 0 && placeImportance(position) === 3;
  return {
    kind: 'stop',
    atMs,
    importance: !isOfFirstThree ? 1 : longByMs === undefined ? 2 : 3,
    cars: [car],
    driver: driverBefore,
    newDriver: driverAfter === driverBefore ? undefined : driverAfter,
    pitTimeMs,
    lap,
    position,
    longByMs,
    rival,
  };
}

/** The first lap that ends with the first two of the race, both done with their stops and the laps around them. */
function leadAfterStopsTeller(): (lap: LapRecord, scene: Scene) => readonly Moment[] {
  let leader: LapRecord | undefined;
  let isTold = false;
  return (lap, scene) => {
    if (isTold || scene.mandatoryStops === 0) return NOTHING;
    if (lap.position === 1) leader = lap;
    if (lap.position !== 2 || leader?.lap !== lap.lap || lap.isOutLap || leader.isOutLap) return NOTHING;
    const isDone = [lap, leader].every(({ car }) => scene.car(car).served >= scene.mandatoryStops);
    if (!isDone) return NOTHING;
    isTold = true;
    return [
      {
        kind: 'lead-after-stops',
        atMs: lap.atMs,
        importance: 3,
        cars: [leader.car, lap.car],
        driver: scene.driver(leader.car),
        secondDriver: scene.driver(lap.car),
        gapMs: lap.atMs - leader.atMs,
      },
    ];
  };
}
