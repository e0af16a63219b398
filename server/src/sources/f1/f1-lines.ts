import { type F1Message, parseMessages } from './f1-message.ts';
import { parseDuration, parseUtc } from './f1-values.ts';
import { inflateTopic } from './inflate-topic.ts';
import { packData } from './packed-data.ts';
import { byRank, isReadTopic, isTopic, plainTopic, type ReadTopic, topicOfData, topicOfName } from './topics.ts';

/** A message that has a meaning for a session. */
export type StampedLine = {
  readonly topic: ReadTopic;
  /** By the clock of the recording; `undefined` for a state at the time of joining. */
  readonly atMs: number | undefined;
  /** By `packData`. */
  readonly packed: string;
};

/** `stream`: one topic, lines `HH:MM:SS.mmm{…}`. `messages`: topics as they came. `state`: the last state of one topic. */
export type F1FileKind = 'stream' | 'messages' | 'state';

const STAMPED = /^(\d{1,3}:\d\d:\d\d\.\d{1,3})(.*)$/s;
const HEAD_LINES = 20;
const STATE_START =
  /^\{\s*"(?:Meeting|Lines|NoEntries|Messages|StatusSeries|Series|AirTemp|CurrentLap|Remaining|Status|Stints|Utc|Withheld|SessionPart)"\s*:/;
const DRIVERS_START = /^\{\s*"\d{1,3}"\s*:\s*\{\s*"RacingNumber"/;
const TOPIC_LINE = /^\[\s*(['"])(?:[A-Z][A-Za-z]{3,30})(?:\.z)?\1\s*,/;
const TOPIC_NAME = /^\[\s*(['"])([A-Za-z0-9.]{3,40})\1/;
const TOPIC_STATES =
  /^\{\s*"(?:SessionInfo|DriverList|SessionData|SessionStatus|TrackStatus|LapCount|ExtrapolatedClock|TimingData|TimingAppData|TimingStats|RaceControlMessages|WeatherData|TopThree|Heartbeat|CarData\.z|Position\.z)"\s*:/;
const HUB_MESSAGE =
  /^\{\s*"(?:C|H|R|I|M|S|A|type|Type|target|result|json)"\s*:[\s\S]{0,4000}?"(?:Streaming|feed|TimingData|SessionInfo|Heartbeat|TimingAppData)"/;

/** What kind of file begins so; `undefined` for one of something else. */
export function kindOfHead(text: string): F1FileKind | undefined {
  const lines = text.split(/\r?\n|\r/, HEAD_LINES).filter((line) => line.trim() !== '');
  for (const line of lines) {
    const trimmed = line.trimStart();
    if (isStreamStart(trimmed)) return 'stream';
    if (TOPIC_LINE.test(trimmed) && /^.{0,60}[{'"\]]/s.test(trimmed)) return 'messages';
    if (TOPIC_STATES.test(trimmed) || HUB_MESSAGE.test(trimmed)) return 'messages';
  }
  const first = lines[0]?.trimStart() ?? '';
  // The states of a subscription may be laid out over many lines.
  if (TOPIC_STATES.test(text.trimStart())) return 'messages';
  return STATE_START.test(first) || DRIVERS_START.test(first) ? 'state' : undefined;
}

function isStreamStart(line: string): boolean {
  const data = STAMPED.exec(line)?.[2];
  return data !== undefined && /^(?:\{\s*[}"]|"[A-Za-z0-9+/=]{20})/.test(data);
}

/** Reads the lines of one file; `undefined` for a line that cannot be read, nothing for one that does not matter. */
export type F1LineParser = (text: string) => readonly StampedLine[] | undefined;

/** @param name a hint at the topic, where the content leaves it open */
export function createStreamParser(name: string): F1LineParser {
  const named = topicOfName(name);
  let topic = named !== undefined && isReadTopic(named) ? named : undefined;
  let isOther = named !== undefined && topic === undefined;
  return (text) => {
    const match = STAMPED.exec(text);
    const atMs = parseDuration(match?.[1] ?? '');
    if (match === null || atMs === undefined) return undefined;
    if (isOther) return [];
    const written = parseJson(match[2] ?? '');
    // Any topic may come packed; places are unpacked when they are read.
    const isPacked = typeof written === 'string' && topic !== undefined && topic !== 'Position.z';
    const data = isPacked ? inflateTopic(written) : written;
    if (data === undefined) return undefined;
    // A file that says what no topic of its name could say is another one.
    const told = topicOfData(data);
    if (told !== undefined) topic = topic === undefined || !canBe(topic, told) ? told : topic;
    if (typeof data === 'string') {
      isOther = topic !== 'Position.z';
      return isOther ? [] : lineOf(topic, atMs, data);
    }
    return lineOf(topic, atMs, data);
  };
}

/** Both write their rows under `Lines`. */
function canBe(topic: ReadTopic, told: ReadTopic): boolean {
  return topic === told || (topic === 'TimingAppData' && told === 'TimingData');
}

export function parseMessageLine(text: string): readonly StampedLine[] | undefined {
  const messages = parseMessages(text);
  if (messages !== undefined) return messages.flatMap(stampedOf).sort(byRank);
  // What is broken of a topic that nobody reads is no loss.
  const topic = TOPIC_NAME.exec(text.trimStart())?.[2];
  return topic !== undefined && isTopic(topic) && !isReadTopic(plainTopic(topic)) ? [] : undefined;
}

function stampedOf({ topic, data, stamp }: F1Message): readonly StampedLine[] {
  const atMs = parseUtc(stamp);
  // What has a stamp that cannot be read is as late as the line before it.
  return isReadTopic(topic) ? lineOf(topic, stamp === '' ? undefined : (atMs ?? Number.NaN), data) : [];
}

function lineOf(topic: ReadTopic | undefined, atMs: number | undefined, data: unknown): readonly StampedLine[] {
  const packed = topic === undefined ? undefined : packData(data);
  return topic === undefined || packed === undefined ? [] : [{ topic, atMs, packed }];
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
