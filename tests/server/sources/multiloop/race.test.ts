import { parseManifest, parseRaceEvent } from '@pitboard/shared/protocol/parse.ts';
import { classify } from '@pitboard/shared/race/classification.ts';
import { officialResult } from '@pitboard/shared/race/official-result.ts';
import { raceClock } from '@pitboard/shared/race/race-clock.ts';
import { describe, expect, it } from 'vitest';
import {
  crossing,
  endOf,
  entry,
  eventsOf,
  heartbeat,
  lap,
  RUN,
  readBytes,
  readLines,
  record,
  START_EPOCH_MS,
  TRACK,
} from './lines.ts';

const ENTRIES = [
  entry('08', 'Ann BERG', 2, 'GT', 'Vela R3', 'Hamar', 'Nord'),
  entry('8', 'Ole Sund / Ida Vogt', 1, 'GT', 'Vela R2', '', 'Fjord Racing'),
];
const best8 = { fastestMs: 99_000, fastestLap: 2 };
const best08 = { fastestMs: 97_500, fastestLap: 2 };

/** Three laps: 08 passes on the second, 8 stops at the end of it. */
const RACE = [
  RUN,
  TRACK,
  ...ENTRIES,
  heartbeat(0, { flag: 'U', timeToGoMs: 300_000 }),
  heartbeat(900, { timeToGoMs: 299_100 }),
  crossing('8', 'SF', 800),
  lap({ car: '8', laps: 0, elapsedMs: 800, rank: 1 }),
  crossing('08', 'SF', 1300),
  lap({ car: '08', laps: 0, elapsedMs: 1300, rank: 2 }),
  crossing('8', 'IM1', 40_000),
  crossing('08', 'IM1', 40_400),
  crossing('8', 'IM2', 70_000),
  lap({ car: '8', laps: 1, elapsedMs: 100_000, lastLapMs: 99_200 }),
  crossing('8', 'SF', 100_000),
  crossing('08', 'SF', 100_500),
  lap({ car: '08', laps: 1, elapsedMs: 100_500, lastLapMs: 99_200, rank: 2, behindLeaderMs: 500 }),
  heartbeat(101_000, { flag: 'Y', timeToGoMs: 199_000 }),
  crossing('8', 'PI', 190_000, true),
  crossing('8', 'SF', 199_000, true),
  lap({ car: '08', laps: 2, elapsedMs: 198_000, lastLapMs: 97_500, rank: 1, ...best08 }),
  lap({
    car: '8',
    laps: 2,
    elapsedMs: 199_000,
    lastLapMs: 99_000,
    rank: 2,
    inPit: true,
    behindLeaderMs: 1000,
    ...best8,
  }),
  crossing('8', 'PO', 230_000, true),
  heartbeat(240_000, { flag: 'G', timeToGoMs: 60_000 }),
  lap({ car: '08', laps: 3, elapsedMs: 300_400, lastLapMs: 102_400, rank: 1, ...best08 }),
  heartbeat(301_000, { flag: 'K' }),
  lap({ car: '8', laps: 3, elapsedMs: 330_000, lastLapMs: 131_000, rank: 2, behindLeaderMs: 29_600, ...best8 }),
  heartbeat(331_000, { flag: 'K' }),
  record('A', 'N', '1', 'A', 'L', START_EPOCH_MS / 1000 + 320, 'Car 8 under investigation'),
  heartbeat(400_000, { flag: 'C' }),
];
const small = readLines(...RACE);
const bytes = Buffer.from(RACE.map((line) => `${line}\r\n`).join(''), 'latin1');

