import { createRmonitorSpeaker } from '@pitboard/server/sources/rmonitor/rmonitor-speaker.ts';
import type { RaceFact } from '@pitboard/shared/protocol/race-event.ts';
import { describe, expect, it } from 'vitest';
import { aManifest, aPassing, aStart, numbered } from '../../../builders.ts';

const manifest = aManifest({
  session: 'Race “2”',
  startEpochMs: Date.UTC(2031, 4, 6, 12, 30, 0),
  timeZone: 'Asia/Kolkata',
  distance: { laps: 3 },
  classes: [{ id: 'gt', name: 'GT' }],
  entries: [
    { car: '1', class: 'gt', team: 'Nord "A"', drivers: [{ id: 'a', firstName: 'Zoë', lastName: 'Łukasz' }] },
    {
      car: '02',
      class: 'gt',
      make: 'Vela',
      model: 'R3',
      drivers: [
        { id: 'b', lastName: 'Vogt' },
        { id: 'c', lastName: 'Sund' },
      ],
    },
    { car: '3', drivers: [] },
  ],
  grid: [
    { car: '1', position: 1 },
    { car: '02', position: 2 },
    { car: '3', position: 3 },
  ],
});

function lap(car: string, lapNumber: number, atMs: number, lapTimeMs?: number): RaceFact {
  return aPassing({ car, lapNumber, atMs, ...(lapTimeMs === undefined ? {} : { lapTimeMs }) });
}

/** Three laps: 02 overtakes on the second, has ten seconds added, and loses the race by it. */
const facts: RaceFact[] = [
  { type: 'session-phase', atMs: -2000, phase: 'formation' },
  aStart(),
  lap('1', 0, 400),
  lap('02', 0, 900),
  aPassing({ car: '1', loop: 'S1', atMs: 30_000 }),
  lap('1', 1, 90_000),
  lap('02', 1, 90_500, 89_600),
  { type: 'flag-changed', atMs: 120_000, flag: 'safety-car' },
  { type: 'pit-entry', atMs: 150_000, car: '1' },
  aPassing({ car: '1', atMs: 180_900, inPitLane: true, lapNumber: 2 }),
  { type: 'pit-exit', atMs: 190_000, car: '1' },
  lap('02', 2, 180_300, 89_800),
  { type: 'penalty', atMs: 200_000, id: 'p', car: '02', state: 'given', sanction: { kind: 'time', ms: 10_000 } },
  { type: 'flag-changed', atMs: 230_000, flag: 'green' },
  { type: 'car-retired', atMs: 240_000, car: '3' },
  { type: 'flag-changed', atMs: 270_100, flag: 'chequered' },
  lap('02', 3, 270_100, 89_800),
  lap('1', 3, 271_000, 90_100),
  { type: 'session-phase', atMs: 290_000, phase: 'finished' },
  { type: 'session-phase', atMs: 300_500, phase: 'closed' },
];

function aSpeaker(imsa = false) {
  return createRmonitorSpeaker(
    { manifest, events: numbered(facts.toSorted((one, other) => one.atMs - other.atMs)) },
    { imsa },
  );
}

/** What is said from just after one moment up to another. */
function saidBetween(fromMs: number, toMs: number, imsa = false): readonly string[] {
  const speaker = aSpeaker(imsa);
  speaker.advance(fromMs);
  return speaker.advance(toMs);
}

const withoutHeartbeat = (lines: readonly string[]) => lines.filter((line) => !line.startsWith('$F'));

