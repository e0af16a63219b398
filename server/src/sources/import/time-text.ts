/** Ten days: more than any session, and what a session time may be. */
const LONGEST_MS = 864_000_000;

/**
 * Milliseconds of a time as these files write it: `51.733`, `1:31.564`, `24:01:55.856`, `5:44'41.101`. Hours may go
 * beyond 24. `undefined` for anything else.
 */
export function parseTimeText(text: string): number | undefined {
  const match = /^(?:(?:(\d{1,3})[:'])?(\d{1,2})[:'])?(\d{1,2})(?:\.(\d{1,3}))?$/.exec(text);
  if (match === null) return undefined;
  const [, hours = '0', minutes = '0', seconds = '0', fraction = ''] = match;
  const ms = ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000 + Number(fraction.padEnd(3, '0'));
  return ms <= LONGEST_MS ? ms : undefined;
}
