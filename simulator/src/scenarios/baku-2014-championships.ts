import type { Championship } from '@pitboard/shared/protocol/manifest.ts';

const MAIN_RACE_POINTS = [25, 18, 15, 12, 10, 8, 6, 4, 2, 1];
const SCORING_UNKNOWN = 'The scoring of this table is not known; the points stand as before the qualifying race.';
const GUESTS_SCORE = 'Guests take points: they are not passed on to the next car.';

/** The titles as they stood between the qualifying race of the morning and this race. */
export const BAKU_CHAMPIONSHIPS: readonly Championship[] = [
  {
    id: 'gt-series-drivers',
    name: 'Blancpain GT Series, drivers',
    scope: 'driver',
    points: MAIN_RACE_POINTS,
    standings: [
      { competitor: 'maximilian-buhk', points: 190 },
      { competitor: 'laurens-vanthoor', points: 175, note: '167 and 8 from the qualifying race' },
      { competitor: 'maximilian-gotz', points: 160 },
    ],
    remainingAfter: 0,
    note: `${GUESTS_SCORE} Only the first three are known.`,
  },
  {
    id: 'sprint-series-drivers',
    name: 'Blancpain Sprint Series, drivers',
    scope: 'driver',
    points: MAIN_RACE_POINTS,
    standings: [
      { competitor: 'maximilian-gotz', points: 142 },
      { competitor: 'maximilian-buhk', points: 126 },
      { competitor: 'hari-proczyk', points: 115 },
      { competitor: 'jeroen-bleekemolen', points: 115 },
      { competitor: 'laurens-vanthoor', points: 75 },
      { competitor: 'cesar-ramos', points: 75 },
    ],
    remainingAfter: 0,
    decided: {
      competitor: 'maximilian-gotz',
      note: 'Champion since the qualifying race: 9th was enough, as Proczyk and Bleekemolen did not score.',
    },
    note: GUESTS_SCORE,
  },
  {
    id: 'gt-series-teams',
    name: 'Blancpain GT Series, teams',
    scope: 'team',
    points: [],
    standings: [
      { competitor: 'Belgian Audi Club Team WRT', points: 251 },
      { competitor: 'HTP Motorsport', points: 234 },
    ],
    remainingAfter: 0,
    note: SCORING_UNKNOWN,
  },
  {
    id: 'sprint-series-teams',
    name: 'Blancpain Sprint Series, teams',
    scope: 'team',
    points: [],
    standings: [
      { competitor: 'HTP Motorsport', points: 144 },
      { competitor: 'Belgian Audi Club Team WRT', points: 134 },
      { competitor: 'Grasser Racing Team', points: 123 },
    ],
    remainingAfter: 0,
    note: SCORING_UNKNOWN,
  },
  {
    id: 'silver-cup',
    name: 'Silver Cup, drivers',
    scope: 'driver',
    class: 'silver',
    points: [],
    standings: [
      { competitor: 'vincent-abril', points: 162 },
      { competitor: 'mateusz-lisowski', points: 162 },
      { competitor: 'stefano-colombo', points: 138 },
      { competitor: 'david-fumanelli', points: 138 },
    ],
    remainingAfter: 0,
    note: SCORING_UNKNOWN,
  },
];
