import { championshipsAt, type TitleState } from '@pitboard/shared/analysis/championship.ts';
import { netOrder, pitCycleState, stopsOwed, windowState } from '@pitboard/shared/analysis/pit-cycle.ts';
import { visitsOf } from '@pitboard/shared/analysis/stints.ts';
import { classify } from '@pitboard/shared/race/classification.ts';
import { gapTo, gapToLeader } from '@pitboard/shared/race/gaps.ts';
import { positionsGained } from '@pitboard/shared/race/positions.ts';
import { carOf, type RaceView } from '@pitboard/shared/race/race-view.ts';
import { describe, expect, it } from 'vitest';
import { driverAt, positionAt, runBaku, statusAt } from './baku-race.ts';

const MINUTE_MS = 60_000;
const FINISHERS = ['1', '007', '6', '9', '36', '16', '25', '38', '0', '13'];
const race = runBaku();
const flagAtMs = race.lineAtMs('1', race.laps('1'));
const contact = race.incidents.find((incident) => incident.cars.includes('84'));
const contactAtMs = contact?.atMs ?? Number.NaN;

function titleAt(view: RaceView, id: string): TitleState {
  const title = championshipsAt(view).find((state) => state.championship.id === id);
  if (title === undefined) throw new Error(`no title ${id}`);
  return title;
}

function laps(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}

describe('Before the race', () => {
  const view = race.viewAt(-1);

  it('[X1] the grid comes from the qualifying race, with #1 on pole', () => {
    expect(positionAt(view, '1')).toBe(1);
    expect(race.manifest.gridNote).toContain('qualifying race');
    expect(race.manifest.grid.find((slot) => slot.car === '1')?.note).toContain('qualifying race');
  });

  it('[X2] Zanardi and #86 do not start, with a reason, and stay in the list without a lap', () => {
    for (const car of ['33', '86']) {
      expect(statusAt(race.end, car)).toBe('did-not-start');
      expect(carOf(race.end.state, car)?.outcome?.reason).toContain('qualifying race');
      expect(carOf(race.end.state, car)?.lapsCompleted).toBe(0);
      expect(gapToLeader(race.end, car)).toEqual({ kind: 'unknown' });
    }
    expect(race.manifest.entries.find((entry) => entry.car === '33')?.drivers).toHaveLength(1);
  });

  it('[X3] Rast starts last after an engine change, 4th in the qualifying race', () => {
    const slot = race.manifest.grid.find((candidate) => candidate.car === '2');
    expect(slot?.position).toBe(Math.max(...race.manifest.grid.map((candidate) => candidate.position)));
    expect(slot?.note).toMatch(/4th in the qualifying race.*engine change/);
    expect(race.manifest.grid.some((candidate) => candidate.position === 4)).toBe(false);
  });

  it('[X4] Götz is Sprint champion already, while the GT Series is open', () => {
    const sprint = titleAt(view, 'sprint-series-drivers');
    expect([sprint.status, sprint.champion]).toEqual(['decided', 'maximilian-gotz']);
    expect(titleAt(view, 'gt-series-drivers').status).toBe('open');
  });
});

