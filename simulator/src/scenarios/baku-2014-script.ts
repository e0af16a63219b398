import type { GapAim, LapAim, Mishap, PitRetirement, Script } from '../script.ts';

/** How the leader drives: free at first, for the fastest lap once, and without risk from then on. */
const LAP_AIMS: readonly LapAim[] = [
  { car: '1', fromLap: 19, toLap: 21, lapTimeMs: 90_700 },
  { car: '1', fromLap: 22, toLap: 22, lapTimeMs: 89_624, exact: true },
  { car: '1', fromLap: 23, toLap: 27, lapTimeMs: 90_950 },
  { car: '1', fromLap: 28, toLap: 39, lapTimeMs: 91_500 },
];

/** #007 close behind the leader until the stops, seven seconds behind after them, and closer again to the flag. */
const ASTON_AIMS: readonly GapAim[] = [
  ...shadowAims('007', '1', {
    fromLap: 1,
    gapsMs: [
      [1, 560],
      [4, 420],
      [7, 700],
      [10, 480],
      [13, 660],
      [16, 450],
    ],
  }),
  ...shadowAims('007', '1', {
    fromLap: 19,
    gapsMs: [
      [20, 6850],
      [21, 6750],
      [22, 7350],
      [29, 5650],
      [36, 3150],
    ],
  }),
  { car: '007', behind: '1', fromLap: 37, toLap: 39, gapMs: 2225, shadow: true, exact: true },
];

/** The first eight keep their places on the opening lap, but for Callaway, who passes one car. */
const OPENING_AIMS: readonly GapAim[] = [
  { car: '9', behind: '007', fromLap: 1, toLap: 1, gapMs: 600 },
  { car: '36', behind: '9', fromLap: 1, toLap: 1, gapMs: 550 },
  { car: '6', behind: '36', fromLap: 1, toLap: 1, gapMs: 600 },
  { car: '37', behind: '6', fromLap: 1, toLap: 1, gapMs: 450 },
  { car: '16', behind: '37', fromLap: 1, toLap: 1, gapMs: 500 },
  { car: '84', behind: '16', fromLap: 1, toLap: 1, gapMs: 500 },
];

/** Winkelhock closes on Ortelli, presses him for six laps, and is ahead after his error. */
const PODIUM_AIMS: readonly GapAim[] = [
  { car: '9', behind: '1', fromLap: 2, toLap: 3, gapMs: 1900 },
  { car: '9', behind: '1', fromLap: 4, toLap: 16, gapMs: 8200 },
  { car: '9', behind: '1', fromLap: 21, toLap: 24, gapMs: 13_000 },
  { car: '9', behind: '1', fromLap: 25, toLap: 35, gapMs: 18_000 },
  { car: '9', behind: '6', fromLap: 36, toLap: 39, gapMs: 4300 },
  { car: '6', behind: '1', fromLap: 2, toLap: 6, gapMs: 5700 },
  { car: '6', behind: '1', fromLap: 7, toLap: 16, gapMs: 14_200 },
  { car: '6', behind: '9', fromLap: 21, toLap: 24, gapMs: 5600 },
  { car: '6', behind: '9', fromLap: 25, toLap: 29, gapMs: 700 },
  ...shadowAims('6', '9', {
    fromLap: 30,
    gapsMs: [
      [31, 600],
      [33, 450],
      [35, 500],
    ],
  }),
  { car: '6', behind: '1', fromLap: 36, toLap: 39, gapMs: 19_300 },
];

/** Rast comes from the back of the grid to the car of Götz, the eighth. */
const RAST_AIMS: readonly GapAim[] = [
  { car: '84', behind: '1', fromLap: 2, toLap: 7, gapMs: 8300 },
  { car: '2', behind: '84', fromLap: 2, toLap: 6, gapMs: 420 },
  { car: '2', behind: '84', fromLap: 7, toLap: 7, gapMs: 300, shadow: true },
];

/** Callaway: sixth after the start, past the Audi #6, then behind the Porsche until the stops. */
const CALLAWAY_AIMS: readonly GapAim[] = [
  { car: '37', behind: '6', fromLap: 2, toLap: 3, gapMs: 500 },
  { car: '37', behind: '36', fromLap: 4, toLap: 8, gapMs: 800 },
  { car: '37', behind: '36', fromLap: 9, toLap: 17, gapMs: 650, shadow: true },
];

/** Gap to the leader at the end of lap 6, of lap 16, and at the flag, for places that are known. */
const FIELD_AIMS: readonly GapAim[] = [
  ...fieldAims('36', [4300, 12_600, 28_400]),
  ...fieldAims('16', [6900, 17_300, 32_900]),
  ...fieldAims('25', [10_400, 21_500, 39_600]),
  ...fieldAims('38', [11_600, 23_900, 45_200]),
  ...fieldAims('0', [12_400, 25_600, 53_700]),
  ...fieldAims('13', [13_200, 27_000, 59_300]),
  ...fieldAims('14', [14_800, 33_000, 67_900]),
  ...fieldAims('888', [15_600, 35_000, 76_200]),
  { car: '777', behind: '1', fromLap: 2, toLap: 16, gapMs: 26_300 },
  { car: '777', behind: '1', fromLap: 25, toLap: 38, gapMs: 48_600 },
];

