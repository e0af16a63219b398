import type { SourceList, SourceStatus } from '@pitboard/shared/protocol/sources.ts';
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { elapsedText } from '../../../client/src/sources/elapsed-text.ts';
import { SourcesPage } from '../../../client/src/sources/sources-page.tsx';
import { INITIAL_CHOICES, viewStore } from '../../../client/src/store/view-store.ts';

const TOKEN = 'the-right-token-0123';
const NOW = 1_700_000_000_000;

type Call = { readonly path: string; readonly method: string; readonly token: string | null; readonly body: unknown };

let calls: Call[];
let sources: SourceStatus[];
let isGone: boolean;
/** What the next change is answered with. */
let refusal: string | undefined;

function aSource(changes: Partial<SourceStatus> = {}): SourceStatus {
  return {
    id: 'orbits',
    name: 'Orbits',
    address: 'rmonitor://10.0.0.9:50000',
    protocol: 'rmonitor',
    kept: true,
    state: 'connected',
    sinceEpochMs: NOW - 12_000,
    attempts: 0,
    linesRead: 0,
    linesSkipped: 0,
    factsLeftOut: 0,
    sessions: [],
    ...changes,
  };
}

function list(): SourceList {
  const protocols = [
    { id: 'rmonitor', title: 'RMonitor', schemes: ['rmonitor:'], example: 'rmonitor://192.168.1.20:50000' },
    { id: 'other', title: 'Other timing', schemes: ['other:'], example: 'other://timing.example' },
  ];
  return { nowEpochMs: Date.now(), limit: 2, protocols, sources };
}

async function answer(path: string, init: RequestInit = {}): Promise<Response> {
  const method = init.method ?? 'GET';
  const headers = new Headers(init.headers);
  const token = headers.get('authorization');
  calls.push({ path, method, token, body: init.body === undefined ? undefined : JSON.parse(String(init.body)) });
  if (isGone) throw new TypeError('no network');
  if (token !== `Bearer ${TOKEN}`) return Response.json({ error: 'unauthorized' }, { status: 401 });
  if (method === 'GET') return Response.json(list());
  if (refusal !== undefined) return Response.json({ error: refusal, message: '' }, { status: 400 });
  if (method === 'DELETE') sources = [];
  return method === 'DELETE' ? new Response(null, { status: 204 }) : Response.json(aSource(), { status: 201 });
}