describe('First stint', () => {
  it('[X5] Ramos leads every lap from pole until his stop', () => {
    for (const lap of laps(1, 16)) {
      const view = race.viewAt(race.lineAtMs('1', lap));
      expect(view.state.order[0]).toBe('1');
      expect(driverAt(view, '1')).toBe('cesar-ramos');
    }
  });

  it('[X6] Adam is second and Richelmi third', () => {
    for (const lap of laps(1, 15)) {
      const view = race.viewAt(race.lineAtMs('9', lap));
      expect(view.state.order.slice(0, 3)).toEqual(['1', '007', '9']);
      expect([driverAt(view, '007'), driverAt(view, '9')]).toEqual(['jonathan-adam', 'stephane-richelmi']);
    }
  });

  it('[X7] lap 1 sees small collisions at the back, nearly all go on, and the track stays green', () => {
    const firstLap = race.incidents.filter((incident) => incident.atMs < race.lineAtMs('1', 1));
    const touched = firstLap.filter((incident) => incident.kind === 'contact').flatMap((incident) => incident.cars);
    expect(touched.length).toBeGreaterThanOrEqual(2);
    for (const car of touched) expect(race.laps(car)).toBeGreaterThan(30);
    expect(race.viewAt(race.lineAtMs('1', 1)).state.flag).toBe('green');
  });

  it('[X8] the Porsche #31 retires on lap 1 with a damaged radiator', () => {
    expect(carOf(race.end.state, '31')).toMatchObject({ status: 'retired', lapsCompleted: 0, outcome: { lap: 1 } });
    expect(race.only('car-retired', '31').reason).toContain('radiator');
  });

  it('[X9] Rast gains place after place from the back of the grid', () => {
    const gains = laps(1, 6).map((lap) => positionsGained(race.viewAt(race.lineAtMs('2', lap)).state, '2') ?? 0);
    expect(gains).toEqual(gains.toSorted((a, b) => a - b));
    expect(gains.at(-1)).toBeGreaterThanOrEqual(18);
  });

  it('[X10] at about ten and a half minutes Rast touches Götz, then 8th, and stops in the wall', () => {
    expect(contactAtMs).toBeGreaterThan(10 * MINUTE_MS + 20_000);
    expect(contactAtMs).toBeLessThan(10 * MINUTE_MS + 40_000);
    expect(contact).toMatchObject({ kind: 'contact', cars: ['2', '84'] });
    expect(positionAt(race.viewAt(contactAtMs), '84')).toBe(8);
    expect(race.only('car-stopped', '2').atMs).toBeGreaterThan(contactAtMs);
    expect(race.only('car-retired', '2')).toMatchObject({ otherCar: '84' });
    expect(carOf(race.end.state, '2')?.outcome?.lap).toBe(7);
  });

  it('[X11] Götz is out on lap 7 too: Buhk cannot score any more, neither car saw its second driver', () => {
    expect(race.only('car-retired', '84')).toMatchObject({ otherCar: '2' });
    expect(carOf(race.end.state, '84')?.outcome?.lap).toBe(7);
    const after = race.viewAt(race.only('car-retired', '84').atMs);
    const buhk = titleAt(after, 'gt-series-drivers').rows.find((row) => row.competitor === 'maximilian-buhk');
    expect(buhk).toMatchObject({ points: 190, scoring: false });
    for (const car of ['2', '84']) {
      expect(race.events.some((event) => event.type === 'driver-changed' && event.car === car)).toBe(false);
      expect(stopsOwed(race.end, car)).toBe(0);
    }
    expect(titleAt(after, 'gt-series-drivers').needs).toEqual({ competitor: 'laurens-vanthoor', position: 2 });
  });
});

describe('Pit cycle', () => {
  it('[X12] every finisher stops once within the window', () => {
    expect(windowState(race.viewAt(24 * MINUTE_MS)).kind).toBe('closed');
    expect(windowState(race.viewAt(26 * MINUTE_MS)).kind).toBe('open');
    expect(windowState(race.viewAt(36 * MINUTE_MS)).kind).toBe('shut');
    const home = race.end.state.cars.filter((car) => car.status === 'finished');
    expect(home.length).toBeGreaterThanOrEqual(17);
    for (const car of home) {
      const visits = visitsOf(race.end, car.car);
      expect(visits).toHaveLength(1);
      expect(visits[0]?.atMs).toBeGreaterThan(25 * MINUTE_MS);
      expect(visits[0]?.atMs).toBeLessThan(35 * MINUTE_MS);
      expect(pitCycleState(race.end, car.car)).toBe('served');
    }
  });

  it('[X13] Ramos hands over to Vanthoor, Adam to Soucek, Richelmi to Ortelli, inside the visit', () => {
    const crews = { '1': 'laurens-vanthoor', '007': 'andy-soucek', '9': 'stephane-ortelli' };
    for (const [car, driver] of Object.entries(crews)) {
      const change = race.only('driver-changed', car);
      expect(change.driver).toBe(driver);
      expect(change.atMs).toBeGreaterThan(race.only('pit-entry', car).atMs);
      expect(change.atMs).toBeLessThan(race.only('pit-exit', car).atMs);
    }
  });

  it('[X14] after the cycle Vanthoor leads by about 7 s from Soucek, then Ortelli', () => {
    expect(race.only('pit-entry', '1').atMs).toBeLessThan(race.only('pit-entry', '007').atMs);
    for (const lap of [20, 21]) {
      expect(race.gapMs('007', '1', lap)).toBeGreaterThanOrEqual(6500);
      expect(race.gapMs('007', '1', lap)).toBeLessThanOrEqual(7500);
    }
    const after = race.viewAt(35 * MINUTE_MS + 30_000);
    expect(after.state.order.slice(0, 3)).toEqual(['1', '007', '9']);
    const stops = ['1', '007'].map((car) => race.only('pit-exit', car).atMs - race.only('pit-entry', car).atMs);
    expect((stops[1] ?? 0) - (stops[0] ?? 0)).toBeGreaterThan(4000);
    expect(race.incidents.some((incident) => incident.cars.includes('007') && /tyre/.test(incident.text))).toBe(true);
  });
});

