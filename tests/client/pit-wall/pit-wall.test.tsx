import type { RaceFact } from '@pitboard/shared/protocol/race-event.ts';
import { act, cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PitWall } from '../../../client/src/pit-wall/pit-wall.tsx';
import { raceStore } from '../../../client/src/store/race-store.ts';
import { INITIAL_CHOICES, viewStore } from '../../../client/src/store/view-store.ts';
import { ticker } from '../../../client/src/ui/ticker.ts';
import { raceOfCrossings } from '../gap-chart/race-of-crossings.ts';

const facts: readonly RaceFact[] = [
  { atMs: 395_000, type: 'pit-entry', car: '1' },
  { atMs: 445_000, type: 'pit-exit', car: '1' },
  { atMs: 250_000, type: 'car-retired', car: '3', reason: 'gearbox' },
];
const race = raceOfCrossings({
  crossings: { '1': [0, 100, 200, 300, 430], '2': [1, 102, 203, 304, 405, 506], '3': [2, 104, 206] },
  facts,
  manifest: { pitRules: { mandatoryStops: 1, windowOpensMs: 350_000, windowClosesMs: 600_000 } },
});

function showAt(atMs: number): void {
  raceStore.setState({ view: race.viewAt(atMs) });
  ticker.publish(atMs);
  render(<PitWall />);
}
const rowOf = (car: string) => {
  const row = within(screen.getByRole('table')).getByRole('button', { name: car }).closest('tr');
  if (row === null) throw new Error(`no row of car ${car}`);
  return row;
};

describe('Pit wall panel', () => {
  beforeEach(() => viewStore.setState(INITIAL_CHOICES));
  afterEach(cleanup);

  it('[V84] the head tells the state of the window and counts down with the playhead, outside of React', () => {
    showAt(340_000);
    const head = screen.getByRole('heading');
    expect(head.textContent?.trim()).toBe('Window opens in 0:10');
    act(() => ticker.publish(342_400));
    expect(head.textContent?.trim()).toBe('Window opens in 0:08');
    cleanup();
    showAt(460_000);
    expect(screen.getByRole('heading').textContent).toBe('Window open 2:20 left');
    cleanup();
    showAt(500_000);
    expect(screen.getByRole('heading').textContent).toBe('Window closing 1:40 left');
    cleanup();
    showAt(601_000);
    expect(screen.getByRole('heading').textContent?.trim()).toBe('Window shut');
    expect(screen.getByText('#2 missed it')).toBeTruthy();
  });

  it('[V41] a car in the lane shows a running clock', () => {
    showAt(400_000);
    expect(rowOf('1').textContent).toContain('IN 0:05');
    act(() => ticker.publish(407_000));
    expect(rowOf('1').textContent).toContain('IN 0:12');
    expect(rowOf('2').textContent).toContain('owes 1');
  });

  it('[V85] a click on a row or on a bar selects the car everywhere', () => {
    showAt(310_000);
    fireEvent.click(rowOf('2'));
    expect(viewStore.getState().selectedCar).toBe('2');
    expect(rowOf('2').getAttribute('aria-selected')).toBe('true');
    fireEvent.click(screen.getByRole('button', { name: /^#1, DRIVER1 3 laps/ }));
    expect(viewStore.getState().selectedCar).toBe('1');
  });

  it('[V40] a car that is out stands last and says so', () => {
    showAt(310_000);
    const rows = within(screen.getByRole('table')).getAllByRole('row');
    expect(rows.at(-1)).toBe(rowOf('3'));
    expect(screen.getByRole('button', { name: /^#3, .*retired$/ })).toBeTruthy();
  });
});
