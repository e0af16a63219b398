import type { ImportRules } from '@pitboard/shared/protocol/import.ts';
import { act, cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { ImportPanel } from '../../../client/src/import/import-panel.tsx';
import { RemoveSession } from '../../../client/src/import/remove-session.tsx';
import { keepServerToken } from '../../../client/src/store/server-token.ts';
import { INITIAL_CHOICES, viewStore } from '../../../client/src/store/view-store.ts';
import { anAnswer, FakeRequest } from './fake-request.ts';

const onImported = vi.fn();
const onAccess = vi.fn();
let rules: ImportRules;
let asked: [string, RequestInit | undefined][];

beforeEach(() => {
  rules = { formats: ['Al Kamel timing sheets', 'RMonitor'], limitBytes: 1_000_000, needsToken: false };
  asked = [];
  onImported.mockReset();
  onAccess.mockReset();
  viewStore.setState(INITIAL_CHOICES);
  history.replaceState(null, '', '/lobby');
  vi.stubGlobal('XMLHttpRequest', FakeRequest);
  vi.stubGlobal('fetch', async (path: string, init?: RequestInit) => {
    asked.push([path, init]);
    if (init?.method === 'DELETE') return new Response(null, { status: path.endsWith('/strange') ? 401 : 204 });
    const isKnown = JSON.stringify(init?.headers ?? {}).includes('right-token');
    return Response.json({ ...rules, needsToken: rules.needsToken && !isKnown });
  });
});
afterEach(() => {
  cleanup();
  keepServerToken(undefined);
  vi.unstubAllGlobals();
});

async function openPanel(): Promise<void> {
  render(<ImportPanel onImported={onImported} onAccess={onAccess} />);
  await screen.findByText(/Known formats|Bekannte Formate|with the token/);
}

const dataOf = (names: readonly string[]) => ({
  types: ['Files'],
  items: [],
  files: names.map((name) => new File(['x'], name)),
});

function dragEvent(type: string, dataTransfer: object, relatedTarget: EventTarget | null = null): Event {
  return Object.assign(new Event(type, { bubbles: true, cancelable: true }), { dataTransfer, relatedTarget });
}

async function drop(...names: readonly string[]): Promise<FakeRequest> {
  FakeRequest.last = undefined;
  await act(async () => void fireEvent(document.body, dragEvent('drop', dataOf(names))));
  await waitFor(() => expect(FakeRequest.last).toBeDefined());
  return FakeRequest.last as unknown as FakeRequest;
}

describe('B. Files brought in', () => {
  test('[B16] the page says so while files hang over it, and takes them anywhere', async () => {
    await openPanel();
    const enter = dragEvent('dragenter', dataOf(['a']));
    act(() => void fireEvent(document.body, enter));
    expect(enter.defaultPrevented).toBe(true);
    expect(screen.getByText('Drop to import')).toBeTruthy();
    act(() => void fireEvent(document.body, dragEvent('dragleave', dataOf(['a']), document.body)));
    expect(screen.getByText('Drop to import')).toBeTruthy();
    act(() => void fireEvent(document.body, dragEvent('dragleave', dataOf(['a']))));
    expect(screen.queryByText('Drop to import')).toBeNull();
    const text = dragEvent('dragenter', { types: ['text/plain'] });
    act(() => void fireEvent(document.body, text));
    expect(text.defaultPrevented).toBe(false);
    expect(screen.queryByText('Drop to import')).toBeNull();
    const request = await drop('laps.csv', 'weather.csv');
    expect(request.body?.getAll('file')).toHaveLength(2);
  });

  test('[B17] phase and progress are told, the figure is not announced, and it can be given up', async () => {
    await openPanel();
    const request = await drop('laps.csv');
    act(() => request.upload.onprogress?.({ loaded: 421, total: 1000 }));
    expect(screen.getByRole('status').textContent).toBe('Uploading');
    expect(screen.getByText('42 %').getAttribute('aria-hidden')).toBe('true');
    expect(screen.getByRole('progressbar', { name: 'Uploading' }).getAttribute('value')).toBe('0.421');
    act(() => request.step({ step: 'reading', file: 'laps.csv', share: 0.9 }));
    expect(screen.getByRole('status').textContent).toBe('Reading');
    act(() => request.step({ step: 'storing', share: 1 }));
    expect(screen.getByRole('status').textContent).toBe('Storing');
    const second = dataOf(['more.csv']);
    act(() => void fireEvent(document.body, dragEvent('dragenter', second)));
    expect(screen.queryByText('Drop to import')).toBeNull();
    const over = dragEvent('dragover', second);
    act(() => void fireEvent(document.body, over));
    expect(over.defaultPrevented).toBe(true);
    expect(second).toMatchObject({ dropEffect: 'none' });
    await act(async () => void fireEvent(document.body, dragEvent('drop', second)));
    expect(request.isAborted).toBe(false);
    fireEvent.click(screen.getByRole('button', { name: 'Cancel' }));
    expect(request.isAborted).toBe(true);
    expect(screen.getByRole('button', { name: 'Choose files' })).toBeTruthy();
  });

  test('[B18] a single race without flaws opens itself', async () => {
    await openPanel();
    const request = await drop('laps.csv');
    act(() => request.step({ step: 'done', answer: anAnswer() }));
    expect(location.pathname).toBe('/session/harbour-cup');
    expect(onImported).toHaveBeenCalledWith(['harbour-cup']);
  });

  test('[B18] several, or one of which something is left out, are told with a way to each', async () => {
    await openPanel();
    const request = await drop('laps.csv');
    const examples = [
      { file: 'laps.csv', line: 8, reason: 'no lap number' },
      { file: 'notes.txt', line: 1, reason: 'no file of a known format' },
    ];
    const files = [
      { name: 'notes.txt', problem: 'no file of a known format' },
      { name: 'laps.csv', format: 'RMonitor' },
    ];
    const answer = anAnswer({ files, skipped: { lines: 4, reasons: {}, examples } });
    act(() => request.step({ step: 'done', answer }));
    expect(location.pathname).toBe('/lobby');
    expect(document.activeElement?.textContent).toBe('Race imported');
    expect(screen.getByRole('link', { name: 'Open: Harbour Cup · Race' }).getAttribute('href')).toBe(
      '/session/harbour-cup',
    );
    expect(screen.getByText('12 cars · 3,456 events')).toBeTruthy();
    expect(screen.getByText('3 lines left out')).toBeTruthy();
    expect(screen.getByText('no lap number').parentElement?.textContent).toBe('laps.csvline 8no lap number');
    expect(screen.getByText('and 2 more lines')).toBeTruthy();
    expect(screen.getAllByText('no file of a known format')).toHaveLength(1);
    fireEvent.click(screen.getByRole('button', { name: 'Close' }));
    expect(screen.getByRole('button', { name: 'Choose files' })).toBeTruthy();
  });

  test('[B19] a refusal is an alert that names each file with line and reason, and what is known', async () => {
    viewStore.setState({ locale: 'de' });
    await openPanel();
    const problems = [
      { file: 'a.csv', line: 1234, reason: 'no lap number' },
      { file: 'b', reason: 'the file is empty' },
    ];
    const request = await drop('a.csv', 'b');
    act(() => request.step({ step: 'refused', refusal: { error: 'no-race', message: 'm', ...problems[0], problems } }));
    const alert = screen.getByRole('alert');
    expect(alert.textContent).toContain('Es wurde nichts eingelesen');
    expect(alert.textContent).toContain('a.csvZeile 1.234no lap number');
    expect(alert.textContent).toContain('bthe file is empty');
    expect(alert.textContent).toContain('Al Kamel timing sheets, RMonitor');
    expect(screen.getByText('no lap number').lang).toBe('en');
  });

  test('[B19] what is too large is refused before it is sent', async () => {
    rules = { ...rules, limitBytes: 0 };
    await openPanel();
    FakeRequest.last = undefined;
    await act(async () => void fireEvent(document.body, dragEvent('drop', dataOf(['laps.csv']))));
    expect((await screen.findByRole('alert')).textContent).toContain('too much at a time. At most 0 MB');
    expect(FakeRequest.last).toBeUndefined();
    await act(async () => void fireEvent(document.body, dragEvent('drop', dataOf([]))));
    await waitFor(() => expect(screen.getByRole('alert').textContent).toContain('no file in what was dropped'));
  });

  test('[B20] where the server wants its token, it is asked for, and a wrong one is said to be wrong', async () => {
    rules = { ...rules, needsToken: true };
    await openPanel();
    expect(screen.queryByRole('button', { name: 'Choose files' })).toBeNull();
    const give = async (token: string) => {
      fireEvent.change(screen.getByLabelText('Token of this server'), { target: { value: token } });
      await act(async () => void fireEvent.click(screen.getByRole('button', { name: 'Use token' })));
    };
    expect(onAccess.mock.calls).toEqual([[false]]);
    await give('wrong-token');
    expect((await screen.findByRole('alert')).textContent).toContain('not the right one');
    await give('right-token');
    expect(await screen.findByRole('button', { name: 'Choose files' })).toBeTruthy();
    expect(onAccess.mock.calls).toEqual([[false], [true]]);
  });

  test('[B21] an imported session is removed after a question, and a server that refuses is told', async () => {
    const onRemoved = vi.fn();
    const { rerender } = render(<RemoveSession id="spa" title="Spa · Race" onRemoved={onRemoved} />);
    fireEvent.click(screen.getByRole('button', { name: 'Remove Spa · Race' }));
    expect(document.activeElement?.textContent).toBe('Remove');
    fireEvent.click(screen.getByRole('button', { name: 'Keep' }));
    expect(asked).toEqual([]);
    fireEvent.click(screen.getByRole('button', { name: 'Remove Spa · Race' }));
    await act(async () => void fireEvent.click(screen.getByRole('button', { name: 'Remove' })));
    expect(asked).toMatchObject([['/api/sessions/spa', { method: 'DELETE' }]]);
    expect(onRemoved).toHaveBeenCalledTimes(1);
    rerender(<RemoveSession key="2" id="strange" title="Spa · Race" onRemoved={onRemoved} />);
    fireEvent.click(screen.getByRole('button', { name: 'Remove Spa · Race' }));
    await act(async () => void fireEvent.click(screen.getByRole('button', { name: 'Remove' })));
    expect(screen.getByRole('alert').textContent).toContain('Not removed');
    expect(onRemoved).toHaveBeenCalledTimes(1);
  });
});
