import { championshipsAt, type TitleState } from '@pitboard/shared/analysis/championship.ts';
import type { Moment, MomentKind } from '@pitboard/shared/analysis/moment.ts';
import { momentsUntil } from '@pitboard/shared/analysis/moments.ts';
import { TRACK_FLAGS } from '@pitboard/shared/domain/flag.ts';
import { momentText } from '@pitboard/shared/format/moment-text.ts';
import type { Championship } from '@pitboard/shared/protocol/manifest.ts';
import type { RaceFactOf } from '@pitboard/shared/protocol/race-event.ts';
import { describe, expect, it } from 'vitest';
import { aManifest } from '../builders.ts';
import { aRace, type RaceScript } from '../race-script.ts';

const ENTRIES = ['1', '2', '3'].map((car) => ({
  car,
  team: `Team ${car}`,
  drivers: [`a${car}`, `b${car}`].map((id) => ({ id, lastName: id })),
}));

function titleRace(points: readonly number[], changes: Partial<Championship> = {}): RaceScript {
  const standings = points.map((before, index) => ({ competitor: `a${index + 1}`, points: before }));
  const championship = { id: 'gt', name: 'GT', scope: 'driver' as const, points: [25, 18, 15], standings, ...changes };
  return aRace({ entries: ENTRIES, championships: [championship] });
}

const title = (race: RaceScript, seconds: number) => championshipsAt(race.view(seconds))[0] as TitleState;

describe('H. Championship', () => {
  it('[H1] each driver of a crew scores what the car scores, a team what its car does', () => {
    const standings = ['a2', 'b2', 'a1', 'stranger'].map((competitor) => ({ competitor, points: 10 }));
    const race = titleRace([], { standings }).start().laps('2', 1, 91).laps('1', 2, 92).laps('3', 3, 93);
    expect(title(race, 100).rows.map(({ competitor, points }) => [competitor, points])).toEqual([
      ['a2', 35],
      ['b2', 35],
      ['a1', 28],
      ['stranger', 10],
    ]);
    const team = titleRace([], { scope: 'team', standings: [{ competitor: 'Team 3', points: 1 }] });
    expect(title(team.start().laps('3', 1, 91), 95).rows[0]).toMatchObject({ gained: 25, points: 26 });
  });

  it('[H2] a driver whose car is out scores no more', () => {
    const race = titleRace([10, 9, 8]).start().laps('1', 1, 91).laps('2', 2, 92).laps('3', 3, 93).retire('1', 95);
    const row = title(race, 100).rows.find(({ competitor }) => competitor === 'a1');
    expect(row).toMatchObject({ before: 10, gained: 0, points: 10, scoring: false });
  });

  it('[H3] clinched when no rival can reach the points any more; equal is not enough', () => {
    const led = (points: readonly number[]) => titleRace(points).start().laps('1', 1, 91).laps('2', 2, 92);
    expect(title(led([126, 100, 0]), 95)).toMatchObject({ status: 'clinched', champion: 'a1' });
    expect(title(led([125, 100, 0]), 95)).toMatchObject({ status: 'open', champion: undefined });
    expect(title(titleRace([200, 100], { remainingAfter: 75 }), 0)).toMatchObject({ status: 'open' });
    expect(title(titleRace([201, 100], { remainingAfter: 75 }), 0)).toMatchObject({ status: 'clinched' });
  });

  it('[H3] what was decided before stays decided', () => {
    const decided = { competitor: 'a3', note: 'last round' };
    expect(title(titleRace([50, 0], { decided }), 0)).toMatchObject({ status: 'decided', champion: 'a3' });
  });

  it('[H4] needs is the worst place that beats all others, where they stand now', () => {
    const race = titleRace([100, 110, 0]).start().laps('1', 1, 91).laps('3', 2, 92).laps('2', 3, 93).retire('2', 94);
    // Car 2 is out with 110: second place makes 118, third 115.
    expect(title(race, 100).needs).toEqual({ competitor: 'a1', position: 3 });
    const tight = titleRace([95, 110, 0]).start().laps('1', 1, 91).laps('3', 2, 92).laps('2', 3, 93).retire('2', 94);
    expect(title(tight, 100).needs).toEqual({ competitor: 'a1', position: 2 });
    const later = titleRace([95, 110, 0], { remainingAfter: 9 })
      .start()
      .laps('1', 1, 91)
      .laps('3', 2, 92)
      .laps('2', 3, 93)
      .retire('2', 94);
    expect(title(later, 100).needs).toEqual({ competitor: 'a1', position: 1 });
  });
});

