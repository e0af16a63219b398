import { createHash } from 'node:crypto';
import type { Manifest } from '@pitboard/shared/protocol/manifest.ts';
import type { RaceEvent } from '@pitboard/shared/protocol/race-event.ts';
import { createRaceTimeline } from '@pitboard/shared/timeline/race-timeline.ts';
import { Zip, ZipDeflate } from 'fflate';
import { dictDiffOf } from './dict-diff.ts';
import { messageOf, type ScreenMessage } from './screen-messages.ts';
import { columnSpecOf, type Screen, screenOfRace, TRACK_DATA } from './screen-of-race.ts';

type Race = { readonly manifest: Manifest; readonly events: readonly RaceEvent[] };

type Frame = Screen & { readonly messages: readonly ScreenMessage[]; readonly highlight: readonly string[] };

const FRAMES_PER_KEYFRAME = 10;
/** Without zip64 an archive holds 65,535 files. */
const MOST_FRAMES = 60_000;
/** While nothing happens the clock is told so often, in frames. */
const IDLE_FRAMES = 10;
/** What comes before is the day's earlier sessions. */
const LONGEST_BEFORE_START_MS = 1_800_000;
const MOST_MESSAGES = 100;
const COMPRESSION = 6;

/**
 * A race as a Timing71 replay, piece by piece: a frame for each second in which something changed, every tenth one whole,
 * the others as changes. Races longer than some 16 hours get a frame every other second.
 * @param onProgress told what share of the race is written
 */
export function* writeTiming71Replay(race: Race, onProgress?: (share: number) => void): Generator<Uint8Array> {
  const chunks: Uint8Array[] = [];
  const zip = new Zip((error, chunk) => {
    if (error !== null) throw error;
    chunks.push(chunk);
  });
  const add = (name: string, content: unknown): void => {
    const file = new ZipDeflate(name, { level: COMPRESSION });
    zip.add(file);
    file.push(Buffer.from(JSON.stringify(content)), true);
  };
  let manifestName: string | undefined = 'manifest.json';
  let count = 0;
  let before: Frame | undefined;
  for (const { seconds, pollSeconds, share, frame } of framesOf(race)) {
    onProgress?.(share);
    if (manifestName !== undefined) add(manifestName, replayManifestOf(race.manifest, seconds, pollSeconds));
    manifestName = undefined;
    const name = String(seconds).padStart(11, '0');
    if (before === undefined || count % FRAMES_PER_KEYFRAME === 0) add(`${name}.json`, keyframeOf(frame, seconds));
    else add(`${name}i.json`, changesOf(before, frame));
    before = frame;
    count++;
    yield* chunks.splice(0);
  }
  zip.end();
  yield* chunks.splice(0);
}

type TimedFrame = {
  readonly seconds: number;
  readonly pollSeconds: number;
  /** Of the race that lies behind, 0 to 1. */
  readonly share: number;
  readonly frame: Frame;
};

function* framesOf({ manifest, events }: Race): Generator<TimedFrame> {
  const timeline = createRaceTimeline(manifest);
  timeline.append(events);
  const startEpochMs = startOf(manifest, events);
  const fromMs = Math.max(timeline.startMs, -LONGEST_BEFORE_START_MS);
  const from = Math.floor((startEpochMs + fromMs) / 1000);
  const to = Math.ceil((startEpochMs + timeline.headAtMs) / 1000);
  const pollSeconds = Math.max(1, Math.ceil((to - from) / MOST_FRAMES));
  const messagesUntil = messagesOf(events, startEpochMs);
  let messages: readonly ScreenMessage[] = [];
  let shown = '';
  let idle = 0;
  for (let seconds = from; seconds <= to + pollSeconds - 1; seconds += pollSeconds) {
    const atMs = seconds * 1000 - startEpochMs;
    const news = messagesUntil(atMs);
    messages = [...news, ...messages].slice(0, MOST_MESSAGES);
    const screen = screenOfRace(timeline.viewAt(atMs));
    const now = JSON.stringify([screen.cars, screen.session.flagState, screen.session.trackData]);
    idle++;
    if (now === shown && news.length === 0 && idle < IDLE_FRAMES) continue;
    shown = now;
    idle = 0;
    const highlight = [...new Set(news.flatMap(([, , , , car]) => car ?? []))];
    yield {
      seconds,
      pollSeconds,
      share: (seconds - from) / Math.max(1, to - from),
      frame: { ...screen, messages, highlight },
    };
  }
}

/** Gives what is said up to a moment and was not given before, newest first. */
function messagesOf(events: readonly RaceEvent[], startEpochMs: number): (atMs: number) => readonly ScreenMessage[] {
  const told = events.toSorted((one, other) => one.atMs - other.atMs);
  let next = 0;
  return (atMs) => {
    const news: ScreenMessage[] = [];
    for (let event = told[next]; event !== undefined && event.atMs <= atMs; event = told[++next]) {
      const message = messageOf(event, startEpochMs);
      if (message !== undefined) news.unshift(message);
    }
    return news;
  };
}

/** A race that nobody knows the day of is put on the first of its year. */
function startOf(manifest: Manifest, events: readonly RaceEvent[]): number {
  for (const event of events) {
    if (event.type === 'session-phase' && event.startEpochMs !== undefined) return event.startEpochMs;
  }
  return manifest.startEpochMs ?? Date.UTC(manifest.season ?? 2000, 0, 1, 12);
}

function replayManifestOf(manifest: Manifest, startTime: number, pollInterval: number): unknown {
  const { series, event, session } = manifest;
  const id = createHash('sha256').update(`${series}\n${event}\n${session}\n${startTime}`).digest('hex');
  return {
    name: series ?? event,
    description: series === undefined || series === event ? session : `${event} - ${session}`,
    uuid: id.slice(0, 32),
    startTime,
    version: 1,
    colSpec: columnSpecOf(manifest),
    trackDataSpec: TRACK_DATA,
    pollInterval,
  };
}

function keyframeOf(frame: Frame, seconds: number): unknown {
  return { ...frame, lastUpdated: seconds * 1000 };
}

function changesOf(before: Frame, { cars, session, messages, highlight }: Frame): unknown {
  const newest = before.messages[0];
  const known = newest === undefined ? -1 : messages.indexOf(newest);
  return {
    cars: dictDiffOf(before.cars, cars),
    session: dictDiffOf(before.session, session),
    messages: known < 0 ? messages : messages.slice(0, known),
    highlight,
  };
}
