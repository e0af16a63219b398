const LONGEST_MS = 864_000_000;
const MINUTE_MS = 60_000;

/** Milliseconds of a lap, a sector or a clock: `25.434`, `127.015`, `1:43.616`, `1:02:07.250`, `01:59:59`. */
export function parseDuration(text: string): number | undefined {
  const match = /^(?:(?:(\d{1,3}):)?(\d{1,3}):)?(\d{1,4})(?:\.(\d{1,7}))?$/.exec(text);
  if (match === null) return undefined;
  const [, hours = '0', minutes = '0', seconds = '0', fraction = ''] = match;
  const ms = (Number(hours) * 60 + Number(minutes)) * MINUTE_MS + Number(seconds) * 1000 + milliseconds(fraction);
  return ms <= LONGEST_MS ? ms : undefined;
}

function milliseconds(fraction: string): number {
  return Number(fraction.slice(0, 3).padEnd(3, '0'));
}

/** Epoch milliseconds of `2025-11-08T14:20:19.2551498Z`; without a zone it is UTC all the same. */
export function parseUtc(text: string): number | undefined {
  const match = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?(?:Z|\+00:00)?$/.exec(text);
  if (match === null) return undefined;
  const [, year, month, day, hours, minutes, seconds, fraction = ''] = match;
  const epochMs = Date.UTC(
    Number(year),
    Number(month) - 1,
    Number(day),
    Number(hours),
    Number(minutes),
    Number(seconds),
    milliseconds(fraction),
  );
  return epochMs >= 0 ? epochMs : undefined;
}

/** What the feed claims of a gap: the leader has none; a lapped car is laps behind. */
export type ClaimedGap = { readonly ms: number } | { readonly laps: number } | { readonly leaderLap: number };

/** `+4.463`, `+60.621`, `+1:02.5`; `1L`, `15 L`, `+1 LAP`; `LAP 17` for the leader. `undefined` for nothing or anything else. */
export function parseGap(text: string): ClaimedGap | undefined {
  const leader = /^LAP\s*(\d{1,5})$/i.exec(text);
  if (leader !== null) return { leaderLap: Number(leader[1]) };
  const laps = /^\+?(\d{1,4})\s*L(?:APS?)?$/i.exec(text);
  if (laps !== null) return Number(laps[1]) === 0 ? undefined : { laps: Number(laps[1]) };
  const ms = parseDuration(text.replace(/^\+/, ''));
  return ms === undefined ? undefined : { ms };
}
