import { clockAfter, sessionTimeAt, standingClock } from '@pitboard/server/sessions/session-clock.ts';
import { describe, expect, it } from 'vitest';

const running = { atMs: 10_000, epochMs: 500_000, rate: 1 };
const arrival = { epochMs: 520_000, headAtMs: 30_000, phase: 'running', phaseChanged: false, rate: 1 } as const;

describe('clock of a session', () => {
  it('[W7] runs on from its anchor', () => {
    expect(sessionTimeAt({ atMs: 100, epochMs: 1000, rate: 4 }, 1500)).toBe(2100);
    expect(sessionTimeAt(standingClock(100, 1000), 9000)).toBe(100);
  });

  it('[W7] does not go back for a fact that was delayed', () => {
    expect(clockAfter(running, { ...arrival, headAtMs: 27_000 })).toBe(running);
  });

  it('[W7] goes forward to a fact that is ahead of it', () => {
    expect(clockAfter(running, { ...arrival, headAtMs: 31_500 })).toEqual({ atMs: 31_500, epochMs: 520_000, rate: 1 });
  });

  it('[W7] goes back to a feed that is far behind: the clock was wrong', () => {
    const late = { ...arrival, epochMs: 600_000, headAtMs: 30_000 };
    expect(clockAfter(running, late)).toEqual({ atMs: 30_000, epochMs: 600_000, rate: 1 });
  });

  it('[W7] takes up the rate of its source, and starts afresh with each phase', () => {
    expect(clockAfter(running, { ...arrival, rate: 8 })).toEqual({ atMs: 30_000, epochMs: 520_000, rate: 8 });
    const started = { ...arrival, headAtMs: 29_000, phaseChanged: true };
    expect(clockAfter(running, started)).toEqual({ atMs: 29_000, epochMs: 520_000, rate: 1 });
  });

  it('[W7] stands before the session and after it', () => {
    for (const phase of ['scheduled', 'closed'] as const) {
      expect(clockAfter(running, { ...arrival, phase })).toEqual({ atMs: 30_000, epochMs: 520_000, rate: 0 });
    }
  });
});
