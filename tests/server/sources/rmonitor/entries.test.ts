import { entryOfCompetitor } from '@pitboard/server/sources/rmonitor/competitor-entry.ts';
import { rmonitor } from '@pitboard/server/sources/rmonitor/rmonitor-protocol.ts';
import { kindOfRun } from '@pitboard/server/sources/rmonitor/session-name.ts';
import { parseManifest } from '@pitboard/shared/protocol/parse.ts';
import { describe, expect, it } from 'vitest';
import { beat, FIELD, hearOne, lap, ofType, RUN, resultOf } from './hear-rmonitor.ts';

const oneLap = [beat(0), lap('7', { place: 1, lap: 1, ms: 61_000, total: 61_000 }), beat(62)];
const entry = (first: string, last: string, nationality = '', additional = '') => {
  const { drivers, team, make, model, note } = entryOfCompetitor(
    '7',
    { first, last, nationality, additional },
    undefined,
  );
  const names = drivers.map(({ firstName = '', lastName, nationality: country }) =>
    `${firstName} ${lastName}${country === undefined ? '' : ` (${country})`}`.trim(),
  );
  return { names, team, make, model, note };
};
const NOTHING = { names: [], team: undefined, make: undefined, model: undefined, note: undefined };

describe('N. RMonitor and Multiloop', () => {
  it.each([
    ['Race 2', 'race'],
    ['Sunday - 6 Hour', 'race'],
    ['Group B', 'race'],
    ['Heat 3', 'race'],
    ['GT Qualifying Race', 'race'],
    ['Qualifying - Race 2', 'qualifying'],
    ['Race 2 Qualifying', 'qualifying'],
    ['Race 2 (grid by qualifying)', 'race'],
    ['Race 1 (qualifying order)', 'race'],
    ['Zeittraining 2', 'qualifying'],
    ['Q2', 'qualifying'],
    ['Friday free practice', 'practice'],
    ['Freies Training', 'practice'],
    ['Test Session 2', 'practice'],
    ['HPDE 2', 'practice'],
    ['Race Practice 3', 'practice'],
    ['Intermediate / Advanced', 'practice'],
    ['The 10hr Enduro', 'race'],
    ['Sunday Warm-Up', 'warm-up'],
  ])('[N26] a run named %s is a %s', (name, kind) => {
    expect(kindOfRun(name)).toBe(kind);
  });

  it('[N26] the ranking that the operator chose decides what the name leaves open', () => {
    const kindOf = (name: string, mode: string) =>
      hearOne([`$B,4,"${name}"`, `$RMS,"${mode}"`, FIELD, oneLap]).manifest.kind;
    expect(kindOf('Group B', 'qualifying')).toBe('qualifying');
    expect(kindOf('Friday practice', 'qualifying')).toBe('practice');
    expect(kindOf('Friday practice', 'race')).toBe('race');
    const practice = hearOne(['$B,4,"Practice"', FIELD, oneLap]).manifest;
    expect([practice.orderAuthority, practice.rules]).toEqual([undefined, undefined]);
  });

  it.each([
    ['a driver with his country', entry('Jana', 'Feldmann', 'GER'), { ...NOTHING, names: ['Jana Feldmann (GER)'] }],
    [
      'a car for a country',
      entry('Jana', 'Feldmann', 'Ginetta G55'),
      { ...NOTHING, names: ['Jana Feldmann'], make: 'Ginetta', model: 'G55' },
    ],
    [
      'a crew in two halves',
      entry('Feldmann / Sand /', 'Moor / de Wit'),
      { ...NOTHING, names: ['Feldmann', 'Sand', 'Moor', 'de Wit'] },
    ],
    ['a crew not named yet', entry('TBA /', 'TBA'), NOTHING],
    [
      'a team in the first field',
      entry('Round Hill Racing', '', '', 'Oil & Sons'),
      { ...NOTHING, team: 'Round Hill Racing', note: 'Oil & Sons' },
    ],
    ['a team of any name', entry('Boulder', ''), { ...NOTHING, team: 'Boulder' }],
    [
      'a team and its car',
      entry('Loose Screws', '1996 Mazda Miata (Grey)'),
      { ...NOTHING, team: 'Loose Screws', make: 'Mazda', model: 'Miata (Grey)' },
    ],
    [
      'a car of a make that is not known',
      entry('Loose Screws', '1984 Wombat GT'),
      { ...NOTHING, team: 'Loose Screws', model: 'Wombat GT' },
    ],
    [
      'a driver and his team',
      entry('Olaf Sand', 'Sand Motorsport'),
      { ...NOTHING, names: ['Olaf Sand'], team: 'Sand Motorsport' },
    ],
    [
      'a driver by his last name first',
      entry('Moor, Tilda', 'Sand Motorsport'),
      { ...NOTHING, names: ['Tilda Moor'], team: 'Sand Motorsport' },
    ],
    ['a driver with the name of a make', entry('Tilda', 'Ford', 'USA'), { ...NOTHING, names: ['Tilda Ford (USA)'] }],
    ['a last name alone', entry('', 'Mara Quell'), { ...NOTHING, names: ['Mara Quell'] }],
    ['nothing', entry('', ''), NOTHING],
  ])('[N27] names are read for what they look like: %s', (_, found, expected) => {
    expect({ ...NOTHING, ...found, team: found.team || undefined }).toEqual(expected);
  });

  it('[N27] the two lines of a competitor complete each other, and only news is told', () => {
    const comp = '$COMP,"7","7",1,"Jana","Feldmann","GER","Feldmann Racing"';
    const race = hearOne([RUN, FIELD, oneLap, comp, FIELD, comp, beat(63)]);
    expect(race.manifest.entries[0]).toMatchObject({
      car: '7',
      team: 'Feldmann Racing',
      drivers: [{ lastName: 'Feldmann' }],
    });
    expect(race.manifest.entries).toHaveLength(3);
    // A refresh tells both lines again and again, and they may differ.
    const told: string[] = [];
    const reader = rmonitor.createReader({
      session: () => undefined,
      facts: (facts) => told.push(...facts.map(({ type }) => type)),
      skipped: () => undefined,
      line: () => undefined,
    });
    for (const line of [RUN, FIELD, comp, oneLap, FIELD, comp, FIELD, comp].flat(2))
      reader.read(Buffer.from(`${line}\n`), 0);
    expect(told.filter((type) => type === 'entry-updated')).toEqual([]);
  });

  it('[N28] the number on the car counts, else the registration; shared ones are told apart', () => {
    const cars = [
      '$A,"ABCD1234","01",0,"A","A","",1',
      '$A,"X","1",0,"B","B","",1',
      '$A,"Y","1",0,"C","C","",1',
      '$A,"007","",0,"D","D","",1',
      '$A,"__proto__","constructor",0,"E","E","",1',
    ];
    const race = hearOne([
      RUN,
      cars,
      beat(0),
      lap('Y', { place: 1, lap: 1, ms: 60_000, total: 60_000 }),
      lap('ABCD1234', { place: 2, lap: 1, ms: 61_000, total: 61_000 }),
    ]);
    expect(race.manifest.entries.map(({ car }) => car)).toEqual(['01', '1', 'Y', '007', 'construc']);
    expect(ofType(race, 'passing').map(({ car }) => car)).toEqual(['Y', '01']);
    expect(parseManifest(race.manifest)).toMatchObject({ ok: true });
  });

  it('[N28] no more cars are taken than a manifest holds', () => {
    const cars = Array.from({ length: 700 }, (_, index) => `$A,"${index}","${index}",0,"A","B","",1`);
    expect(
      hearOne([RUN, cars, beat(0), lap('7', { place: 1, lap: 1, ms: 60_000, total: 60_000 })]).manifest.entries,
    ).toHaveLength(500);
  });

  it('[N29] classes go by their names, and by number where they have none', () => {
    const race = hearOne([
      RUN,
      FIELD,
      '$C,3,""',
      '$C,4,""',
      '$A,"44","44",0,"A","B","",3',
      '$C,5,"Coupe"',
      '$A,"45","45",0,"A","B","",5',
      oneLap,
    ]);
    expect(race.manifest.classes).toEqual([
      { id: 'Coupe', name: 'Coupé' },
      { id: 'Roadster', name: 'Roadster' },
      { id: 'class-3', name: 'Class 3' },
      { id: 'class-5', name: 'Coupe' },
    ]);
    expect(race.manifest.entries.map((each) => each.class)).toEqual([
      'Coupe',
      'Coupe',
      'Roadster',
      'class-3',
      'class-5',
    ]);
    const late = hearOne([RUN, '$A,"7","7",0,"A","B","",1', oneLap, '$C,1,"Saloon"', beat(63)]);
    expect(resultOf(late)[0]?.class).toBe('Saloon');
  });

  it('[N29] the length of the track is in miles, unless it says otherwise', () => {
    const lengthOf = (text: string) =>
      hearOne([RUN, `$E,"TRACKLENGTH","${text}"`, oneLap]).manifest.circuit.lengthMetres;
    expect(['1.500', '1,5', '2.4 km', '850', '900 m', '0', 'long', '9999999'].map(lengthOf)).toEqual([
      2414,
      2414,
      2400,
      850,
      900,
      undefined,
      undefined,
      undefined,
    ]);
    const { circuit, event, session } = hearOne([RUN, FIELD, oneLap]).manifest;
    expect([circuit.name, event, session]).toEqual(['Wiesenring', 'Wiesenring', 'Race 1']);
  });

  it('[N31] Race-Monitor tells the laps of the past to who joins late', () => {
    const past = [
      '$RMHL,"7","1","2","00:01:01.000","Green ","00:01:01.000"',
      '$RMHL,"7","2","1","00:00:59.500","Green ","00:02:00.500"',
      '$RMHL,"7","3","1","00:00:59.500","Green ","00:03:00.000"',
      '$RMHL,"7","9","1","00:00:59.500","Green ","00:09:00.000"',
    ];
    const race = hearOne([
      RUN,
      FIELD,
      '$G,1,"7",3,"00:03:00.000"',
      beat(181),
      past,
      past,
      beat(182),
      '$RMDTL',
      '$RMLT,"7",1760000000000',
    ]);
    expect(ofType(race, 'passing').map(({ lapNumber, lapTimeMs = 0 }) => `${lapNumber} ${lapTimeMs}`)).toEqual([
      '3 0',
      '1 61000',
      '2 59500',
    ]);
    expect(resultOf(race)[0]).toMatchObject({ laps: 3, totalTimeMs: 180_000, bestLapTimeMs: 59_500, bestLap: 2 });
  });
});
