import type { Driver, Entry } from '@pitboard/shared/protocol/manifest.ts';

type Reconstructed = 'number' | 'class' | 'startingDriver' | 'drivers' | 'team';
type EntryDetails = {
  readonly class?: 'pro-am' | 'silver';
  readonly guest?: true;
  readonly note?: string;
  /** What no source gives. */
  readonly invented?: readonly Reconstructed[];
};

type Model = readonly [make: string, model: string];
type Row = readonly [car: string, team: string, model: Model, drivers: readonly Driver[], details?: EntryDetails];

const WRT = 'Belgian Audi Club Team WRT';
const AUDI: Model = ['Audi', 'R8 LMS ultra'];
const MERCEDES: Model = ['Mercedes-Benz', 'SLS AMG GT3'];
const BMW: Model = ['BMW', 'Z4 GT3'];
const MCLAREN: Model = ['McLaren', '12C GT3'];
const CORVETTE: Model = ['Corvette', 'Z06.R GT3'];
const LAMBORGHINI: Model = ['Lamborghini', 'Gallardo FL2 GT3'];
const PORSCHE: Model = ['Porsche', '997 GT3 R'];
const ASTON_MARTIN: Model = ['Aston Martin', 'V12 Vantage GT3'];
const BRASIL = 'BMW Sports Trophy Team Brasil';

const DRIVERS_UNKNOWN: readonly Driver[] = [
  { id: 'unknown-27-a', lastName: 'N. N. (first driver)' },
  { id: 'unknown-27-b', lastName: 'N. N. (second driver)' },
];

