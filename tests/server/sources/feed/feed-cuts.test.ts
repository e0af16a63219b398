import type { RunningServer } from '@pitboard/server/main.ts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../test-server.ts';
import { addSource, eventually, lapsIn, logOf, sourceOf, startFeedServer, stateOf } from './sources-api.ts';
import { TimingComputer } from './timing-computer.ts';

const SESSION = 'orbits-7-saturday';
const CARS = ['1', '01', '77', 'A5'];
const BEFORE = [
  'session 7-saturday',
  ...CARS.map((car) => `entry ${car} Driver${car}`),
  'phase running 0',
  'flag green 0',
];

let computer: TimingComputer;
let folder: ReturnType<typeof temporaryFolder>;
let servers: RunningServer[];

beforeEach(async () => {
  computer = await TimingComputer.start();
  folder = temporaryFolder();
  servers = [];
});
afterEach(async () => {
  for (const server of servers) await server.close();
  computer.close();
  folder.remove();
});

async function serve(): Promise<RunningServer> {
  const server = await startFeedServer({ dataDir: folder.path });
  servers.push(server);
  return server;
}

async function shut(server: RunningServer): Promise<void> {
  servers = servers.filter((other) => other !== server);
  await server.close();
}

function lap(car: string, number: number): string {
  return `lap ${car} ${number} ${number * 90_000 + CARS.indexOf(car) * 1000} 90000`;
}

/** Everybody drives a lap. */
function drive(number: number): void {
  for (const car of CARS) computer.say(lap(car, number));
}

/** Laps of everybody, in order. */
function laps(first: number, last: number): string[] {
  const numbers = Array.from({ length: last - first + 1 }, (_, index) => first + index);
  return numbers.flatMap((number) => CARS.map((car) => `${car} ${number}`));
}

