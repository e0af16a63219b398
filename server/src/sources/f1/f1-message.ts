import { inflateTopic } from './inflate-topic.ts';
import { parsePythonLiteral } from './python-literal.ts';
import { entriesOf } from './state-tree.ts';
import { byRank, isTopic, plainTopic } from './topics.ts';

/** A topic's whole state or a change of it. `stamp` is the feed's own UTC time; '' with the state at the time of joining. */
export type F1Message = { readonly topic: string; readonly data: unknown; readonly stamp: string };

/** Ends each message on the wire of newer hubs. */
const RECORD_END = '\u001e';
const NOTHING: readonly F1Message[] = [];

/**
 * The messages of one line, however the recorder wrote it: `["Topic", data, "stamp"]` as JSON or as Python prints it, a
 * message of either generation of SignalR, a state by topics. `undefined` for a line that cannot be read.
 */
export function parseMessages(line: string): readonly F1Message[] | undefined {
  const text = (line.endsWith(RECORD_END) ? line.slice(0, -1) : line).trim();
  if (text === '') return NOTHING;
  const value = parseValue(text);
  if (Array.isArray(value)) return fromTriple(value);
  return value !== null && typeof value === 'object' ? fromEnvelope(new Map(entriesOf(value))) : undefined;
}

function parseValue(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return parsePythonLiteral(text)?.value;
  }
}

function fromTriple([topic, data, stamp]: readonly unknown[]): readonly F1Message[] | undefined {
  if (typeof topic !== 'string' || !isData(topic, data) || typeof stamp !== 'string') return undefined;
  const message = { topic: plainTopic(topic), data: unwrap(topic, data), stamp };
  return message.data === undefined ? undefined : [message];
}

function isData(topic: string, data: unknown): boolean {
  if (typeof data === 'string') return topic.endsWith('.z') || /^\s*[{[]/.test(data);
  return typeof data === 'object' && data !== null;
}

/** The state of a subscription is JSON within the text of some recorders; any topic may come packed. */
function unwrap(topic: string, data: unknown): unknown {
  if (typeof data !== 'string') return data;
  if (plainTopic(topic) !== topic) return inflateTopic(data);
  return topic.endsWith('.z') ? data : parseValue(data);
}

function fromEnvelope(fields: ReadonlyMap<string, unknown>): readonly F1Message[] | undefined {
  const [topic, data] = [fields.get('type') ?? fields.get('Type'), fields.get('json') ?? fields.get('Json')];
  if (typeof topic === 'string' && (data !== undefined || fields.has('data'))) {
    const stamp = fields.get('dateTime') ?? fields.get('DateTime') ?? fields.get('timestamp');
    return fromTriple([topic, data ?? fields.get('data'), stamp]);
  }
  const args = fields.get('A') ?? fields.get('arguments');
  if (Array.isArray(args)) return fromTriple(args);
  const messages: F1Message[] = [];
  for (const state of [fields.get('R'), fields.get('result')]) messages.push(...fromStates(entriesOf(state)));
  for (const [, each] of entriesOf(fields.get('M'))) {
    const inner = new Map(entriesOf(each)).get('A');
    messages.push(...((Array.isArray(inner) ? fromTriple(inner) : undefined) ?? NOTHING));
  }
  if (messages.length > 0) return messages;
  const states = fromStates([...fields]);
  // A sign of life of the hub has none of these, and is no bad line.
  const isHub =
    ['C', 'M', 'S', 'R', 'I', 'H', 'E'].some((key) => fields.has(key)) || typeof fields.get('type') === 'number';
  return states.length > 0 || fields.size === 0 || isHub ? states : undefined;
}

function fromStates(entries: readonly (readonly [string, unknown])[]): F1Message[] {
  const states = entries.filter(([topic, data]) => isTopic(topic) && isData(topic, data));
  return states
    .map(([topic, data]) => ({ topic: plainTopic(topic), data: unwrap(topic, data), stamp: '' }))
    .sort(byRank);
}