describe('Second stint', () => {
  it('[X15] Winkelhock is under a second behind Ortelli for several laps', () => {
    const close = laps(29, 34).filter((lap) => race.gapMs('6', '9', lap) < 1000);
    expect(close.length).toBeGreaterThanOrEqual(4);
    expect(driverAt(race.viewAt(race.lineAtMs('6', 34)), '6')).toBe('markus-winkelhock');
  });

  it('[X16] Ortelli errs out of a hairpin and Winkelhock takes third on the track', () => {
    const error = race.incidents.find((incident) => incident.kind === 'error');
    expect(error?.cars).toEqual(['9', '6']);
    expect(error?.text).toMatch(/brakes.*hairpin/);
    const before = race.viewAt((error?.atMs ?? 0) - 1);
    expect(before.state.order.slice(2, 4)).toEqual(['9', '6']);
    const after = race.viewAt((error?.atMs ?? 0) + 30_000);
    expect(after.state.order.slice(2, 4)).toEqual(['6', '9']);
    const overtake = race.overtakesUntil(after.nowMs).at(-1);
    expect(overtake).toMatchObject({ car: '6', passed: '9', position: 3, inPit: false, lap: 35 });
  });

  it('[X17] Soucek closes from 7 s to 2.2 s, lap by lap but for scatter', () => {
    for (const lap of laps(24, 39)) {
      expect(race.gapMs('007', '1', lap)).toBeLessThan(race.gapMs('007', '1', lap - 1) + 250);
    }
    expect(race.gapMs('007', '1', 30)).toBeLessThan(race.gapMs('007', '1', 23) - 1500);
  });

  it('[X18] Soucek never comes within striking distance', () => {
    for (const lap of laps(19, 39)) expect(race.gapMs('007', '1', lap)).toBeGreaterThan(1500);
  });

  it('[X19] Mies, 9th, crashes on the last lap unhurt; the race goes on and is counted without him', () => {
    const crash = race.incidents.find((incident) => incident.cars.includes('777'));
    const crashAtMs = crash?.atMs ?? Number.NaN;
    expect(crash?.text).toContain('driver unhurt');
    expect(race.laps('777')).toBe(race.laps('1') - 1);
    expect(crashAtMs).toBeLessThan(flagAtMs);
    const before = race.viewAt(crashAtMs - 1);
    expect(positionAt(before, '777')).toBe(9);
    expect(driverAt(before, '777')).toBe('christopher-mies');
    expect(positionsGained(before.state, '777')).toBe(14);
    expect(before.state.order.slice(9, 11)).toEqual(['0', '13']);
    expect(race.viewAt(crashAtMs + 20_000).state.flag).toBe('green');
    const line = classify(race.end).find((candidate) => candidate.car === '777');
    expect(line).toMatchObject({ status: 'classified', tookFlag: false });
    expect(race.manifest.dataNotes.some((note) => note.subject === 'car 777' && note.kind === 'conflict')).toBe(true);
  });
});

describe('Finish', () => {
  it('[X20] #1 wins, after the qualifying race too', () => {
    expect(race.end.state.chequeredAtMs).toBe(flagAtMs);
    expect(classify(race.end)[0]).toMatchObject({ car: '1', position: 1 });
    expect(driverAt(race.end, '1')).toBe('laurens-vanthoor');
  });

  it('[X21] Soucek is second, 2.225 s behind', () => {
    expect(gapTo(race.end, '007', '1')).toEqual({ kind: 'time', ms: 2225, provenance: 'measured' });
  });

  it('[X22] Winkelhock and Mayr-Melnhof are third from sixth on the grid', () => {
    expect(positionAt(race.end, '6')).toBe(3);
    expect(race.manifest.grid.find((slot) => slot.car === '6')?.position).toBe(6);
  });

  it('[X23] Vanthoor is GT Series champion through the win, 200 to 190 to 160', () => {
    const title = titleAt(race.end, 'gt-series-drivers');
    expect([title.status, title.champion]).toEqual(['clinched', 'laurens-vanthoor']);
    expect(title.rows.map((row) => row.points)).toEqual([200, 190, 160]);
    expect(titleAt(race.viewAt(flagAtMs - 1), 'gt-series-drivers').status).toBe('open');
  });

  it('[X24] the title is Vanthoor’s alone: Ramos is not in that table', () => {
    const rows = titleAt(race.end, 'gt-series-drivers').rows.map((row) => row.competitor);
    expect(rows).not.toContain('cesar-ramos');
    const sprint = titleAt(race.end, 'sprint-series-drivers').rows;
    expect(sprint.find((row) => row.competitor === 'cesar-ramos')?.points).toBe(100);
  });
});

