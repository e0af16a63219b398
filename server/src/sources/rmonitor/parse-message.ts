import { parseDateText } from './clock-text.ts';
import { flagOf } from './flag-text.ts';
import { MessageFields } from './message-fields.ts';
import type { RmonitorMessage, TrackSection } from './rmonitor-message.ts';
import { splitFields } from './split-fields.ts';

/** What stands for laps to go where there is nothing to count down. */
const NO_LAPS_TO_GO = 9999;
const METRES_PER_INCH = 0.0254;
const DAY_MS = 86_400_000;

type Parser = (fields: MessageFields) => RmonitorMessage | string;

/**
 * What a line says; a text says why it cannot be read, and `undefined` that it says nothing here: the protocol asks for
 * commands that are not known to be passed over.
 */
export function parseMessage(line: string): RmonitorMessage | string | undefined {
  if (!line.startsWith('$')) return 'no line of RMonitor';
  const [command = '', ...fields] = splitFields(line);
  return PARSERS.get(command.toUpperCase())?.(new MessageFields(fields));
}

const PARSERS: ReadonlyMap<string, Parser> = new Map<string, Parser>([
  ['$F', parseHeartbeat],
  ['$A', (fields) => parseCompetitor(fields, { class: 6, names: 3, transponder: 2 })],
  ['$COMP', (fields) => parseCompetitor(fields, { class: 2, names: 3, additional: 6 })],
  ['$B', parseRun],
  ['$C', parseClass],
  ['$E', (fields) => ({ kind: 'setting', name: fields.text(0).toUpperCase(), value: fields.text(1) })],
  ['$G', parseRaceRow],
  ['$H', parseBestRow],
  ['$I', (fields) => ({ kind: 'reset', dayEpochMs: parseDateText(fields.text(1)) })],
  ['$J', parseCrossing],
  ['$L', parseLineCrossing],
  ['$T', parseTrackMap],
  ['$SP', parseBestRow],
  ['$SR', parseLastLap],
  ['$COR', parseCorrection],
  ['$RMS', (fields) => ({ kind: 'sort-mode', isRace: /^race$/i.test(fields.text(0)) })],
  ['$RMHL', parseHistoricalLap],
]);

function parseHeartbeat(fields: MessageFields): RmonitorMessage | string {
  if (fields.count < 5) return 'heartbeat without a flag';
  const lapsToGo = fields.number(0);
  const timeOfDayMs = fields.clock(2);
  const flag = flagOf(fields.text(4));
  if (flag === 'unknown') return 'flag that is not known';
  return {
    kind: 'heartbeat',
    lapsToGo: lapsToGo === NO_LAPS_TO_GO || lapsToGo === undefined || lapsToGo < 0 ? undefined : lapsToGo,
    timeToGoMs: fields.clock(1),
    timeOfDayMs: timeOfDayMs === undefined || timeOfDayMs < 0 || timeOfDayMs >= DAY_MS ? undefined : timeOfDayMs,
    raceTimeMs: fields.clock(3),
    flag,
  };
}

type CompetitorFields = {
  readonly class: number;
  readonly names: number;
  readonly transponder?: number;
  readonly additional?: number;
};

function parseCompetitor(fields: MessageFields, at: CompetitorFields): RmonitorMessage | string {
  const reg = fields.text(0);
  if (reg === '') return 'competitor without a registration number';
  const classNumber = fields.number(at.class);
  const transponder = at.transponder === undefined ? '' : fields.text(at.transponder);
  return {
    kind: 'competitor',
    reg,
    number: fields.text(1),
    transponder: transponder === '' || transponder === '0' ? undefined : transponder,
    first: fields.text(at.names),
    last: fields.text(at.names + 1),
    nationality: fields.text(at.names + 2),
    additional: at.additional === undefined ? undefined : fields.text(at.additional),
    class: classNumber === undefined || classNumber < 1 ? undefined : classNumber,
  };
}

function parseRun(fields: MessageFields): RmonitorMessage | string {
  const number = fields.number(0);
  if (number === undefined || number < 0) return 'run without a number';
  return { kind: 'run', number: String(number), name: fields.text(1) };
}

function parseClass(fields: MessageFields): RmonitorMessage | string {
  const number = fields.number(0);
  if (number === undefined || number < 0) return 'class without a number';
  return { kind: 'class', number, name: fields.text(1) };
}