const ROWS: readonly Row[] = [
  ['1', WRT, AUDI, [driver('Cesar', 'Ramos', 'BRA'), driver('Laurens', 'Vanthoor', 'BEL')]],
  ['2', WRT, AUDI, [driver('René', 'Rast', 'GER'), driver('Enzo', 'Ide', 'BEL')]],
  ['9', WRT, AUDI, [driver('Stéphane', 'Richelmi', 'MON'), driver('Stéphane', 'Ortelli', 'MON')]],
  [
    '3',
    WRT,
    AUDI,
    [driver('Vincent', 'Abril', 'MON'), driver('Mateusz', 'Lisowski', 'POL')],
    {
      class: 'silver',
      invented: ['number', 'startingDriver'],
    },
  ],
  ['6', 'Phoenix Racing', AUDI, [driver('Niki', 'Mayr-Melnhof', 'AUT'), driver('Markus', 'Winkelhock', 'GER')]],
  [
    '777',
    'Prosperia C. Abt Racing',
    AUDI,
    [driver('Kelvin', 'van der Linde', 'RSA'), driver('Christopher', 'Mies', 'GER')],
    { invented: ['class'] },
  ],
  [
    '007',
    'Beechdean AMR',
    ASTON_MARTIN,
    [driver('Jonathan', 'Adam', 'GBR'), driver('Andy', 'Soucek', 'ESP')],
    { guest: true, invented: ['number', 'class'] },
  ],
  ['84', 'HTP Motorsport', MERCEDES, [driver('Maximilian', 'Götz', 'GER'), driver('Maximilian', 'Buhk', 'GER')]],
  [
    '85',
    'HTP Motorsport',
    MERCEDES,
    [driver('Sergei', 'Afanasiev', 'RUS'), driver('Stef', 'Dusseldorp', 'NED')],
    {
      invented: ['startingDriver'],
    },
  ],
  [
    '86',
    'HTP Motorsport',
    MERCEDES,
    [driver('Luca', 'Stolz', 'GER'), driver('Lucas', 'Wolf', 'GER')],
    {
      class: 'silver',
    },
  ],
  [
    '13',
    'Zakspeed',
    MERCEDES,
    [driver('Alon', 'Day', 'ISR'), driver('Andreas', 'Simonsen', 'SWE')],
    {
      guest: true,
      invented: ['class', 'startingDriver'],
    },
  ],
  [
    '14',
    'Fortec Motorsport',
    MERCEDES,
    [driver('Benji', 'Hetherington', 'GBR'), driver('Miguel', 'Toril', 'ESP')],
    {
      class: 'silver',
      note: 'A preview names Yelmer Buurman as the second driver, the maker’s report Miguel Toril.',
      invented: ['number', 'startingDriver'],
    },
  ],
  [
    '177',
    'GT Russian Team',
    MERCEDES,
    [driver('Alexey', 'Vasiliev', 'RUS'), driver('Marko', 'Asmer', 'EST')],
    {
      class: 'pro-am',
      invented: ['startingDriver'],
    },
  ],
  [
    '28',
    'Grasser Racing Team',
    LAMBORGHINI,
    [driver('Hari', 'Proczyk', 'AUT'), driver('Jeroen', 'Bleekemolen', 'NED')],
    { note: 'One page gives the number as 26.', invented: ['startingDriver'] },
  ],
  [
    '27',
    'Grasser Racing Team',
    LAMBORGHINI,
    DRIVERS_UNKNOWN,
    {
      class: 'pro-am',
      note: 'The second Lamborghini: no source names its crew.',
      invented: ['number', 'team', 'class', 'drivers'],
    },
  ],
  [
    '31',
    'Trackspeed',
    PORSCHE,
    [driver('Richard', 'Westbrook', 'GBR'), driver('Norbert', 'Siedler', 'AUT')],
    {
      guest: true,
      invented: ['class', 'startingDriver'],
    },
  ],
  [
    '36',
    'Schütz Motorsport',
    PORSCHE,
    [driver('Marco', 'Holzer', 'GER'), driver('Martin', 'Ragginger', 'AUT')],
    {
      guest: true,
      invented: ['class', 'startingDriver'],
    },
  ],
  [
    '16',
    'Boutsen Ginion Racing',
    MCLAREN,
    [driver('Chris', 'van der Drift', 'NZL'), driver('Frédéric', 'Vervisch', 'BEL')],
    { guest: true, invented: ['class', 'startingDriver'] },
  ],
  [
    '15',
    'Boutsen Ginion Racing',
    MCLAREN,
    [driver('Kévin', 'Estre', 'FRA'), driver('Rob', 'Bell', 'GBR')],
    {
      guest: true,
      invented: ['number', 'class', 'startingDriver'],
    },
  ],
  [
    '25',
    'Bhaitech',
    MCLAREN,
    [driver('Fabio', 'Onidi', 'ITA'), driver('Giorgio', 'Pantano', 'ITA')],
    {
      invented: ['number', 'class', 'startingDriver'],
    },
  ],
  [
    '24',
    'Bhaitech',
    MCLAREN,
    [driver('Filip', 'Salaquarda', 'CZE'), driver('Álvaro', 'Parente', 'POR')],
    {
      invented: ['number', 'class', 'startingDriver'],
    },
  ],
  [
    '0',
    BRASIL,
    BMW,
    [driver('Ricardo', 'Sperafico', 'BRA'), driver('Rodrigo', 'Sperafico', 'BRA')],
    {
      invented: ['class', 'startingDriver'],
    },
  ],
  [
    '30',
    BRASIL,
    BMW,
    [driver('Matheus', 'Stumpf', 'BRA'), driver('Miguel', 'Paludo', 'BRA')],
    {
      invented: ['class', 'startingDriver'],
    },
  ],
  ['33', 'ROAL Motorsport', BMW, [driver('Alessandro', 'Zanardi', 'ITA')], { invented: ['number', 'class'] }],
  [
    '34',
    'ROAL Motorsport',
    BMW,
    [driver('Stefano', 'Colombo', 'ITA'), driver('David', 'Fumanelli', 'ITA')],
    {
      class: 'silver',
      invented: ['number', 'startingDriver'],
    },
  ],
  [
    '76',
    'BMW Sports Trophy Team Schubert',
    BMW,
    [driver('Dominik', 'Baumann', 'AUT'), driver('Jens', 'Klingmann', 'GER')],
    { invented: ['class', 'startingDriver'] },
  ],
  [
    '888',
    'Triple Eight',
    BMW,
    [driver('Joe', 'Osborne', 'GBR'), driver('Ryan', 'Ratcliffe', 'GBR')],
    {
      class: 'silver',
      guest: true,
      invented: ['startingDriver'],
    },
  ],
  [
    '37',
    'Callaway Competition',
    CORVETTE,
    [driver('Daniel', 'Keilwitz', 'GER'), driver('Andreas', 'Wirth', 'GER')],
    { guest: true, invented: ['number', 'class', 'startingDriver'] },
  ],
  [
    '38',
    'RWT Racing',
    CORVETTE,
    [driver('Sven', 'Barth', 'GER'), driver('David', 'Jahn', 'GER')],
    {
      guest: true,
      invented: ['number', 'class', 'startingDriver'],
    },
  ],
];

/** The field, in the order of the entry list. The first driver starts. */
export const BAKU_ENTRIES: readonly Entry[] = ROWS.map(([car, team, [make, model], drivers, details = {}]) => ({
  car,
  team,
  make,
  model,
  class: details.class ?? 'pro',
  drivers: [...drivers],
  ...(drivers[0] !== undefined && { startingDriver: drivers[0].id }),
  ...(details.guest && { guest: true }),
  ...(details.note !== undefined && { note: details.note }),
  ...(details.invented !== undefined && { reconstructed: [...details.invented] }),
}));

function driver(firstName: string, lastName: string, nationality: string): Driver {
  return { id: driverId(`${firstName} ${lastName}`), firstName, lastName, nationality };
}

function driverId(name: string): string {
  const plain = name.normalize('NFD').replace(/\p{M}/gu, '');
  return plain.toLowerCase().replaceAll(' ', '-');
}
