import type { RaceEvent } from '@pitboard/shared/protocol/race-event.ts';
import type { RaceState } from '@pitboard/shared/race/race-state.ts';
import { carOf, entryOf } from '@pitboard/shared/race/race-view.ts';
import { rmonitorLine, rmonitorText } from './rmonitor-speaker-lines.ts';
import type { WallClock } from './rmonitor-speaker-wall-clock.ts';

/** Lines of the pit lane, counted from start and finish on. */
const PIT_LINES = { finish: ['P1', 'SFP'], exit: ['P2', 'POP'], entry: ['P3', 'PIP'] } as const;

/** Tells a crossing of any line, of the track or of the pit lane, as IMSA has it; nothing for other facts. */
export function createCrossingLines(wall: WallClock): (event: RaceEvent, state: RaceState) => readonly string[] {
  return (event, state) => {
    const line = lineOf(event, state);
    if (line === undefined || !('car' in event) || event.car === undefined) return [];
    const { car, atMs } = event;
    const [lineNo, lineName] = line;
    const when = [wall.imsaDate(atMs), wall.timeOfDay(atMs)];
    const className = state.manifest.classes.find(({ id }) => id === entryOf(state, car)?.class)?.name ?? '';
    const number = rmonitorText(car, 8);
    return [rmonitorLine('L', number, lineNo, lineName, ...when, driverNo(state, car), rmonitorText(className, 40))];
  };
}

/** Number and name of the line that was crossed. */
function lineOf(event: RaceEvent, { manifest }: RaceState): readonly [string, string] | undefined {
  if (event.type === 'pit-entry') return PIT_LINES.entry;
  if (event.type === 'pit-exit') return PIT_LINES.exit;
  if (event.type !== 'passing') return undefined;
  const place = manifest.circuit.loops.findIndex(({ id }) => id === event.loop);
  if (place < 0) return undefined;
  if (place === 0) return event.inPitLane === true ? PIT_LINES.finish : ['T1', 'SFT'];
  return [`T${(place + 1).toString(36).toUpperCase()}`, rmonitorText(event.loop, 8)];
}

/** Place of the driver at the wheel in his crew; 0 where that is not known. */
function driverNo(state: RaceState, car: string): number {
  const driver = carOf(state, car)?.driver;
  const place = entryOf(state, car)?.drivers.findIndex(({ id }) => id === driver) ?? -1;
  return place < 6 ? place + 1 : 0;
}
