import { carNumberSchema } from '@pitboard/shared/protocol/scalars.ts';
import { FieldReader, splitFields } from './multiloop-fields.ts';
import type {
  CrossingMessage,
  LapMessage,
  MultiloopFlag,
  MultiloopMessage,
  MultiloopRecord,
  Named,
  TrackSection,
} from './multiloop-message.ts';

/** What recorders put before a line: a byte order mark, a time in ISO, or milliseconds. */
const STAMP = /^(?:\xEF\xBB\xBF)?(?:(?:\d{4}-\d\d-\d\dT[\d:.]+Z?|\d{1,12})[ \t]+)?/;
const METRES_A_MILE = 1609.344;
const METRES_AN_INCH = 0.0254;
const MOST_SECTIONS = 64;
const MOST_TEXTS = 16;

/** The record that a line is, without its end and as Latin-1; `undefined` for a line that is none. */
export function parseMultiloopLine(line: string): MultiloopRecord | string | undefined {
  const fields = splitFields(line.replace(STAMP, ''));
  const [start = '', kind = '', , preamble = ''] = fields;
  const command = /^[^A-Za-z0-9\s]?([A-Z])$/.exec(start)?.[1];
  if (command === undefined || fields.length < 4) return undefined;
  if (kind !== 'N' && kind !== 'R' && kind !== 'U') return 'neither new, repeated nor updated';
  const reader = new FieldReader(fields.slice(4));
  const message = parseMessage(command, reader);
  if (message === undefined || reader.problem !== undefined) return reader.problem ?? 'fields are missing';
  return { kind, preamble: preamble.trim().slice(0, 20), message };
}

function parseMessage(command: string, fields: FieldReader): MultiloopMessage | undefined {
  switch (command) {
    case 'H':
      return {
        command,
        flag: flagOf(fields),
        epochMs: fields.seconds('time of day'),
        elapsedMs: fields.ms('elapsed time'),
        lapsToGo: fields.numberOr(0),
        timeToGoMs: fields.numberOr(0),
      };
    case 'C':
      return parseLap(fields);
    case 'L':
      return parseCrossing(fields);
    case 'S':
      return { command, ...named(fields), section: fields.text(), elapsedMs: fields.ms('elapsed time') };
    case 'I':
      return { command, ...named(fields), elapsedMs: fields.ms('elapsed time') };
    case 'E':
      return parseEntry(fields);
    case 'F':
      return parseFlagInformation(fields);
    case 'R': {
      const [event, short, name] = [fields.text(), fields.text(), fields.text()];
      return { command, event, name: name || short, kind: fields.text(), startEpochMs: fields.secondsOr(0) };
    }
    case 'T':
      return parseTrack(fields);
    case 'A': {
      const [id, action] = [fields.text(), fields.text()];
      fields.text();
      return { command, id, action, epochMs: fields.secondsOr(0), text: fields.text() };
    }
    default:
      return { command: 'other' };
  }
}

function parseLap(fields: FieldReader): LapMessage {
  const rank = fields.optional();
  const who = named(fields);
  const laps = fields.count('laps');
  const elapsedMs = fields.ms('elapsed time');
  const lastLapMs = fields.numberOr(0);
  const inPit = fields.text() === 'P';
  const [fastestMs, fastestLap] = [fields.numberOr(0), fields.numberOr(0)];
  const [behindLeaderMs, lapsBehindLeader] = [fields.optional(), fields.optional()];
  const [behindPreviousMs, lapsBehindPrevious] = [fields.optional(), fields.optional()];
  // Of several sessions together: overall rank and best.
  fields.text();
  fields.text();
  const status = fields.text();
  fields.text();
  const pitStops = fields.optional();
  fields.text();
  return {
    command: 'C',
    rank,
    ...who,
    laps,
    elapsedMs,
    lastLapMs,
    inPit,
    fastestMs,
    fastestLap,
    behindLeaderMs,
    lapsBehindLeader,
    behindPreviousMs,
    lapsBehindPrevious,
    status,
    pitStops,
    startPosition: fields.numberOr(0),
  };
}

function parseCrossing(fields: FieldReader): CrossingMessage {
  const who = named(fields);
  const line = fields.text().toUpperCase();
  // By antenna, by hand or by photocell: a crossing all the same.
  fields.text();
  const elapsedMs = fields.ms('elapsed time');
  fields.text();
  return { command: 'L', ...who, line, elapsedMs, inPit: fields.text() === 'P' };
}

function parseEntry(fields: FieldReader): MultiloopMessage {
  const who = named(fields);
  const [driver, startPosition] = [fields.text(), fields.numberOr(0)];
  const count = Math.min(fields.numberOr(0), MOST_TEXTS);
  return { command: 'E', ...who, driver, startPosition, texts: Array.from({ length: count }, () => fields.text()) };
}

/** It has no time of its own: the times under each flag add up to it. */
function parseFlagInformation(fields: FieldReader): MultiloopMessage {
  const flag = flagOf(fields);
  fields.text();
  const greenMs = fields.numberOr(0);
  fields.text();
  const yellowMs = fields.numberOr(0);
  fields.text();
  return { command: 'F', flag, elapsedMs: greenMs + yellowMs + fields.numberOr(0) };
}

function parseTrack(fields: FieldReader): MultiloopMessage {
  const [name, venue] = [fields.text(), fields.text()];
  const miles = fields.decimal();
  const count = Math.min(fields.numberOr(0), MOST_SECTIONS);
  const sections: TrackSection[] = [];
  for (let index = 0; index < count; index++) {
    const section = fields.text().toUpperCase();
    const metres = (fields.decimal() ?? 0) * METRES_AN_INCH;
    sections.push({ name: section, metres, from: fields.text().toUpperCase(), to: fields.text().toUpperCase() });
  }
  return { command: 'T', name, venue, metres: miles === undefined ? undefined : miles * METRES_A_MILE, sections };
}

function named(fields: FieldReader): Named {
  const car = fields.text().replace(/\s+/g, '');
  const uid = fields.text().toUpperCase();
  if (!carNumberSchema.safeParse(car).success) fields.fail('no car number');
  return { car, uid: uid === '' ? `number ${car}` : uid };
}

function flagOf(fields: FieldReader): MultiloopFlag {
  const flag = fields.text().toUpperCase();
  if (flag === 'G' || flag === 'Y' || flag === 'R' || flag === 'W' || flag === 'K' || flag === 'C') return flag;
  return 'U';
}
