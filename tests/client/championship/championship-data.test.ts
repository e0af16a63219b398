import type { Championship } from '@pitboard/shared/protocol/manifest.ts';
import type { RaceFact } from '@pitboard/shared/protocol/race-event.ts';
import { describe, expect, it } from 'vitest';
import { type Title, titlePhase, titlesOf } from '../../../client/src/championship/championship-data.ts';
import { runBaku } from '../../simulator/baku-race.ts';
import { raceOfCrossings } from '../gap-chart/race-of-crossings.ts';

const baku = runBaku();
const MINUTE_MS = 60_000;

function titleAt(minutes: number, id: string): Title {
  const title = titlesOf(baku.viewAt(minutes * MINUTE_MS)).find(({ championship }) => championship.id === id);
  if (title === undefined) throw new Error(`no title ${id}`);
  return title;
}

const CROSSINGS = { '1': [0, 100, 200], '2': [1, 102, 204], '3': [2, 104] };
const STANDINGS = { 'driver-1': 100, 'driver-2': 107, 'driver-3': 90, 'driver-9': 40 };

type Plan = { readonly facts?: readonly RaceFact[]; readonly distance?: { readonly laps: number } };

function smallTitle(atMs: number, title: Partial<Championship> = {}, { facts = [], distance }: Plan = {}): Title {
  const standings = Object.entries(STANDINGS).map(([competitor, points]) => ({ competitor, points }));
  const championship = { id: 'cup', name: 'Cup', scope: 'driver' as const, points: [25, 18, 15], standings };
  const manifest = { championships: [{ ...championship, ...title }], ...(distance && { distance }) };
  return titlesOf(raceOfCrossings({ crossings: CROSSINGS, facts, manifest }).viewAt(atMs))[0] as Title;
}

const statesOf = ({ rows }: Title) => Object.fromEntries(rows.map(({ competitor, state }) => [competitor, state]));

describe('Championship panel data', () => {
  it('[V92] titles that the race can decide stand first, then decided ones, last those of unknown scoring', () => {
    for (const minutes of [5, 62]) {
      const ids = titlesOf(baku.viewAt(minutes * MINUTE_MS)).map(({ championship }) => championship.id);
      expect(ids).toEqual([
        'gt-series-drivers',
        'sprint-series-drivers',
        'gt-series-teams',
        'sprint-series-teams',
        'silver-cup',
      ]);
    }
  });

  it('[V93] a title says who needs what, who is champion, or what was decided before', () => {
    expect(titleAt(12, 'gt-series-drivers').line).toEqual({
      kind: 'needs',
      name: 'Vanthoor',
      needs: { position: 2, tiePosition: 3, regardless: true },
    });
    expect(titleAt(62, 'gt-series-drivers').line).toEqual({ kind: 'champion', champion: 'Vanthoor' });
    expect(titleAt(12, 'sprint-series-drivers').line).toMatchObject({ kind: 'decided', champion: 'Götz' });
    expect(titleAt(12, 'silver-cup').line).toEqual({ kind: 'scoring-unknown' });
  });

  it('[V93] with points left for later races a title is open, and after the last one it can end level', () => {
    expect(smallTitle(150_000, { remainingAfter: 50 }).line).toEqual({ kind: 'later', points: 50 });
    const facts: RaceFact[] = [
      { atMs: 200_000, type: 'flag-changed', flag: 'chequered' },
      { atMs: 150_000, type: 'car-retired', car: '3', reason: 'gearbox' },
    ];
    expect(smallTitle(210_000, {}, { facts }).line).toEqual({ kind: 'level', names: ['Driver2', 'Driver1'] });
  });

  it('[V94] points are those of the playhead, with what was there before and the gap to the leader of the title', () => {
    const figures = (minutes: number) =>
      titleAt(minutes, 'gt-series-drivers').rows.map((row) => [row.name, row.before, row.gained, row.points, row.gap]);
    expect(figures(12)).toEqual([
      ['Vanthoor', 175, 25, 200, undefined],
      ['Buhk', 190, 0, 190, 10],
      ['Götz', 160, 0, 160, 40],
    ]);
    expect(figures(5)[1]?.[2]).toBeGreaterThan(0);
    expect(figures(-1)[0]).toEqual(['Buhk', 190, 0, 190, undefined]);
  });

  it('[V94] points are provisional until the result is final', () => {
    const [first, flag] = [
      baku.events[0],
      baku.events.find((e) => e.type === 'flag-changed' && e.flag === 'chequered'),
    ];
    const phaseAt = (atMs: number) => titlePhase(baku.viewAt(atMs));
    expect(phaseAt(first?.atMs ?? 0)).toBe('before');
    expect(phaseAt((flag?.atMs ?? 0) - 1)).toBe('running');
    expect(phaseAt(flag?.atMs ?? 0)).toBe('finished');
    expect(titlePhase({ ...baku.end, state: { ...baku.end.state, phase: 'closed' } })).toBe('final');
  });

  it('[V95] each competitor says whether he can still score, is home, out, absent, champion, or has lost', () => {
    expect(statesOf(smallTitle(50_000))).toEqual({
      'driver-1': 'scoring',
      'driver-2': 'scoring',
      'driver-3': 'scoring',
      'driver-9': 'lost',
    });
    const retired: RaceFact = { atMs: 150_000, type: 'car-retired', car: '3', reason: 'gearbox' };
    const flag: RaceFact = { atMs: 200_000, type: 'flag-changed', flag: 'chequered' };
    const decided = { competitor: 'driver-2', note: 'by wins' };
    expect(statesOf(smallTitle(202_000, { decided }, { facts: [retired, flag] }))).toEqual({
      'driver-1': 'home',
      'driver-2': 'champion',
      'driver-3': 'out',
      'driver-9': 'absent',
    });
    expect(statesOf(titleAt(12, 'gt-series-drivers'))).toMatchObject({
      'maximilian-buhk': 'out',
      'maximilian-gotz': 'lost',
    });
  });

  it('[V95] who is out so late that he may be classified is not called unable to score', () => {
    const facts: RaceFact[] = [{ atMs: 150_000, type: 'car-retired', car: '3', reason: 'gearbox' }];
    const stateIn = (laps: number) =>
      statesOf(smallTitle(151_000, { remainingAfter: 50 }, { facts, distance: { laps } }))['driver-3'];
    expect([stateIn(1), stateIn(10)]).toEqual(['may-count', 'out']);
  });

  it('[V96] where the scoring is not known, the standings before the race stand, and nobody has a state', () => {
    const { rows } = titleAt(40, 'gt-series-teams');
    expect(rows.map(({ name, before, points, state, cars }) => [name, before, points, state, cars])).toEqual([
      ['Belgian Audi Club Team WRT', 251, 251, undefined, ['1', '2', '9', '3']],
      ['HTP Motorsport', 234, 234, undefined, ['84', '85', '86']],
    ]);
  });
});
