import { type ImportedRace, NoRaceError } from '@pitboard/server/sources/import/imported-race.ts';
import { createImporter } from '@pitboard/server/sources/import/importer.ts';
import { rmonitorCapture } from '@pitboard/server/sources/rmonitor/rmonitor-capture.ts';
import { parseManifest, parseRaceFact } from '@pitboard/shared/protocol/parse.ts';
import { describe, expect, it } from 'vitest';
import { beat, FIELD, lap, NOON, ofType, RUN, standingsOf, timelineOf } from './hear-rmonitor.ts';

const LINES = [RUN, FIELD, beat(0), lap('7', { place: 1, lap: 1, ms: 61_000, total: 61_000 }), beat(62)].flat();
const iso = (seconds: number) => new Date(NOON + seconds * 1000).toISOString();

function importFile(content: string | Uint8Array, cutEvery = 1000) {
  const importer = createImporter([rmonitorCapture]);
  const file = importer.open('whatever.bin');
  const bytes = Buffer.from(content);
  for (let from = 0; from < bytes.length; from += cutEvery) file.write(bytes.subarray(from, from + cutEvery));
  file.end();
  return importer.finish();
}

function raceOf(lines: readonly string[], end = '\n'): ImportedRace {
  const [race] = importFile(lines.join(end)).races;
  if (race === undefined) throw new Error('no race');
  const { manifest, events } = race;
  expect(parseManifest(manifest)).toMatchObject({ ok: true });
  expect(events.filter(({ seq: _, ...fact }) => !parseRaceFact(fact).ok)).toEqual([]);
  return race;
}