describe('N. RMonitor and Multiloop', () => {
  it('[N40] a run becomes a session with its names, circuit, entries and grid', () => {
    expect(small.skipped).toEqual([]);
    expect(small.races).toHaveLength(1);
    const { manifest, events } = small.races[0] ?? expect.fail('no race');
    expect(parseManifest(manifest)).toMatchObject({ ok: true });
    expect(events.map((event) => parseRaceEvent(event)).filter(({ ok }) => !ok)).toEqual([]);
    expect(manifest).toMatchObject({
      event: 'Harbour Weekend',
      session: 'Feature Race',
      kind: 'race',
      startEpochMs: START_EPOCH_MS,
      distance: { durationMs: 300_000 },
      classes: [{ id: 'GT', name: 'GT' }],
      grid: [
        { car: '8', position: 1 },
        { car: '08', position: 2 },
      ],
    });
    expect(manifest.circuit).toEqual({
      name: 'Harbour Ring',
      location: 'Porto Novo',
      lengthMetres: 3219,
      loops: [
        { id: 'SF', kind: 'finish', metres: 0 },
        { id: 'IM1', kind: 'sector', metres: 1270 },
        { id: 'IM2', kind: 'sector', metres: 2286 },
      ],
    });
    expect(manifest.entries).toEqual([
      {
        car: '08',
        class: 'GT',
        model: 'Vela R3',
        team: 'Nord',
        drivers: [{ id: 'ann-berg', firstName: 'Ann', lastName: 'BERG' }],
      },
      {
        car: '8',
        class: 'GT',
        model: 'Vela R2',
        team: 'Fjord Racing',
        drivers: [
          { id: 'ole-sund', firstName: 'Ole', lastName: 'Sund' },
          { id: 'ida-vogt', firstName: 'Ida', lastName: 'Vogt' },
        ],
      },
    ]);
  });

  it('[N41] laps, totals, order, bests and gaps come out as the feed has them', () => {
    const lines = classify(endOf(small)).map((line) => [
      line.car,
      line.laps,
      line.totalTimeMs,
      line.bestLapTimeMs,
      line.bestLap,
    ]);
    expect(lines).toEqual([
      ['08', 3, 300_400, 97_500, 2],
      ['8', 3, 330_000, 99_000, 2],
    ]);
    expect(officialResult(endOf(small)).map(({ car, gap }) => [car, gap])).toEqual([
      ['08', { kind: 'leader', lap: 3 }],
      ['8', { kind: 'time', ms: 29_600, provenance: 'measured' }],
    ]);
    const orders = eventsOf(small, 'order-reported').map(({ cars }) => cars.join(' '));
    expect(orders).toEqual(['8', '8 08', '08 8', '08 8']);
    expect(eventsOf(small, 'gap-reported').map(({ car, to, ms }) => [car, to, ms])).toEqual([
      ['08', 'leader', 500],
      ['8', 'leader', 1000],
      ['8', 'leader', 29_600],
    ]);
  });

  it('[N42] crossings of the line are told once, whichever record comes first; other lines as they are', () => {
    const passings = eventsOf(small, 'passing').filter(({ car }) => car === '8');
    expect(passings.map((one) => [one.loop, one.atMs, one.lapNumber, one.lapTimeMs, one.inPitLane])).toEqual([
      ['SF', 800, undefined, undefined, undefined],
      ['SF', 800, 0, undefined, undefined],
      ['IM1', 40_000, undefined, undefined, undefined],
      ['IM2', 70_000, undefined, undefined, undefined],
      ['SF', 100_000, 1, 99_200, undefined],
      ['SF', 199_000, 2, 99_000, true],
      ['SF', 330_000, 3, 131_000, undefined],
    ]);
    // The first crossing was seen by its line before any lap was told.
    expect(eventsOf(small, 'passing-withdrawn')).toHaveLength(1);
    expect(endOf(small).state.cars.map(({ sectors }) => sectors.length)).toEqual([3, 3]);
  });

  it('[N43] a visit runs from the line at the entry to that at the exit', () => {
    const visits = endOf(small).history.visits.get('8');
    expect(visits?.map(({ atMs, exitAtMs, lap: number }) => [atMs, exitAtMs, number])).toEqual([[190_000, 230_000, 2]]);
    expect(small.races[0]?.manifest.dataNotes).toEqual([]);
  });

  it('[N44] flags, phases and the clock follow the heartbeat', () => {
    expect(eventsOf(small, 'flag-changed').map(({ flag, atMs }) => [flag, atMs])).toEqual([
      ['green', 0],
      ['yellow', 101_000],
      ['green', 240_000],
      ['chequered', 301_000],
    ]);
    const phases = eventsOf(small, 'session-phase').map(({ phase, atMs, startEpochMs }) => [phase, atMs, startEpochMs]);
    expect(phases).toEqual([
      ['running', 0, START_EPOCH_MS - 900],
      ['closed', 400_000, undefined],
    ]);
    expect(endOf(small).state.chequeredAtMs).toBe(300_400);
    const clocks = eventsOf(small, 'clock').map(({ atMs, remainingMs, running }) => [atMs, remainingMs, running]);
    expect(clocks.slice(0, 2)).toEqual([
      [900, 299_100, true],
      [101_000, 199_000, true],
    ]);
    expect(raceClock({ ...endOf(small), nowMs: 400_000 }).running).toBe(false);
  });

  it('[N44] the white and red flags, and a race by laps', () => {
    const leader = (laps: number) => lap({ car: '8', laps, elapsedMs: laps * 100_000, lastLapMs: 100_000 });
    const reading = readLines(
      heartbeat(1000, { lapsToGo: 3 }),
      leader(1),
      heartbeat(101_000, { lapsToGo: 2, flag: 'R' }),
      heartbeat(102_000, { lapsToGo: 2 }),
      leader(2),
      heartbeat(201_000, { lapsToGo: 1, flag: 'W' }),
      heartbeat(202_000, { lapsToGo: 1, flag: 'W' }),
    );
    expect(eventsOf(reading, 'flag-changed').map(({ flag }) => flag)).toEqual(['green', 'red', 'green', 'white']);
    expect(reading.races[0]?.manifest.distance).toEqual({ laps: 3 });
    expect(eventsOf(reading, 'clock').map(({ lapsToGo }) => lapsToGo)).toEqual([3, 2, 2, 1]);
  });

  it('[N45] what race control announces is told once, at its time', () => {
    const again = record('A', 'R', '1', 'A', 'L', START_EPOCH_MS / 1000 + 320, 'Car 8 under investigation');
    const deleted = record('A', 'N', '2', 'D', 'L', START_EPOCH_MS / 1000 + 330, 'Never mind');
    const messages = eventsOf(readLines(...RACE, again, deleted), 'race-control-message');
    expect(messages.map(({ text, atMs }) => [text, Math.round(atMs / 1000)])).toEqual([
      ['Car 8 under investigation', 320],
    ]);
  });

  it.each([1, 3, 50, 999])('[N46] pieces of %i bytes give the same facts', (size) => {
    expect(readBytes(bytes, size)).toEqual(small);
  });

  it('[N46] the separator may have become UTF-8, or what a decoder left of it; the sign at the start may be another', () => {
    const text = bytes.toString('latin1');
    expect(readBytes(Buffer.from(text, 'utf8'))).toEqual(small);
    expect(readBytes(Buffer.from(text.replaceAll('\xA6', '\uFFFD'), 'utf8'))).toEqual(small);
    expect(readBytes(Buffer.from(text.replaceAll('$', '!').replaceAll('\r\n', '\n'), 'latin1'))).toEqual(small);
    expect(readBytes(Buffer.from(text.replaceAll('\xA6', '|'), 'latin1')).races).toEqual([]);
  });

  it('[N47] everything told again, as it was or as repeated, tells nothing new', () => {
    const repeated = RACE.map((line) => line.replace(/^(\$[A-Z]\xA6)N/, '$1R'));
    expect(repeated[0]).not.toBe(RACE[0]);
    const whole = [...RACE.slice(0, 24), ...repeated.slice(0, 24), ...RACE.slice(24)];
    expect(readLines(...whole).races).toEqual(small.races);
    expect(readLines(...RACE, ...repeated.filter((line) => !/^\$H/.test(line))).races).toEqual(small.races);
  });
});
