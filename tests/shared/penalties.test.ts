import type { Manifest } from '@pitboard/shared/protocol/manifest.ts';
import type { RaceFactOf } from '@pitboard/shared/protocol/race-event.ts';
import { classify } from '@pitboard/shared/race/classification.ts';
import { type OfficialCar, officialResult } from '@pitboard/shared/race/official-result.ts';
import { createRaceTimeline } from '@pitboard/shared/timeline/race-timeline.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aRace, type RaceScript } from '../race-script.ts';
import { randomRace } from '../random-race.ts';

type Penalty = RaceFactOf<'penalty'>;

function penalty(car: string, seconds: number, sanction: Penalty['sanction'], more: Partial<Penalty> = {}): Penalty {
  return { type: 'penalty', atMs: seconds * 1000, id: 'p1', car, state: 'given', sanction, reason: 'contact', ...more };
}

/** Five cars, two laps, 4 s between one and the next at the flag: 1, 2, 3, 4, 5. */
function fiveHome(manifest: Partial<Manifest> = {}): RaceScript {
  const cars = ['1', '2', '3', '4', '5'];
  const race = aRace({
    entries: cars.map((car, index) => ({ car, class: index % 2 === 0 ? 'pro' : 'am', drivers: [] })),
    grid: cars.map((car, index) => ({ car, position: index + 1 })),
    ...manifest,
  }).start();
  for (const [index, car] of cars.entries()) race.laps(car, 1 + index, 91 + index * 2, 181 + index * 4);
  return race.flag('chequered', 181);
}

const end = (race: RaceScript) => officialResult(race.view(1000));
const order = (lines: readonly { car: string; position: number | undefined }[]) =>
  lines.map(({ car, position }) => `${position ?? '–'} #${car}`).join(' ');
const lineOf = (lines: readonly OfficialCar[], car: string) => lines.find((line) => line.car === car) as OfficialCar;
const reasonsOf = (lines: readonly OfficialCar[], car: string) =>
  lineOf(lines, car).reasons.map((reason) => {
    if (reason.kind === 'place-gained' || reason.kind === 'place-lost') return `${reason.kind} #${reason.car}`;
    return reason.kind;
  });

