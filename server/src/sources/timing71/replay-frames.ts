import { inflateRawSync } from 'node:zlib';
import { packedDataOf, readZipDirectory, type ZipMember } from '../import/zip-directory.ts';

/** A frame of a replay that is still packed. */
export type PackedFrame = {
  readonly name: string;
  /** As its name states it: seconds, of the Unix epoch or since some start. */
  readonly seconds: number;
  /** Whether it holds a whole state, or what changed since the frame before. */
  readonly isKeyframe: boolean;
  readonly read: () => unknown;
};

export type ReplayArchive = {
  readonly readManifest: (() => unknown) | undefined;
  /** In order of time; a keyframe stands before what changed in its second. */
  readonly frames: readonly PackedFrame[];
};

/** A member that cannot be read; the message says why. */
export class FrameError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'FrameError';
  }
}

const FRAME_NAME = /^(\d{5,11})(i?)\.json$/;
const MANIFEST_NAME = 'manifest.json';
/** A day in seconds, five times over. */
const MOST_MEMBERS = 500_000;
/** A whole state of sixty cars has 21 kB. */
const LARGEST_MEMBER = 8_000_000;
/** Between two keyframes, and in all. */
const LARGEST_STATE = 100_000_000;
const LARGEST_REPLAY = 4_000_000_000;
const DEFLATED = 8;
const STORED = 0;

/** True for the names of a replay: a manifest and a frame at least. */
export function isReplay(names: readonly string[]): boolean {
  return names.includes(MANIFEST_NAME) && names.some((name) => FRAME_NAME.test(name));
}

/** Opens a replay; `undefined` where the archive cannot be read. Of two members with one name the last one is meant. */
export function openReplay(archive: Buffer): ReplayArchive | undefined {
  const members = new Map<string, ZipMember>();
  const directory = readZipDirectory(archive, MOST_MEMBERS);
  if (directory === undefined) return undefined;
  for (const member of directory) members.set(member.name, member);
  const budget = { state: LARGEST_STATE, replay: LARGEST_REPLAY };
  const reading = (member: ZipMember, isKeyframe: boolean) => () => {
    if (isKeyframe) budget.state = LARGEST_STATE;
    const bytes = unpack(archive, member, Math.min(LARGEST_MEMBER, budget.state, budget.replay));
    budget.state -= bytes.length;
    budget.replay -= bytes.length;
    return parse(bytes);
  };
  const frames: PackedFrame[] = [];
  for (const [name, member] of members) {
    const match = FRAME_NAME.exec(name);
    if (match === null) continue;
    const isKeyframe = match[2] === '';
    frames.push({ name, seconds: Number(match[1]), isKeyframe, read: reading(member, isKeyframe) });
  }
  frames.sort((one, other) => one.seconds - other.seconds || Number(other.isKeyframe) - Number(one.isKeyframe));
  const manifest = members.get(MANIFEST_NAME);
  return { readManifest: manifest === undefined ? undefined : reading(manifest, true), frames };
}

/** @throws {FrameError} */
function unpack(archive: Buffer, member: ZipMember, mostBytes: number): Buffer {
  const packed = packedDataOf(archive, member);
  if (packed === undefined) throw new FrameError('damaged: the archive does not hold it');
  if (member.isEncrypted) throw new FrameError('locked with a password');
  if (mostBytes <= 0) throw new FrameError('too large');
  if (member.method === STORED && packed.length <= mostBytes) return packed;
  if (member.method !== DEFLATED) throw new FrameError('packed in a way that is not known');
  try {
    return inflateRawSync(packed, { maxOutputLength: mostBytes });
  } catch (error) {
    throw new FrameError((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE' ? 'too large' : 'damaged');
  }
}

/** @throws {FrameError} */
function parse(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8').replace(/^\uFEFF/, ''));
  } catch {
    throw new FrameError('not JSON');
  }
}
