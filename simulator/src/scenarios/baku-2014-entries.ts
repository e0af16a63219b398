import type { Driver, Entry } from '@pitboard/shared/protocol/manifest.ts';

type Reconstructed = 'number' | 'class' | 'startingDriver' | 'drivers' | 'team';
type EntryDetails = {
  readonly class?: 'pro-am' | 'silver';
  readonly guest?: true;
  readonly note?: string;
  /** What no source gives. */
  readonly invented?: readonly Reconstructed[];
};

const WRT = 'Belgian Audi Club Team WRT';
const AUDI = 'Audi R8 LMS ultra';
const MERCEDES = 'Mercedes-Benz SLS AMG GT3';
const BMW = 'BMW Z4 GT3';
const MCLAREN = 'McLaren 12C GT3';
const CORVETTE = 'Corvette Z06.R GT3';
const LAMBORGHINI = 'Lamborghini Gallardo FL2 GT3';
const PORSCHE = 'Porsche 997 GT3 R';
const BRASIL = 'BMW Sports Trophy Team Brasil';

const DRIVERS_UNKNOWN: readonly Driver[] = [
  { id: 'unknown-27-a', lastName: 'N. N. (first driver)' },
  { id: 'unknown-27-b', lastName: 'N. N. (second driver)' },
];

