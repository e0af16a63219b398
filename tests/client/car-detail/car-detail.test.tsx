import type { RaceFact } from '@pitboard/shared/protocol/race-event.ts';
import { cleanup, render, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CarDetail } from '../../../client/src/car-detail/car-detail.tsx';
import { raceStore } from '../../../client/src/store/race-store.ts';
import { INITIAL_CHOICES, viewStore } from '../../../client/src/store/view-store.ts';
import { raceOfCrossings } from '../gap-chart/race-of-crossings.ts';

const facts: readonly RaceFact[] = [
  { atMs: 330_000, type: 'lap-invalidated', car: '1', lapNumber: 2, reason: 'track limits' },
  { atMs: 350_000, type: 'driver-changed', car: '1', driver: 'b' },
  { atMs: 380_000, type: 'car-retired', car: '2', reason: 'contact', otherCar: '1' },
];
const race = raceOfCrossings({
  crossings: { '1': [0, 100, 198, 298], '2': [1, 99, 201, 299.5] },
  facts,
  manifest: {
    entries: [
      {
        car: '1',
        team: 'Team One',
        make: 'Audi',
        model: 'R8',
        drivers: [
          { id: 'a', firstName: 'Anna', lastName: 'Abel', nationality: 'GER' },
          { id: 'b', firstName: 'Bo', lastName: 'Berg', nationality: 'SWE' },
        ],
        startingDriver: 'a',
        reconstructed: ['lap times'],
      },
      { car: '2', drivers: [{ id: 'c', lastName: 'Clark' }] },
    ],
  },
});

function showAt(atMs: number, car?: string): void {
  viewStore.setState({ ...INITIAL_CHOICES, selectedCar: car });
  raceStore.setState({ view: race.viewAt(atMs) });
  render(<CarDetail />);
}
const lapRow = (lap: number) => {
  const row = within(screen.getByRole('table'))
    .getByRole('rowheader', { name: String(lap) })
    .closest('tr');
  if (row === null) throw new Error(`no lap ${lap}`);
  return row;
};

describe('Car panel', () => {
  beforeEach(() => viewStore.setState(INITIAL_CHOICES));
  afterEach(cleanup);

  it('[V78] without a selected car it shows the leader, and says so', () => {
    showAt(310_000);
    expect(screen.getByRole('region', { name: 'Car #1' })).toBeTruthy();
    expect(screen.getByText('Showing the leader: select a car in the tower.')).toBeTruthy();
    cleanup();
    showAt(310_000, '2');
    expect(screen.getByRole('region', { name: 'Car #2' })).toBeTruthy();
    expect(screen.queryByText(/Showing the leader/)).toBeNull();
  });

  it('[V86] the driver at the wheel is the one of the playhead', () => {
    const driving = () => screen.getByText('at the wheel').closest('li')?.textContent;
    showAt(349_000, '1');
    expect(driving()).toContain('Anna Abel');
    cleanup();
    showAt(351_000, '1');
    expect(driving()).toContain('Bo Berg');
  });

  it('[V74] a deleted lap is struck through, from the moment that it is known', () => {
    showAt(329_000, '1');
    expect(lapRow(2).querySelector('del')).toBeNull();
    cleanup();
    showAt(331_000, '1');
    expect(lapRow(2).querySelector('del')?.textContent).toBe('1:38.000');
  });

  it('[V87] best times carry their mark in words too', () => {
    showAt(310_000, '1');
    expect(lapRow(2).textContent).toContain('overall best');
    expect(lapRow(3).textContent).not.toContain('best');
  });

  it('[V88] a car that is out says why, and which car was part of it', () => {
    showAt(379_000, '2');
    expect(screen.queryByText(/retired/)).toBeNull();
    cleanup();
    showAt(380_000, '2');
    expect(screen.getByText('retired · lap 4 · contact · with #1')).toBeTruthy();
  });

  it('[V89] what is invented is called so', () => {
    showAt(310_000, '1');
    expect(screen.getByText('Reconstructed, not history: lap times.')).toBeTruthy();
    cleanup();
    showAt(310_000, '2');
    expect(screen.queryByText(/Reconstructed/)).toBeNull();
  });
});