const story = (race: RaceScript) => momentsUntil(race.manifest, race.timeline().history, 9_000_000);
const kinds = (race: RaceScript) => story(race).map((moment) => moment.kind);
const told = (race: RaceScript, kind: MomentKind) => story(race).filter((moment) => moment.kind === kind);

const SANCTIONS: readonly RaceFactOf<'penalty'>['sanction'][] = [
  { kind: 'time', ms: 5000 },
  { kind: 'laps', laps: 1 },
  { kind: 'laps', laps: 2 },
  { kind: 'drive-through' },
  { kind: 'stop-and-go' },
  { kind: 'stop-and-go', ms: 10_000 },
  { kind: 'grid-places', places: 3 },
  { kind: 'forced-position', position: 4 },
];

/** One of every kind, with its optional parts and without; a kind that is forgotten does not compile. */
const SAMPLES: { readonly [K in MomentKind]: readonly Extract<Moment, { kind: K }>[] } = {
  start: [momentOf('start', { driver: 'a1' }), { ...momentOf('start', { driver: undefined }), cars: [] }],
  'lead-change': (['track', 'pit', 'retirement'] as const).map((cause) =>
    momentOf('lead-change', { driver: 'a1', fromDriver: 'a2', lap: 3, cause }),
  ),
  overtake: [undefined, 'GT'].flatMap((className) =>
    [true, false].map((isAfterError) =>
      momentOf('overtake', { driver: 'a1', passedDriver: 'a2', position: 4, lap: 4, className, isAfterError }),
    ),
  ),
  battle: [momentOf('battle', { driver: undefined, aheadDriver: 'a2', position: 2, gapMs: 740, lap: 4 })],
  'battle-over': [momentOf('battle-over', { driver: 'a2', aheadDriver: 'a1', position: 2, gapMs: 2400, lap: 9 })],
  comeback: [momentOf('comeback', { driver: 'a1', gridPosition: 28, position: 9, lap: 6 })],
  restart: [[], ['1'], ['1', '2'], ['1', '2', '3', '4', '5']].map((cars, laps) => ({
    ...momentOf('restart', { flag: 'safety-car', laps }),
    cars,
  })),
  'class-lead': (['track', 'pit', 'retirement'] as const).map((cause) =>
    momentOf('class-lead', { driver: 'a1', className: 'GT', lap: 5, cause }),
  ),
  'class-win': [momentOf('class-win', { driver: 'a1', className: 'GT', position: 15 })],
  'title-needs': [1, 2].flatMap((position) =>
    [undefined, 3].map((tiePosition) =>
      momentOf('title-needs', {
        title: 'GT Series',
        rival: 'a2',
        rivalPoints: 190,
        competitor: 'a1',
        position,
        tiePosition,
      }),
    ),
  ),
  'title-decided': [
    momentOf('title-decided', { title: 'GT', champion: 'a1', points: 200, rival: 'a2', rivalPoints: 190 }),
    momentOf('title-decided', { title: 'GT', champion: 'a1', points: 200, rival: undefined, rivalPoints: 0 }),
    momentOf('title-decided', { title: 'GT', champion: 'a1', points: undefined, rival: 'a2', rivalPoints: 190 }),
  ],
  closing: [momentOf('closing', { driver: 'a1', aheadDriver: undefined, position: 4, gapMs: 2950, lap: 4 })],
  stop: [
    { newDriver: undefined, longByMs: undefined, rival: undefined },
    { newDriver: 'b1', longByMs: undefined, rival: undefined },
    { newDriver: 'b1', longByMs: 5500, rival: undefined },
    { newDriver: 'b1', longByMs: 5500, rival: '2' },
  ].map((facts) => momentOf('stop', { driver: 'a1', pitTimeMs: 63_100, lap: 9, position: 2, ...facts })),
  undercut: (['undercut', 'overcut'] as const).map((how) =>
    momentOf('undercut', { driver: 'a1', loserDriver: 'a2', how, gainedMs: 1800, position: 3 }),
  ),
  'lead-after-stops': [momentOf('lead-after-stops', { driver: 'b1', secondDriver: 'b2', gapMs: 7031 })],
  'fastest-lap': [momentOf('fastest-lap', { driver: 'a1', lapTimeMs: 89_488, lap: 8, position: 1 })],
  retirement: ['crash', undefined].map((reason) =>
    momentOf('retirement', { driver: 'a1', reason, lap: 7, position: 9, isExplained: false }),
  ),
  'did-not-start': [momentOf('did-not-start', { driver: 'a1', reason: 'engine' })],
  disqualification: [momentOf('disqualification', { driver: 'a1', reason: undefined })],
  incident: [momentOf('incident', { text: 'Contact in turn 4.' })],
  flag: TRACK_FLAGS.flatMap((flag) => [undefined, 2].map((sector) => momentOf('flag', { flag, sector, lap: 3 }))),
  penalty: SANCTIONS.flatMap((sanction) =>
    (['given', 'withdrawn'] as const).map((state) =>
      momentOf('penalty', { driver: 'a1', penalty: { type: 'penalty', atMs: 1, id: 'p', car: '1', state, sanction } }),
    ),
  ),
  'window-open': [momentOf('window-open', { closesMs: undefined })],
  'window-shut': [momentOf('window-shut', { missed: [] }), momentOf('window-shut', { missed: ['2', '3'] })],
  chequered: [1, 4].map((gridPosition) => momentOf('chequered', { driver: 'a1', laps: 39, gridPosition })),
  finish: [2225, undefined].flatMap((gapMs) =>
    [undefined, 1, 9].map((gridPosition) =>
      momentOf('finish', { driver: 'a2', position: 2, gapMs, winnerDriver: 'a1', gridPosition }),
    ),
  ),
  phase: (['suspended', 'running'] as const).map((phase) => momentOf('phase', { phase })),
};

