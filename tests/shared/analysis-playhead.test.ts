import { battles } from '@pitboard/shared/analysis/battles.ts';
import { catchOf } from '@pitboard/shared/analysis/catch.ts';
import { distanceToRun, lapsToRun } from '@pitboard/shared/analysis/distance.ts';
import { finalLap } from '@pitboard/shared/analysis/final-lap.ts';
import { gapTrend } from '@pitboard/shared/analysis/gap-trend.ts';
import { idealLapMs } from '@pitboard/shared/analysis/ideal-lap.ts';
import { consistencyOf, paceAgainstClassMs, stintPaces } from '@pitboard/shared/analysis/stint-pace.ts';
import { stopGains } from '@pitboard/shared/analysis/undercut.ts';
import { undercutMargin } from '@pitboard/shared/analysis/undercut-margin.ts';
import type { Manifest } from '@pitboard/shared/protocol/manifest.ts';
import type { RaceEvent } from '@pitboard/shared/protocol/race-event.ts';
import type { RaceView } from '@pitboard/shared/race/race-view.ts';
import { createRaceTimeline } from '@pitboard/shared/timeline/race-timeline.ts';
import { describe, expect, it } from 'vitest';
import { randomRace } from '../random-race.ts';
import { runBaku } from '../simulator/baku-race.ts';

/** All that the analysis has to say of a moment. */
function analysisOf(view: RaceView) {
  const { order } = view.state;
  const cars = order.map((car, place) => {
    const ahead = order[place - 1] ?? car;
    return {
      chase: [gapTrend(view, car, ahead), catchOf(view, car, ahead), undercutMargin(view, car, ahead)],
      pace: [stintPaces(view, car), consistencyOf(view, car), paceAgainstClassMs(view, car), idealLapMs(view, car)],
      toRun: lapsToRun(view, car),
    };
  });
  return { cars, fights: battles(view), left: distanceToRun(view), final: finalLap(view), stops: stopGains(view) };
}

/** The same race, as known when nothing later had happened. */
function knownAt(manifest: Manifest, events: readonly RaceEvent[], atMs: number): RaceView {
  const timeline = createRaceTimeline(manifest);
  timeline.append(renumbered(events.filter((event) => event.atMs <= atMs)));
  return timeline.viewAt(atMs);
}

function renumbered(events: readonly RaceEvent[]): RaceEvent[] {
  return events.map((event, index) => ({ ...event, seq: index + 1 }));
}

describe('A. Analysis at the playhead', () => {
  it('[A15] what is said at a moment follows from what had happened by then', () => {
    const race = runBaku();
    for (const atMs of [45_000, 700_000, 1_790_000, 2_050_000, 2_900_000, 3_560_000]) {
      const known = analysisOf(knownAt(race.manifest, race.events, atMs));
      expect(analysisOf(race.viewAt(atMs))).toEqual(known);
    }
  });

  it('[A15] so it does in a race where everything goes wrong, and no figure is no number', () => {
    for (const seed of [1, 2, 3, 4, 5, 6]) {
      const { manifest, events } = randomRace(seed, 600_000);
      const timed = { ...manifest, distance: { durationMs: 600_000 } };
      // Withdrawals count at every moment: what is known by then leaves them out.
      const facts = renumbered(events.filter(({ type }) => type !== 'passing-withdrawn'));
      const timeline = createRaceTimeline(timed);
      timeline.append(facts);
      for (let atMs = 20_000; atMs < 660_000; atMs += 61_000) {
        const told = analysisOf(timeline.viewAt(atMs));
        expect(told, `seed ${seed} at ${atMs}`).toEqual(analysisOf(knownAt(timed, facts, atMs)));
        // JSON has no other word for NaN and infinity.
        expect(JSON.stringify(told), `seed ${seed} at ${atMs}`).not.toMatch(/:null/);
      }
    }
  });
});
