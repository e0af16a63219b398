import { describe, expect, it } from 'vitest';
import {
  asTold,
  beat,
  clock,
  FIELD,
  hear,
  hearOne,
  type Line,
  lap,
  ofType,
  RUN,
  resultOf,
  standingsOf,
} from './hear-rmonitor.ts';
import { crossing, place, start, twoLaps } from './lap-lines.ts';

describe('N. RMonitor and Multiloop', () => {
  it('[N22] cars finish on their next crossing; a finish decided by 0.047 s keeps its gap', () => {
    const race = hearOne([
      start,
      [
        lap('7', { place: 1, lap: 1, ms: 60_000, total: 60_900 }),
        lap('12', { place: 2, lap: 1, ms: 60_100, total: 60_950 }),
        lap('31', { place: 3, lap: 1, ms: 95_000, total: 95_900 }),
        beat(96),
      ],
      beat(120, { flag: 'Finish' }),
      [
        lap('12', { place: 1, lap: 2, ms: 60_000, total: 120_950 }),
        lap('7', { place: 2, lap: 2, ms: 60_097, total: 120_997 }),
        beat(121, { flag: 'Finish' }),
      ],
      // Told again by the photo of the finish: a little later.
      [
        crossing('12', 60_002, 120_952),
        place(1, '12', 2, 120_952),
        crossing('7', 60_099, 120_999),
        place(2, '7', 2, 120_999),
      ],
      [
        beat(122, { flag: 'Finish' }),
        lap('31', { place: 3, lap: 2, ms: 94_000, total: 189_900 }),
        beat(190, { flag: 'Finish' }),
      ],
      // After their own flag laps are told, but counted no more.
      [crossing('7', 70_000, 120_999), place(2, '7', 2, 120_999), beat(191, { flag: 'Finish' })],
    ]);
    expect(
      resultOf(race).map(
        ({ car, laps, totalTimeMs, gap }) => `${car} ${laps} ${totalTimeMs} ${'ms' in gap ? gap.ms : ''}`,
      ),
    ).toEqual(['12 2 120952 ', '7 2 120999 47', '31 2 189900 68948']);
    expect(resultOf(race).every(({ tookFlag }) => tookFlag)).toBe(true);
  });

  describe('a lap more than the time', () => {
    const timed = (seconds: number, flag = 'Green ') =>
      beat(seconds, { flag, toGo: clock(Math.max(0, 120 - seconds) * 1000).slice(0, 8) });
    const opening = [
      RUN,
      FIELD,
      timed(0),
      timed(1),
      [
        lap('7', { place: 1, lap: 1, ms: 65_000, total: 65_000 }),
        lap('12', { place: 2, lap: 1, ms: 65_400, total: 65_400 }),
      ],
      [timed(66), lap('31', { place: 3, lap: 1, ms: 93_000, total: 93_000 }), timed(94), timed(121)],
      [
        lap('7', { place: 1, lap: 2, ms: 64_000, total: 129_000 }),
        lap('12', { place: 2, lap: 2, ms: 64_500, total: 129_900 }),
      ],
    ];
    const home = [
      lap('12', { place: 1, lap: 3, ms: 64_030, total: 193_930 }),
      lap('7', { place: 2, lap: 3, ms: 64_943, total: 193_943 }),
    ];
    const between = lap('31', { place: 3, lap: 2, ms: 94_500, total: 187_500 });
    const last = lap('31', { place: 3, lap: 3, ms: 95_500, total: 283_000 });
    const finishAt = (seconds: number) => timed(seconds, 'Finish');

    it('[N22] is driven to its end, whenever the flag is shown', () => {
      const ends: readonly (readonly [number, readonly Line[]])[] = [
        [193_000, [between, timed(188), finishAt(193), home, finishAt(194), last, finishAt(284)]],
        [193_000, [between, timed(188), home, finishAt(193), finishAt(194), last, finishAt(284)]],
        [180_000, [timed(140), finishAt(180), between, finishAt(188), home, finishAt(194), last, finishAt(284)]],
      ];
      for (const [flagMs, end] of ends) {
        const lines = [opening, timed(130), end];
        const race = hearOne(lines);
        const standings = ['12 3 193930', '7 3 193943', '31 3 283000'];
        expect(standingsOf(race)).toEqual(standings);
        expect(standingsOf(asTold(lines))).toEqual(standings);
        expect(race.manifest.distance).toEqual({ durationMs: 120_000, lapsAfterTime: 1 });
        expect(ofType(race, 'flag-changed').map(({ flag, atMs }) => `${flag} ${atMs}`)).toEqual([
          'green 0',
          `chequered ${flagMs}`,
        ]);
      }
    });

    it('[N22] falls when the leader takes it, where the time ran out just as the leader crossed the line', () => {
      const near = lap('7', { place: 1, lap: 2, ms: 56_000, total: 121_000 });
      const over = lap('7', { place: 1, lap: 3, ms: 66_000, total: 187_000 });
      const race = hearOne([opening.slice(0, 6), near, timed(130), finishAt(180), over, finishAt(188)]);
      expect(standingsOf(race)[0]).toBe('7 3 187000');
      expect(ofType(race, 'flag-changed').at(-1)).toMatchObject({ flag: 'chequered', atMs: 187_000 });
    });

    it('[N22] waits for no leader who never comes, and for none at the end or for who listens late', () => {
      const flagOf = (lines: Parameters<typeof hearOne>[0]) =>
        ofType(hearOne(lines), 'flag-changed').find(({ flag }) => flag === 'chequered')?.atMs;
      const waiting = [opening, timed(130), finishAt(180), finishAt(181)];
      expect(flagOf(waiting)).toBeUndefined();
      expect(flagOf([waiting, finishAt(250)])).toBe(180_000);
      expect(flagOf([waiting, beat(0, { flag: '      ', start: 43_400 })])).toBe(180_000);
      expect(flagOf([waiting, timed(182), home, finishAt(194)])).toBe(194_000);
      const late = [
        '$G,1,"7",2,"00:02:09.000"',
        '$G,2,"12",2,"00:02:09.900"',
        RUN,
        FIELD,
        finishAt(180),
        finishAt(181),
      ];
      expect(flagOf(late)).toBe(180_000);
    });
  });

  it('[N22] facts are told in the order in which they arrive', () => {
    const { races } = hear([start, twoLaps]);
    expect(races[0]?.events.map(({ seq }) => seq)).toEqual(races[0]?.events.map((_, index) => index + 1));
  });
});
