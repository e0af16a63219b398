import { isObject } from './dict-diff.ts';
import { applyDictDiff } from './dict-patch.ts';
import { FrameError, type PackedFrame } from './replay-frames.ts';
import { epochMsOf } from './service-manifest.ts';
import type { TimingState } from './session-reader.ts';

/** The whole state at a frame. `manifest` where the frame carries one of its own. */
export type ReplayState = TimingState & { readonly atEpochMs: number; readonly manifest: unknown };

type ReplayOptions = {
  /** Where frames are named by seconds since a start: that start. */
  readonly offsetMs: number;
  readonly onProblem: (frame: string, reason: string) => void;
};

const MOST_MESSAGES = 100;
/** A service says to the millisecond when it made a state; it is believed within the second of the frame. */
const SECOND_MS = 1000;

/**
 * The states of a replay in order of time. The same objects are changed from one to the next: what is needed later has to
 * be copied. After a frame that cannot be read nothing is told until the next keyframe, for changes mean nothing on
 * another state than theirs.
 */
export function* replayStates(
  frames: readonly PackedFrame[],
  { offsetMs, onProblem }: ReplayOptions,
): Generator<ReplayState> {
  let state: { cars: unknown; session: unknown; messages: readonly unknown[] } | undefined;
  let keySeconds = Number.NEGATIVE_INFINITY;
  let manifest: unknown;
  for (const frame of frames) {
    // What changed within the second of a keyframe is in it.
    if (!frame.isKeyframe && frame.seconds === keySeconds) continue;
    const content = readFrame(frame, onProblem);
    if (content === undefined) {
      state = undefined;
      continue;
    }
    let atEpochMs = frame.seconds * 1000 + offsetMs;
    if (frame.isKeyframe) {
      keySeconds = frame.seconds;
      manifest = content.manifest;
      state = { cars: content.cars ?? [], session: content.session ?? {}, messages: listOf(content.messages) };
      const updatedMs = epochMsOf(content.lastUpdated);
      if (updatedMs !== undefined && updatedMs >= atEpochMs && updatedMs < atEpochMs + SECOND_MS) atEpochMs = updatedMs;
    } else if (state === undefined) {
      onProblem(frame.name, 'changes to a state that is not known');
      continue;
    } else {
      const note = (part: string) => (problem: string) => onProblem(frame.name, `${part}: ${REASONS[problem]}`);
      state = {
        cars: applyDictDiff(state.cars, content.cars ?? [], note('cars')),
        session: applyDictDiff(state.session, content.session ?? [], note('session')),
        messages: [...listOf(content.messages), ...state.messages].slice(0, MOST_MESSAGES),
      };
    }
    yield { ...state, manifest, atEpochMs };
  }
}

const REASONS: Readonly<Record<string, string>> = {
  refused: 'a change that cannot be made',
  mismatch: 'a change of something else than what stood there',
};

function readFrame(
  frame: PackedFrame,
  onProblem: ReplayOptions['onProblem'],
): Readonly<Record<string, unknown>> | undefined {
  try {
    const content = frame.read();
    if (isObject(content)) return content;
    onProblem(frame.name, 'not a frame');
  } catch (error) {
    if (!(error instanceof FrameError)) throw error;
    onProblem(frame.name, error.message);
  }
  return undefined;
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value.slice(0, MOST_MESSAGES) : [];
}