function parseRaceRow(fields: MessageFields): RmonitorMessage | string {
  const [position, reg, laps] = [fields.number(0), fields.text(1), fields.number(2, 0)];
  if (position === undefined || position < 1 || reg === '') return 'place without a position or a car';
  if (laps === undefined || Math.abs(laps) > 100_000) return 'laps that are no number';
  if (fields.clock(3) === undefined && fields.text(3) !== '') return 'time that cannot be read';
  return { kind: 'race-row', position, reg, laps, totalMs: fields.carTime(3) };
}

function parseBestRow(fields: MessageFields): RmonitorMessage | string {
  const [reg, lap] = [fields.text(1), fields.number(2, 0)];
  if (reg === '') return 'best lap without a car';
  if (lap === undefined || lap > 100_000) return 'laps that are no number';
  if (fields.clock(3) === undefined && fields.text(3) !== '') return 'time that cannot be read';
  return { kind: 'best-row', reg, lap: Math.max(0, lap), bestMs: fields.carTime(3) };
}

function parseCrossing(fields: MessageFields): RmonitorMessage | string {
  const [reg, totalMs] = [fields.text(0), fields.clock(2)];
  if (reg === '') return 'crossing without a car';
  if (totalMs === undefined || fields.clock(1) === undefined) return 'time that cannot be read';
  return { kind: 'crossing', reg, lapTimeMs: fields.carTime(1), totalMs };
}

function parseLineCrossing(fields: MessageFields): RmonitorMessage | string {
  const timeOfDayMs = fields.clock(4);
  const line = fields.text(1).toUpperCase();
  if (fields.text(0) === '' || !/^[TP]\w$/.test(line)) return 'crossing of a line that is not known';
  if (timeOfDayMs === undefined || timeOfDayMs < 0 || timeOfDayMs >= DAY_MS) return 'time that cannot be read';
  const driver = fields.number(5);
  return {
    kind: 'line-crossing',
    number: fields.text(0),
    line,
    name: fields.text(2).toUpperCase(),
    dayEpochMs: parseDateText(fields.text(3)),
    timeOfDayMs,
    driver: driver === undefined || driver < 1 || driver > 6 ? undefined : driver,
  };
}

function parseTrackMap(fields: MessageFields): RmonitorMessage | string {
  const sections: TrackSection[] = [];
  for (let at = 4; at + 3 < fields.count && sections.length < 60; at += 4) {
    const inches = Number(fields.text(at + 3));
    if (!Number.isFinite(inches) || inches < 0 || inches > 4_000_000) return 'section without a length';
    sections.push({
      name: fields.text(at),
      startLine: fields.text(at + 1).toUpperCase(),
      endLine: fields.text(at + 2).toUpperCase(),
      metres: inches * METRES_PER_INCH,
    });
  }
  return { kind: 'track-map', name: fields.text(0), sections };
}

/** The last lap of a car, beside its place: position, car, lap, lap time, and mostly a speed. */
function parseLastLap(fields: MessageFields): RmonitorMessage | string {
  const [reg, lap, lapTimeMs] = [fields.text(1), fields.number(2, 0), fields.carTime(3)];
  if (reg === '' || lap === undefined || Math.abs(lap) > 100_000) return 'lap without a car or a number';
  return { kind: 'last-lap', reg, lap, lapTimeMs };
}

/** Race-Monitor: car, lap, position, lap time, flag, total. */
function parseHistoricalLap(fields: MessageFields): RmonitorMessage | string {
  const [reg, lap] = [fields.text(0), fields.number(1)];
  if (reg === '' || lap === undefined || lap < 0 || lap > 100_000) return 'lap without a car or a number';
  return { kind: 'lap-stated', reg, lap, lapTimeMs: fields.carTime(3), totalMs: fields.carTime(5) };
}

/** A finish time put right: car, number, laps, total, and by how much. */
function parseCorrection(fields: MessageFields): RmonitorMessage | string {
  const [reg, laps, totalMs] = [fields.text(0), fields.number(2), fields.carTime(3)];
  if (reg === '' || laps === undefined || totalMs === undefined) return 'correction that cannot be read';
  return { kind: 'correction', reg, laps, totalMs };
}
