import { createRaceTimeline } from '@pitboard/shared/timeline/race-timeline.ts';
import { createBaku2014 } from '@pitboard/simulator/scenarios/baku-2014.ts';
import { simulateRace } from '@pitboard/simulator/simulate-race.ts';
import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PitWall } from '../../../client/src/pit-wall/pit-wall.tsx';
import { raceStore } from '../../../client/src/store/race-store.ts';
import { viewStore } from '../../../client/src/store/view-store.ts';

const { manifest, events } = simulateRace(createBaku2014(), { seed: 2014 });
const timeline = createRaceTimeline(manifest);
timeline.append(events);

function showWall(minutes: number, car: string | undefined): string {
  raceStore.setState({ view: timeline.viewAt(minutes * 60_000) });
  viewStore.setState({ selectedCar: car, locale: 'en' });
  render(<PitWall />);
  return screen.queryByText(/back in/)?.textContent ?? '';
}

describe('Pit wall', () => {
  beforeEach(() => viewStore.setState({ selectedCar: undefined }));
  afterEach(cleanup);

  it('[V59] tells where the selected car would rejoin, and who would be around it', () => {
    const text = showWall(20, '1');
    const position = Number(/If #1 stopped now: back in P(\d+)/.exec(text)?.[1]);
    // A stop costs 55 s; the last of the 23 cars is less than that behind.
    expect(position).toBeGreaterThan(18);
    expect(text).toMatch(/s behind #\w+/);
  });

  it('[V59] counts a car in the lane down to its exit', () => {
    expect(showWall(30, '9')).toMatch(/#9 comes back in P\d+.*out in about/);
  });

  it('[V59] says nothing while no car is selected, nor of one that is out', () => {
    expect(showWall(20, undefined)).toBe('');
    cleanup();
    expect(showWall(20, '84')).toBe('');
  });
});
