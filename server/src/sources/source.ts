/** Feeds one session with facts, from `start` until it ends or is stopped. */
export type Source = {
  start(): void;
  /** Resolves when nothing more will come. */
  stop(): Promise<void>;
};