describe('N. RMonitor and Multiloop', () => {
  it('[N32] raw lines, stamped lines, stamped headers and offsets hold the same race', () => {
    const whole = standingsOf(raceOf(LINES));
    expect(whole[0]).toBe('7 1 61000');
    const captures = {
      carriage: LINES.map((line) => `${line}\r`),
      stamped: ['# a capture', ...LINES.map((line, index) => `${iso(index)} ${line}`)],
      headers: [
        '\uFEFF##2031-06-14 12:00:00.000',
        ...LINES.slice(0, 9),
        '',
        '##2031-06-14 12:01:01.123|rmonitor',
        ...LINES.slice(9),
      ],
      offsets: LINES.map((line, index) => `${index * 100} ${line}`),
    };
    for (const [kind, lines] of Object.entries(captures)) {
      expect(standingsOf(raceOf(lines)), kind).toEqual(whole);
      expect(importFile(lines.join('\n')).skipped.lines, kind).toBe(0);
    }
  });

  it('[N32] the start by the wall clock follows from the stamps, else from the day and the clock of the feed', () => {
    const startOf = (lines: readonly string[]) => ofType(raceOf(lines), 'session-phase')[0]?.startEpochMs;
    expect(startOf(LINES.map((line) => `${iso(5)} ${line}`))).toBe(NOON + 5000);
    expect(startOf(['##2031-06-14 12:00:07.000', ...LINES])).toBe(NOON + 7000);
    expect(startOf(LINES)).toBeUndefined();
    expect(startOf(['$I,"12:00:00","14 jun 31"', ...LINES])).toBe(NOON);
  });

  it('[N32] however the file is cut, the same race comes out', () => {
    const text = ['##2031-06-14 12:00:00.000', ...LINES.map((line) => line.replace('Feldmann', 'Müller'))].join('\r\n');
    const whole = importFile(text);
    expect(whole.races[0]?.manifest.entries[0]?.drivers[0]?.lastName).toBe('Müller');
    for (const cutEvery of [1, 3, 50]) expect(importFile(text, cutEvery)).toEqual(whole);
  });

  it('[N32] several runs of one capture are several sessions, and further files go on where the one before ended', () => {
    const second = [
      '$B,5,"Race 2"',
      ...FIELD,
      beat(0, { start: 50_000 }),
      ...lap('31', { place: 1, lap: 1, ms: 60_000, total: 60_000 }),
    ];
    expect(importFile([...LINES, ...second].join('\n')).races.map(({ manifest }) => manifest.session)).toEqual([
      'Race 1',
      'Race 2',
    ]);
    const importer = createImporter([rmonitorCapture]);
    for (const lines of [
      LINES,
      [beat(120), ...lap('7', { place: 1, lap: 2, ms: 61_000, total: 122_000 }), beat(123)],
    ]) {
      const file = importer.open('part.log');
      file.write(Buffer.from(lines.join('\n')));
      file.end();
    }
    expect(standingsOf(importer.finish().races[0] as ImportedRace)[0]).toBe('7 2 122000');
  });

  it('[N33] notes of the operator are messages of race control, other comments are none', () => {
    const race = raceOf([
      '# recorder 1.0',
      ...LINES.map((line, index) => `${iso(index < LINES.length - 1 ? 0 : 62)} ${line}`),
      `# ANNOTATION [${iso(30)}]: 10 second penalty applied to 12`,
      `${iso(45)} # ANNOTATION: flag out early`,
      '# ANNOTATION',
      '# the end',
    ]);
    expect(ofType(race, 'race-control-message').map(({ atMs, text }) => `${atMs} ${text}`)).toEqual([
      '30000 10 second penalty applied to 12',
      '45000 flag out early',
    ]);
  });

  it('[N33] payloads of other kinds are passed over', () => {
    const flags = [
      '##2031-06-14 12:00:02.000|flags',
      '[{"f":1,"s":"2031"}]',
      '$G,1,"12",9,"00:00:09.000"',
      '##2031-06-14 12:00:03.000|ftcar',
      '{"id":7}',
    ];
    const { races, skipped } = importFile(
      ['##2031-06-14 12:00:00.000|rmonitor', ...LINES, ...flags, '##2031-06-14 12:00:04.000|rmonitor', beat(63)].join(
        '\n',
      ),
    );
    expect(skipped.lines).toBe(0);
    expect(standingsOf(races[0] as ImportedRace)).toEqual(['7 1 61000', '12 0 -', '31 0 -']);
  });

  it('[N34] a chequered flag that was taken back while the race went on is only a message in a recording', () => {
    const finish = { flag: 'Finish' };
    const early = [
      beat(63, finish),
      ...lap('7', { place: 1, lap: 2, ms: 60_000, total: 121_000 }),
      beat(122, finish),
      beat(130),
      ...lap('7', { place: 1, lap: 3, ms: 60_000, total: 181_000 }),
      beat(182),
      beat(240, finish),
      ...lap('7', { place: 1, lap: 4, ms: 60_000, total: 241_000 }),
      beat(242, finish),
    ];
    const race = raceOf([...LINES, ...early]);
    expect(ofType(race, 'flag-changed').map(({ flag, atMs }) => `${flag} ${atMs}`)).toEqual([
      'green 0',
      'green 130000',
      'chequered 240000',
    ]);
    expect(ofType(race, 'race-control-message')).toMatchObject([{ atMs: 63_000 }]);
    expect(standingsOf(race)[0]).toBe('7 4 241000');
    expect(timelineOf(race).viewAt(242_000).state.cars[0]).toMatchObject({ status: 'finished' });
  });

  it('[N34] a flag that is shown just after the leader has crossed the line is for the next time, if the feed counts on', () => {
    const finish = { flag: 'Finish' };
    const flagged = [...lap('7', { place: 1, lap: 2, ms: 60_000, total: 121_000 }), beat(122), beat(123, finish)];
    const home = raceOf([...LINES, ...flagged, beat(200, finish)]);
    expect(ofType(home, 'flag-changed').at(-1)).toMatchObject({ atMs: 123_000 });
    expect(timelineOf(home).viewAt(200_000).state.cars[0]).toMatchObject({ status: 'finished' });
    const more = [...lap('7', { place: 1, lap: 3, ms: 60_000, total: 181_000 }), beat(182, finish)];
    expect(standingsOf(raceOf([...LINES, ...flagged, ...more]))[0]).toBe('7 3 181000');
  });

  it('[N35] a capture is told by its lines, never by the name of the file', () => {
    const recognises = (text: string) => rmonitorCapture.recognises({ name: 'x.csv', bytes: Buffer.from(text), text });
    for (const text of [
      LINES.join('\n'),
      `##2031-06-14 12:00:00.000\n${LINES.join('\r\n')}`,
      LINES.map((line) => `12 ${line}`).join('\n'),
    ])
      expect(recognises(text)).toBe(true);
    for (const text of [
      '',
      '$F,9999',
      '# only a comment',
      'NUMBER;LAPS\n1;2',
      '$H\u00a6N\u00a62F4\u00a6Q1\n$C\u00a6U\u00a61',
      '{"a":"$F,1"}',
      '$100,200\n$200,300\n$300,400',
    ])
      expect(recognises(text)).toBe(false);
  });

  it('[N35] without a crossing there is no race, and bad lines are named', () => {
    expect(() => importFile([RUN, ...FIELD, beat(0)].join('\n'))).toThrow(NoRaceError);
    const { skipped } = importFile([...LINES, '$J,"7","x","y"', 'garbage', `$A,${'x'.repeat(70_000)}`].join('\n'));
    expect(skipped.reasons).toEqual({ 'time that cannot be read': 1, 'no line of RMonitor': 1, 'line too long': 1 });
    expect(skipped.examples[0]).toEqual({
      file: 'whatever.bin',
      line: LINES.length + 1,
      reason: 'time that cannot be read',
    });
  });
});