describe('U. Sources at run time', () => {
  it('[U6] a cable that is pulled twice leaves neither doubles nor holes', async () => {
    computer.say(...BEFORE);
    const server = await serve();
    await addSource(server, computer.address, 'Orbits');
    for (const [cut, first] of [1, 4].entries()) {
      drive(first);
      drive(first + 1);
      const isThere = async () => expect(lapsIn(await logOf(server, SESSION))).toHaveLength(CARS.length * (first + 1));
      await eventually(isThere);
      computer.pull();
      await eventually(async () => expect(await sourceOf(server, 'orbits')).toMatchObject({ state: 'waiting' }));
      // Driven while nobody listens: the dump holds it.
      computer.lines.push(lap('77', first + 2));
      computer.plug();
      await eventually(() => expect(computer.connections).toBe(cut + 2));
      for (const car of ['1', '01', 'A5']) computer.say(lap(car, first + 2));
    }
    await eventually(async () => expect(lapsIn(await logOf(server, SESSION))).toHaveLength(CARS.length * 6));
    const log = await logOf(server, SESSION);
    expect(lapsIn(log).toSorted()).toEqual([...laps(1, 6)].toSorted());
    expect(log.map(({ seq }) => seq)).toEqual(log.map((_, index) => index + 1));
    expect(log.filter(({ type }) => type !== 'passing')).toHaveLength(BEFORE.length - 1);
    expect(computer.connections).toBe(3);
  });

  it('[U7] a server that is started again goes on in the same session, and stores nothing twice', async () => {
    computer.say(...BEFORE, 'order 1,01,77,A5 300000');
    const first = await serve();
    await addSource(first, computer.address, 'Orbits');
    drive(1);
    drive(2);
    await eventually(async () => expect(lapsIn(await logOf(first, SESSION))).toEqual(laps(1, 2)));
    const before = await logOf(first, SESSION);
    await shut(first);

    const second = await serve();
    await eventually(async () => expect(await sourceOf(second, 'orbits')).toMatchObject({ state: 'connected' }));
    drive(3);
    await eventually(async () => expect(lapsIn(await logOf(second, SESSION))).toEqual(laps(1, 3)));
    expect((await logOf(second, SESSION)).slice(0, before.length)).toEqual(before);
    expect(await logOf(second, SESSION)).toHaveLength(before.length + CARS.length);
    expect(await sourceOf(second, 'orbits')).toMatchObject({ sessions: [{ id: SESSION }], factsLeftOut: 0 });
  });

  it('[U8] what has changed while the server was away is stored', async () => {
    computer.say(...BEFORE);
    const first = await serve();
    await addSource(first, computer.address, 'Orbits');
    drive(1);
    await eventually(async () => expect(lapsIn(await logOf(first, SESSION))).toEqual(laps(1, 1)));
    const before = await logOf(first, SESSION);
    await shut(first);
    computer.lines.splice(1, 1, 'entry 1 Changed');
    computer.say('entry 5 Late', 'flag yellow 120000');
    drive(2);
    const second = await serve();
    await eventually(async () => expect(lapsIn(await logOf(second, SESSION))).toEqual(laps(1, 2)));
    const news = (await logOf(second, SESSION)).slice(before.length);
    expect(news.filter(({ type }) => type !== 'passing')).toMatchObject([
      { type: 'entry-updated', entry: { car: '1', drivers: [{ lastName: 'Changed' }] } },
      { type: 'entry-updated', entry: { car: '5' } },
      { type: 'flag-changed', flag: 'yellow' },
    ]);
  });

  it('[U9] a withdrawn passing is found in the log, whatever stood there before', async () => {
    computer.say(...BEFORE);
    const first = await serve();
    await addSource(first, computer.address, 'Orbits');
    drive(1);
    await eventually(async () => expect(lapsIn(await logOf(first, SESSION))).toEqual(laps(1, 1)));
    await shut(first);
    const second = await serve();
    drive(2);
    await eventually(async () => expect(lapsIn(await logOf(second, SESSION))).toEqual(laps(1, 2)));
    // One that the first server stored, one of the second, and one that nobody knows.
    computer.send('undo 77 1\nundo A5 2\nundo A5 7\n');
    computer.send(`${lap('A5', 2)}\n`);
    await eventually(async () => expect(lapsIn(await logOf(second, SESSION))).toHaveLength(9));
    const log = await logOf(second, SESSION);
    const withdrawn = log.flatMap((event) => (event.type === 'passing-withdrawn' ? [log[event.withdrawnSeq - 1]] : []));
    expect(withdrawn).toMatchObject([
      { type: 'passing', car: '77', lapNumber: 1 },
      { type: 'passing', car: 'A5', lapNumber: 2 },
    ]);
    expect(lapsIn(log).at(-1)).toBe('A5 2');
  });

  it('[U10] a session is live on a line that stands, stale on one that is lost, and over when the next begins', async () => {
    computer.say(...BEFORE);
    drive(1);
    const server = await serve();
    await addSource(server, computer.address, 'Orbits');
    await eventually(async () => expect(await stateOf(server, SESSION)).toBe('live'));
    computer.pull();
    await eventually(async () => expect(await stateOf(server, SESSION)).toBe('stale'));
    computer.plug();
    await eventually(async () => expect(await stateOf(server, SESSION)).toBe('live'));
    computer.lines.length = 0;
    computer.say('session 8-sunday', 'phase running 0');
    drive(1);
    await eventually(async () => expect(await stateOf(server, 'orbits-8-sunday')).toBe('live'));
    expect(await stateOf(server, SESSION)).toBe('recorded');
    expect((await sourceOf(server, 'orbits'))?.sessions.map(({ id }) => id)).toEqual(['orbits-8-sunday', SESSION]);
  });

  it('[U10] what was fed before a restart is over, when the feed goes on with something else', async () => {
    computer.say(...BEFORE);
    drive(1);
    const first = await serve();
    await addSource(first, computer.address, 'Orbits');
    await eventually(async () => expect(await stateOf(first, SESSION)).toBe('live'));
    await shut(first);
    computer.lines.length = 0;
    computer.say('session 8-sunday', 'phase running 0');
    const second = await serve();
    await eventually(async () => expect(await stateOf(second, 'orbits-8-sunday')).toBe('live'));
    await eventually(async () => expect(await stateOf(second, SESSION)).toBe('recorded'));
  });

  it('[U11] facts that cannot be, and a reader that fails, cost neither the server nor the race', async () => {
    computer.say(...BEFORE);
    drive(1);
    const server = await serve();
    await addSource(server, computer.address, 'Orbits');
    await eventually(async () => expect(lapsIn(await logOf(server, SESSION))).toEqual(laps(1, 1)));
    computer.send('odd\nwhat is this\nboom\n');
    await eventually(() => expect(computer.connections).toBe(2));
    drive(2);
    await eventually(async () => expect(lapsIn(await logOf(server, SESSION))).toEqual(laps(1, 2)));
    expect(await logOf(server, SESSION)).toHaveLength(BEFORE.length - 1 + 2 * CARS.length);
    expect(await sourceOf(server, 'orbits')).toMatchObject({
      factsLeftOut: 1,
      linesSkipped: 1,
      lastSkipped: { text: 'what is this', reason: 'unknown word what' },
    });
  });
});