describe('Anchor points', () => {
  it('[X25] #1 and #007 are under a second apart at every line crossing of the first stint', () => {
    for (const lap of laps(1, 16)) {
      expect(race.gapMs('007', '1', lap)).toBeGreaterThan(0);
      expect(race.gapMs('007', '1', lap)).toBeLessThan(1000);
    }
  });

  it('[X26] the fastest lap is Vanthoor’s, between 1:29.488 and 1:29.9', () => {
    const best = race.end.state.bestLap;
    expect(best).toMatchObject({ car: '1', driver: 'laurens-vanthoor' });
    expect(best?.ms).toBeGreaterThan(89_488);
    expect(best?.ms).toBeLessThan(89_900);
  });

  it('[X27] #76 is out after 9 laps, Callaway after its driver change, #28 and #85 later', () => {
    expect(carOf(race.end.state, '76')).toMatchObject({ status: 'retired', lapsCompleted: 9 });
    const change = race.only('driver-changed', '37');
    expect(race.only('car-retired', '37').atMs).toBeGreaterThan(change.atMs);
    expect(race.only('car-retired', '37').reason).toContain('throttle');
    for (const car of ['28', '85']) expect(race.only('car-retired', car).atMs).toBeGreaterThan(race.lineAtMs('1', 20));
  });

  it('[X28] no safety car, no full-course yellow, no red flag', () => {
    const flags = race.events.filter((event) => event.type === 'flag-changed' && event.sector === undefined);
    expect(flags.map((event) => event.type === 'flag-changed' && event.flag)).toEqual(['green', 'chequered']);
  });

  it('[X29] the winner covers 39 laps and takes the flag on his first crossing after the hour', () => {
    expect(race.laps('1')).toBe(39);
    expect(flagAtMs).toBeGreaterThan(60 * MINUTE_MS);
    expect(race.lineAtMs('1', 38)).toBeLessThan(60 * MINUTE_MS);
  });

  it('[X30] best of Pro-Am is #177, of Silver Fortec before #888', () => {
    const lines = classify(race.end);
    const best = (group: string) => lines.filter((line) => line.class === group).map((line) => line.car);
    expect(best('pro-am')[0]).toBe('177');
    expect(best('silver').slice(0, 2)).toEqual(['14', '888']);
  });

  it('[X31] 29 cars are listed, 27 start, and what is invented is marked', () => {
    expect(race.manifest.entries).toHaveLength(29);
    expect(race.events.filter((event) => event.type === 'passing' && event.lapNumber === 0)).toHaveLength(27);
    expect(race.manifest.entries.find((entry) => entry.car === '007')?.reconstructed).toContain('number');
    expect(race.manifest.entries.find((entry) => entry.car === '1')?.reconstructed).toBeUndefined();
    expect(race.manifest.dataNotes.some((note) => note.subject === 'car 5' && note.kind === 'missing')).toBe(true);
  });

  it('[X32] from the end of the window on, net order and order on the track agree on the first three', () => {
    const view = race.viewAt(35 * MINUTE_MS + 30_000);
    expect(
      netOrder(view)
        .slice(0, 3)
        .map((place) => place.car),
    ).toEqual(['1', '007', '9']);
  });
});

describe.each([2014, 1, 77, 4242])('Seed %i', (seed) => {
  const run = seed === 2014 ? race : runBaku(seed);

  it('[X33] gives the known order of the first ten', () => {
    expect(run.end.state.order.slice(0, 10)).toEqual(FINISHERS);
    expect(run.gapMs('007', '1', 39)).toBe(2225);
  });

  it('[X34] gives the known retirements', () => {
    const out = run.end.state.cars.filter((car) => car.status === 'retired').map((car) => [car.car, car.lapsCompleted]);
    expect(Object.fromEntries(out)).toEqual({
      '31': 0,
      '2': 6,
      '84': 6,
      '76': 9,
      '37': 20,
      '85': 25,
      '28': 26,
      '777': 38,
    });
  });

  it('[X35] keeps the gaps of the story', () => {
    for (const lap of laps(1, 16)) expect(run.gapMs('007', '1', lap)).toBeLessThan(1000);
    expect(Math.abs(run.gapMs('007', '1', 21) - 7000)).toBeLessThanOrEqual(500);
    expect(run.end.state.bestLap?.driver).toBe('laurens-vanthoor');
  });
});
