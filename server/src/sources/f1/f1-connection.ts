import { HttpTransportType, type HubConnection, HubConnectionBuilder, LogLevel } from '@microsoft/signalr';
import type { FeedConnection, FeedConnectionHandlers } from '../feed/feed.ts';

/** Where the timing of Formula 1 is published: what `f1:` alone means. */
const USUAL_HUB = 'https://livetiming.formula1.com/signalrcore';
const NEGOTIATION_MS = 10_000;

/** What is asked for; states are handed over in this order, so that the session is known before its cars. */
export const F1_TOPICS = [
  'SessionInfo',
  'DriverList',
  'SessionData',
  'SessionStatus',
  'TrackStatus',
  'LapCount',
  'ExtrapolatedClock',
  'TimingData',
  'TimingAppData',
  'TimingStats',
  'RaceControlMessages',
  'WeatherData',
  'TopThree',
  'Heartbeat',
] as const;

type F1ConnectionOptions = {
  /** Of a subscriber, for the full data. */
  readonly token?: string | undefined;
  readonly topics?: readonly string[] | undefined;
};

/**
 * Listens to the hub of Formula 1's live timing, once. What arrives is handed over as lines `["Topic", data, "stamp"]`; the
 * state of a topic at the time of joining has an empty stamp.
 * @param url `f1:` for the public hub, `f1://host/path` for another one, `f1+http://` for one without encryption
 */
export function connectF1(
  url: URL,
  handlers: FeedConnectionHandlers,
  { token = process.env.PITBOARD_F1_TOKEN, topics = F1_TOPICS }: F1ConnectionOptions = {},
): FeedConnection {
  let hub: HubConnection | undefined;
  let isOver = false;
  const send = (topic: unknown, data: unknown, stamp: unknown): void => {
    if (isOver || typeof topic !== 'string') return;
    const line = JSON.stringify([topic, data ?? {}, typeof stamp === 'string' ? stamp : '']);
    handlers.received(Buffer.from(`${line}\n`));
  };
  const end = (reason: string): void => {
    if (isOver) return;
    isOver = true;
    handlers.closed(reason);
    hub?.stop().catch(() => undefined);
  };
  const start = async (): Promise<void> => {
    const address = hubAddressOf(url);
    const cookie = await cookieOf(address);
    if (isOver) return;
    hub = createHub(address, { cookie, token });
    hub.on('feed', send);
    hub.onclose((error) => end(error?.message ?? 'the hub closed the connection'));
    await hub.start();
    const states: unknown = await hub.invoke('Subscribe', topics);
    if (isOver) return;
    handlers.opened();
    for (const [topic, state] of inOrder(states, topics)) send(topic, state, '');
  };
  start().catch((error: unknown) => end(error instanceof Error ? error.message : String(error)));
  return {
    close: () => {
      isOver = true;
      hub?.stop().catch(() => undefined);
    },
  };
}

/** The address of the hub by HTTP; `f1:` alone is the public one. */
export function hubAddressOf(url: URL): string {
  if (url.host === '') return USUAL_HUB;
  const scheme = url.protocol === 'f1+http:' ? 'http' : 'https';
  const path = url.pathname === '' || url.pathname === '/' ? new URL(USUAL_HUB).pathname : url.pathname;
  return `${scheme}://${url.host}${path}`;
}

function createHub(
  address: string,
  { cookie, token }: { readonly cookie: string | undefined; readonly token: string | undefined },
): HubConnection {
  return new HubConnectionBuilder()
    .withUrl(address, {
      transport: HttpTransportType.WebSockets,
      timeout: NEGOTIATION_MS,
      ...(cookie === undefined ? {} : { headers: { Cookie: cookie } }),
      ...(token === undefined || token === '' ? {} : { accessTokenFactory: () => token }),
    })
    .configureLogging(LogLevel.None)
    .build();
}

/** Names the machine behind the balancer that negotiation and socket have to meet; a hub that knows none is joined without. */
async function cookieOf(address: string): Promise<string | undefined> {
  try {
    const signal = AbortSignal.timeout(NEGOTIATION_MS);
    const answer = await fetch(`${address}/negotiate?negotiateVersion=1`, { method: 'OPTIONS', signal });
    await answer.body?.cancel();
    const cookies = answer.headers.getSetCookie().map((cookie) => cookie.split(';')[0]);
    return cookies.length === 0 ? undefined : cookies.join('; ');
  } catch {
    return undefined;
  }
}

function inOrder(states: unknown, topics: readonly string[]): readonly (readonly [string, unknown])[] {
  if (typeof states !== 'object' || states === null) return [];
  const known = new Map<string, unknown>(Object.entries(states));
  return topics.flatMap((topic) => (known.has(topic) ? [[topic, known.get(topic)] as const] : []));
}
