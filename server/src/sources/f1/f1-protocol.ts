import type { RaceFact } from '@pitboard/shared/protocol/race-event.ts';
import type { FeedProtocol, FeedReader, FeedSink } from '../feed/feed.ts';
import { createFeedLines } from '../feed/feed-lines.ts';
import { connectF1 } from './f1-connection.ts';
import { baseManifest, sessionKeyOf, sessionUpdateOf } from './f1-manifest.ts';
import { type F1Message, parseMessages } from './f1-message.ts';
import { F1Session } from './f1-session.ts';
import { parseUtc } from './f1-values.ts';
import { createMergedState } from './state-tree.ts';
import { isReadTopic } from './topics.ts';

/** The whole state of a topic comes in one line. */
export const LONGEST_F1_LINE = 8_000_000;
const LONGEST_AT_MS = 864_000_000;
const LONGEST_SKIPPED = 200;

/** Live timing of Formula 1. */
export const f1: FeedProtocol = {
  id: 'f1',
  title: 'Formula 1 live timing',
  schemes: ['f1:', 'f1+http:'],
  example: 'f1:',
  createReader: createF1Reader,
  connect: (url, handlers) => connectF1(url, handlers),
};

/** Reads lines `["Topic", data, "stamp"]`; a state without a stamp is of the moment of its arrival. */
export function createF1Reader(sink: FeedSink): FeedReader {
  let session: F1Session | undefined;
  let key = '';
  let arrivedMs = 0;
  let lineCount = 0;
  let held: RaceFact[] = [];

  const begin = (message: F1Message | undefined): F1Session => {
    const info = createMergedState();
    if (message !== undefined) info.merge(message.data);
    key = sessionKeyOf(info.tree);
    const update = message === undefined ? {} : sessionUpdateOf(info.tree);
    sink.session(key === '' ? 'f1' : `f1-${key}`, { ...baseManifest(), ...update } as ReturnType<typeof baseManifest>);
    return new F1Session((fact) => held.push(fact), { epochOffsetMs: 0 });
  };
  const take = (message: F1Message): void => {
    const { topic, data, stamp } = message;
    if (!isReadTopic(topic)) return;
    if (topic === 'SessionInfo' && isAnother(message)) session = begin(message);
    session ??= begin(topic === 'SessionInfo' ? message : undefined);
    session.take({ topic, data, atMs: parseUtc(stamp) ?? arrivedMs, isState: stamp === '' });
    release(session);
  };
  /** The feed goes on with another session: the one before is over. */
  const isAnother = ({ data, stamp }: F1Message): boolean => {
    if (session === undefined) return false;
    const info = createMergedState();
    info.merge(data);
    const next = sessionKeyOf(info.tree);
    return next !== '' && key !== '' && next !== key && (stamp === '' || info.tree.has('Meeting'));
  };
  const release = (of: F1Session): void => {
    if (held.length === 0) return;
    const facts = held.map((fact) => ({ ...fact, atMs: sessionTimeOf(of, fact.atMs) }));
    held = [];
    sink.facts(facts);
  };
  const lines = createFeedLines({
    longest: LONGEST_F1_LINE,
    onTooLong: () => sink.skipped(++lineCount, '', 'line too long'),
    onLine: (text) => {
      lineCount++;
      sink.line(text);
      const messages = parseMessages(text);
      if (messages === undefined) sink.skipped(lineCount, text.slice(0, LONGEST_SKIPPED), 'no message of the feed');
      else for (const message of messages) take(message);
    },
  });
  return {
    read: (bytes, arrivedEpochMs) => {
      arrivedMs = arrivedEpochMs;
      lines.read(bytes);
    },
    cut: () => lines.cut(),
  };
}

/** Session time of a time of the feed. Before the start that is counted to the planned one, and never reaches it. */
function sessionTimeOf(session: F1Session, feedMs: number): number {
  const startedMs = session.startedAtMs;
  const atMs = startedMs === undefined ? Math.min(feedMs - (session.plannedAtMs ?? feedMs), -1) : feedMs - startedMs;
  return Math.round(Math.min(LONGEST_AT_MS, Math.max(-LONGEST_AT_MS, atMs)));
}
