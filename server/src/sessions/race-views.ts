import { SEGMENT_SIZE } from '@pitboard/shared/protocol/segment.ts';
import type { RaceView } from '@pitboard/shared/race/race-view.ts';
import { createRaceTimeline, type RaceTimeline } from '@pitboard/shared/timeline/race-timeline.ts';
import type { LogId } from '../storage/event-store.ts';
import type { RaceSession } from './race-session.ts';
import { sessionTimeAt } from './session-clock.ts';

/** Folded races that are kept: a 24-hour race takes some 60 MB. */
const KEPT_TIMELINES = 4;

/** Races folded on demand, for programs that want the state of a race and not its log. */
export class RaceViews {
  readonly #nowEpochMs: () => number;
  /** The one asked for last stands last. */
  readonly #timelines = new Map<LogId, RaceTimeline>();

  constructor(nowEpochMs: () => number) {
    this.#nowEpochMs = nowEpochMs;
  }

  /** A race at a moment, by default now; never later than now. */
  async viewAt(session: RaceSession, atMs: number | undefined): Promise<RaceView> {
    const timeline = await this.#timelineOf(session);
    const edgeMs = Math.floor(Math.max(timeline.headAtMs, sessionTimeAt(session.clock, this.#nowEpochMs())));
    return timeline.viewAt(Math.min(atMs ?? edgeMs, edgeMs));
  }

  async #timelineOf(session: RaceSession): Promise<RaceTimeline> {
    const { log } = session;
    const timeline = this.#timelines.get(log) ?? createRaceTimeline(session.manifest);
    this.#timelines.delete(log);
    this.#timelines.set(log, timeline);
    for (const oldest of this.#timelines.keys()) {
      if (this.#timelines.size > KEPT_TIMELINES) this.#timelines.delete(oldest);
    }
    // A session that starts over meanwhile leaves this one with what it has.
    while (session.log === log && timeline.headSeq < session.headSeq) {
      const events = await session.read(timeline.headSeq + 1, SEGMENT_SIZE);
      if (session.log === log) timeline.append(events);
    }
    return timeline;
  }
}