function momentOf<K extends MomentKind>(
  kind: K,
  facts: Omit<Extract<Moment, { kind: K }>, 'kind' | 'atMs' | 'importance' | 'cars'>,
) {
  return { kind, atMs: 1000, importance: 3, cars: ['1', '2'], ...facts } as unknown as Extract<Moment, { kind: K }>;
}

describe('M. Moments', () => {
  it.each(Object.entries(SAMPLES))(
    '[M2] a moment of kind %s is a sentence of its own in both languages',
    (_, samples: readonly Moment[]) => {
      const manifest = aManifest({ entries: ENTRIES });
      for (const locale of ['en', 'de'] as const) {
        const texts = samples.map((moment) => momentText(moment, manifest, locale));
        for (const text of texts) expect(text).toMatch(/^[\p{L}#\d].*\.$/u);
        for (const text of texts) expect(text).not.toMatch(/undefined|NaN|\?\?|\[object/);
        expect(new Set(texts).size).toBe(texts.length);
      }
      const first = samples[0] as Moment;
      if (first.kind !== 'incident')
        expect(momentText(first, manifest, 'de')).not.toBe(momentText(first, manifest, 'en'));
    },
  );

  it('[M3] a retirement that is stated again is told once', () => {
    const race = aRace().start().laps('1', 1, 91).retire('1', 100).retire('1', 130, { reason: 'gearbox' });
    expect(kinds(race).filter((kind) => kind === 'retirement')).toHaveLength(1);
  });

  it('[M1] the finish is told when it is known: with the flag, if that comes late', () => {
    const race = aRace().start().laps('1', 1, 91, 181).laps('2', 2, 93, 183.225).flag('chequered', 183.5);
    expect(told(race, 'chequered')).toMatchObject([{ atMs: 183_500, cars: ['1'] }]);
    expect(told(race, 'finish')).toMatchObject([{ atMs: 183_500, cars: ['2', '1'], position: 2, gapMs: 2225 }]);
  });

  it('[M1] a pass, a stop, a lead through the stops and the flag are told in order', () => {
    const race = aRace({ pitRules: { mandatoryStops: 1, windowOpensMs: 200_000, windowClosesMs: 600_000 } }).start();
    race.laps('1', 1, 91, 181, 272, 362.2, 452, 542, 632).laps('2', 2, 92, 182, 272.5, 362, 450.1, 555, 650);
    race.pitIn('2', 440).pitOut('2', 465).pitIn('1', 530).pitOut('1', 545).flag('chequered', 632);
    // The second lead falls at a loop after the exit, in the out-lap: through the stop all the same.
    expect(told(race, 'lead-change')).toMatchObject([
      { cause: 'track', cars: ['2', '1'] },
      { cause: 'pit', cars: ['1', '2'] },
    ]);
    expect(told(race, 'stop')).toMatchObject([
      { cars: ['2'], pitTimeMs: 25_000 },
      { cars: ['1'], pitTimeMs: 15_000 },
    ]);
    expect(told(race, 'window-shut')).toMatchObject([{ atMs: 600_000, missed: ['3'] }]);
    expect(kinds(race).slice(-2)).toEqual(['chequered', 'finish']);
  });
});
