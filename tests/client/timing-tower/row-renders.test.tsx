import type { RaceEvent } from '@pitboard/shared/protocol/race-event.ts';
import { createRaceTimeline } from '@pitboard/shared/timeline/race-timeline.ts';
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { raceStore } from '../../../client/src/store/race-store.ts';
import { INITIAL_CHOICES, viewStore } from '../../../client/src/store/view-store.ts';
import { attachRowCounter } from '../../../client/src/timing-tower/row-counter.ts';
import { TimingTower } from '../../../client/src/timing-tower/timing-tower.tsx';
import { aManifest, aPassing, aStart, numbered } from '../../builders.ts';

const CARS = Array.from({ length: 12 }, (_, index) => String(index + 1));
const MANIFEST = aManifest({
  classes: [
    { id: 'pro', name: 'Pro Cup' },
    { id: 'am', name: 'Am Cup' },
  ],
  entries: CARS.map((car, index) => ({
    car,
    class: index % 2 === 0 ? 'pro' : 'am',
    drivers: [{ id: `d${car}`, lastName: `Driver${car}` }],
  })),
  grid: CARS.map((car, index) => ({ car, position: index + 1 })),
});

/** Two laps of the whole field, a second and a half apart. */
function field(): RaceEvent[] {
  const passings = [0, 30_000, 60_000, 90_000, 120_000].flatMap((atMs, crossing) =>
    CARS.map((car, place) =>
      aPassing({ atMs: atMs + place * 1500, car, loop: ['SF', 'S1', 'S2'][crossing % 3] as string }),
    ),
  );
  return numbered([aStart(), ...passings]);
}

const EVENTS = field();
const NOW_MS = 140_000;

function raceAfter(facts: Parameters<typeof numbered>[0] = [], manifest = MANIFEST) {
  const timeline = createRaceTimeline(manifest);
  timeline.append([...EVENTS, ...numbered(facts, EVENTS.length + 1)]);
  return timeline.viewAt(NOW_MS);
}

const drawn = new Set<string>();
const shownOrder = () => [...document.querySelectorAll<HTMLElement>('tr[data-car]')].map((row) => row.dataset.car);

beforeEach(() => {
  viewStore.setState(INITIAL_CHOICES);
  raceStore.setState({ view: raceAfter() });
  render(<TimingTower />);
  drawn.clear();
  attachRowCounter((car) => drawn.add(car));
});
afterEach(() => {
  attachRowCounter(undefined);
  cleanup();
});

