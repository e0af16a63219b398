/** Lap and total times as the sport writes them: `58.104`, `1:31.204`, `1:02:31.204`. Milliseconds always. */
export function formatLapTime(ms: number): string {
  const total = Math.round(Math.abs(ms));
  const sign = ms < 0 && total > 0 ? '−' : '';
  const hours = Math.floor(total / 3_600_000);
  const minutes = Math.floor(total / 60_000) % 60;
  const seconds = ((total % 60_000) / 1000).toFixed(3);
  if (hours > 0) return `${sign}${hours}:${two(minutes)}:${seconds.padStart(6, '0')}`;
  if (minutes > 0) return `${sign}${minutes}:${seconds.padStart(6, '0')}`;
  return `${sign}${seconds}`;
}

/** Session time to the second: `0:35:14`, `−0:01:30`. Counts up like a clock, so seconds are cut, not rounded. */
export function formatClock(ms: number): string {
  const total = Math.floor(ms / 1000);
  const seconds = Math.abs(total);
  return `${total < 0 ? '−' : ''}${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}

/** Minutes and seconds: `0:24`, `35:00`, `125:10`. */
export function formatMinutes(ms: number): string {
  const seconds = Math.floor(Math.max(0, ms) / 1000);
  return `${Math.floor(seconds / 60)}:${two(seconds % 60)}`;
}

/** A stop or a loss to the tenth: `53.1`, `1:03.4`. */
export function formatDuration(ms: number): string {
  const tenths = Math.round(Math.abs(ms) / 100);
  const minutes = Math.floor(tenths / 600);
  const seconds = ((tenths % 600) / 10).toFixed(1);
  const sign = ms < 0 && tenths > 0 ? '−' : '';
  return minutes > 0 ? `${sign}${minutes}:${seconds.padStart(4, '0')}` : `${sign}${seconds}`;
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