describe('F. Penalties', () => {
  it('[F11] the newest word on a penalty counts, and each car has its own ids', () => {
    const race = fiveHome().fact(
      penalty('2', 50, { kind: 'time', ms: 5000 }),
      penalty('2', 60, { kind: 'time', ms: 10_000 }),
      penalty('3', 60, { kind: 'time', ms: 1000 }),
    );
    expect(lineOf(end(race), '2')).toMatchObject({ totalTimeMs: 195_000 });
    expect(lineOf(end(race), '3')).toMatchObject({ totalTimeMs: 190_000 });
    expect(lineOf(officialResult(race.view(55)), '2').reasons).toMatchObject([{ kind: 'time-added', ms: 5000 }]);
  });

  it('[F12] a penalty that is withdrawn does nothing from then on', () => {
    const race = fiveHome().fact(
      penalty('1', 190, { kind: 'time', ms: 5000 }),
      penalty('1', 300, { kind: 'time', ms: 5000 }, { state: 'withdrawn' }),
    );
    expect(order(officialResult(race.view(299)))).toBe('1 #2 2 #1 3 #3 4 #4 5 #5');
    expect(order(officialResult(race.view(300)))).toBe('1 #1 2 #2 3 #3 4 #4 5 #5');
    for (const sanction of [{ kind: 'laps', laps: 1 } as const, { kind: 'forced-position', position: 4 } as const]) {
      const taken = fiveHome().fact(penalty('1', 190, sanction), penalty('1', 300, sanction, { state: 'withdrawn' }));
      expect(lineOf(end(taken), '1')).toMatchObject({ position: 1, laps: 2, reasons: [] });
    }
  });

  it.each([
    ['time', { kind: 'time', ms: 5000 }],
    ['a drive-through', { kind: 'drive-through' }],
    ['a stop-and-go', { kind: 'stop-and-go', ms: 10_000 }],
  ] as const)('[F13] %s that was served costs nothing more', (_, sanction) => {
    const race = fiveHome().fact(penalty('1', 50, sanction), penalty('1', 100, sanction, { state: 'served' }));
    expect(lineOf(end(race), '1')).toMatchObject({ position: 1, totalTimeMs: 181_000, reasons: [] });
  });

  it('[F13] a lap that was removed and a forced position cannot be served', () => {
    const race = fiveHome().fact(
      penalty('1', 50, { kind: 'laps', laps: 1 }, { state: 'served' }),
      penalty('2', 50, { kind: 'forced-position', position: 4 }, { state: 'served' }),
    );
    expect(order(end(race))).toBe('1 #3 2 #4 3 #5 4 #2 5 #1');
  });

  it('[F14] a drive-through or stop-and-go still owed at the flag becomes time', () => {
    const race = fiveHome().fact(
      penalty('1', 50, { kind: 'drive-through' }),
      penalty('2', 50, { kind: 'stop-and-go', ms: 10_000 }),
      penalty('3', 50, { kind: 'stop-and-go' }),
    );
    const before = officialResult(race.view(180));
    expect(before.flatMap((line) => line.reasons)).toEqual([]);
    expect(end(race).map(({ car, totalTimeMs }) => [car, totalTimeMs])).toEqual([
      ['4', 193_000],
      ['5', 197_000],
      ['1', 211_000],
      ['3', 219_000],
      ['2', 225_000],
    ]);
    const cheap = fiveHome({ rules: { unservedDriveThroughMs: 1500, unservedStopAndGoMs: 0 } }).fact(
      penalty('1', 50, { kind: 'drive-through' }),
      penalty('2', 50, { kind: 'stop-and-go', ms: 500 }),
    );
    expect(lineOf(end(cheap), '1').totalTimeMs).toBe(182_500);
    expect(lineOf(end(cheap), '2').totalTimeMs).toBe(185_500);
  });

  const lost = (car: string, places: number, seconds: number, more: Partial<Penalty> = {}) =>
    penalty(car, seconds, { kind: 'grid-places', places }, more);
  const slots = (race: RaceScript, seconds: number) => race.state(seconds).cars.map((car) => car.gridPosition);

  it('[F15] grid places are lost before the start, and those behind move up', () => {
    const gridAfter = (...penalties: Penalty[]) =>
      slots(
        aRace()
          .fact(...penalties)
          .start(),
        0,
      );
    expect(gridAfter(lost('1', 1, -90))).toEqual([2, 1, 3]);
    expect(gridAfter(lost('1', 10, -90), lost('2', 1, -80))).toEqual([3, 2, 1]);
    expect(gridAfter(lost('1', 2, -90), lost('1', 2, -50, { state: 'withdrawn' }))).toEqual([1, 2, 3]);
    expect(gridAfter(lost('1', 2, -90), lost('2', 1, -80), lost('1', 2, -50, { state: 'withdrawn' }))).toEqual([
      1, 3, 2,
    ]);
    expect(
      aRace()
        .fact(lost('1', 2, -90))
        .state(-80).order,
    ).toEqual(['2', '3', '1']);
    // A car without a slot has none to lose.
    expect(gridAfter(lost('77', 2, -90))).toEqual([1, 2, 3, undefined]);
  });

  it('[F15] they change nothing after the start, also where no phase was told', () => {
    expect(
      slots(
        aRace()
          .start()
          .fact(lost('1', 2, 0)),
        0,
      ),
    ).toEqual([1, 2, 3]);
    expect(
      slots(
        aRace()
          .cross('2', 'SF', 1)
          .fact(lost('1', 2, 5)),
        6,
      ),
    ).toEqual([1, 2, 3]);
  });

  it('[F15] a grid that is stated later contains the places lost, slots left empty stay empty', () => {
    const grid = [
      { car: '1', position: 1 },
      { car: '2', position: 2 },
      { car: '3', position: 5 },
    ];
    const race = aRace().fact(lost('1', 1, -90), { type: 'session-updated', atMs: -50_000, changes: { grid } });
    expect(slots(race, -60)).toEqual([2, 1, 3]);
    expect(slots(race, -40)).toEqual([1, 2, 5]);
    expect(slots(race.fact(lost('2', 1, -30)), -20)).toEqual([1, 5, 2]);
  });
});

