import { parseCarTime, parseClockText, parseDateText } from '@pitboard/server/sources/rmonitor/clock-text.ts';
import { parseMessage } from '@pitboard/server/sources/rmonitor/parse-message.ts';
import { splitFields } from '@pitboard/server/sources/rmonitor/split-fields.ts';
import { describe, expect, it } from 'vitest';
import { beat, FIELD, hear, hearOne, lap, ofType, RUN } from './hear-rmonitor.ts';

describe('N. RMonitor and Multiloop', () => {
  it.each([
    ['$B,5,"Friday practice"', ['$B', '5', 'Friday practice']],
    ['$I, "00:00:00", "0/0/0000"', ['$I', '00:00:00', '0/0/0000']],
    ['$A,"9","9",0,"Sand, Olaf","","",1', ['$A', '9', '9', '0', 'Sand, Olaf', '', '', '1']],
    ['$G,1,"9",,"00:00:05.966"', ['$G', '1', '9', '', '00:00:05.966']],
    ['$C,1,"never closed, so', ['$C', '1', 'never closed, so']],
    ['$E,', ['$E', '']],
  ])('[N1] fields of %s', (line, fields) => {
    expect(splitFields(line)).toEqual(fields);
  });

  it('[N1] a line of nothing but commas and quotes is read in its own time', () => {
    expect(splitFields(`$X${',"a"'.repeat(30_000)}`).length).toBeLessThanOrEqual(400);
    expect(splitFields('"'.repeat(60_000))).toHaveLength(1);
  });

  it('[N1] text is Windows-1252, or UTF-8 where it is valid', () => {
    const drivers = (bytes: string) =>
      hearOne([
        RUN,
        `$A,"7","7",0,"${bytes}","Feldmann","",1`,
        beat(1),
        lap('7', { place: 1, lap: 1, ms: 9000, total: 9000 }),
      ]).manifest.entries[0]?.drivers[0]?.firstName;
    expect(drivers('J\u00fcrgen')).toBe('Jürgen');
    expect(drivers('J\u00c3\u00bcrgen')).toBe('Jürgen');
    expect(drivers('Ana\u009a')).toBe('Anaš');
  });

  it('[N1] however the bytes are cut, the same comes out', () => {
    const lines = [
      RUN,
      FIELD,
      beat(0),
      lap('7', { place: 1, lap: 1, ms: 61_004, total: 61_004 }),
      beat(62),
      '',
      'oops',
    ];
    const whole = hear(lines);
    expect(whole.races).toHaveLength(1);
    for (const cutEvery of [1, 2, 7, 13]) expect(hear(lines, { cutEvery })).toEqual(whole);
  });

  it('[N1] commands that are not known and further fields are passed over, bad lines are counted', () => {
    expect(parseMessage('$XYZ,1,2,3')).toBeUndefined();
    expect(parseMessage('$RMCA,1760000000000')).toBeUndefined();
    expect(parseMessage('$J,"7","00:01:02.003","00:05:06.007","and","more"')).toMatchObject({
      lapTimeMs: 62_003,
      totalMs: 306_007,
    });
    const { skipped } = hear(['nonsense', '$J,"7","soon","later"', '$G,0,"7",1,"00:01:00.000"', '$F,1', '$Q,1', '']);
    expect(skipped).toEqual([
      '1 no line of RMonitor',
      '2 time that cannot be read',
      '3 place without a position or a car',
      '4 heartbeat without a flag',
    ]);
  });

  it('[N1] commands that begin alike are told apart', () => {
    expect(parseMessage('$C,5,"Formula"')).toMatchObject({ kind: 'class', number: 5 });
    expect(parseMessage('$COMP,"7","7",5,"Jana","Feldmann","GER","Oil"')).toMatchObject({
      kind: 'competitor',
      class: 5,
      additional: 'Oil',
    });
    expect(parseMessage('$COR,"7","7",3,"00:05:06.007","+0.012"')).toMatchObject({
      kind: 'correction',
      laps: 3,
      totalMs: 306_007,
    });
  });

  it('[N2] times go beyond a day, and are negative before the start, wherever the sign stands', () => {
    expect(parseClockText('27:02:15.123')).toBe(97_335_123);
    expect(parseClockText('00:00:-47')).toBe(-47_000);
    expect(parseClockText('-00:01:02')).toBe(-62_000);
    expect(parseClockText('00:01:02.5')).toBe(62_500);
    expect(parseClockText('00:00:00.000')).toBe(0);
    for (const text of ['', 'soon', '1:2', '00:00:00.0000', '9999:00:00', '1e3:00:00'])
      expect(parseClockText(text)).toBeUndefined();
  });

  it('[N2] zero and an hour less a millisecond are no time of a car', () => {
    expect(parseCarTime('00:00:00.000')).toBeUndefined();
    expect(parseCarTime('00:59:59.999')).toBeUndefined();
    expect(parseCarTime('00:59:59.998')).toBe(3_599_998);
  });

  it('[N2] dates are written in two ways, and a synthetic one is none', () => {
    expect(parseDateText('12 jan 01')).toBe(Date.UTC(2001, 0, 12));
    expect(parseDateText('01/27/2031')).toBe(Date.UTC(2031, 0, 27));
    for (const text of ['0/0/0000', '', '12 foo 01', '13/01/2031']) expect(parseDateText(text)).toBeUndefined();
  });

  it('[N3] flags are six letters wide, in any capitals; a blank one is none', () => {
    const flagOf = (text: string) => {
      const message = parseMessage(`$F,9999,"00:00:00","12:00:00","00:00:00","${text}"`);
      return typeof message === 'object' && message.kind === 'heartbeat' ? message.flag : message;
    };
    expect(['Green ', 'GREEN', 'Yellow', 'RED ', 'Finish', 'Checke'].map(flagOf)).toEqual([
      'green',
      'green',
      'yellow',
      'red',
      'chequered',
      'chequered',
    ]);
    expect([flagOf('      '), flagOf(' ')]).toEqual([undefined, undefined]);
    expect(flagOf('Plaid ')).toBe('flag that is not known');
  });

  it('[N3] a blank flag in the race changes nothing', () => {
    const race = hearOne([
      RUN,
      FIELD,
      beat(0),
      beat(1, { flag: '      ' }),
      beat(2),
      beat(3, { flag: 'Yellow' }),
      beat(4),
    ]);
    expect(ofType(race, 'flag-changed').map(({ flag, atMs }) => `${flag} ${atMs}`)).toEqual([
      'green 0',
      'yellow 3000',
      'green 4000',
    ]);
    expect(ofType(race, 'session-phase').map(({ phase }) => phase)).toEqual(['running']);
  });
});
