import { fieldOf, parseFlatXml } from '@pitboard/server/sources/hh-timing/flat-xml.ts';
import { hhTiming } from '@pitboard/server/sources/hh-timing/hh-timing.ts';
import { NoRaceError } from '@pitboard/server/sources/import/imported-race.ts';
import { parseManifest, parseRaceEvent } from '@pitboard/shared/protocol/parse.ts';
import { describe, expect, it } from 'vitest';
import { endOf, eventsOf, importWith, onlyRace, resultOf } from '../ergast/ergast-builder.ts';
import { fuzzFormat } from '../fuzz.ts';

const START_MS = Date.UTC(2031, 6, 5, 23, 58);
const iso = (ms: number) => new Date(START_MS + ms).toISOString().replace('Z', '');
const lineOf = (xml: string, ms = 0) =>
  `${iso(ms).replace('T', ' ')}4321|${Buffer.from(xml, 'utf8').toString('base64')}`;

const SESSION = lineOf(
  '<?xml version="1.0" encoding="utf-8"?><SESS Competition="Invented GT" Meeting="Harbour 24 h" Session="Race" Track="Harbour Ring" StartTime="05.07.2031 23:58:00.000" />',
);
const entry = (car: string, ...drivers: readonly string[]) =>
  lineOf(
    `<ENTR Bib="${car}" Car="Example GT3" Class="Pro Cup" Team="Team ${car} &amp; S&#246;hne">${drivers
      .map(
        (name, index) =>
          `<Driver${index + 1} Country="PT" First="${name}" Last="Ōta" Short="${name.slice(0, 3)}" Id="${car}${index + 1}"/>`,
      )
      .join('')}</ENTR>`,
  );

type Pass = { car: string; ms: number; loop: string; lap: number; driver?: number; id?: string };
const pass = ({ car, ms, loop, lap, driver = 1, id = `g-${car}-${ms}` }: Pass) =>
  lineOf(
    `<PASS ID="${id}" DT="${iso(ms)}" BB="${car}" IT="30000" LP="${lap}" ST="${loop}" VE="201.5" DR="${car}${driver}" />`,
    ms + 400,
  );

/** Two cars, three laps with two loops each: the second one is 1.5 s a lap slower and changes its driver on lap 3. */
const passes = ['7', '07'].flatMap((car, index) =>
  [1, 2, 3].flatMap((lap) => {
    const startMs = (lap - 1) * (120_000 + index * 1500);
    const driver = index === 1 && lap === 3 ? 2 : 1;
    return [
      { car, ms: startMs + 40_000, loop: 'I1', lap, driver },
      { car, ms: startMs + 80_000, loop: 'I2', lap, driver },
      { car, ms: lap * (120_000 + index * 1500), loop: 'FL', lap, driver },
    ];
  }),
);
const replay = [SESSION, entry('7', 'ANN'), entry('07', 'BO', 'CYD'), ...passes.map(pass)];
const importReplay = (...lines: readonly string[]) => importWith(hhTiming, [`${lines.join('\r\n')}\r\n`]);
const whole = onlyRace(importReplay(...replay));

