import { NoRaceError } from '@pitboard/server/sources/import/imported-race.ts';
import { multiloopCapture } from '@pitboard/server/sources/multiloop/import-multiloop.ts';
import { multiloop } from '@pitboard/server/sources/multiloop/multiloop-protocol.ts';
import { parseMultiloopLine } from '@pitboard/server/sources/multiloop/parse-multiloop.ts';
import { classify } from '@pitboard/shared/race/classification.ts';
import { officialResult } from '@pitboard/shared/race/official-result.ts';
import { describe, expect, it } from 'vitest';
import { fuzzFeed, fuzzFormat } from '../fuzz.ts';
import {
  crossing,
  endOf,
  entry,
  eventsOf,
  heartbeat,
  lap,
  type Reading,
  RUN,
  readLines,
  record,
  START_EPOCH_MS,
  TRACK,
} from './lines.ts';

const GREEN = heartbeat(1000);

function totalsOf(reading: Reading) {
  return classify(endOf(reading)).map(({ car, laps, totalTimeMs }) => [car, laps, totalTimeMs]);
}

function bestsOf(reading: Reading) {
  return classify(endOf(reading)).map(({ car, bestLapTimeMs, bestLap }) => [car, bestLapTimeMs, bestLap]);
}

const laps = (count: number, car = '5') =>
  Array.from({ length: count }, (_, index) =>
    lap({ car, laps: index + 1, elapsedMs: (index + 1) * 90_000, lastLapMs: 90_000 }),
  );