describe('C. The official result', () => {
  it('[C12] stands beside the result on the road, which stays as it was', () => {
    const race = fiveHome().fact(penalty('1', 190, { kind: 'time', ms: 5000 }));
    const lines = end(race);
    expect(order(classify(race.view(1000)))).toBe('1 #1 2 #2 3 #3 4 #4 5 #5');
    expect(order(lines)).toBe('1 #2 2 #1 3 #3 4 #4 5 #5');
    expect(lines.map((line) => line.road.position)).toEqual([2, 1, 3, 4, 5]);
    expect(lineOf(lines, '1')).toMatchObject({
      totalTimeMs: 186_000,
      gap: { kind: 'time', ms: 1000, provenance: 'measured' },
      road: { position: 1, classPosition: 1, totalTimeMs: 181_000, laps: 2 },
    });
    expect(lineOf(lines, '2').gap).toEqual({ kind: 'leader', lap: 2 });
  });

  it('[C12] who is disqualified after the flag keeps its place on the road, and gets its result back when reinstated', () => {
    const race = fiveHome().fact({ type: 'car-disqualified', atMs: 300_000, car: '1', reason: 'ride height' });
    const lines = end(race);
    expect(order(lines)).toBe('1 #2 2 #3 3 #4 4 #5 – #1');
    expect(lineOf(lines, '1')).toMatchObject({
      status: 'disqualified',
      road: { position: 1, status: 'classified' },
      reasons: [
        { kind: 'disqualified', reason: 'ride height' },
        ...['2', '3', '4', '5'].map((car) => ({ kind: 'place-lost', car })),
      ],
    });
    expect(lineOf(lines, '3')).toMatchObject({
      position: 2,
      classPosition: 1,
      reasons: [{ kind: 'place-gained', car: '1' }],
    });
    race.fact({ type: 'car-reinstated', atMs: 400_000, car: '1' });
    expect(order(end(race))).toBe('1 #1 2 #2 3 #3 4 #4 5 #5');
    expect(end(race).flatMap((line) => line.reasons)).toEqual([]);
  });

  it('[C12] who is shut out on the road has no place there', () => {
    const race = fiveHome().fact({ type: 'car-disqualified', atMs: 170_000, car: '1' });
    expect(lineOf(end(race), '1')).toMatchObject({ status: 'disqualified', road: { position: undefined } });
  });

  it('[C13] time is added lap by lap alike, and a lap taken off ranks among those a lap down', () => {
    const race = fiveHome().fact(
      penalty('2', 190, { kind: 'time', ms: 6000 }),
      penalty('2', 191, { kind: 'time', ms: 4000 }, { id: 'p2' }),
      penalty('1', 190, { kind: 'laps', laps: 1 }),
    );
    const lines = end(race);
    expect(order(lines)).toBe('1 #3 2 #4 3 #2 4 #5 5 #1');
    expect(lineOf(lines, '2').reasons.slice(0, 2)).toMatchObject([
      { kind: 'time-added', ms: 6000, penalty: { id: 'p1', reason: 'contact' } },
      { kind: 'time-added', ms: 4000, penalty: { id: 'p2' } },
    ]);
    expect(lineOf(lines, '1')).toMatchObject({ laps: 1, road: { laps: 2 }, gap: { kind: 'laps', laps: 1 } });
  });

  it('[C13] of cars that are equal after a penalty the one ahead on the road stays ahead', () => {
    const race = fiveHome().fact(penalty('1', 190, { kind: 'time', ms: 4000 }));
    expect(order(end(race))).toBe('1 #1 2 #2 3 #3 4 #4 5 #5');
  });

  it('[C13] laps that are taken off can cost the classification, or give it to others', () => {
    const race = aRace().start().laps('1', 1, 91, 181, 271, 361).laps('2', 2, 92, 182, 275).laps('3', 3, 100, 200);
    race.flag('chequered', 361).cross('2', 'SF', 365).cross('3', 'SF', 370);
    expect(order(end(race))).toBe('1 #1 2 #2 3 #3');
    race.fact(penalty('2', 400, { kind: 'laps', laps: 3 }));
    expect(order(end(race))).toBe('1 #1 2 #3 – #2');
    expect(lineOf(end(race), '2')).toMatchObject({ status: 'not-classified', laps: 1 });
    expect(reasonsOf(end(race), '2')).toEqual(['laps-removed', 'laps-needed', 'place-lost #3']);
    race.fact(penalty('2', 500, { kind: 'laps', laps: 9 }));
    expect(lineOf(end(race), '2').laps).toBe(0);
  });

  it('[C14] a forced position is exact, and the others close ranks', () => {
    const forced = (car: string, position: number, seconds = 300, id = 'p1') =>
      penalty(car, seconds, { kind: 'forced-position', position }, { id });
    expect(order(end(fiveHome().fact(forced('1', 4))))).toBe('1 #2 2 #3 3 #4 4 #1 5 #5');
    expect(order(end(fiveHome().fact(forced('5', 1), forced('1', 3))))).toBe('1 #5 2 #2 3 #1 4 #3 5 #4');
    expect(order(end(fiveHome().fact(forced('1', 4), forced('1', 2, 310, 'p2'))))).toBe('1 #2 2 #1 3 #3 4 #4 5 #5');
    expect(order(end(fiveHome().fact(forced('5', 1), forced('4', 1, 310))))).toBe('1 #4 2 #5 3 #1 4 #2 5 #3');
    expect(order(end(fiveHome().fact(forced('1', 99))))).toBe('1 #2 2 #3 3 #4 4 #5 5 #1');
    const lines = end(fiveHome().fact(forced('1', 3)));
    expect(lineOf(lines, '1').gap).toEqual({ kind: 'unknown' });
    expect(lineOf(lines, '3').gap).toMatchObject({ ms: 4000 });
    expect(reasonsOf(lines, '1')).toEqual(['forced-position', 'place-lost #2', 'place-lost #3']);
    const out = fiveHome().fact(forced('1', 1), { type: 'car-disqualified', atMs: 400_000, car: '1' });
    expect(order(end(out))).toBe('1 #2 2 #3 3 #4 4 #5 – #1');
  });

  it('[C14] a gap to a car that is slower, or laps down, is unknown', () => {
    const race = aRace().start().laps('1', 1, 91, 181).laps('2', 2, 182).flag('chequered', 181);
    race.fact(penalty('2', 300, { kind: 'forced-position', position: 1 }));
    const gaps = end(race).map(({ car, gap }) => [car, gap.kind]);
    expect(gaps.slice(0, 2)).toEqual([
      ['2', 'leader'],
      ['1', 'unknown'],
    ]);
    const late = aRace().start().laps('1', 1, 91, 181).laps('2', 2, 179).flag('chequered', 181);
    late.fact(penalty('2', 300, { kind: 'forced-position', position: 1 }));
    expect(end(late)[1]?.gap).toEqual({ kind: 'unknown' });
  });

  it('[C16] of two cars that are shut out neither takes a place from the other', () => {
    const race = fiveHome();
    for (const car of ['2', '3']) race.fact({ type: 'car-disqualified', atMs: 300_000, car });
    expect(reasonsOf(end(race), '2')).toEqual(['disqualified', 'place-lost #4', 'place-lost #5']);
    expect(reasonsOf(end(race), '3')).toEqual(['disqualified', 'place-lost #4', 'place-lost #5']);
    expect(reasonsOf(end(race), '4')).toEqual(['place-gained #2', 'place-gained #3']);
    expect(reasonsOf(end(race), '1')).toEqual([]);
  });

  const reported = (seconds: number, ...cars: string[]): RaceFactOf<'order-reported'> => ({
    type: 'order-reported',
    atMs: seconds * 1000,
    cars,
  });

  it('[C15] the feed’s order after the flag is official where the feed is the authority', () => {
    const feed = { rules: { officialOrder: 'feed' } } as const;
    const race = fiveHome(feed).fact(reported(250, '2', '1', '3'));
    expect(order(end(race))).toBe('1 #2 2 #1 3 #3 4 #4 5 #5');
    expect(reasonsOf(end(race), '2')).toEqual(['feed-order', 'place-gained #1']);
    expect(reasonsOf(end(race), '3')).toEqual([]);
    expect(order(end(fiveHome().fact(reported(250, '2', '1', '3'))))).toBe('1 #1 2 #2 3 #3 4 #4 5 #5');
    expect(order(end(fiveHome(feed).fact(reported(180, '2', '1', '3'))))).toBe('1 #1 2 #2 3 #3 4 #4 5 #5');
    expect(order(end(fiveHome({ orderAuthority: 'feed' }).fact(reported(250, '2', '1'))))).toMatch(/^1 #2 2 #1/);
    const apart = fiveHome({ orderAuthority: 'feed', rules: { officialOrder: 'measured' } });
    expect(order(end(apart.fact(reported(250, '2', '1'))))).toMatch(/^1 #1 2 #2/);
  });

  it('[C15] a newer penalty or disqualification is worth more than an older report', () => {
    const race = fiveHome({ rules: { officialOrder: 'feed' } }).fact(reported(250, '2', '1', '3', '4', '5'));
    race.fact(penalty('3', 300, { kind: 'time', ms: 5000 }));
    expect(order(end(race))).toBe('1 #1 2 #2 3 #4 4 #3 5 #5');
    race.fact(reported(350, '2', '1', '5', '4', '3'));
    expect(order(end(race))).toBe('1 #2 2 #1 3 #5 4 #4 5 #3');
    race.fact({ type: 'car-disqualified', atMs: 400_000, car: '2' });
    expect(order(end(race))).toBe('1 #1 2 #4 3 #3 4 #5 – #2');
  });

  it('[C16] of two cars that changed sides one has a reason of its own, and each names the other', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 1_000_000 }),
        fc.array(fc.tuple(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 4 })), { maxLength: 5 }),
        (seed, given) => {
          const { manifest, events } = randomRace(seed, 400_000);
          const timeline = createRaceTimeline(manifest);
          timeline.append(events);
          const kinds: Penalty['sanction'][] = [
            { kind: 'time', ms: 9000 },
            { kind: 'laps', laps: 1 },
            { kind: 'drive-through' },
            { kind: 'forced-position', position: 2 },
            { kind: 'stop-and-go' },
          ];
          const more = given.map(([car, kind], index) => ({
            seq: events.length + index + 1,
            ...penalty(String(car + 1), 450, kinds[kind] as Penalty['sanction'], { id: `x${index}` }),
          }));
          timeline.append(more);
          const lines = officialResult(timeline.viewAt(600_000));
          expectExplained(lines);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('[C20] penalties change no lap time', () => {
    const race = fiveHome().fact(penalty('1', 190, { kind: 'time', ms: 5000 }), {
      type: 'car-disqualified',
      atMs: 300_000,
      car: '2',
    });
    const { bestLap, classBestLaps } = race.state(1000);
    expect(bestLap).toMatchObject({ car: '1', lap: 2, ms: 90_000 });
    expect([...classBestLaps].map(([id, best]) => [id, best.car, best.ms])).toEqual([
      ['pro', '1', 90_000],
      ['am', '2', 92_000],
    ]);
    race.fact({ type: 'lap-invalidated', atMs: 310_000, car: '1', lapNumber: 2 });
    expect(race.state(1000)).toMatchObject({ bestLap: { car: '2', ms: 92_000 } });
    expect(race.state(1000).classBestLaps.get('pro')).toMatchObject({ car: '3', ms: 94_000 });
  });
});

function expectExplained(lines: readonly OfficialCar[]): void {
  const place = (position: number | undefined) => position ?? Number.POSITIVE_INFINITY;
  const own = (line: OfficialCar) => line.reasons.some(({ kind }) => kind !== 'place-gained' && kind !== 'place-lost');
  for (const one of lines) {
    for (const other of lines) {
      const before = place(one.road.position) < place(other.road.position);
      const after = place(one.position) < place(other.position);
      const swapped = before && place(one.position) > place(other.position);
      expect(one.reasons.some((reason) => reason.kind === 'place-lost' && reason.car === other.car)).toBe(swapped);
      expect(other.reasons.some((reason) => reason.kind === 'place-gained' && reason.car === one.car)).toBe(swapped);
      if (swapped) expect(own(one) || own(other)).toBe(true);
      if (before && !after) expect(swapped || one.position === undefined).toBe(true);
    }
  }
  expect(lines.flatMap(({ position }) => position ?? [])).toEqual(
    lines.filter(({ status }) => status === 'classified').map((_, index) => index + 1),
  );
}