describe('Y. Timing71 and the others', () => {
  it('[Y43] a replay is the race of its passings, by the clock of its start, over midnight', () => {
    expect(whole.manifest).toMatchObject({
      event: 'Harbour 24 h',
      series: 'Invented GT',
      session: 'Race',
      kind: 'race',
      circuit: {
        name: 'Harbour Ring',
        loops: [{ id: 'SF' }, { id: 'I1', kind: 'sector' }, { id: 'I2', kind: 'sector' }],
      },
    });
    expect(whole.manifest.entries).toMatchObject([
      {
        car: '7',
        class: 'Pro-Cup',
        team: 'Team 7 & Söhne',
        model: 'Example GT3',
        startingDriver: 'ann-Ota'.toLowerCase(),
      },
      { car: '07', drivers: [{ lastName: 'Ōta', firstName: 'BO', nationality: 'PT', code: 'BO' }, { code: 'CYD' }] },
    ]);
    expect(parseManifest(whole.manifest)).toMatchObject({ ok: true });
    expect(whole.events.filter((event) => !parseRaceEvent(event).ok)).toEqual([]);
    expect(
      resultOf(whole).map(({ car, laps, totalTimeMs, bestLapTimeMs }) => [car, laps, totalTimeMs, bestLapTimeMs]),
    ).toEqual([
      ['7', 3, 360_000, 120_000],
      ['07', 3, 364_500, 121_500],
    ]);
  });

  it('[Y43] who drives is told by the passings', () => {
    expect(eventsOf(whole, 'driver-changed')).toMatchObject([{ car: '07', atMs: 283_000, driver: 'cyd-ota' }]);
    expect(eventsOf(whole, 'passing').at(-1)).toMatchObject({ car: '07', driver: 'cyd-ota', speedKph: 201.5 });
  });

  it('[Y43] however it is cut, and whether fields are attributes or elements, the same race comes out', () => {
    const asElements = (line: string) => {
      const [stamp = '', base64 = ''] = line.split('|');
      const xml = Buffer.from(base64, 'base64').toString();
      if (!xml.startsWith('<PASS')) return line;
      const fields = [...xml.matchAll(/(\w+)="([^"]*)"/g)].map(([, name, value]) => `<${name}>${value}</${name}>`);
      return `${stamp}|${Buffer.from(`\uFEFF<PASS>\n${fields.join('\n')}</PASS>`).toString('base64')}`;
    };
    const other = importWith(hhTiming, [`\uFEFF${replay.map(asElements).join('\n')}`], 11);
    expect(onlyRace(other)).toEqual(whole);
  });

  it('[Y44] the same passing sent again counts once, by its id', () => {
    const again = passes.slice(0, 4).map(pass);
    expect(onlyRace(importReplay(...replay, ...again)).events).toEqual(whole.events);
    const shifted = passes
      .slice(0, 1)
      .map((each) => pass({ ...each, ms: each.ms + 25, id: `g-${each.car}-${each.ms}` }));
    expect(onlyRace(importReplay(...replay, ...shifted)).events).toEqual(whole.events);
  });

  it('[Y44] the number at the line may be that of the lap that begins there', () => {
    const begins = passes.map((each) => (each.loop === 'FL' ? { ...each, lap: each.lap + 1 } : each));
    expect(onlyRace(importReplay(SESSION, ...begins.map(pass))).events.map(({ seq: _, ...fact }) => fact)).toEqual(
      onlyRace(importReplay(SESSION, ...passes.map(pass))).events.map(({ seq: _, ...fact }) => fact),
    );
    const completed = passes.map((each) => (each.loop === 'FL' ? each : { ...each, lap: each.lap - 1 }));
    expect(eventsOf(onlyRace(importReplay(SESSION, ...completed.map(pass))), 'passing').at(-1)).toMatchObject({
      lapNumber: 3,
    });
  });

  it('[Y44] pit loops are visits; a time without a date is of the day of its message', () => {
    const lane = [
      { car: '7', ms: 365_000, loop: 'PI', lap: 4 },
      { car: '7', ms: 400_000, loop: 'PO', lap: 4 },
    ].map(pass);
    const more = [
      ...passes,
      { car: '07', ms: 486_000, loop: 'FL', lap: 4 },
      { car: '7', ms: 520_000, loop: 'FL', lap: 4 },
    ];
    const race = onlyRace(importReplay(SESSION, ...more.map(pass), ...lane));
    expect(endOf(race).state.cars.find(({ car }) => car === '7')).toMatchObject({ stops: 1, lastPitTimeMs: 35_000 });
    const clock = lineOf('<PASS ID="x" DT="00:00:00.250" BB="7" LP="1" ST="FL"/>', 119_000);
    expect(eventsOf(onlyRace(importReplay(SESSION, clock)), 'passing')).toMatchObject([{ atMs: 120_250 }]);
  });

  it('[Y44] a start that is not near the first lap is estimated, and that is said', () => {
    const early = SESSION.replace(
      /\|.*/,
      `|${Buffer.from('<SESS Session="Race" StartTime="05.07.2031 21:00:00.000"/>').toString('base64')}`,
    );
    const race = onlyRace(importReplay(early, ...passes.map(pass)));
    expect(eventsOf(race, 'passing').find(({ loop }) => loop === 'SF')).toMatchObject({ lapNumber: 1, atMs: 121_500 });
    expect(race.manifest.dataNotes.map(({ subject }) => subject)).toContain('start');
    expect(whole.manifest.dataNotes.map(({ subject }) => subject)).not.toContain('start');
  });

  it('[Y45] another session begins where another is named; its cars and passings are its own', () => {
    const practice = lineOf('<SESS Competition="Invented GT" Meeting="Harbour 24 h" Session="Free Practice 1"/>');
    const { races } = importReplay(
      practice,
      entry('7', 'ANN'),
      pass({ car: '7', ms: -9_000_000, loop: 'FL', lap: 1 }),
      ...replay,
      SESSION,
    );
    expect(races.map(({ manifest }) => [manifest.session, manifest.kind, manifest.entries.length])).toEqual([
      ['Free Practice 1', 'practice', 1],
      ['Race', 'race', 2],
    ]);
    expect(races[1]?.events).toEqual(whole.events);
    const late = importReplay(...replay.slice(1), SESSION);
    expect(onlyRace(late).manifest.session).toBe('Race');
  });

  it('[Y45] bad lines cost themselves only; messages of other kinds say nothing; no passing at all is refused', () => {
    const bad = [
      'hello',
      `${iso(0).replace('T', ' ')}|not*base64`,
      lineOf('<PASS'),
      lineOf('<PASS BB="7" ST="FL"/>'),
      lineOf('<PASS BB="" DT="x"/>'),
      lineOf('<ENTR Bib=""/>'),
      lineOf('<HEART Beat="1"/>'),
      '',
    ];
    const { races, skipped } = importReplay(...replay, ...bad);
    expect(races[0]?.events).toEqual(whole.events);
    expect(skipped.reasons).toEqual({
      'not a line of time and message': 2,
      'not a message of plain XML': 1,
      'no time': 1,
      'no car number': 2,
    });
    expect(() => importReplay(SESSION)).toThrow(NoRaceError);
  });

  it('[Y45] hostile XML is refused: document types, entities, what is not closed, too deep or too large', () => {
    expect(parseFlatXml('<!DOCTYPE x [<!ENTITY a "b">]><PASS BB="&a;"/>')).toBeUndefined();
    expect(parseFlatXml('<a><![CDATA[x]]></a>')).toBeUndefined();
    expect(parseFlatXml(`${'<a>'.repeat(9)}${'</a>'.repeat(9)}`)).toBeUndefined();
    expect(parseFlatXml(`<a>${'<b/>'.repeat(500)}</a>`)).toBeUndefined();
    expect(parseFlatXml(`<a x="${'y'.repeat(70_000)}"/>`)).toBeUndefined();
    for (const text of [
      '',
      'a',
      '<a>',
      '<a></b>',
      '<a/><b/>',
      '<a x=1/>',
      '<a x="<"/>',
      '</a>',
      '<a',
      '<a/>x',
      '<1/>',
    ]) {
      expect(parseFlatXml(text), text).toBeUndefined();
    }
    const good = parseFlatXml('<!-- c --><a X="&lt;&#65;&#x42;&unknown;&#xD800;"><b> y </b><!-- d --></a> ');
    expect(fieldOf(good ?? ({} as never), 'x')).toBe('<AB&unknown;&#xD800;');
    expect(fieldOf(good ?? ({} as never), 'B')).toBe('y');
    expect(fieldOf(good ?? ({} as never), 'c')).toBe('');
  });

  it('[Y45] it is recognised by its first line', () => {
    const recognises = (text: string) => hhTiming.recognises({ name: 'x', bytes: Buffer.from(text), text });
    expect(recognises(`${SESSION}\n`)).toBe(true);
    expect(recognises('2031-07-05 23:58:00.1234567|aGVsbG8=\n')).toBe(false);
    expect(recognises('2031-07-05T23:58:00Z $F,1\n')).toBe(false);
    expect(recognises('')).toBe(false);
  });

  it('[Y45] 200,000 spoilt lines, cut anywhere, are races or are refused', { timeout: 120_000 }, () => {
    const many = Array.from({ length: 60 }, (_, lap) =>
      ['7', '07', '12'].flatMap((car, index) =>
        ['I1', 'I2', 'FL'].map((loop, place) =>
          pass({ car, loop, lap: lap + 1, ms: lap * 120_000 + index * 900 + (place + 1) * 40_000 }),
        ),
      ),
    ).flat();
    const report = fuzzFormat(hhTiming, {
      samples: [{ name: 'x.hhreplay', content: [SESSION, entry('7', 'ANN'), ...many].join('\n') }],
    });
    expect(report.races).toBeGreaterThan(report.files / 4);
    expect(report.skipped).toBeGreaterThan(1000);
  });
});
