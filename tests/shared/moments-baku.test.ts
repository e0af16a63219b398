import type { MomentKind } from '@pitboard/shared/analysis/moment.ts';
import { momentsUntil } from '@pitboard/shared/analysis/moments.ts';
import { momentText } from '@pitboard/shared/format/moment-text.ts';
import { describe, expect, it } from 'vitest';
import { runBaku } from '../simulator/baku-race.ts';

describe('M. Moments, Baku', () => {
  const race = runBaku();
  const moments = momentsUntil(race.manifest, race.end.history, 9e9);
  const sentences = (locale: 'en' | 'de', importance: number) =>
    moments
      .filter((moment) => moment.importance >= importance)
      .map((moment) =>
        momentText(moment, race.manifest, locale).replace(/\d+[.,]\d s|\d:\d\d[.,]\d( min)?|\d\d[.,]\d{3} s/g, 'n s'),
      );
  const ofCar = (car: string, kind: MomentKind) =>
    moments.filter((moment) => moment.kind === kind && moment.cars[0] === car);

  it('[M2] the story of the race, in sentences', () => {
    expect(sentences('en', 3)).toEqual(STORY);
    expect(sentences('de', 3)).toContain(
      'Buhk bleibt bei 190 Punkten (Blancpain GT Series, drivers): Vanthoor braucht P2 oder besser, P3 wäre Punktgleichheit.',
    );
    expect(sentences('de', 3)).toContain('Adam übergibt an Soucek; Stopp n s, n s länger als bei #1.');
  });

  it('[M7] only the stop that cost Aston Martin the race was long', () => {
    const long = moments.filter((moment) => moment.kind === 'stop' && moment.longByMs !== undefined);
    expect(long.map(({ cars }) => cars[0])).toEqual(['007']);
    expect(long[0]).toMatchObject({ rival: '1' });
  });

  it('[M6] Rast and Mies come through the field, nobody else', () => {
    const climbs = moments.filter((moment) => moment.kind === 'comeback');
    expect(climbs).toMatchObject([
      { cars: ['2'], gridPosition: 28, position: 9, lap: 6 },
      { cars: ['777'], gridPosition: 23, position: 8 },
    ]);
  });

  it('[M12] a retirement tells the place before the trouble, and no reason that the incident has told', () => {
    expect(ofCar('84', 'retirement')).toMatchObject([{ position: 8, isExplained: false }]);
    expect(ofCar('777', 'retirement')).toMatchObject([{ position: 9, isExplained: true }]);
  });

  it('[M4] nobody who goes past the two that have touched, or past a car that stops, has passed it', () => {
    const out = new Map(['2', '84', '31', '37', '777'].map((car) => [car, race.only('car-retired', car).atMs]));
    for (const moment of moments) {
      if (moment.kind !== 'overtake') continue;
      const outAtMs = out.get(moment.cars[1] as string) ?? Number.POSITIVE_INFINITY;
      expect(outAtMs - moment.atMs).toBeGreaterThan(90_000);
    }
  });
});

/** Its gaps are simulated: they stand as n. */
const STORY = [
  'The race is on, Ramos from pole.',
  'Adam is on the tail of Ramos: n s for the lead.',
  'Rast is out on lap 7, in P9: contact with 84, into the wall.',
  'Götz is out on lap 7, in P8: suspension damaged in contact with 2.',
  'Buhk stays on 190 points (Blancpain GT Series, drivers): Vanthoor needs P2 or better, P3 would leave them level.',
  'Adam hands over to Soucek; stop of n s, n s longer than that of #1.',
  'After the stops Vanthoor leads Soucek by n s.',
  'The pit window is shut: all stops are served.',
  'Winkelhock closes in on Ortelli, P3: now n s.',
  'Winkelhock closes in on Ortelli, P3: now n s.',
  'Soucek closes in on Vanthoor, the lead: now n s.',
  'Winkelhock is on the tail of Ortelli: n s for P3.',
  'Winkelhock passes Ortelli for P3 after the error.',
  'Soucek closes in on Vanthoor, the lead: now n s.',
  'Mies is out on lap 39, in P9.',
  'Vanthoor takes the chequered flag after 39 laps and wins.',
  'Vanthoor is champion (Blancpain GT Series, drivers): 200 points to 190 for Buhk.',
  'Soucek is second, 2.225 s behind Vanthoor.',
  'Winkelhock is third, n s behind Vanthoor, from P6 on the grid.',
  'Asmer wins in Pro-Am Cup, P17 overall.',
  'Toril wins in Silver Cup, P11 overall.',
];