describe('U. Sources at run time', () => {
  it('[U44] a run begins with its time, its name, circuit, classes, competitors and both tables', () => {
    expect(aSpeaker().advance(-2000)).toEqual([
      '$I,"17:59:58.000","06 may 31"',
      `$B,1,"Race '2'"`,
      '$C,1,"GT"',
      '$E,"TRACKNAME","Test Ring"',
      '$E,"TRACKLENGTH","2.485"',
      '$A,"1","1",0,"Zoë","?ukasz","",1',
      `$COMP,"1","1",1,"Zoë","?ukasz","","Nord 'A'"`,
      '$A,"02","02",0,"Vogt /","Sund","Vela R3",1',
      '$COMP,"02","02",1,"Vogt /","Sund","Vela R3",""',
      '$A,"3","3",0,"","","",0',
      '$COMP,"3","3",0,"","","",""',
      '$G,1,"1",,"00:00:00.000"',
      '$G,2,"02",,"00:00:00.000"',
      '$G,3,"3",,"00:00:00.000"',
      '$H,1,"1",0,"00:00:00.000"',
      '$H,2,"02",0,"00:00:00.000"',
      '$H,3,"3",0,"00:00:00.000"',
      '$F,3,"00:00:00","17:59:58","00:00:00","      "',
    ]);
  });

  it('[U44] the event stands for a circuit that nobody has told', () => {
    const unnamed = { ...manifest, circuit: { ...manifest.circuit, name: 'Unknown circuit' } };
    const lines = createRmonitorSpeaker({ manifest: unnamed, events: [] }, { imsa: false }).advance(-2000);
    expect(lines).toContain(`$E,"TRACKNAME","${manifest.event}"`);
  });

  it('[U44] the heartbeat comes each second, with the flag in six letters, and at once when flag or leader’s lap change', () => {
    const flags = (fromMs: number, toMs: number) => saidBetween(fromMs, toMs).filter((line) => line.startsWith('$F'));
    expect(flags(88_000, 91_000)).toEqual([
      '$F,3,"00:00:00","18:01:29","00:01:29","Green "',
      '$F,2,"00:00:00","18:01:30","00:01:30","Green "',
      '$F,2,"00:00:00","18:01:30","00:01:30","Green "',
      '$F,2,"00:00:00","18:01:31","00:01:31","Green "',
    ]);
    expect(flags(119_000, 120_000).map((line) => line.slice(-9))).toEqual([',"Yellow"', ',"Yellow"']);
    expect(flags(269_500, 270_500).map((line) => line.slice(-9))).toEqual([',"Green "', ',"Finish"']);
  });

  it('[U45] a crossing is told once, then the rows that it changed, its own first', () => {
    expect(withoutHeartbeat(saidBetween(90_000, 90_900))).toEqual([
      '$J,"02","00:01:29.600","00:01:30.500"',
      '$G,2,"02",1,"00:01:30.500"',
    ]);
    expect(withoutHeartbeat(saidBetween(180_000, 180_500))).toEqual([
      '$J,"02","00:01:29.800","00:03:00.300"',
      '$G,1,"02",2,"00:03:00.300"',
      '$H,1,"02",2,"00:01:29.800"',
      '$G,2,"1",1,"00:01:30.000"',
      '$H,2,"1",0,"00:00:00.000"',
    ]);
    expect(withoutHeartbeat(saidBetween(0, 400))).toEqual([
      '$J,"1","00:00:00.000","00:00:00.400"',
      '$G,1,"1",,"00:00:00.400"',
    ]);
    expect(withoutHeartbeat(saidBetween(20_000, 29_900))).toEqual([]);
  });

  it('[U45] everything but crossings is said again each half minute', () => {
    const lines = withoutHeartbeat(saidBetween(100_000, 120_000));
    expect(lines).toEqual(withoutHeartbeat(aSpeakerAt(120_000).dump()));
    expect(lines.slice(-6)).toEqual([
      '$G,1,"1",1,"00:01:30.000"',
      '$G,2,"02",1,"00:01:30.500"',
      '$G,3,"3",,"00:00:00.000"',
      '$H,1,"1",0,"00:00:00.000"',
      '$H,2,"02",0,"00:00:00.000"',
      '$H,3,"3",0,"00:00:00.000"',
    ]);
  });

  it('[U46] time added shows in the total of the race order, and in no crossing', () => {
    expect(withoutHeartbeat(saidBetween(199_500, 200_500))).toEqual([
      '$G,1,"1",2,"00:03:00.900"',
      '$G,2,"02",2,"00:03:10.300"',
    ]);
    expect(withoutHeartbeat(saidBetween(270_050, 270_200))).toEqual([
      '$J,"02","00:01:29.800","00:04:30.100"',
      '$G,1,"02",3,"00:04:40.100"',
      '$G,2,"1",2,"00:03:00.900"',
    ]);
    expect(withoutHeartbeat(saidBetween(270_500, 271_900)).slice(0, 2)).toEqual([
      '$J,"1","00:01:30.100","00:04:31.000"',
      '$G,1,"1",3,"00:04:31.000"',
    ]);
  });

  it('[U47] the run is closed under its own name, and nothing but a blank heartbeat follows', () => {
    const lines = saidBetween(300_000, 302_000);
    expect(lines).toEqual([
      `$B,95,"Race '2'"`,
      '$F,0,"00:00:00","18:05:00","00:00:00","      "',
      '$F,0,"00:00:00","18:05:01","00:00:00","      "',
      '$F,0,"00:00:00","18:05:02","00:00:00","      "',
    ]);
    expect(aSpeakerAt(305_000).dump()[0]).toBe(`$B,95,"Race '2'"`);
  });

  it('[U48] as IMSA has it, every line is told with its time of day, and who is out', () => {
    expect(saidBetween(0, 300_000).filter((line) => line.startsWith('$L'))).toEqual([]);
    const lines = saidBetween(29_900, 30_000, true).filter((line) => line.startsWith('$L'));
    expect(lines).toEqual(['$L,"1","T2","S1","05/06/2031","18:00:30.000",1,"GT"']);
    const visit = saidBetween(149_000, 191_000, true).filter((line) => line.startsWith('$L,"1"'));
    expect(visit.map((line) => line.split(',').slice(2, 6).join())).toEqual([
      '"P3","PIP","05/06/2031","18:02:30.000"',
      '"P1","SFP","05/06/2031","18:03:00.900"',
      '"P2","POP","05/06/2031","18:03:10.000"',
    ]);
    expect(saidBetween(239_500, 239_999, true)).toEqual([]);
    expect(withoutHeartbeat(saidBetween(239_500, 240_000, true)).slice(0, 2)).toEqual([
      '$A,"3","3",0,"","","Retired",0',
      '$COMP,"3","3",0,"","","Retired",""',
    ]);
  });

  it('[U44] what kind of session it is stands in the name of the run, where that does not say it', () => {
    const nameOf = (session: string, kind: 'race' | 'qualifying' | 'practice') => {
      const speaker = createRmonitorSpeaker({
        manifest: { ...manifest, session, kind },
        events: numbered(facts.slice(0, 2)),
      });
      return speaker.advance(0)[1];
    };
    expect(nameOf('Session 3', 'race')).toBe('$B,1,"Session 3"');
    expect(nameOf('Session 3', 'qualifying')).toBe('$B,1,"Session 3 (Qualifying)"');
    expect(nameOf('Free practice', 'practice')).toBe('$B,1,"Free practice"');
  });

  it('[U44] the same is said however often it is asked', () => {
    const whole = aSpeaker(true).advance(310_000);
    const speaker = aSpeaker(true);
    const lines: string[] = [];
    for (let atMs = -5000; atMs <= 310_000; atMs += 137) lines.push(...speaker.advance(atMs));
    expect([...lines, ...speaker.advance(310_000)]).toEqual(whole);
  });
});

function aSpeakerAt(atMs: number) {
  const speaker = aSpeaker();
  speaker.advance(atMs);
  return speaker;
}
