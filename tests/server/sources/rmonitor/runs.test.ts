import { describe, expect, it } from 'vitest';
import { beat, CUT, FIELD, hear, hearOne, lap, NOON, ofType, RUN, standingsOf, timelineOf } from './hear-rmonitor.ts';

const RESET = '$I, "00:00:00", "0/0/0000"';
const start = [RUN, FIELD, beat(0), beat(1)];
const place7 = '$G,1,"7",,"00:00:05.966"';
const firstLap = [
  lap('7', { place: 1, lap: 1, ms: 61_004, total: 61_004 }),
  lap('12', { place: 2, lap: 1, ms: 61_500, total: 61_500 }),
  beat(62),
];
const secondLap = [
  lap('7', { place: 1, lap: 2, ms: 60_100, total: 121_104 }),
  lap('12', { place: 2, lap: 2, ms: 60_200, total: 121_700 }),
  beat(122),
];
const AFTER_TWO = ['7 2 121104', '12 2 121700', '31 0 -'];

describe('N. RMonitor and Multiloop', () => {
  it('[N4] lists that are told again, and a new connection, add nothing', () => {
    const once = hearOne([start, firstLap, secondLap]);
    const list = ['$H,1,"7",2,"00:01:00.100"', '$G,1,"7",2,"00:02:01.104"', '$G,2,"12",2,"00:02:01.700"', RUN, FIELD];
    const again = hearOne([
      start,
      firstLap,
      secondLap,
      list,
      beat(123),
      CUT,
      list,
      beat(124),
      beat(125),
      list,
      beat(126),
    ]);
    expect(again).toEqual(once);
    expect(standingsOf(once)).toEqual(AFTER_TWO);
  });

  it('[N4] everything told again from the start over the same line adds nothing', () => {
    const lines = [start, firstLap, secondLap, ['$B,95,"Race 1"', beat(123)]];
    const once = hear(lines);
    expect(hear([...lines, CUT, ...lines]).races).toEqual(once.races);
    expect(hear([...lines, ...lines]).races).toEqual(once.races);
  });

  it('[N4] the same where there are several runs', () => {
    const late = { start: 43_800 };
    const idle = [beat(0, { flag: '      ', start: 43_700 }), beat(0, { flag: '      ', start: 43_701 })];
    const second = [lap('31', { place: 1, lap: 1, ms: 59_000, total: 59_000 }), beat(60, late), beat(61, late)];
    const lines = [
      start,
      firstLap,
      secondLap,
      '$I,"12:10:00","14 jun 31"',
      '$B,5,"Race 2"',
      FIELD,
      idle,
      beat(0, late),
      second,
    ];
    const once = hear(lines);
    expect(once.races).toHaveLength(2);
    expect(hear([lines, lines]).races).toEqual(once.races);
    expect(hear([lines, CUT, lines]).races).toEqual(once.races);
  });

  it('[N4] half a line that was cut off is forgotten', () => {
    const whole = hearOne([start, firstLap]);
    expect(hear([start, '$J,"7","00:01:0', CUT, firstLap]).races[0]?.events).toHaveLength(whole.events.length);
  });

  it('[N5] a new run number is another session, under a key that stays', () => {
    const next = ['$I,"12:10:00","14 jun 31"', '$B,5,"Race 2"', FIELD, beat(0, { start: 43_800 })];
    const { races, sessions } = hear([
      start,
      firstLap,
      next,
      lap('31', { place: 1, lap: 1, ms: 59_000, total: 59_000 }),
    ]);
    expect(races.map(({ manifest }) => manifest.session)).toEqual(['Race 1', 'Race 2']);
    expect(sessions).toEqual(['run-4-race-1-2031-06-14', 'run-5-race-2-2031-06-14']);
    expect(races.map((race) => race.events.filter(({ type }) => type === 'passing').length)).toEqual([2, 1]);
    // The first one is over, whatever was not said of it.
    expect(ofType(races[0] as never, 'session-phase').at(-1)).toMatchObject({ phase: 'closed' });
  });

  it('[N5] places that are told before the run and the field belong to it', () => {
    const places = ['$G,1,"7",3,"00:03:01.000"', '$G,2,"X12",2,"00:02:59.000"'];
    const race = hearOne([places, RUN, FIELD, '$A,"X12","99",0,"Ulla","Weg","",1', beat(200)]);
    expect(ofType(race, 'passing').map(({ car, lapNumber }) => `${car} ${lapNumber}`)).toEqual(['7 3', '99 2']);
  });

  it('[N5] a run that nobody names is opened after five heartbeats, and takes its name later', () => {
    const beats = [beat(30), beat(31), beat(32), beat(33), beat(34)];
    const lines = [
      '$G,1,"7",,"00:00:05.966"',
      beats,
      '$J,"7","00:01:00.000","00:01:05.966"',
      '$G,1,"7",1,"00:01:05.966"',
    ];
    expect(hear([...lines.slice(0, 1), beats.slice(0, 4), CUT]).sessions).toHaveLength(1);
    const race = hearOne([...lines, RESET, '$B,9,"Practice 3"', beat(70)]);
    expect(race.manifest).toMatchObject({ session: 'Practice 3', kind: 'practice' });
    expect(standingsOf(race)).toEqual(['7 1 65966']);
  });

  it('[N5] a run that nobody named is over when the timing computer clears the scoreboard for another', () => {
    const unnamed = [place7, beat(30), beat(31), beat(32), beat(33), beat(34)];
    const idle = beat(0, { flag: '      ', start: 43_260 });
    const { races } = hear([unnamed, '$I,"12:01:00","14 jun 31"', '$B,9,"Race 9"', FIELD, idle]);
    expect(races.map(({ manifest }) => manifest.session)).toEqual(['Session', 'Race 9']);
  });

  describe('a run number that is used again', () => {
    const over = [beat(200, { flag: 'Finish' }), idle(0), idle(1)];
    const empty = ['$G,1,"7",,"00:00:00.000"', '$G,2,"12",,"00:00:00.000"', '$H,1,"7",0,"00:00:00.000"'];
    const later = { start: 44_000 };
    const next = [beat(0, later), lap('12', { place: 1, lap: 1, ms: 59_000, total: 59_000 }), beat(60, later)];
    const cleared = '$I,"12:12:00","14 jun 31"';

    function idle(seconds: number) {
      return beat(0, { flag: '      ', lapsToGo: 0, start: 43_600 + seconds });
    }

    it('[N5] is another session under another name, once the scoreboard was cleared', () => {
      for (const how of [
        [cleared, '$B,4,"Race 2"', FIELD, empty],
        ['$B,4,"Race 2"', empty, FIELD],
      ]) {
        const lines = [start, firstLap, over, how, idle(120), idle(121), next];
        const { races } = hear(lines);
        expect(races.map(({ manifest }) => manifest.session)).toEqual(['Race 1', 'Race 2']);
        expect(races.map((race) => standingsOf(race)[0])).toEqual(['7 1 61004', '12 1 59000']);
        expect(hear([lines, CUT, lines]).races).toEqual(races);
      }
    });

    it('[N5] is the same session where the name is put right after the race', () => {
      const laps = ['$G,1,"7",1,"00:01:01.004"', '$G,2,"12",1,"00:01:01.500"'];
      for (const told of [[cleared, laps], [cleared, laps, empty], laps, []]) {
        const race = hearOne([start, firstLap, over, '$B,4,"Race 1 (final)"', told, idle(120), idle(121)]);
        expect(standingsOf(race)[0]).toBe('7 1 61004');
        expect(ofType(race, 'passing-withdrawn')).toEqual([]);
      }
    });

    it('[N10] begins again with the cars that were told since the scoreboard was cleared', () => {
      const others = [RUN, '$A,"12","12",1002,"Olaf","Sand","GER",1', '$A,"40","40",1009,"Nele","Au","GER",1'];
      const told = [cleared, others, '$G,1,"12",,"00:00:00.000"', '$G,2,"40",,"00:00:00.000"'];
      const { races } = hear([start, firstLap, over, told, idle(120), idle(121), next]);
      expect(races.map(({ manifest }) => manifest.entries.map(({ car }) => car))).toEqual([
        ['7', '12', '31'],
        ['12', '40'],
      ]);
      expect(races.map((race) => ofType(race, 'entry-updated').length)).toEqual([0, 0]);
      expect(races.map((race) => standingsOf(race)[0])).toEqual(['7 1 61004', '12 1 59000']);
    });

    it('[N4] adds nothing when all is told again, the cleared scoreboard before the start too', () => {
      const before = [idle(-700), '$I,"11:58:00","14 jun 31"', RUN, FIELD, empty, idle(-690)];
      const lines = [before, start, firstLap, over, '$B,95,"Race 1"', idle(5)];
      const once = hear(lines);
      expect(once.races.map((race) => standingsOf(race)[0])).toEqual(['7 1 61004']);
      expect(hear([lines, CUT, lines]).races).toEqual(once.races);
      expect(hear([lines, lines]).races).toEqual(once.races);
    });

    it('[N6] goes on where its clock or its laps do', () => {
      const added = '$A,"40","40",1009,"Nele","Au","GER",1';
      const again = [lap('7', { place: 1, lap: 2, ms: 180_000, total: 241_004 }), beat(242)];
      for (const first of [beat(240), '$G,1,"7",1,"00:01:01.004"']) {
        const race = hearOne([start, firstLap, beat(200), idle(0), cleared, RUN, added, empty, idle(1), first, again]);
        expect(standingsOf(race)).toEqual(['7 2 241004', '12 1 61500', '31 0 -', '40 0 -']);
      }
    });
  });

  it('[N5] heartbeats alone make no session', () => {
    expect(hear(Array.from({ length: 500 }, (_, index) => beat(index))).races).toEqual([]);
  });

  it('[N6] a reset followed by the same run keeps every lap', () => {
    const zeros = ['$G,1,"7",,"00:00:00.000"', '$G,2,"12",,"00:00:00.000"', '$G,3,"31",,"00:00:00.000"'];
    const list = ['$G,1,"7",2,"00:02:01.104"', '$G,2,"12",2,"00:02:01.700"', '$G,3,"31",,"00:00:00.000"'];
    const race = hearOne([
      start,
      firstLap,
      secondLap,
      RESET,
      FIELD,
      zeros,
      list,
      RUN,
      beat(123),
      RESET,
      zeros,
      RUN,
      list,
      beat(124),
    ]);
    expect(standingsOf(race)).toEqual(AFTER_TWO);
    expect(ofType(race, 'passing-withdrawn')).toEqual([]);
  });

  it('[N7] run 95 under the same name closes the run and loses nothing; a reopened one goes on', () => {
    const closing = ['$B,95,"Race 1"', beat(123)];
    const closed = hearOne([start, firstLap, secondLap, closing, closing]);
    expect(ofType(closed, 'session-phase').map(({ phase }) => phase)).toEqual(['running', 'closed']);
    expect(standingsOf(closed)).toEqual(AFTER_TWO);
    const reopened = hearOne([start, firstLap, closing, RUN, secondLap]);
    expect(standingsOf(reopened)).toEqual(AFTER_TWO);
    // A run of that number under another name is a run like any other.
    expect(hear([start, firstLap, '$B,95,"Race 3"', FIELD, beat(0, { start: 50_000 })]).sessions).toHaveLength(2);
  });

  it('[N8] a countdown is the formation; the race clock under a flag runs; blank at zero is the end', () => {
    const race = hearOne([
      RUN,
      FIELD,
      beat(-47, { flag: '      ', toGo: '00:30:47' }),
      beat(-46, { flag: '      ' }),
      beat(0, { flag: 'Yellow', toGo: '00:30:00' }),
      beat(52, { toGo: '00:29:08' }),
      firstLap,
      beat(1800, { flag: 'Finish' }),
      lap('7', { place: 1, lap: 2, ms: 60_000, total: 1_801_000 }),
      beat(1802, { flag: 'Finish' }),
      beat(0, { flag: '      ', start: 45_100, lapsToGo: 0 }),
      beat(0, { flag: '      ', start: 45_101, lapsToGo: 0 }),
    ]);
    expect(ofType(race, 'session-phase').map(({ phase, atMs }) => `${phase} ${atMs}`)).toEqual([
      'formation -47000',
      'running 0',
      'finished 1802000',
    ]);
    expect(ofType(race, 'flag-changed').map(({ flag, atMs }) => `${flag} ${atMs}`)).toEqual([
      'yellow 0',
      'green 52000',
      'chequered 1800000',
    ]);
  });

  it('[N8] a race clock that is set back before the start begins again', () => {
    const race = hearOne([
      RUN,
      FIELD,
      beat(0, { flag: 'Yellow' }),
      beat(17, { flag: 'Yellow' }),
      beat(-40, { flag: '      ', start: 43_257 }),
      beat(0, { flag: 'Yellow', start: 43_257 }),
      lap('7', { place: 1, lap: 1, ms: 70_000, total: 75_000 }),
    ]);
    expect(ofType(race, 'session-phase').map(({ phase, atMs }) => `${phase} ${atMs}`)).toEqual([
      'running 0',
      'formation -40000',
      'running 0',
    ]);
    expect(timelineOf(race).viewAt(76_000).state).toMatchObject({ phase: 'running' });
  });

  it('[N9] the start by the wall clock is the arrival less the race time', () => {
    const [running] = ofType(hearOne([RUN, FIELD, beat(30), firstLap], { arrived: NOON + 30_000 }), 'session-phase');
    expect(running).toMatchObject({ atMs: 0, phase: 'running', startEpochMs: NOON });
  });

  it('[N10] a race clock that begins again after laps were driven is another session, with the same cars', () => {
    const { races, sessions } = hear([
      start,
      firstLap,
      beat(0, { start: 44_000 }),
      beat(1, { start: 44_000 }),
      lap('31', { place: 1, lap: 1, ms: 60_000, total: 60_000 }),
    ]);
    expect(sessions).toEqual(['run-4-race-1-2031-06-14', 'run-4-race-1-2031-06-14-2']);
    expect(races[1]?.manifest.entries.map(({ car }) => car)).toEqual(['7', '12', '31']);
    expect(races.map((race) => standingsOf(race)[0])).toEqual(['7 1 61004', '31 1 60000']);
  });

  it('[N10] a scoreboard that is cleared for that takes nothing from the laps that were driven', () => {
    const cleared = ['$I,"12:20:00","14 jun 31"', RUN, '$G,1,"7",,"00:00:00.000"', '$G,2,"12",,"00:00:00.000"'];
    const idle = [0, 1, 2, 3, 4, 5].map((seconds) => beat(0, { flag: '      ', start: 44_000 + seconds }));
    const { races } = hear([start, firstLap, cleared, idle, beat(0, { start: 44_010 }), beat(1, { start: 44_010 })]);
    expect(races.map((race) => standingsOf(race)[0])).toEqual(['7 1 61004', '7 0 -']);
  });

  it('[N11] the clock of the computer may be set before the start, and during the race', () => {
    const early = hearOne([RUN, FIELD, beat(0, { flag: '      ', start: 47_000 }), beat(0), beat(1), firstLap]);
    expect(standingsOf(early)[0]).toBe('7 1 61004');
    const back = hearOne([
      start,
      beat(30),
      beat(31, { start: 39_600 }),
      lap('7', { place: 1, lap: 1, ms: 32_000, total: 32_000 }),
      beat(33, { start: 39_600 }),
    ]);
    expect(standingsOf(back)[0]).toBe('7 1 32000');
  });

  it('[N11] a heartbeat that was overtaken is passed over, and time never goes back', () => {
    const race = hearOne([
      start,
      beat(50),
      beat(52, { flag: 'Yellow' }),
      beat(48),
      beat(51),
      beat(53, { flag: 'Yellow' }),
    ]);
    expect(ofType(race, 'flag-changed').map(({ flag, atMs }) => `${flag} ${atMs}`)).toEqual([
      'green 0',
      'yellow 52000',
    ]);
  });

  it('[N11] a race goes over midnight', () => {
    const late = { start: 86_000 };
    const race = hearOne([
      RUN,
      FIELD,
      beat(0, late),
      beat(399, late),
      beat(401, late),
      lap('7', { place: 1, lap: 1, ms: 402_000, total: 402_000 }),
      beat(800, { ...late, flag: 'Red   ' }),
    ]);
    expect(ofType(race, 'flag-changed').map(({ flag, atMs }) => `${flag} ${atMs}`)).toEqual(['green 0', 'red 800000']);
    expect(standingsOf(race)[0]).toBe('7 1 402000');
  });

  it('[N12] the clock is stated when it begins, with a flag, and where it does not run on by itself', () => {
    const clocks = (lines: readonly string[]) =>
      ofType(hearOne([RUN, FIELD, lines]), 'clock').map(
        ({ atMs, running, remainingMs }) => `${atMs} ${running} ${remainingMs}`,
      );
    const toGo = (seconds: number, text: string, flag?: string) =>
      beat(seconds, { toGo: text, ...(flag === undefined ? {} : { flag }) });
    // Each second, and a second late: nothing to say.
    expect(clocks([toGo(0, '00:30:00'), toGo(1, '00:29:59'), toGo(2, '00:29:59'), toGo(3, '00:29:57')])).toEqual([
      '0 true 1800000',
    ]);
    expect(clocks([toGo(0, '00:30:00'), toGo(60, '00:29:00', 'Yellow')])).toEqual([
      '0 true 1800000',
      '60000 true 1740000',
    ]);
    expect(clocks([toGo(0, '00:30:00'), toGo(60, '00:34:00')])).toEqual(['0 true 1800000', '60000 true 2040000']);
    // Held, and let go.
    const held = [
      toGo(0, '00:30:00'),
      toGo(1, '00:29:59'),
      toGo(2, '00:29:58'),
      toGo(4, '00:29:58'),
      toGo(30, '00:29:58'),
      toGo(31, '00:29:57'),
    ];
    expect(clocks(held)).toEqual(['0 true 1800000', '4000 false 1798000', '31000 true 1797000']);
  });

  it('[N12] laps to go are counted down', () => {
    const race = hearOne([
      RUN,
      FIELD,
      beat(0, { lapsToGo: 10 }),
      beat(61, { lapsToGo: 9 }),
      beat(62, { lapsToGo: 9 }),
      beat(122, { lapsToGo: 8 }),
    ]);
    expect(ofType(race, 'clock').map(({ atMs, lapsToGo }) => `${atMs} ${lapsToGo}`)).toEqual([
      '0 10',
      '61000 9',
      '122000 8',
    ]);
  });

  it('[N13] the distance is what is to go and what is gone, once two heartbeats agree', () => {
    const distanceOf = (lines: readonly (string | readonly string[])[]) =>
      hearOne([RUN, FIELD, ...lines]).manifest.distance;
    expect(distanceOf([beat(8, { toGo: '00:29:51' }), beat(9, { toGo: '00:29:50' })])).toEqual({
      durationMs: 1_800_000,
    });
    expect(
      distanceOf([beat(8, { toGo: '00:29:51' }), beat(9, { toGo: '00:35:50' }), beat(10, { toGo: '00:35:49' })]),
    ).toEqual({ durationMs: 2_160_000 });
    expect(distanceOf([beat(8, { toGo: '00:29:51' })])).toBeUndefined();
    expect(distanceOf([beat(0, { lapsToGo: 12 }), beat(1, { lapsToGo: 12 })])).toEqual({ laps: 12 });
    const joined = ['$G,1,"7",5,"00:05:01.000"', beat(310, { lapsToGo: 7 }), beat(311, { lapsToGo: 7 })];
    expect(distanceOf(joined)).toEqual({ laps: 12 });
    expect(distanceOf([beat(0), beat(1)])).toBeUndefined();
    // What is shown after the end is of the next run.
    const next = [0, 1, 2].map((seconds) => beat(0, { flag: '      ', toGo: '00:45:00', start: 45_300 + seconds }));
    const ended = [beat(8, { toGo: '00:29:51' }), beat(9, { toGo: '00:29:50' }), beat(1801, { flag: 'Finish' }), next];
    expect(distanceOf(ended.flat())).toEqual({ durationMs: 1_800_000 });
    // What no manifest could hold is none.
    expect(distanceOf([beat(0, { lapsToGo: 99_999 }), beat(1, { lapsToGo: 99_999 })])).toBeUndefined();
    expect(distanceOf([beat(30, { toGo: '240:00:00' }), beat(31, { toGo: '239:59:59' })])).toBeUndefined();
  });
});
