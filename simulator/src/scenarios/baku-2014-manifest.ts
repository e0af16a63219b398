import type { Manifest } from '@pitboard/shared/protocol/manifest.ts';
import { BAKU_CHAMPIONSHIPS } from './baku-2014-championships.ts';
import { BAKU_ENTRIES } from './baku-2014-entries.ts';

export const WINDOW_OPENS_MS = 1_500_000;
export const WINDOW_CLOSES_MS = 2_100_000;
/** 2 November 2014, 13:55 in Baku. */
const START_EPOCH_MS = 1_414_922_100_000;

/** Car by grid place; the fourth place stayed empty. */
// biome-ignore format: a grid reads in rows
const GRID_ORDER: readonly (string | undefined)[] = [
  '1', '007', '9', undefined, '36', '6', '16', '37', '84', '25', '31', '38', '28', '0', '85', '13', '15', '3', '14', '30',
  '888', '177', '777', '27', '24', '34', '76', '2',
];

const GRID_NOTES: Readonly<Record<string, string>> = {
  '1': 'Won the qualifying race',
  '2': '4th in the qualifying race; engine change: back of the grid',
  '6': '6th in the qualifying race',
  '777': 'Power steering failure in the qualifying race',
  '76': 'Crashed on lap 1 of the qualifying race',
};

const DATA_NOTES: Manifest['dataNotes'] = [
  note(
    'lap times',
    'reconstructed',
    'No lap chart was found: lap and sector times are simulated around the known facts.',
  ),
  note(
    'gaps',
    'reconstructed',
    'Known are the 2.225 s between the first two and the order of the first ten; the rest is simulated.',
  ),
  note(
    'pit stops',
    'reconstructed',
    'Laps and durations of all stops, the pit-lane loss, and the window from 25 to 35 minutes are invented.',
  ),
  note(
    'grid',
    'reconstructed',
    'Known are places 1 to 3, 5 to 9, 11, 23, the last row, and that #2 started last. That place 4 stayed empty is assumed.',
  ),
  note(
    'result',
    'reconstructed',
    'Places from 11th on are simulated; #177 as best Pro-Am car, #14 and #888 as the best Silver cars are known.',
  ),
  note('laps', 'reconstructed', 'The number of laps was not found; 39 follows from the distance and the pace.'),
  note('weather', 'reconstructed', 'Sunny and dry is known, the temperatures are not.'),
  note(
    'entries',
    'reconstructed',
    'Numbers, classes, starting drivers and crews that are marked so in the entry list are invented.',
  ),
  note(
    'car 777',
    'conflict',
    'The race report puts the crash of Mies on the last lap, he himself on the last but one. Shown: the last.',
  ),
  note(
    'car 5',
    'missing',
    '30 cars were entered. #5 (Phoenix Racing, Basseng and Latif) crashed in qualifying and was probably withdrawn; it is left out.',
  ),
  note('car 31', 'reconstructed', 'Who of Westbrook and Siedler started is not known.'),
  note('car 28', 'reconstructed', 'The retirement is known, its lap is not.'),
  note('car 85', 'reconstructed', 'The retirement is known, its lap and reason are not.'),
  note('car 84', 'conflict', 'Götz was 8th when he was hit by his team’s report, 7th by another.'),
  note(
    'fastest lap',
    'reconstructed',
    'Vanthoor holds the race lap record of the weekend (1:29.488); which of the two races it fell in is not known.',
  ),
  note('circuit length', 'conflict', '3.864 km by the organiser, 3.890 km by others.'),
];

export const BAKU_MANIFEST: Manifest = {
  event: 'Baku World Challenge',
  series: 'Blancpain Sprint Series',
  session: 'Main Race',
  kind: 'race',
  season: 2014,
  startEpochMs: START_EPOCH_MS,
  timeZone: 'Asia/Baku',
  startType: 'rolling',
  distance: { durationMs: 3_600_000 },
  circuit: {
    name: 'Baku Street Circuit',
    location: 'Baku',
    country: 'Azerbaijan',
    lengthMetres: 3864,
    loops: [
      { id: 'SF', kind: 'finish', metres: 0 },
      { id: 'S1', kind: 'sector', metres: 1250 },
      { id: 'S2', kind: 'sector', metres: 2610 },
    ],
    minimumLapMs: 80_000,
    pitLane: { lossMs: 55_000, speedLimitKph: 60, entryMetres: 3684, exitMetres: 180 },
  },
  classes: [
    { id: 'pro', name: 'Pro Cup', colour: '#e8b73a' },
    { id: 'pro-am', name: 'Pro-Am Cup', colour: '#4aa3df' },
    { id: 'silver', name: 'Silver Cup', colour: '#a9b4c0' },
  ],
  entries: [...BAKU_ENTRIES],
  grid: GRID_ORDER.flatMap((car, index) => {
    if (car === undefined) return [];
    const text = GRID_NOTES[car];
    return [{ car, position: index + 1, ...(text !== undefined && { note: text }) }];
  }),
  gridNote: 'The grid is the result of the qualifying race held the same morning.',
  pitRules: {
    mandatoryStops: 1,
    windowOpensMs: WINDOW_OPENS_MS,
    windowClosesMs: WINDOW_CLOSES_MS,
    driverChangeRequired: true,
  },
  championships: [...BAKU_CHAMPIONSHIPS],
  rules: { classifiedShare: 0.7 },
  dataNotes: DATA_NOTES,
};

function note(subject: string, kind: Manifest['dataNotes'][number]['kind'], text: string) {
  return { subject, kind, text };
}