const MISHAPS: readonly Mishap[] = [
  {
    car: '30',
    lap: 1,
    loop: 1,
    delayMs: 5000,
    kind: 'contact',
    text: 'Cars 30 and 34 touch on the opening lap; both go on',
    parts: [
      { car: '30', lossMs: 1400 },
      { car: '34', lossMs: 2600 },
    ],
  },
  {
    car: '24',
    lap: 1,
    loop: 1,
    delayMs: 21_000,
    kind: 'contact',
    text: 'Cars 24 and 27 touch on the opening lap; both go on',
    parts: [
      { car: '24', lossMs: 1900 },
      { car: '27', lossMs: 2300 },
    ],
  },
  {
    car: '31',
    lap: 1,
    loop: 2,
    delayMs: 9000,
    kind: 'mechanical',
    text: 'Porsche 31 stops on the opening lap: a stone has holed the radiator',
    parts: [{ car: '31', retires: { reason: 'radiator holed by a stone', stopsAfterMs: 4000, afterMs: 55_000 } }],
    yellowMs: 75_000,
  },
  {
    car: '84',
    lap: 7,
    loop: 2,
    delayMs: 4500,
    kind: 'contact',
    text: 'Rast (2) tries to pass Götz (84) and touches him; the Audi stops in the wall',
    parts: [
      {
        car: '2',
        retires: { reason: 'contact with 84, into the wall', otherCar: '84', stopsAfterMs: 2500, afterMs: 25_000 },
      },
      {
        car: '84',
        retires: {
          reason: 'suspension damaged in contact with 2',
          otherCar: '2',
          stopsAfterMs: 12_000,
          afterMs: 45_000,
        },
      },
    ],
    yellowMs: 210_000,
  },
  {
    car: '37',
    lap: 21,
    loop: 1,
    delayMs: 11_000,
    kind: 'mechanical',
    text: 'Corvette 37 rolls to a halt: throttle body',
    parts: [{ car: '37', retires: { reason: 'throttle body', stopsAfterMs: 9000, afterMs: 70_000 } }],
    yellowMs: 90_000,
  },
  {
    car: '9',
    lap: 35,
    loop: 2,
    delayMs: 11_000,
    kind: 'error',
    text: 'Ortelli (9), with fading brakes, takes too much throttle out of a hairpin: Winkelhock (6) goes by',
    parts: [{ car: '9', lossMs: 2300 }, { car: '6' }],
  },
  {
    car: '777',
    lap: 39,
    loop: 0,
    delayMs: 13_000,
    kind: 'crash',
    text: 'Mies (777) hits the barrier almost unbraked after a brake disc burst; driver unhurt',
    parts: [{ car: '777', retires: { reason: 'brake disc burst, accident', stopsAfterMs: 3000, afterMs: 20_000 } }],
    yellowMs: 240_000,
  },
];

const PIT_RETIREMENTS: readonly PitRetirement[] = [
  { car: '76', lap: 9, reason: 'damage from the qualifying race' },
  { car: '28', lap: 26, reason: 'technical trouble' },
  { car: '85', lap: 25, reason: 'reason not known' },
];

/** What is known of the race, in the form of aims and mishaps. */
export const BAKU_SCRIPT: Script = {
  gapAims: [...OPENING_AIMS, ...ASTON_AIMS, ...PODIUM_AIMS, ...RAST_AIMS, ...CALLAWAY_AIMS, ...FIELD_AIMS],
  lapAims: LAP_AIMS,
  meetings: [],
  mishaps: MISHAPS,
  pitRetirements: PIT_RETIREMENTS,
};

/** `gapsMs`: gap at the end of a lap, by lap. */
function shadowAims(
  car: string,
  behind: string,
  course: { readonly fromLap: number; readonly gapsMs: readonly (readonly [lap: number, gapMs: number])[] },
): GapAim[] {
  return course.gapsMs.map(([toLap, gapMs], index) => {
    const fromLap = (course.gapsMs[index - 1]?.[0] ?? course.fromLap - 1) + 1;
    return { car, behind, fromLap, toLap, gapMs, shadow: true };
  });
}

function fieldAims(car: string, gapsMs: readonly [number, number, number]): GapAim[] {
  return [
    { car, behind: '1', fromLap: 2, toLap: 6, gapMs: gapsMs[0] },
    { car, behind: '1', fromLap: 7, toLap: 16, gapMs: gapsMs[1] },
    { car, behind: '1', fromLap: 25, toLap: 39, gapMs: gapsMs[2] },
  ];
}
