import { carNumberSchema } from '@pitboard/shared/protocol/scalars.ts';
import { cleanName, splitName } from '../import/names.ts';
import { parseTimeText } from '../import/time-text.ts';
import type { SessionAbout, SheetCollector, SheetTaker } from './al-kamel-sheets.ts';
import { type JsonFields, jsonFields } from './json-fields.ts';
import { type LapRow, sumOf } from './lap-row.ts';
import type { ResultDriver, ResultRow } from './result-row.ts';

/** Whether a file that begins so is one of Al Kamel in JSON: time cards, or a result. */
export function isAlKamelJson(head: string): boolean {
  return /^\uFEFF?\s*\{/.test(head) && /"session"\s*:/.test(head) && /"(?:participants|classification)"\s*:/.test(head);
}

/** Reads time cards or a result in JSON. @throws {SyntaxError} */
export function readAlKamelJson(collector: SheetCollector, name: string, text: string): void {
  const file = jsonFields(JSON.parse(text.replace(/^\uFEFF/, '')));
  const session = file.fields('session');
  const about: SessionAbout = {
    event: cleanName(session.text('event_name')),
    series: cleanName(session.text('championship_name')),
    session: cleanName(session.text('session_name')),
    circuit: cleanName(session.text('circuit', 'circuit_name') || session.fields('circuit').text('name')),
  };
  const participants = file.list('participants');
  const skip = (number: number, problem: string | undefined) => {
    if (problem !== undefined) collector.skip(name, number, problem);
  };
  if (participants.some((each) => each.list('laps').length > 0)) {
    const sheet = collector.add(name, 'laps', about);
    participants.forEach((each, index) => {
      skip(index + 1, sheet.takeResult(resultRowOf(each)));
      takeLaps(each, sheet, (problem) => skip(index + 1, problem));
    });
    return;
  }
  const sheet = collector.add(name, 'results', about);
  const rows = file.list('classification', 'results', 'participants');
  for (const [index, each] of rows.entries()) skip(index + 1, sheet.takeResult(resultRowOf(each)));
}

function takeLaps(participant: JsonFields, sheet: SheetTaker, onProblem: (problem: string | undefined) => void): void {
  const drivers = new Map(participant.list('drivers').map((each) => [each.text('number'), driverOf(each)]));
  const laps = participant
    .list('laps')
    .toSorted((one, other) => Number(one.text('number')) - Number(other.text('number')));
  let before: LapRow | undefined;
  for (const each of laps) {
    const driver = drivers.get(each.text('driver_number'));
    const lap = lapRowOf(participant, each, { before, driver });
    if (typeof lap !== 'string') before = lap;
    onProblem(sheet.takeLap(lap));
  }
}

type LapContext = { readonly before: LapRow | undefined; readonly driver: ResultDriver | undefined };

function lapRowOf(participant: JsonFields, each: JsonFields, { before, driver }: LapContext): LapRow | string {
  const car = participant.text('number');
  if (!carNumberSchema.safeParse(car).success) return 'no car number';
  const lap = /^\d{1,5}$/.test(each.text('number')) ? Number(each.text('number')) : 0;
  if (lap < 1) return 'no lap number';
  const lapTimeMs = parseTimeText(each.text('time', 'lap_time'));
  const beforeMs = lap === 1 ? 0 : before?.lap === lap - 1 ? before.endMs : undefined;
  const elapsed = each.text('session_elapsed', 'elapsed');
  const endMs = parseTimeText(elapsed) ?? sumOf(beforeMs, lapTimeMs, elapsed);
  if (endMs === undefined) return 'no elapsed time';
  if (lapTimeMs !== undefined && lapTimeMs > endMs) return 'no lap time';
  const sectors = new Map(each.list('sector_times').map((sector) => [sector.text('index'), sector.text('time')]));
  return {
    ...{ line: 1, car, lap, endMs, lapTimeMs, startMs: endMs - (lapTimeMs ?? 0), intermediatesMs: [] },
    sectorsMs: ['1', '2', '3'].map((index) => parseTimeText(sectors.get(index) ?? '')),
    endsInPit: each.is('crossing_pit_finish_lane', true) || each.text('crossing_pit_finish_lane').toUpperCase() === 'B',
    pitTimeMs: parseTimeText(each.text('pit_time')),
    driverNumber: each.text('driver_number'),
    driverName: driver === undefined ? '' : `${driver.firstName} ${driver.lastName}`.trim(),
    class: participant.text('class'),
    team: participant.text('team'),
    make: participant.text('manufacturer'),
    flag: each.text('flag', 'flag_at_fl').toUpperCase(),
    isOfficialBest: undefined,
    isDeleted: each.is('is_valid', false) || each.is('manually_invalidated', true),
    kph: Number(each.text('average_speed_kph')) || undefined,
    timeOfDayMs: parseTimeText(each.text('hour')),
  };
}

function resultRowOf(each: JsonFields): ResultRow | string {
  const car = each.text('number');
  if (!carNumberSchema.safeParse(car).success) return 'no car number';
  const [position, laps] = [each.text('position', 'pos'), each.text('laps', 'laps_completed')];
  const best = each.fields('fastest_lap');
  return {
    car,
    position: /^\d{1,3}$/.test(position) && Number(position) > 0 ? Number(position) : undefined,
    status: each.text('status').toLowerCase(),
    laps: /^\d{1,5}$/.test(laps) ? Number(laps) : undefined,
    totalTimeMs: parseTimeText(each.text('total_time', 'elapsed_time', 'elapsed', 'session_elapsed')),
    bestLapMs: parseTimeText(each.text('fastest_lap_time', 'best_lap_time', 'fl_time') || best.text('time')),
    bestLap: undefined,
    class: each.text('class'),
    team: each.text('team'),
    vehicle: each.text('vehicle'),
    tyres: each.text('tires', 'tyres', 'tire'),
    drivers: each
      .list('drivers')
      .map(driverOf)
      .filter(({ lastName }) => lastName !== ''),
  };
}

function driverOf(each: JsonFields): ResultDriver {
  const parts = { firstName: each.text('firstname'), lastName: each.text('surname', 'secondname') };
  const whole = parts.lastName === '' ? splitName(each.text('name')) : parts;
  return { ...whole, category: each.text('license'), country: each.text('country') };
}