describe('N. RMonitor and Multiloop', () => {
  it('[N48] an updated lap replaces what was told of it', () => {
    const updated = lap({ car: '5', laps: 2, elapsedMs: 180_250, lastLapMs: 90_250, kind: 'U' });
    const reading = readLines(RUN, GREEN, ...laps(2), updated);
    expect(totalsOf(reading)).toEqual([['5', 2, 180_250]]);
    expect(bestsOf(reading)).toEqual([['5', 90_250, 2]]);
  });

  it('[N48] fewer laps take back those beyond, and a lap may be driven again; an older lap that is repeated takes back none', () => {
    const fewer = lap({ car: '5', laps: 2, elapsedMs: 180_000, lastLapMs: 90_000, kind: 'U' });
    const again = lap({ car: '5', laps: 3, elapsedMs: 275_000, lastLapMs: 95_000 });
    expect(totalsOf(readLines(RUN, GREEN, ...laps(4), fewer))).toEqual([['5', 2, 180_000]]);
    expect(totalsOf(readLines(RUN, GREEN, ...laps(3), fewer, again))).toEqual([['5', 3, 275_000]]);
    const repeated = lap({ car: '5', laps: 2, elapsedMs: 180_000, lastLapMs: 90_000, kind: 'R' });
    expect(totalsOf(readLines(RUN, GREEN, ...laps(4), repeated))).toEqual([['5', 4, 360_000]]);
    const older = lap({ car: '5', laps: 2, elapsedMs: 180_000, lastLapMs: 90_000, kind: 'R' });
    const late = readLines(RUN, GREEN, ...laps(4).slice(3), older);
    expect(totalsOf(late)).toEqual([['5', 4, 360_000]]);
    expect(
      endOf(late)
        .history.laps.get('5')
        ?.map(({ lap: number }) => number),
    ).toEqual([2, 4]);
  });

  it('[N49] a lap that is taken out keeps its place without its time, unless the feed counts it no more', () => {
    const out = record('I', 'N', '5', 'U5', 180_000);
    const next = lap({ car: '5', laps: 3, elapsedMs: 270_500, lastLapMs: 90_500, fastestMs: 90_500, fastestLap: 3 });
    const kept = readLines(RUN, GREEN, ...laps(2), out, next);
    expect(eventsOf(kept, 'lap-invalidated').map(({ lapNumber }) => lapNumber)).toEqual([2]);
    expect(bestsOf(kept)).toEqual([['5', 90_500, 3]]);
    const gone = readLines(
      RUN,
      GREEN,
      ...laps(2),
      out,
      lap({ car: '5', laps: 1, elapsedMs: 90_000, lastLapMs: 90_000, kind: 'U' }),
    );
    expect(eventsOf(gone, 'lap-invalidated')).toEqual([]);
    expect(totalsOf(gone)).toEqual([['5', 1, 90_000]]);
  });

  it('[N50] whole seconds that are added to a total and to no lap are a penalty', () => {
    const other = Array.from({ length: 4 }, (_, index) =>
      lap({ car: '6', laps: index + 1, elapsedMs: (index + 1) * 90_100, lastLapMs: 90_100, rank: 2 }),
    );
    const added = lap({ car: '5', laps: 2, elapsedMs: 190_000, lastLapMs: 90_000, kind: 'U', rank: 2 });
    const after = lap({ car: '5', laps: 3, elapsedMs: 280_000, lastLapMs: 90_000, rank: 2 });
    const first = lap({ car: '6', laps: 4, elapsedMs: 360_400, lastLapMs: 90_100, rank: 1, kind: 'U' });
    const lines = [RUN, GREEN, ...laps(2), ...other.slice(0, 3), added, after];
    const reading = readLines(...lines, other[3] as string, first, heartbeat(361_000, { flag: 'K' }));
    expect(eventsOf(reading, 'penalty').map(({ car, state, sanction }) => [car, state, sanction])).toEqual([
      ['5', 'given', { kind: 'time', ms: 10_000 }],
    ]);
    expect(totalsOf(reading).at(-1)).toEqual(['5', 3, 270_000]);
    expect(officialResult(endOf(reading)).map(({ car, totalTimeMs }) => [car, totalTimeMs])).toEqual([
      ['6', 360_400],
      ['5', 280_000],
    ]);
    const back = lap({ car: '5', laps: 3, elapsedMs: 270_000, lastLapMs: 90_000, kind: 'U' });
    expect(eventsOf(readLines(...lines, back), 'penalty').map(({ state }) => state)).toEqual(['given', 'withdrawn']);
    // Seen at the line ten seconds before the total says so.
    const atLine = readLines(RUN, GREEN, ...laps(2), crossing('5', 'SF', 270_000), after);
    expect(eventsOf(atLine, 'penalty').map(({ sanction }) => sanction)).toEqual([{ kind: 'time', ms: 10_000 }]);
    expect(totalsOf(atLine)).toEqual([['5', 3, 270_000]]);
  });

  it('[N41] who listens late has the laps, and the best lap that the feed knows of', () => {
    const late = { car: '5', rank: 1, fastestMs: 88_123, fastestLap: 12 };
    const reading = readLines(
      RUN,
      heartbeat(3_400_000),
      lap({ ...late, laps: 38, elapsedMs: 3_420_000, lastLapMs: 90_000, kind: 'R' }),
      lap({ ...late, laps: 39, elapsedMs: 3_510_000, lastLapMs: 90_000 }),
    );
    expect(totalsOf(reading)).toEqual([['5', 39, 3_510_000]]);
    expect(bestsOf(reading)).toEqual([['5', 88_123, 12]]);
    expect(eventsOf(reading, 'best-lap-reported')).toHaveLength(1);
    const deleted = lap({
      ...late,
      laps: 40,
      elapsedMs: 3_600_000,
      lastLapMs: 90_000,
      fastestMs: 90_000,
      fastestLap: 38,
    });
    expect(
      bestsOf(readLines(RUN, GREEN, lap({ ...late, laps: 38, elapsedMs: 3_420_000, lastLapMs: 90_000 }), deleted)),
    ).toEqual([['5', 90_000, 38]]);
  });

  it('[N56] stops from before anybody listened are counted, and with them those that follow', () => {
    const late = { car: '5', rank: 1, laps: 38, elapsedMs: 3_420_000, lastLapMs: 90_000 };
    const reading = readLines(RUN, heartbeat(3_400_000), lap({ ...late, pitStops: 2 }));
    expect(eventsOf(reading, 'stops-reported')).toMatchObject([{ car: '5', stops: 2, atMs: 3_420_000 }]);
    expect(eventsOf(readLines(RUN, heartbeat(3_400_000), lap({ ...late, pitStops: 0 })), 'stops-reported')).toEqual([]);
  });

  it('[N43] where no line of the pit lane is told, visits follow from the laps and the number of stops, and are called estimated', () => {
    const inLane = readLines(
      RUN,
      GREEN,
      ...laps(2),
      lap({ car: '5', laps: 3, elapsedMs: 275_000, lastLapMs: 95_000, inPit: true, fastestMs: 90_000 }),
      lap({ car: '5', laps: 4, elapsedMs: 395_000, lastLapMs: 120_000, pitStops: 1, fastestMs: 90_000 }),
    );
    const visit = endOf(inLane).history.visits.get('5')?.[0];
    expect([visit?.atMs, visit?.exitAtMs]).toEqual([275_000, 305_000]);
    const between = readLines(
      RUN,
      GREEN,
      ...laps(2),
      lap({ car: '5', laps: 3, elapsedMs: 310_000, lastLapMs: 130_000, pitStops: 1, fastestMs: 90_000 }),
    );
    const unseen = endOf(between).history.visits.get('5');
    expect(unseen?.map(({ atMs, exitAtMs, lap: number }) => [atMs, exitAtMs, number])).toEqual([[225_000, 265_000, 3]]);
    for (const { manifest } of [...inLane.races, ...between.races]) {
      expect(manifest.dataNotes.map(({ subject }) => subject)).toEqual(['pit stops']);
    }
    // Stops from before anybody listened are not told.
    expect(
      eventsOf(readLines(RUN, GREEN, lap({ car: '5', laps: 9, elapsedMs: 900_000, pitStops: 2 })), 'pit-entry'),
    ).toEqual([]);
  });

  it('[N43] who crosses the entry came from the track, also when nothing else was heard of the car', () => {
    const reading = readLines(RUN, GREEN, crossing('5', 'PI', 50_000, true), crossing('5', 'PO', 80_000, true));
    expect(
      endOf(reading)
        .history.visits.get('5')
        ?.map(({ atMs, exitAtMs }) => [atMs, exitAtMs]),
    ).toEqual([[50_000, 80_000]]);
    // Who was seen in the lane at first came from its box.
    const boxed = readLines(RUN, GREEN, crossing('5', 'SF', 50_000, true), crossing('5', 'PO', 80_000, true));
    expect(endOf(boxed).history.visits.get('5')).toBeUndefined();
  });

  it('[N41] of two cars in one place the one that got there last stands ahead', () => {
    const rows = ['5', '6', '7'].map((car, index) => lap({ car, laps: 1, elapsedMs: 90_000 + index, rank: index + 1 }));
    const up = lap({ car: '7', laps: 2, elapsedMs: 180_000, rank: 2 });
    const orders = eventsOf(readLines(RUN, GREEN, ...rows, up, heartbeat(181_000)), 'order-reported');
    expect(orders.at(-1)?.cars).toEqual(['5', '7', '6']);
    const settled = lap({ car: '6', laps: 2, elapsedMs: 180_500, rank: 3 });
    expect(eventsOf(readLines(RUN, GREEN, ...rows, up, settled), 'order-reported').at(-1)?.cars).toEqual([
      '5',
      '7',
      '6',
    ]);
  });

  it('[N41] a car that stands falls behind all who have driven more since, though nobody tells its place', () => {
    const first = ['8', '5', '6', '7'].map((car, index) =>
      lap({ car, laps: 1, elapsedMs: 90_000 + index, rank: index + 1 }),
    );
    const more = ['5', '6', '7'].map((car, index) =>
      lap({ car, laps: 2, elapsedMs: 180_000 + index, rank: index + 1 }),
    );
    const orders = eventsOf(readLines(RUN, GREEN, ...first, ...more, heartbeat(181_000)), 'order-reported');
    expect(orders.at(-1)?.cars).toEqual(['5', '6', '7', '8']);
  });

  it('[N42] a section tells of the line at its end, once with the line itself', () => {
    const section = record('S', 'N', '5', 'U5', 'S1', 130_000, 40_000, 1);
    const reading = readLines(RUN, TRACK, GREEN, ...laps(1), section, crossing('5', 'IM1', 130_000));
    expect(eventsOf(reading, 'passing').map(({ loop, atMs }) => [loop, atMs])).toEqual([
      ['SF', 90_000],
      ['IM1', 130_000],
    ]);
  });

  it('[N48] an updated crossing of another line replaces what was told of it', () => {
    const updated = (line: string) => line.replace('\xA6N\xA6', '\xA6U\xA6');
    const lines = [
      crossing('5', 'IM1', 130_000),
      updated(crossing('5', 'IM1', 129_400)),
      crossing('5', 'IM2', 160_000),
    ];
    const reading = readLines(RUN, TRACK, GREEN, ...laps(1), ...lines, updated(crossing('5', 'IM1', 129_400)));
    expect(endOf(reading).history.crossings.get('5')?.timesMs.slice(3)).toEqual([90_000, 129_400, 160_000]);
    expect(eventsOf(reading, 'passing-withdrawn')).toHaveLength(1);
  });

  it('[N42] without a map, lines are loops in the order of their numbers; those of the pit lane are none', () => {
    const lines = ['IM2', 'IM10', 'IM1', 'ODD', 'PI', 'IM3'].map((line, index) =>
      crossing('5', line, 2000 + index, line === 'IM3'),
    );
    const loops = readLines(RUN, GREEN, ...lines).races[0]?.manifest.circuit.loops.map(({ id }) => id);
    expect(loops).toEqual(['SF', 'IM1', 'IM2', 'IM10']);
  });

  it('[N40] two cars with one number are two, by their uid', () => {
    const one = entry('5', 'Ann Berg', 1, 'GT');
    const other = entry('5', 'Ole Sund', 2, 'TC').replace('U5', 'U77');
    const reading = readLines(RUN, one, other, one, other, GREEN);
    expect(reading.races[0]?.manifest.entries.map(({ car, drivers }) => [car, drivers[0]?.lastName])).toEqual([
      ['5', 'Berg'],
      ['5~2', 'Sund'],
    ]);
  });

  it('[N51] what became of a car is told in the words that are known', () => {
    const said = ['Unknown', 'Retired', 'Retired', 'Active', 'Stopped', 'Running', 'DSQ', 'Banana'];
    const reading = readLines(
      RUN,
      GREEN,
      ...said.map((status, index) => lap({ car: '5', laps: index + 1, elapsedMs: (index + 1) * 90_000, status })),
    );
    const types = reading.races[0]?.events.map(({ type }) => type).filter((type) => type.startsWith('car-'));
    expect(types).toEqual(['car-retired', 'car-reinstated', 'car-stopped', 'car-resumed', 'car-disqualified']);
  });

  it('[N52] another preamble is another session, and ends the one before; a run begun anew is one too', () => {
    const second = (line: string) => line.replace('\xA6R1\xA6', '\xA6Q2\xA6');
    const reading = readLines(RUN, GREEN, ...laps(2), second(GREEN), second(laps(1)[0] as string));
    expect(reading.races.map(({ manifest }) => [manifest.session, manifest.kind])).toEqual([
      ['Feature Race', 'race'],
      ['Q2', 'qualifying'],
    ]);
    expect(eventsOf(reading, 'session-phase').at(-1)?.phase).toBe('closed');
    const later = (line: string) =>
      line.replace(
        (START_EPOCH_MS / 1000 + 1).toString(16).toUpperCase(),
        (START_EPOCH_MS / 1000 + 500).toString(16).toUpperCase(),
      );
    const anew = [later(heartbeat(1000)), later(heartbeat(1900)), ...laps(1)];
    const twice = readLines(RUN, GREEN, ...laps(3), heartbeat(280_000), ...anew);
    expect(twice.races.map((race) => totalsOf({ ...twice, races: [race] }))).toEqual([
      [['5', 3, 270_000]],
      [['5', 1, 90_000]],
    ]);
    expect(readLines(RUN, GREEN, heartbeat(280_000), anew[0] as string).races).toHaveLength(1);
  });

  it('[N52] records wait for the day of their run, and for nothing else where nobody tells it', () => {
    const reading = readLines(...laps(2), heartbeat(181_000));
    expect(totalsOf(reading)).toEqual([['5', 2, 180_000]]);
    expect(totalsOf(readLines(...laps(2)))).toEqual([['5', 2, 180_000]]);
  });

  it('[N53] all numbers are hexadecimal but lengths, and car numbers are text', () => {
    const bar = (text: string) => parseMultiloopLine(text.replaceAll('|', '\xA6'));
    const line = '$C|U|80004|Q1|C|00|8|4|83DDF|1CB83|P|1CB83|4|2E6A|0|649|0|C|1CB83|Unknown|G|1|0|9|0';
    expect(bar(line)).toMatchObject({
      kind: 'U',
      preamble: 'Q1',
      message: {
        rank: 12,
        car: '00',
        uid: '8',
        laps: 4,
        elapsedMs: 540_127,
        lastLapMs: 117_635,
        inPit: true,
        behindLeaderMs: 11_882,
        behindPreviousMs: 1609,
        pitStops: 1,
        startPosition: 9,
      },
    });
    expect(bar('$H|N|2F4|Q1|G|685E9B2F|9A0AB|A|D42B4')).toMatchObject({
      message: { flag: 'G', epochMs: 1_751_030_575_000, elapsedMs: 630_955, lapsToGo: 10, timeToGoMs: 869_044 },
    });
    expect(bar('$F|R|5|Q1|K|0|D7108|6|6088A|1|0|1|00|1|81.63')).toMatchObject({
      message: { flag: 'K', elapsedMs: 1_276_306 },
    });
  });

  it('[N53] a bad line costs itself only, with the reason', () => {
    const reading = readLines(
      RUN,
      GREEN,
      'noise',
      record('C', 'N', 1, '5', 'U5', 'x', 90_000),
      record('C', 'N', 1, '5', 'U5', 1, 'FFFFFFFFFFFF'),
      record('L', 'N', '', 'U5', 'SF', 'A', 1000, 'G', 'T'),
      record('L', 'N', '5', 'U5', 'SF', 'A', 1000, 'G', 'T').replace('\xA6N\xA6', '\xA6Z\xA6'),
      `$C${'9'.repeat(9000)}`,
      record('X', 'N', 'unheard of'),
      ...laps(1),
    );
    expect(reading.skipped).toEqual([
      [3, 'no record of Multiloop'],
      [4, 'no laps'],
      [5, 'no elapsed time'],
      [6, 'no car number'],
      [7, 'neither new, repeated nor updated'],
      [8, 'line too long'],
    ]);
    expect(totalsOf(reading)).toEqual([['5', 1, 90_000]]);
  });

  it('[N54] a file of such lines is known by its content, with a time before each line or without', () => {
    const lines = [
      '# recorded at the track',
      `2031-05-06T12:00:00.120Z ${RUN}`,
      `2031-05-06T12:00:01Z ${GREEN}`,
      `1500 ${laps(1)[0]}`,
    ];
    const bytes = Buffer.from(lines.join('\n'), 'latin1');
    const head = (content: Uint8Array) => ({ name: 'x', bytes: content, text: Buffer.from(content).toString() });
    expect(multiloopCapture.recognises(head(bytes))).toBe(true);
    expect(multiloopCapture.recognises(head(Buffer.from('$F,14,"00:12:45"\n$J,"5"\n')))).toBe(false);
    const opened = multiloopCapture.open();
    const file = opened.open('run.txt');
    file.write(bytes);
    file.end();
    const { races, skipped } = opened.finish();
    expect(totalsOf({ races, skipped: [] })).toEqual([['5', 1, 90_000]]);
    expect(skipped.lines).toBe(0);
    expect(() => multiloopCapture.open().finish()).toThrow(NoRaceError);
  });

  it('[N54] the address of a feed has to name its port', async () => {
    const reason = await new Promise<string>((resolve) => {
      const handlers = { opened: () => undefined, received: () => undefined, closed: resolve };
      multiloop.connect(new URL('multiloop://127.0.0.1'), handlers);
    });
    expect(reason).toContain('needs a port');
  });

  it('[N55] spoilt in any way, it throws nothing, and what comes of it is a race', () => {
    const sample = [RUN, TRACK, entry('5', 'Ann Berg', 1, 'GT'), GREEN, crossing('5', 'PI', 50_000, true)];
    const more = [...laps(6), ...laps(5, '6'), record('I', 'N', '5', 'U5', 180_000), heartbeat(400_000, { flag: 'K' })];
    const content = [
      ...sample,
      ...more,
      record('A', 'N', '1', 'A', 'L', 5, 'text'),
      record('F', 'N', 'Y', 1, 5, 1),
    ].join('\n');
    const report = fuzzFeed(multiloop, { samples: [{ name: 'run.txt', content }], encoding: 'latin1' });
    expect(report.events).toBeGreaterThan(1000);
    const files = fuzzFormat(multiloopCapture, {
      samples: [{ name: 'run.txt', content }],
      encoding: 'latin1',
      lines: 20_000,
    });
    expect(files.races).toBeGreaterThan(0);
  }, 240_000);
});
