import { wordsOf } from '@pitboard/client/i18n/words.ts';
import {
  circuitLine,
  countdownText,
  leaderLap,
  raceEndMs,
  raceLaps,
  temperatures,
  weatherLabel,
} from '@pitboard/client/race-screen/race-figures.ts';
import type { Manifest } from '@pitboard/shared/protocol/manifest.ts';
import type { RaceFact } from '@pitboard/shared/protocol/race-event.ts';
import { createRaceTimeline } from '@pitboard/shared/timeline/race-timeline.ts';
import { describe, expect, test } from 'vitest';
import { aManifest, aPassing, aStart, numbered } from '../../builders.ts';

function raceAt(nowMs: number, facts: readonly RaceFact[], manifest: Partial<Manifest>) {
  const timeline = createRaceTimeline(aManifest(manifest));
  timeline.append(numbered(facts));
  return timeline.viewAt(nowMs);
}

/** The leader crosses the line every ninety seconds. */
const LAPS = [aStart(), ...Array.from({ length: 11 }, (_, lap) => aPassing({ atMs: 1000 + lap * 90_000 }))];

describe('Figures of the header', () => {
  test('[V11] a race by time has about as many laps as its leader can still drive', () => {
    const race = raceAt(910_000, LAPS, { distance: { durationMs: 3_600_000 } });
    expect(leaderLap(race)).toBe(11);
    // 2,699 s are left after lap 10; at 91.35 s a lap that is 29.5 more.
    expect(raceLaps(race)).toEqual({ laps: 40, about: true });
  });

  test('[V11] a race by laps has that many', () => {
    expect(raceLaps(raceAt(910_000, LAPS, { distance: { laps: 44 } }))).toEqual({ laps: 44, about: false });
  });

  test('[V11] before the first lap nobody can tell', () => {
    expect(raceLaps(raceAt(50_000, LAPS, { distance: { durationMs: 3_600_000 } }))).toBeUndefined();
    expect(leaderLap(raceAt(-5000, [], {}))).toBe(0);
  });

  test('[V11] the official clock comes before the planned distance', () => {
    const clock: RaceFact = { type: 'clock', atMs: 910_000, running: true, remainingMs: 600_000 };
    expect(raceEndMs(raceAt(920_000, [...LAPS, clock], { distance: { durationMs: 3_600_000 } }))).toBe(1_510_000);
  });

  test('[V11] a countdown ends with the race, not a second before', () => {
    expect([0, 59_001, 60_000, 99_000].map((nowMs) => countdownText(60_000, nowMs))).toEqual([
      '1:00',
      '0:01',
      '0:00',
      '0:00',
    ]);
  });

  test('[V11] weather and circuit are told as far as they are known', () => {
    const words = wordsOf('en');
    const weather = { atMs: 0, airCelsius: 19.4, trackCelsius: 27.2, surface: 'dry' } as const;
    expect([temperatures(weather), weatherLabel(weather, words)]).toEqual(['19° / 27°', 'air, track · dry']);
    expect(temperatures({ atMs: 0, rain: true })).toBeUndefined();
    expect(weatherLabel({ atMs: 0, airCelsius: 12, rain: true }, words)).toBe('air · rain');
    expect(circuitLine(aManifest({ series: 'Test Series', season: 2014 }))).toBe(
      'Test Series 2014 · Test Ring · 4.000 km',
    );
  });

  test('[V101] a circuit that nobody has told, or that the event is called after, is not named again', () => {
    const circuit = (name: string) => ({ ...aManifest().circuit, name });
    expect(circuitLine(aManifest({ circuit: circuit('Unknown circuit') }))).toBe('4.000 km');
    expect(circuitLine(aManifest({ circuit: circuit('Old Mill'), event: 'Old Mill' }))).toBe('4.000 km');
  });
});
