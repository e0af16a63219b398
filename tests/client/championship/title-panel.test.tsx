import { cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { TitlePanel } from '../../../client/src/championship/title-panel.tsx';
import { wordsOf } from '../../../client/src/i18n/words.ts';
import { BottomTabs } from '../../../client/src/race-screen/bottom-tabs.tsx';
import { SidePanels } from '../../../client/src/race-screen/side-panels.tsx';
import { raceStore } from '../../../client/src/store/race-store.ts';
import { INITIAL_CHOICES, type Locale, viewStore } from '../../../client/src/store/view-store.ts';
import { runBaku } from '../../simulator/baku-race.ts';
import { raceOfCrossings } from '../gap-chart/race-of-crossings.ts';

const baku = runBaku();
const withoutTitles = raceOfCrossings({ crossings: { '1': [0, 100] } }).viewAt(50_000);
const GT = 'Blancpain GT Series, drivers';

function showAt(minutes: number, locale: Locale = 'en'): void {
  viewStore.setState({ locale });
  raceStore.setState({ view: baku.viewAt(minutes * 60_000) });
  render(<TitlePanel />);
}

const rowsOf = (title: string) =>
  within(screen.getByRole('region', { name: title }))
    .getAllByRole('row')
    .map((row) => [...row.children].map((cell) => cell.textContent));

function rowOf(title: string, name: string): HTMLElement {
  const row = within(screen.getByRole('region', { name: title }))
    .getByText(name)
    .closest('tr');
  if (row === null) throw new Error(`no row of ${name}`);
  return row;
}

describe('Championship panel', () => {
  beforeEach(() => viewStore.setState(INITIAL_CHOICES));
  afterEach(() => {
    cleanup();
    vi.unstubAllGlobals();
  });

  it('[V93] the line of a title tells who needs what, and who is champion, in both languages', () => {
    showAt(12);
    expect(screen.getByText('Vanthoor needs P2 or better, P3 would leave them level')).toBeTruthy();
    expect(screen.getByText('Decided before the start: Götz')).toBeTruthy();
    expect(screen.getByText(/^Champion since the qualifying race/)).toBeTruthy();
    cleanup();
    showAt(12, 'de');
    expect(screen.getByText('Vanthoor braucht P2 oder besser, P3 wäre Punktgleichheit')).toBeTruthy();
    cleanup();
    showAt(62);
    expect(screen.getByText('Vanthoor is champion')).toBeTruthy();
  });

  it('[V93] a place that is enough for sure is told from one that is enough only as the others stand', () => {
    showAt(5);
    expect(rowOf(GT, 'Buhk').textContent).toContain('needs P4');
    expect(rowOf(GT, 'Vanthoor').textContent).toContain('P1 may be enough');
    const { needs } = wordsOf('en').panels.title.lines;
    expect(needs('Vanthoor', { position: 1, tiePosition: undefined, regardless: false })).toBe(
      'If the others stay as they are: Vanthoor needs the win',
    );
  });

  it('[V94] the table has the points before, those of now, the sum and the gap, and says that they are provisional', () => {
    showAt(12);
    expect(rowsOf(GT)).toEqual([
      ['P', 'Driver', 'Before', 'Now', 'Points', 'Gap'],
      ['1', 'Vanthoor1needs P2', '175', '+25', '200', ''],
      ['2', 'Buhk84out, cannot score', '190', '—', '190', '−10'],
      ['3', 'Götz84title lost', '160', '—', '160', '−40'],
    ]);
    expect(screen.getByText('if the race ended here: provisional until the flag')).toBeTruthy();
    cleanup();
    showAt(62);
    expect(screen.getByText('provisional until the result is final')).toBeTruthy();
  });

  it('[V96] where the scoring is not known only the standings before the race are shown, and that is said', () => {
    showAt(40);
    expect(rowsOf('Blancpain GT Series, teams')[0]).toEqual(['P', 'Team', 'Before', 'Gap']);
    const section = within(screen.getByRole('region', { name: 'Blancpain GT Series, teams' }));
    expect(section.getByText('Scoring not known: the standings before this race')).toBeTruthy();
  });

  it('[V97] a click on a competitor selects his car; a team has a button for each of its cars', () => {
    showAt(12);
    fireEvent.click(rowOf(GT, 'Vanthoor'));
    expect(viewStore.getState().selectedCar).toBe('1');
    expect(rowOf(GT, 'Vanthoor').getAttribute('aria-selected')).toBe('true');
    const team = rowOf('Blancpain GT Series, teams', 'HTP Motorsport');
    fireEvent.click(team);
    expect(viewStore.getState().selectedCar).toBe('1');
    fireEvent.click(within(team).getByRole('button', { name: 'Select #85' }));
    expect(viewStore.getState().selectedCar).toBe('85');
    expect(team.getAttribute('aria-selected')).toBe('true');
  });

  it('[V98] the tab is there where the session has championships, and only there', () => {
    vi.stubGlobal('matchMedia', () => ({ matches: false, addEventListener() {}, removeEventListener() {} }));
    viewStore.setState({ panel: 'title' });
    const screenOf = (
      <>
        <SidePanels />
        <BottomTabs />
      </>
    );
    raceStore.setState({ view: baku.viewAt(0) });
    render(screenOf);
    expect(screen.getByRole('tab', { name: 'Title' }).getAttribute('aria-selected')).toBe('true');
    expect(screen.getByRole('button', { name: 'Title' })).toBeTruthy();
    cleanup();
    raceStore.setState({ view: withoutTitles });
    render(screenOf);
    expect(screen.queryByRole('tab', { name: 'Title' })).toBeNull();
    expect(screen.queryByRole('button', { name: 'Title' })).toBeNull();
    // The choice of another session opens no empty place.
    expect(screen.getByRole('tab', { name: 'Gaps' }).getAttribute('aria-selected')).toBe('true');
  });

  it('[V98] a session without championships says so', () => {
    raceStore.setState({ view: withoutTitles });
    render(<TitlePanel />);
    expect(screen.getByText('No championship is known for this session')).toBeTruthy();
  });
});