describe('Timing tower', () => {
  test('[V1] a passing draws the row of its car alone', () => {
    const leader = aPassing({ atMs: 138_500, car: '1', loop: 'S2' });
    act(() => raceStore.setState({ view: raceAfter([leader]) }));
    drawn.clear();
    act(() => raceStore.setState({ view: raceAfter([leader, aPassing({ atMs: 139_200, car: '2', loop: 'S2' })]) }));
    expect([...drawn]).toEqual(['2']);
  });

  test('[V1] a passing that changes the order draws those that moved, and those behind whom they moved', () => {
    act(() => raceStore.setState({ view: raceAfter([aPassing({ atMs: 139_000, car: '5', loop: 'S2' })]) }));
    expect(shownOrder().slice(0, 6)).toEqual(['5', '1', '2', '3', '4', '6']);
    expect(new Set(drawn)).toEqual(new Set(CARS));
  });

  test('[V1] time that passes draws nothing but the gaps that grow with it', () => {
    const view = raceAfter();
    act(() => raceStore.setState({ view: { ...view, nowMs: view.nowMs + 100 } }));
    expect([...drawn]).toEqual([]);
  });

  test('[V1] a pit entry draws one row, and a selection two', () => {
    act(() => raceStore.setState({ view: raceAfter([{ type: 'pit-entry', atMs: 139_000, car: '7' }]) }));
    expect([...drawn]).toEqual(['7']);
    act(() => viewStore.getState().selectCar('3'));
    drawn.clear();
    act(() => viewStore.getState().selectCar('9'));
    expect(drawn).toEqual(new Set(['3', '9']));
  });

  test('[V13] rows slide from the place where they were; when the playhead jumps, they jump with it', () => {
    const slides: (string | undefined)[] = [];
    HTMLElement.prototype.animate = function slide(this: HTMLElement, frames) {
      slides.push(`${this.dataset.car} ${(frames as { transform?: string }[])[0]?.transform}`);
      return {} as Animation;
    };
    Object.defineProperty(HTMLElement.prototype, 'offsetHeight', { configurable: true, value: 32 });
    const overtake = raceAfter([aPassing({ atMs: 139_000, car: '3', loop: 'S2' })]);
    act(() => raceStore.setState({ view: { ...overtake, nowMs: NOW_MS + 100 } }));
    expect(slides.toSorted()).toEqual(['1 translateY(-32px)', '2 translateY(-32px)', '3 translateY(64px)']);
    slides.length = 0;
    act(() => raceStore.setState({ view: { ...raceAfter(), nowMs: NOW_MS - 60_000 } }));
    expect(slides).toEqual([]);
  });

  test('[V3] shows one class with the positions of the whole race', () => {
    fireEvent.click(screen.getByRole('button', { name: 'Am' }));
    expect(shownOrder()).toEqual(['2', '4', '6', '8', '10', '12']);
    expect(
      screen
        .getAllByRole('row')
        .slice(1)
        .map((row) => row.firstElementChild?.textContent),
    ).toEqual(['2', '4', '6', '8', '10', '12']);
  });

  test('[V3] a class that this race does not have hides nobody', () => {
    act(() => viewStore.getState().setClassFilter('hypercar'));
    expect(shownOrder()).toHaveLength(CARS.length);
  });

  test('[V3] rows are selected by a click and by the keys, and a second click clears', () => {
    const row = (car: string) => document.querySelector(`tr[data-car="${car}"]`) as HTMLElement;
    fireEvent.click(row('4'));
    expect(viewStore.getState().selectedCar).toBe('4');
    expect(row('4').getAttribute('aria-selected')).toBe('true');
    fireEvent.keyDown(row('4'), { key: 'ArrowDown' });
    expect(viewStore.getState().selectedCar).toBe('5');
    expect(document.activeElement).toBe(row('5'));
    fireEvent.keyDown(row('5'), { key: 'ArrowUp' });
    fireEvent.click(row('4'));
    expect(viewStore.getState().selectedCar).toBeUndefined();
  });

  test('[V3] is a grid with a caption, column heads and row heads', () => {
    expect(screen.getByRole('grid', { name: 'Running order' })).toBeTruthy();
    expect(screen.getAllByRole('columnheader')).toHaveLength(10);
    expect(screen.getByRole('rowheader', { name: /DRIVER12/ })).toBeTruthy();
  });

  test('[V7] cars that are out leave the order and are told of with lap, reason and the other car', () => {
    const out = { type: 'car-retired', atMs: 139_000, car: '8', reason: 'suspension', otherCar: '6' } as const;
    act(() => raceStore.setState({ view: raceAfter([out]) }));
    expect(shownOrder()).not.toContain('8');
    const section = screen.getByRole('region', { name: 'Out of the race' });
    expect(section.textContent).toContain('DNF');
    expect(section.textContent).toContain('lap 2 · suspension');
    fireEvent.click(screen.getByRole('button', { name: 'with #6' }));
    expect(viewStore.getState().selectedCar).toBe('6');
  });

  test('[V99] a car whose tyres are known shows their initial, the others nothing', () => {
    expect(document.querySelector('[data-tyre]')).toBeNull();
    const fitted = { type: 'tyres-changed', atMs: 1000, car: '3', compound: 'MEDIUM' } as const;
    act(() => raceStore.setState({ view: raceAfter([fitted]) }));
    const marks = [...document.querySelectorAll('[data-tyre]')];
    expect(
      marks.map((mark) => [mark.closest('tr')?.dataset.car, mark.textContent, mark.getAttribute('title')]),
    ).toEqual([['3', 'M', 'Tyres: MEDIUM']]);
  });

  test('[V100] what the feed says of a gap is told beside the measured one', () => {
    const said = { type: 'gap-reported', atMs: NOW_MS - 1, car: '3' } as const;
    act(() =>
      raceStore.setState({
        view: raceAfter([
          { ...said, to: 'leader', ms: 3111 },
          { ...said, to: 'car-ahead', ms: 1522 },
        ]),
      }),
    );
    const cells = [...document.querySelectorAll('tr[data-car="3"] td[title^="The feed"]')];
    expect(cells.map((cell) => [cell.textContent, cell.getAttribute('title')])).toEqual([
      ['+3.000', 'The feed says +3.111'],
      ['+1.500', 'The feed says +1.522'],
    ]);
    expect(document.querySelector('tr[data-car="4"] td[title^="The feed"]')).toBeNull();
  });

  test('[V102] a visit to the lane is timed in a race, and out of one it is only told', () => {
    const entry = { type: 'pit-entry', atMs: NOW_MS - 5000, car: '3' } as const;
    const cell = () => document.querySelector('tr[data-car="3"] td[data-note="in-lane"]')?.textContent ?? '';
    act(() => raceStore.setState({ view: raceAfter([entry]) }));
    expect(cell()).toMatch(/\d:\d\d/);
    act(() => raceStore.setState({ view: raceAfter([entry], { ...MANIFEST, kind: 'practice' }) }));
    expect(cell()).not.toBe('');
    expect(cell()).not.toMatch(/\d:\d\d/);
  });
});
