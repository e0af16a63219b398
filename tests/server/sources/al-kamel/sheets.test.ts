import { alKamel, importAlKamel } from '@pitboard/server/sources/al-kamel/import-al-kamel.ts';
import { NoRaceError } from '@pitboard/server/sources/import/imported-race.ts';
import { parseTimeText } from '@pitboard/server/sources/import/time-text.ts';
import { describe, expect, it } from 'vitest';
import { eventsOf, importTexts, lapSheet, SMALL_RACE, sheet } from './sheet-builder.ts';

const text = lapSheet(SMALL_RACE.map((note) => ({ ...note, team: 'Nord' })));
const whole = importTexts(text);

function piecesOf(size: number): string[] {
  return Array.from({ length: Math.ceil(text.length / size) }, (_, index) =>
    text.slice(index * size, (index + 1) * size),
  );
}

describe('I. Imports', () => {
  it.each([1, 2, 7, 64, 1000])('[I2] pieces of %i characters give the same race', (size) => {
    expect(importAlKamel([{ name: 'file-0.csv', chunks: piecesOf(size) }])).toEqual(whole);
  });

  it('[I2] commas, bare line feeds, no mark and no last line end give the same race', () => {
    const copy = text.replace('\uFEFF', '').replaceAll(';', ',').replaceAll('\r\n', '\n').trimEnd();
    expect(importTexts(copy)).toEqual(whole);
  });

  it('[I2] a team name in quotes may hold the separator and quotes', () => {
    const quoted = text.replaceAll(';', ',').replaceAll('Nord', '"Nord, ""Süd"" & Co."');
    const { manifest, events } = importTexts(quoted);
    expect(events).toEqual(whole.events);
    expect(manifest.entries.map(({ team }) => team)).toEqual(['Nord, "Süd" & Co.', 'Nord, "Süd" & Co.']);
  });

  it('[I2] a quote within a name is part of it', () => {
    const nicknamed = text.replaceAll('Nord', 'Team "Nord" Racing');
    const { manifest, events, skipped } = importTexts(nicknamed);
    expect(skipped.lines).toBe(0);
    expect(events).toEqual(whole.events);
    expect(manifest.entries[0]?.team).toBe('Team "Nord" Racing');
  });

  it.each(['utf8', 'latin1'] as const)(
    '[I2] names may be written in %s, and whoever gives the bytes may use them again',
    (encoding) => {
      const opened = alKamel.open();
      const reader = opened.open('laps.csv');
      const bytes = Buffer.from(text.replaceAll('Nord', 'Écurie Süd').replace('\uFEFF', ''), encoding);
      const piece = Buffer.alloc(5);
      for (let from = 0; from < bytes.length; from += piece.length) {
        const length = bytes.copy(piece, 0, from);
        reader.write(piece.subarray(0, length));
        piece.fill(0);
      }
      reader.end();
      expect(opened.finish().races[0]?.manifest.entries[0]?.team).toBe('Écurie Süd');
    },
  );

  it('[I1] a file is known by its columns, in any order and under any name', () => {
    const [header = '', ...rows] = text.trimEnd().split('\r\n');
    const turned = [header, ...rows].map((line) => line.replace('\uFEFF', '').split(';').reverse().join(';'));
    const results = sheet(
      ['POSITION', 'NUMBER', 'STATUS', 'LAPS', 'TOTAL_TIME'],
      [['1', '01', 'Classified', '3', '4:57.000']],
    );
    const { manifest, events } = importAlKamel([
      { name: 'laps.csv', chunks: [results] },
      { name: 'weather.csv', chunks: [turned.join('\r\n')] },
    ]);
    expect(events).toEqual(whole.events);
    expect(manifest.entries).toEqual(whole.manifest.entries);
  });

  it('[I3] a bad line costs itself, and is counted with its reason and place', () => {
    const lines = text.trimEnd().split('\r\n');
    const bad = [
      '01;1;;1:39.000;0;;;;;;6:00.000;;X;;;;;GF;',
      '01;1;4;soon;0;;;;;;6:36.000;;X;;;;;GF;',
      '01;1;4;1:39.000;0;;;;;;late;;X;;;;;GF;',
      ';1;4;1:39.000;0;;;;;;6:36.000;;X;;;;;GF;',
      '01;1;4;1:39.000;0;;;;;;6:36.000;;"X;;;;;GF;',
      '\u0000\u0001\u0002',
      'x'.repeat(70_000),
      lines[2] as string,
    ];
    const { events, skipped } = importTexts([...lines.slice(0, 3), ...bad, ...lines.slice(3)].join('\n'));
    expect(events).toEqual(whole.events);
    expect(skipped).toMatchObject({
      lines: 8,
      reasons: {
        'no lap number': 1,
        'no lap time': 1,
        'no elapsed time': 1,
        'no car number': 2,
        'quotes are not closed': 1,
        'line too long': 1,
        'lap stated before': 1,
      },
    });
    expect(skipped.examples[1]).toEqual({ file: 'file-0.csv', line: 5, reason: 'no lap time' });
  });

  it('[I3] a line without end that comes in pieces is one bad line', () => {
    const junk = Array.from({ length: 200 }, () => 'x'.repeat(1000));
    const { events, skipped } = importAlKamel([{ name: 'file-0.csv', chunks: [text, ...junk, '\r\n07;1;x'] }]);
    expect(events).toEqual(whole.events);
    expect(skipped.reasons).toEqual({ 'line too long': 1, 'no lap number': 1 });
  });

  it('[I3] a field has an end, and so have the times that a hostile file costs', () => {
    const field = Array.from({ length: 700 }, (_, index) => ({
      ...{ car: `c${index}`, lap: 1, lapTime: '1:40.000', elapsed: '1:40.000', driverNumber: String(index) },
    }));
    const crowd = Array.from({ length: 20_000 }, (_, index) => ({
      ...{ car: 'c0', lap: index + 2, lapTime: '0:01.000', elapsed: clock(101 + index), driverNumber: `d${index}` },
    }));
    const { manifest, skipped } = importTexts(lapSheet([...field, ...crowd]));
    expect(manifest.entries).toHaveLength(500);
    expect(skipped.reasons).toEqual({ 'too many cars': 200 });
    expect(manifest.entries[0]?.drivers).toHaveLength(10);
  });

  it('[I3] a lap that ends before the one before it is left out', () => {
    const backwards = SMALL_RACE.map((note) => (note.lap === 3 ? { ...note, elapsed: '2:50.000' } : note));
    const { events, skipped } = importTexts(lapSheet(backwards));
    expect(skipped.reasons).toEqual({ 'time runs backwards': 2 });
    expect(eventsOf({ ...whole, events }, 'passing').filter(({ loop }) => loop === 'SF')).toHaveLength(4);
  });

  it.each(['', '\uFEFF', 'a;b;c\n1;2;3\n', text.split('\r\n')[0] as string, '"'])(
    '[I3] %j holds no laps and is refused',
    (nothing) => {
      expect(() => importTexts(nothing)).toThrow(NoRaceError);
    },
  );

  it.each([
    ['51.733', 51_733],
    ['1:31.564', 91_564],
    ['1:07:54.864', 4_074_864],
    ['17:31:33.055', 63_093_055],
    ['24:01:55.856', 86_515_856],
    ["5:44'41.101", 20_681_101],
    ["1'58.056", 118_056],
    ['0:00:56.865', 56_865],
    ['1:31.5', 91_500],
    ['', undefined],
    ['-1:00.000', undefined],
    ['1:2:3:4.000', undefined],
    ['999:59:59.999', undefined],
  ])('[I4] the time %j is %s ms', (written, ms) => {
    expect(parseTimeText(written)).toBe(ms);
  });
});

function clock(seconds: number): string {
  const minutes = Math.floor(seconds / 60) % 60;
  const [two, three] = [minutes, seconds % 60].map((part) => String(part).padStart(2, '0'));
  return `${Math.floor(seconds / 3600)}:${two}:${three}.000`;
}
