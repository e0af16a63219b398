import type { RaceEvent } from '@pitboard/shared/protocol/race-event.ts';
import { createFeedCollector } from '../feed/collect-feed.ts';
import { type Imported, type ImportedRace, NoRaceError } from '../import/imported-race.ts';
import type { FileReader, RaceFormat } from '../import/race-format.ts';
import { createSkipCounter, type SkipCounter } from '../import/skip-counter.ts';
import { carRowsOf, mostLapsOf } from './car-row.ts';
import { isReplay, openReplay, type PackedFrame, type ReplayArchive } from './replay-frames.ts';
import { replayStates } from './replay-states.ts';
import { parseServiceManifest, type ServiceManifest } from './service-manifest.ts';
import { StartClock } from './start-clock.ts';
import { StateReader } from './state-reader.ts';

const LARGEST_ARCHIVE = 300_000_000;
/** Frames named by smaller numbers are named by the seconds since the recording began. */
const FIRST_EPOCH_SECOND = 100_000_000;
/** How far into a replay the start is looked for, at most. */
const MOST_FRAMES_BEFORE_START = 20_000;
const VERSION = 1;
/** The beginning of a zip archive, and of the name of its first member. */
const LOCAL_HEADER = [0x50, 0x4b, 3, 4];
const LOCAL_NAME_AT = 30;

/** Replays of Timing71: a zip of states of a timing screen, each a race. */
export const timing71Replay: RaceFormat = {
  id: 'timing71',
  title: 'Timing71 replay',
  recognises: ({ bytes }) => {
    const isZip = LOCAL_HEADER.every((byte, index) => bytes[index] === byte);
    const name = Buffer.from(bytes.subarray(LOCAL_NAME_AT, LOCAL_NAME_AT + 20)).toString('latin1');
    return isZip && /^(?:manifest\.json|\d{5,11}i?\.json)/.test(name);
  },
  recognisesZip: isReplay,
  open: () => {
    const counter = createSkipCounter();
    const races: ImportedRace[] = [];
    return {
      open: (name) =>
        createArchiveReader(name, counter, (archive) => races.push(...readReplay(name, archive, counter))),
      finish: (): Imported => {
        if (races.length === 0) throw new NoRaceError('no race found: the replay holds no state of a timing screen');
        return { races, skipped: counter.skipped() };
      },
    };
  },
};

function createArchiveReader(name: string, { skip }: SkipCounter, take: (archive: Buffer) => void): FileReader {
  const chunks: Uint8Array[] = [];
  let size = 0;
  return {
    write: (bytes) => {
      size += bytes.length;
      // The giver may use its buffer again.
      if (size <= LARGEST_ARCHIVE) chunks.push(Uint8Array.prototype.slice.call(bytes));
      else chunks.length = 0;
    },
    end: () => {
      if (size > LARGEST_ARCHIVE) skip(name, 1, `larger than ${LARGEST_ARCHIVE / 1e6} MB`);
      else take(Buffer.concat(chunks.splice(0)));
    },
  };
}

function readReplay(file: string, bytes: Buffer, { skip }: SkipCounter): readonly ImportedRace[] {
  const archive = openReplay(bytes);
  if (archive === undefined) {
    skip(file, 1, 'a damaged archive: its directory cannot be read');
    return [];
  }
  const service = serviceOf(archive, (reason) => skip(`${file}/manifest.json`, 1, reason));
  if (service === undefined) return [];
  const offsetMs = offsetOf(archive.frames, service.parsed);
  const zeroEpochMs = findStart(archive.frames, offsetMs, service.parsed);
  const collector = createFeedCollector(() => undefined);
  let frameName = file;
  const reader = new StateReader(collector, (reason) => skip(frameName, 1, reason));
  reader.manifest(service.given);
  let manifest: unknown;
  const onProblem = (frame: string, reason: string) => skip(`${file}/${frame}`, 1, reason);
  for (const state of replayStates(archive.frames, { offsetMs, onProblem })) {
    frameName = `${file}/${Math.floor(state.atEpochMs / 1000)}`;
    // Newer services repeat the manifest in every keyframe, and change it there.
    if (state.manifest !== manifest && parseServiceManifest(state.manifest) !== undefined) {
      manifest = state.manifest;
      reader.manifest(manifest);
    }
    reader.take(state, state.atEpochMs, zeroEpochMs);
  }
  reader.end();
  return collector.races().map(inOrderOfTime);
}

function serviceOf(
  { readManifest }: ReplayArchive,
  onProblem: (reason: string) => void,
): { readonly given: unknown; readonly parsed: ServiceManifest } | undefined {
  try {
    const given = readManifest?.();
    const parsed = parseServiceManifest(given);
    const version = (given as { readonly version?: unknown } | undefined)?.version;
    if (parsed === undefined) onProblem('no manifest: name, description and columns are needed');
    else if (version !== undefined && version !== VERSION) onProblem('a replay of another version than 1');
    else return { given, parsed };
  } catch (error) {
    onProblem((error as Error).message);
  }
  return undefined;
}

/** What is to be added to the time of a frame for the time of day. */
function offsetOf(frames: readonly PackedFrame[], { startEpochMs }: ServiceManifest): number {
  const first = frames[0]?.seconds ?? 0;
  return first >= FIRST_EPOCH_SECOND || startEpochMs === undefined ? 0 : startEpochMs - first * 1000;
}

/** Looks ahead for the start, so that what came before it is placed by the clock too; the first frame where nothing tells it. */
function findStart(frames: readonly PackedFrame[], offsetMs: number, { columns }: ServiceManifest): number | undefined {
  const clock = new StartClock();
  let first: number | undefined;
  const ahead = frames.slice(0, MOST_FRAMES_BEFORE_START);
  for (const { cars, session, atEpochMs } of replayStates(ahead, { offsetMs, onProblem: () => undefined })) {
    first ??= atEpochMs;
    const laps = mostLapsOf(carRowsOf(cars, columns, () => undefined)) ?? 0;
    const found = clock.take(session, atEpochMs, laps);
    if (found !== undefined) return found;
  }
  return first;
}

/** A frame tells of crossings that lie before what the one before it told. */
function inOrderOfTime({ manifest, events }: ImportedRace): ImportedRace {
  const sorted = events.toSorted((one, other) => one.atMs - other.atMs);
  const places = new Map(sorted.map(({ seq }, index) => [seq, index + 1]));
  const numbered = sorted.map((event): RaceEvent => {
    const seq = places.get(event.seq) ?? event.seq;
    if (event.type !== 'passing-withdrawn') return { ...event, seq };
    return { ...event, seq, withdrawnSeq: places.get(event.withdrawnSeq) ?? event.withdrawnSeq };
  });
  return { manifest, events: numbered };
}
