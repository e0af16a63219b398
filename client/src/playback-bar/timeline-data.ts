import type { Moment, MomentKind } from '@pitboard/shared/analysis/moment.ts';
import type { TrackFlag } from '@pitboard/shared/domain/flag.ts';
import { type FlagPeriod, until } from '@pitboard/shared/race/race-history.ts';

/** The stretch of session time that a timeline shows. */
export type TimeScale = { readonly startMs: number; readonly endMs: number };

/** Place on the timeline, 0 to 1. */
export function shareOf(atMs: number, { startMs, endMs }: TimeScale): number {
  return Math.max(0, Math.min(1, (atMs - startMs) / Math.max(1, endMs - startMs)));
}

/** A share as CSS writes it. */
export function percent(share: number): string {
  return `${(share * 100).toFixed(3)}%`;
}

export type FlagBand = { readonly flag: TrackFlag; readonly from: number; readonly to: number };

/** The flags of the track as shares of the timeline, as far as they may be shown. */
export function flagBands(periods: readonly FlagPeriod[], untilMs: number, scale: TimeScale): readonly FlagBand[] {
  return until(periods, untilMs)
    .filter((period) => period.sector === undefined)
    .map((period) => ({
      flag: period.flag,
      from: shareOf(period.atMs, scale),
      to: shareOf(Math.min(period.endMs ?? untilMs, untilMs), scale),
    }))
    .filter((band) => band.to > band.from);
}

export type Mark = { readonly moment: Moment; readonly at: number };

/** Marks closer than this share would cover each other. */
const APART = 0.011;

/** The moments that have room on the timeline; of those that collide the more important, then the earlier. */
export function marksOf(moments: readonly Moment[], scale: TimeScale): readonly Mark[] {
  const placed: Mark[] = [];
  const ranked = moments.filter(isWorthMark).toSorted((a, b) => b.importance - a.importance || a.atMs - b.atMs);
  for (const moment of ranked) {
    const at = shareOf(moment.atMs, scale);
    if (placed.every((mark) => Math.abs(mark.at - at) >= APART)) placed.push({ moment, at });
  }
  return placed.toSorted((a, b) => a.at - b.at);
}

/** Worth a mark, and worth to be stepped to. */
export function isWorthMark(moment: Moment): boolean {
  return moment.importance >= 2;
}

/** Glyph and CSS colour of a mark. */
export function markStyle(kind: MomentKind): { readonly glyph: string; readonly colour: string } {
  switch (kind) {
    case 'retirement':
    case 'did-not-start':
    case 'disqualification':
      return { glyph: '✕', colour: 'var(--out)' };
    case 'stop':
    case 'undercut':
    case 'window-open':
    case 'window-shut':
      return { glyph: '⇄', colour: 'var(--pit)' };
    case 'fastest-lap':
      return { glyph: '◆', colour: 'var(--overall-best)' };
    case 'start':
    case 'chequered':
    case 'finish':
    case 'class-win':
    case 'title-needs':
    case 'title-decided':
    case 'phase':
      return { glyph: '⚑', colour: 'var(--ink)' };
    case 'flag':
    case 'restart':
      return { glyph: '⚑', colour: 'var(--flag-sc)' };
    case 'penalty':
    case 'incident':
      return { glyph: '!', colour: 'var(--penalty)' };
    case 'lead-change':
    case 'lead-after-stops':
    case 'overtake':
    case 'battle':
    case 'battle-over':
    case 'closing':
    case 'comeback':
    case 'class-lead':
      return { glyph: '▲', colour: 'var(--penalty)' };
  }
}

/** Minutes between the ticks below the timeline: about five of them. */
export function tickMinutes({ startMs, endMs }: TimeScale): readonly number[] {
  const minutes = (endMs - startMs) / 60_000;
  const step = [1, 2, 5, 10, 15, 30, 60, 120, 180, 240, 360].find((candidate) => minutes / candidate <= 6) ?? 720;
  const first = Math.ceil(startMs / 60_000 / step) * step;
  const count = Math.max(0, Math.floor((endMs / 60_000 - first) / step) + 1);
  return Array.from({ length: count }, (_, index) => first + index * step);
}
