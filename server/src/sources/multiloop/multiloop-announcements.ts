import type { MultiloopMessage, Scene, Tell } from './multiloop-message.ts';

const MOST_KEPT = 5000;
const DAY_MS = 86_400_000;

type AnnouncementMessage = Extract<MultiloopMessage, { command: 'A' }>;

/** Tells what race control announces once, by its number and text; what is taken back stays told. */
export function createAnnouncements(
  tell: Tell,
  nowMs: Scene['nowMs'],
): (message: AnnouncementMessage, startEpochMs: number | undefined) => void {
  const told = new Set<string>();
  return ({ id, action, epochMs, text }, startEpochMs) => {
    const clean = text
      .replace(/\p{Cc}+/gu, ' ')
      .trim()
      .slice(0, 1000);
    const key = `${id} ${clean}`;
    if (clean === '' || /^[DR]/i.test(action) || told.has(key)) return;
    if (told.size >= MOST_KEPT) told.clear();
    told.add(key);
    const saidAtMs = startEpochMs === undefined ? undefined : epochMs - startEpochMs;
    // A clock of whole seconds; a time that cannot be is that of its arrival.
    const isKnown = saidAtMs !== undefined && saidAtMs >= -DAY_MS && saidAtMs <= nowMs();
    tell({ type: 'race-control-message', atMs: isKnown ? saidAtMs : nowMs(), text: clean });
  };
}