/** The field, in the order of the entry list. The first driver starts. */
export const BAKU_ENTRIES: readonly Entry[] = [
  entry('1', WRT, AUDI, [driver('Cesar', 'Ramos', 'BRA'), driver('Laurens', 'Vanthoor', 'BEL')]),
  entry('2', WRT, AUDI, [driver('René', 'Rast', 'GER'), driver('Enzo', 'Ide', 'BEL')]),
  entry('9', WRT, AUDI, [driver('Stéphane', 'Richelmi', 'MON'), driver('Stéphane', 'Ortelli', 'MON')]),
  entry('3', WRT, AUDI, [driver('Vincent', 'Abril', 'MON'), driver('Mateusz', 'Lisowski', 'POL')], {
    class: 'silver',
    invented: ['number', 'startingDriver'],
  }),
  entry('6', 'Phoenix Racing', AUDI, [driver('Niki', 'Mayr-Melnhof', 'AUT'), driver('Markus', 'Winkelhock', 'GER')]),
  entry(
    '777',
    'Prosperia C. Abt Racing',
    AUDI,
    [driver('Kelvin', 'van der Linde', 'RSA'), driver('Christopher', 'Mies', 'GER')],
    { invented: ['class'] },
  ),
  entry(
    '007',
    'Beechdean AMR',
    'Aston Martin V12 Vantage GT3',
    [driver('Jonathan', 'Adam', 'GBR'), driver('Andy', 'Soucek', 'ESP')],
    { guest: true, invented: ['number', 'class'] },
  ),
  entry('84', 'HTP Motorsport', MERCEDES, [driver('Maximilian', 'Götz', 'GER'), driver('Maximilian', 'Buhk', 'GER')]),
  entry('85', 'HTP Motorsport', MERCEDES, [driver('Sergei', 'Afanasiev', 'RUS'), driver('Stef', 'Dusseldorp', 'NED')], {
    invented: ['startingDriver'],
  }),
  entry('86', 'HTP Motorsport', MERCEDES, [driver('Luca', 'Stolz', 'GER'), driver('Lucas', 'Wolf', 'GER')], {
    class: 'silver',
  }),
  entry('13', 'Zakspeed', MERCEDES, [driver('Alon', 'Day', 'ISR'), driver('Andreas', 'Simonsen', 'SWE')], {
    guest: true,
    invented: ['class', 'startingDriver'],
  }),
  entry(
    '14',
    'Fortec Motorsport',
    MERCEDES,
    [driver('Benji', 'Hetherington', 'GBR'), driver('Miguel', 'Toril', 'ESP')],
    {
      class: 'silver',
      note: 'A preview names Yelmer Buurman as the second driver, the maker’s report Miguel Toril.',
      invented: ['number', 'startingDriver'],
    },
  ),
  entry('177', 'GT Russian Team', MERCEDES, [driver('Alexey', 'Vasiliev', 'RUS'), driver('Marko', 'Asmer', 'EST')], {
    class: 'pro-am',
    invented: ['startingDriver'],
  }),
  entry(
    '28',
    'Grasser Racing Team',
    LAMBORGHINI,
    [driver('Hari', 'Proczyk', 'AUT'), driver('Jeroen', 'Bleekemolen', 'NED')],
    { note: 'One page gives the number as 26.', invented: ['startingDriver'] },
  ),
  entry('27', 'Grasser Racing Team', LAMBORGHINI, DRIVERS_UNKNOWN, {
    class: 'pro-am',
    note: 'The second Lamborghini: no source names its crew.',
    invented: ['number', 'team', 'class', 'drivers'],
  }),
  entry('31', 'Trackspeed', PORSCHE, [driver('Richard', 'Westbrook', 'GBR'), driver('Norbert', 'Siedler', 'AUT')], {
    guest: true,
    invented: ['class', 'startingDriver'],
  }),
  entry('36', 'Schütz Motorsport', PORSCHE, [driver('Marco', 'Holzer', 'GER'), driver('Martin', 'Ragginger', 'AUT')], {
    guest: true,
    invented: ['class', 'startingDriver'],
  }),
  entry(
    '16',
    'Boutsen Ginion Racing',
    MCLAREN,
    [driver('Chris', 'van der Drift', 'NZL'), driver('Frédéric', 'Vervisch', 'BEL')],
    { guest: true, invented: ['class', 'startingDriver'] },
  ),
  entry('15', 'Boutsen Ginion Racing', MCLAREN, [driver('Kévin', 'Estre', 'FRA'), driver('Rob', 'Bell', 'GBR')], {
    guest: true,
    invented: ['number', 'class', 'startingDriver'],
  }),
  entry('25', 'Bhaitech', MCLAREN, [driver('Fabio', 'Onidi', 'ITA'), driver('Giorgio', 'Pantano', 'ITA')], {
    invented: ['number', 'class', 'startingDriver'],
  }),
  entry('24', 'Bhaitech', MCLAREN, [driver('Filip', 'Salaquarda', 'CZE'), driver('Álvaro', 'Parente', 'POR')], {
    invented: ['number', 'class', 'startingDriver'],
  }),
  entry('0', BRASIL, BMW, [driver('Ricardo', 'Sperafico', 'BRA'), driver('Rodrigo', 'Sperafico', 'BRA')], {
    invented: ['class', 'startingDriver'],
  }),
  entry('30', BRASIL, BMW, [driver('Matheus', 'Stumpf', 'BRA'), driver('Miguel', 'Paludo', 'BRA')], {
    invented: ['class', 'startingDriver'],
  }),
  entry('33', 'ROAL Motorsport', BMW, [driver('Alessandro', 'Zanardi', 'ITA')], { invented: ['number', 'class'] }),
  entry('34', 'ROAL Motorsport', BMW, [driver('Stefano', 'Colombo', 'ITA'), driver('David', 'Fumanelli', 'ITA')], {
    class: 'silver',
    invented: ['number', 'startingDriver'],
  }),
  entry(
    '76',
    'BMW Sports Trophy Team Schubert',
    BMW,
    [driver('Dominik', 'Baumann', 'AUT'), driver('Jens', 'Klingmann', 'GER')],
    { invented: ['class', 'startingDriver'] },
  ),
  entry('888', 'Triple Eight', BMW, [driver('Joe', 'Osborne', 'GBR'), driver('Ryan', 'Ratcliffe', 'GBR')], {
    class: 'silver',
    guest: true,
    invented: ['startingDriver'],
  }),
  entry(
    '37',
    'Callaway Competition',
    CORVETTE,
    [driver('Daniel', 'Keilwitz', 'GER'), driver('Andreas', 'Wirth', 'GER')],
    { guest: true, invented: ['number', 'class', 'startingDriver'] },
  ),
  entry('38', 'RWT Racing', CORVETTE, [driver('Sven', 'Barth', 'GER'), driver('David', 'Jahn', 'GER')], {
    guest: true,
    invented: ['number', 'class', 'startingDriver'],
  }),
];

// A table reads best in rows: the five parts of an entry stand in the order of the entry list.
function entry(
  car: string,
  team: string,
  makeAndModel: string,
  drivers: readonly Driver[],
  details: EntryDetails = {},
): Entry {
  const [make, ...model] = makeAndModel.startsWith('Aston Martin')
    ? ['Aston Martin', makeAndModel.slice('Aston Martin '.length)]
    : makeAndModel.split(' ');
  return {
    car,
    team,
    ...(make !== undefined && { make }),
    model: model.join(' '),
    class: details.class ?? 'pro',
    drivers: [...drivers],
    ...(drivers[0] !== undefined && { startingDriver: drivers[0].id }),
    ...(details.guest && { guest: true }),
    ...(details.note !== undefined && { note: details.note }),
    ...(details.invented !== undefined && { reconstructed: [...details.invented] }),
  };
}

function driver(firstName: string, lastName: string, nationality: string): Driver {
  return { id: driverId(`${firstName} ${lastName}`), firstName, lastName, nationality };
}

function driverId(name: string): string {
  const plain = name.normalize('NFD').replace(/\p{M}/gu, '');
  return plain.toLowerCase().replaceAll(' ', '-');
}
