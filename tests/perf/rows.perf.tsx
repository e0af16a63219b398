import { writeFileSync } from 'node:fs';
import type { RaceEvent } from '@pitboard/shared/protocol/race-event.ts';
import { createRaceTimeline } from '@pitboard/shared/timeline/race-timeline.ts';
import { findScenario } from '@pitboard/simulator/scenarios/catalogue.ts';
import { simulateRace } from '@pitboard/simulator/simulate-race.ts';
import { act, render } from '@testing-library/react';
import { expect, test } from 'vitest';
import { raceStore } from '../../client/src/store/race-store.ts';
import { attachRowCounter } from '../../client/src/timing-tower/row-counter.ts';
import { TimingTower } from '../../client/src/timing-tower/timing-tower.tsx';

const FROM_MS = 5 * 60_000;
const UNTIL_MS = 15 * 60_000;

test('counts the rows that one passing draws', () => {
  const { manifest, events } = simulateRace(scenario('baku-2014'), { seed: 2014 });
  const timeline = createRaceTimeline(manifest);
  timeline.append(events);
  raceStore.setState({ view: timeline.viewAt(FROM_MS) });
  render(<TimingTower />);

  const drawn = new Set<string>();
  attachRowCounter((car) => drawn.add(car));
  let passings = 0;
  let rows = 0;
  for (const event of events.filter(isInStretch)) {
    // The clock first: a gap that grows while nothing passes is not the passing's doing.
    act(() => raceStore.setState({ view: { ...timeline.viewAt(event.atMs - 1), nowMs: event.atMs } }));
    drawn.clear();
    act(() => raceStore.setState({ view: timeline.viewAt(event.atMs) }));
    passings++;
    rows += drawn.size;
  }
  attachRowCounter(undefined);
  expect(passings).toBeGreaterThan(400);
  const out = process.env.PITBOARD_BENCH_OUT;
  if (out !== undefined) writeFileSync(out, JSON.stringify({ passings, rows }));
});

function isInStretch(event: RaceEvent): boolean {
  return event.type === 'passing' && event.atMs > FROM_MS && event.atMs < UNTIL_MS;
}

function scenario(id: string) {
  const found = findScenario(id);
  if (found === undefined) throw new Error(`no scenario ${id}`);
  return found.create({});
}
