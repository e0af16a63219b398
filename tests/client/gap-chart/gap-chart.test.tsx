import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { GapChart } from '../../../client/src/gap-chart/gap-chart.tsx';
import { raceStore } from '../../../client/src/store/race-store.ts';
import { INITIAL_CHOICES, viewStore } from '../../../client/src/store/view-store.ts';
import { raceOfCrossings } from './race-of-crossings.ts';

const race = raceOfCrossings({
  crossings: { '1': [1, 91, 181, 271], '2': [2, 93, 185, 276], '3': [3, 99, 195], '4': [4, 104], '5': [5, 105, 206] },
  facts: [{ atMs: 150_000, type: 'car-retired', car: '4' }],
});

function showAt(atMs: number): void {
  raceStore.setState({ view: race.viewAt(atMs) });
}
const lines = () => [...document.querySelectorAll('path[vector-effect]')].map((path) => path.getAttribute('d'));
const labels = () => screen.queryAllByRole('button', { name: /^Select/ }).map((label) => label.textContent);

describe('Gap chart panel', () => {
  beforeEach(() => {
    vi.useFakeTimers();
    const box = { width: 600, height: 400, left: 0, top: 0, right: 600, bottom: 400, x: 0, y: 0 };
    vi.spyOn(HTMLElement.prototype, 'getBoundingClientRect').mockReturnValue({ ...box, toJSON: () => box });
    // jsdom lays nothing out: the chart is told its size once, as a browser does.
    class SizeOnce {
      readonly #report: ResizeObserverCallback;
      constructor(report: ResizeObserverCallback) {
        this.#report = report;
      }
      observe(): void {
        this.#report([{ contentRect: box } as ResizeObserverEntry], this);
      }
      unobserve(): void {}
      disconnect(): void {}
    }
    vi.stubGlobal('ResizeObserver', SizeOnce);
    viewStore.setState(INITIAL_CHOICES);
  });
  afterEach(() => {
    cleanup();
    vi.useRealTimers();
    vi.restoreAllMocks();
    vi.unstubAllGlobals();
  });

  it('[V90] before the first car has crossed the line it says so', () => {
    showAt(0);
    render(<GapChart />);
    expect(screen.getByText('No gaps yet')).toBeTruthy();
  });

  it('[V20] a line for every car, and a label with the gap for those in focus', () => {
    showAt(300_000);
    render(<GapChart />);
    expect(lines()).toHaveLength(5);
    expect(lines()).toContain('M0,1L1,2L2,4L3,5');
    expect(labels()).toEqual(['1 leader', '2 +5.0', '3 +14.0', '5 +25.0']);
  });

  it('[V24] nothing on the page changes between laps, and a lap changes the line of its car alone', () => {
    showAt(273_000);
    render(<GapChart />);
    const before = [...document.querySelectorAll('path[vector-effect]')];
    const paths = new Map(before.map((path) => [path, path.getAttribute('d')]));
    const changes: MutationRecord[] = [];
    const observer = new MutationObserver((records) => changes.push(...records));
    observer.observe(document.body, { attributes: true, childList: true, characterData: true, subtree: true });
    const moveTo = (atMs: number) => {
      act(() => {
        showAt(atMs);
        vi.advanceTimersByTime(2000);
      });
      changes.push(...observer.takeRecords());
    };
    moveTo(274_500);
    expect(changes).toEqual([]);
    moveTo(276_500);
    expect(changes.length).toBeGreaterThan(0);
    const changed = [...paths].filter(([path, written]) => path.getAttribute('d') !== written);
    expect(changed.map(([path]) => path.getAttribute('d'))).toEqual(['M0,1L1,2L2,4L3,5']);
    observer.disconnect();
  });

  it('[V91] a click on a label selects its car, which can then be the reference', () => {
    showAt(300_000);
    render(<GapChart />);
    fireEvent.click(screen.getByRole('button', { name: 'Select #3, +14.0' }));
    expect(viewStore.getState().selectedCar).toBe('3');
    fireEvent.click(screen.getByRole('button', { name: '#3' }));
    expect(viewStore.getState().gapMode).toBe('selected');
    expect(labels()).toContain('3 ±0');
    expect(lines()).toContain('M0,-2L1,-8L2,-14');
  });

  it('[V34] the ruler goes by the arrow keys and reads the gaps of the lap', () => {
    showAt(300_000);
    render(<GapChart />);
    const ruler = screen.getByRole('slider');
    fireEvent.keyDown(ruler, { key: 'ArrowLeft' });
    expect(ruler.getAttribute('aria-valuetext')).toBe('Lap 3: #1 +0.0, #2 +5.0');
    fireEvent.keyDown(ruler, { key: 'ArrowLeft' });
    expect(ruler.getAttribute('aria-valuetext')).toBe('Lap 2: #1 +0.0, #2 +4.0, #3 +14.0, #5 +25.0');
    fireEvent.keyDown(ruler, { key: 'ArrowRight' });
    expect(ruler.getAttribute('aria-valuenow')).toBe('3');
  });
});