beforeEach(() => {
  vi.useFakeTimers({ now: NOW });
  calls = [];
  sources = [];
  isGone = false;
  refusal = undefined;
  sessionStorage.clear();
  viewStore.setState(INITIAL_CHOICES);
  vi.stubGlobal('fetch', answer);
  // jsdom knows no modal dialogs.
  HTMLDialogElement.prototype.showModal = vi.fn();
  HTMLDialogElement.prototype.close = vi.fn();
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

async function pass(ms: number): Promise<void> {
  await act(() => vi.advanceTimersByTimeAsync(ms));
}

async function open(token: string | undefined = TOKEN): Promise<void> {
  if (token !== undefined) sessionStorage.setItem('pitboard.token', token);
  render(<SourcesPage />);
  await pass(0);
}

function lineOf(name: string): Element {
  const line = screen.getByRole('heading', { name }).closest('li');
  if (line === null) throw new Error(`no line for ${name}`);
  return line;
}

const gets = () => calls.filter(({ method }) => method === 'GET').length;

describe('U. Sources at run time', () => {
  test('[U20] the token is asked once a tab, and forgotten on demand', async () => {
    render(<SourcesPage />);
    await pass(5000);
    expect(calls).toEqual([]);
    fireEvent.change(screen.getByLabelText('Token'), { target: { value: ` ${TOKEN} ` } });
    fireEvent.click(screen.getByRole('button', { name: 'Open' }));
    await pass(0);
    expect(screen.getByText('No sources yet')).toBeTruthy();
    cleanup();
    render(<SourcesPage />);
    await pass(0);
    expect(screen.getByText('No sources yet')).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Forget the token' }));
    expect(screen.getByLabelText('Token')).toBeTruthy();
    expect(sessionStorage.length).toBe(0);
  });

  test.each(['guessed', 'nö 🏁'])('[U20] a wrong token, %s, is said to be', async (token) => {
    await open(token);
    expect(screen.getByText('That is not the token of this server.')).toBeTruthy();
    expect(screen.getByLabelText('Token')).toBeTruthy();
  });

  test('[U21] a source shows its state, its last line, its counts and what it feeds', async () => {
    sources = [
      aSource({
        lastLine: { text: '$F,14,"00:12:45"', epochMs: NOW - 3000 },
        linesRead: 1,
        linesSkipped: 2,
        factsLeftOut: 4,
        lastSkipped: { line: 3, text: '$$', reason: 'no such message' },
        sessions: [{ id: 'orbits-36', title: 'Spring Cup · Heat 1' }],
      }),
    ];
    await open();
    const text = lineOf('Orbits').textContent;
    expect(text).toContain('Connectedfor 12 s');
    expect(text).toContain('RMonitor · rmonitor://10.0.0.9:50000');
    expect(text).toContain('$F,14,"00:12:45"');
    expect(text).toContain('3 s ago · 1 line · 2 skipped · 4 left out');
    expect(text).toContain('Line 3 skipped: no such message');
    expect(screen.getByRole('link', { name: 'Spring Cup · Heat 1' }).getAttribute('href')).toBe('/session/orbits-36');
  });

  test('[U21] one that is lost says why, how often it tried and when it tries again; the time runs by itself', async () => {
    sources = [
      aSource({
        state: 'waiting',
        attempts: 3,
        nextAttemptEpochMs: NOW + 4000,
        problem: 'the line was cut',
        kept: false,
      }),
    ];
    await open();
    const item = lineOf('Orbits');
    expect(item.textContent).toContain('Waitingnext try in 4 stry 3');
    expect(item.textContent).toContain('the line was cut');
    expect(item.textContent).toContain('Nothing has arrived yet');
    expect(item.textContent).toContain('until the server stops');
    await pass(1000);
    expect(item.textContent).toContain('next try in 3 s');
    expect(gets()).toBe(1);
  });

  test('[U22] a source is added by its address, which an example shows', async () => {
    await open();
    fireEvent.click(screen.getByRole('button', { name: /Other timing/ }));
    fireEvent.change(screen.getByLabelText(/Name/), { target: { value: ' Tower ' } });
    sources = [aSource()];
    fireEvent.click(screen.getByRole('button', { name: 'Listen' }));
    await pass(0);
    expect(calls.find(({ method }) => method === 'POST')).toMatchObject({
      path: '/api/sources',
      body: { address: 'other://timing.example', name: 'Tower' },
    });
    expect(screen.getByRole('heading', { name: 'Orbits' })).toBeTruthy();
    expect((screen.getByLabelText('Address') as HTMLInputElement).value).toBe('');
    expect(screen.getByText('Tower is listened to.')).toBeTruthy();
  });

  test.each([
    ['bad-address', 'Das ist keine Adresse einer Zeitnahme. Sie sieht aus wie eine von denen unten.'],
    ['too-many', 'Für eine weitere Quelle ist kein Platz.'],
    ['constructor', 'Der Server konnte das nicht; sein Protokoll sagt, warum.'],
  ])('[U22] what the server refuses as %s is told in words, and what was typed stays', async (error, words) => {
    viewStore.setState({ locale: 'de' });
    refusal = error;
    await open();
    fireEvent.change(screen.getByLabelText('Adresse'), { target: { value: 'x' } });
    fireEvent.click(screen.getByRole('button', { name: 'Zuhören' }));
    await pass(0);
    expect(screen.getByText(words)).toBeTruthy();
    expect((screen.getByLabelText('Adresse') as HTMLInputElement).value).toBe('x');
  });

  test('[U22] a full list takes no more', async () => {
    sources = [aSource(), aSource({ id: 'b', name: 'B' })];
    await open();
    expect((screen.getByRole('button', { name: 'Listen' }) as HTMLButtonElement).disabled).toBe(true);
    expect(screen.getByText('There are 2 sources: remove one before adding another.')).toBeTruthy();
  });

  test('[U23] a source is removed only when that is confirmed', async () => {
    sources = [aSource()];
    await open();
    fireEvent.click(screen.getByRole('button', { name: 'Remove Orbits' }));
    fireEvent.click(screen.getByText('Keep it'));
    await pass(0);
    expect(calls.some(({ method }) => method === 'DELETE')).toBe(false);
    fireEvent.click(screen.getByRole('button', { name: 'Remove Orbits' }));
    fireEvent.click(screen.getByText('Remove'));
    await pass(0);
    expect(calls.find(({ method }) => method === 'DELETE')).toMatchObject({ path: '/api/sources/orbits' });
    expect(screen.getByText('No sources yet')).toBeTruthy();
  });

  test('[U24] the list is asked for every other second, but not while the page is hidden', async () => {
    await open();
    expect(gets()).toBe(1);
    await pass(4000);
    expect(gets()).toBe(3);
    const hidden = vi.spyOn(document, 'hidden', 'get').mockReturnValue(true);
    await pass(10_000);
    expect(gets()).toBe(3);
    hidden.mockReturnValue(false);
    document.dispatchEvent(new Event('visibilitychange'));
    await pass(0);
    expect(gets()).toBe(4);
    hidden.mockRestore();
  });

  test('[U24] while the server is gone, what it said last stays, and that is said', async () => {
    sources = [aSource()];
    await open();
    isGone = true;
    await pass(2000);
    expect(screen.getByText('The server cannot be reached')).toBeTruthy();
    expect(screen.getByRole('heading', { name: 'Orbits' })).toBeTruthy();
    isGone = false;
    await pass(2000);
    expect(screen.queryByText('The server cannot be reached')).toBeNull();
  });

  test('[U21] times are those that people say', () => {
    const times = [-5, 0, 59_999, 60_000, 3_599_999, 3_600_000, 7_860_000, 172_800_000];
    expect(times.map(elapsedText)).toEqual(['0 s', '0 s', '59 s', '1 min', '59 min', '1 h', '2 h 11 min', '2 d']);
  });
});
