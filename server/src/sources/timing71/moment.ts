/** What those who read one car have to know of a frame. All times are session times. */
export type FrameMoment = {
  readonly atMs: number;
  /** The frame before. */
  readonly fromMs: number;
  /** What this frame shows for the first time happened after this: the frame before, less what the service lags behind. */
  readonly afterMs: number;
  /** What it shows happened before this: frames are named by whole seconds. */
  readonly beforeMs: number;
  /** When the leader is taken to have ended its lap, for a screen that is first seen in the middle of a session. */
  readonly leaderJoinMs: number;
  /** Whether the clock of the session runs yet. */
  readonly isStarted: boolean;
  readonly isRace: boolean;
  /** Whether the chequered flag is out. */
  readonly isOver: boolean;
  /** Whether the screen shows how many laps a car has done. */
  readonly countsLaps: boolean;
};
