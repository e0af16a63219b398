import { rmonitorCapture } from '@pitboard/server/sources/rmonitor/rmonitor-capture.ts';
import { rmonitor } from '@pitboard/server/sources/rmonitor/rmonitor-protocol.ts';
import { describe, expect, it } from 'vitest';
import { fuzzFeed, fuzzFormat } from '../fuzz.ts';
import { beat, FIELD, lap, RUN } from './hear-rmonitor.ts';

const race = [
  RUN,
  ...FIELD,
  '$COMP,"7","7",1,"Feldmann /","Moor","Audi R8","Feldmann Racing"',
  '$T,"Wiesenring","WR","1.5",1,"S1","T1","T2",39370',
  beat(-3, { flag: '      ' }),
  beat(0, { flag: 'Yellow', toGo: '00:30:00', lapsToGo: 12 }),
  beat(1, { toGo: '00:29:59', lapsToGo: 12 }),
  '$G,1,"7",,"00:00:05.000"',
  '$G,2,"12",-2,"00:00:05.500"',
  '$L,"7","P3","PIP","06/14/2031","12:00:50.000",2,"GT"',
  '$L,"7","P1","SFP","06/14/2031","12:01:01.000"',
  ...lap('7', { place: 1, lap: 1, ms: 56_000, total: 61_000 }),
  '$L,"7","P2","POP","06/14/2031","12:01:10.000"',
  '$L,"12","T2","I2","06/14/2031","12:01:20.000"',
  beat(62),
  ...lap('12', { place: 2, lap: -1, ms: 58_000, total: 63_500 }),
  '$H,1,"7",1,"00:00:56.000"',
  '$H,2,"12",4,"00:00:55.000"',
  ...lap('7', { place: 1, lap: 2, ms: 57_000, total: 118_000 }),
  '$G,2,"7",2,"00:02:08.000"',
  beat(119),
  '$G,1,"12",,"00:00:00.000"',
  '$I, "00:00:00", "0/0/0000"',
  RUN,
  beat(120, { flag: 'Red   ' }),
  ...lap('31', { place: 3, lap: 1, ms: 118_000, total: 121_000 }),
  '$RMS,"race"',
  '$SR,3,"31",1,"00:01:58.000",75000',
  '$SP,1,"7",2,"00:00:57.000",95000',
  '$RMHL,"31","1","3","00:01:58.000","Green ","00:02:01.000"',
  '$COR,"31","31",1,"00:02:00.990","-0.010"',
  beat(180, { flag: 'Finish' }),
  ...lap('7', { place: 1, lap: 3, ms: 63_000, total: 181_000 }),
  '$B,95,"Race 1"',
  beat(0, { flag: '      ', start: 43_400 }),
];

describe('N. RMonitor and Multiloop', () => {
  it('[N36] whatever a line or a connection does to it, what comes of a feed is a race', () => {
    const report = fuzzFeed(rmonitor, { samples: [{ name: 'feed', content: race.join('\n') }], encoding: 'latin1' });
    expect(report.lines).toBeGreaterThanOrEqual(200_000);
    expect(report.events).toBeGreaterThan(1000);
    expect(report.skipped).toBeGreaterThan(1000);
  }, 240_000);

  it('[N36] the same for captures', () => {
    const stamped = race.map((line, index) => `2031-06-14T12:00:${String(index % 60).padStart(2, '0')}.000Z ${line}`);
    const notes = [
      '# ANNOTATION [2031-06-14T12:00:30Z]: race stopped',
      '##2031-06-14 12:00:00.000|flags',
      '##2031-06-14 12:00:00.000',
    ];
    const report = fuzzFormat(rmonitorCapture, {
      samples: [{ name: 'capture.log', content: [...race, ...notes, ...stamped].join('\n') }],
      encoding: 'latin1',
    });
    expect(report.lines).toBeGreaterThanOrEqual(200_000);
    expect(report.races).toBeGreaterThan(50);
  }, 240_000);
});
