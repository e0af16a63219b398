import { chooseSession } from '@pitboard/server/results/choose-session.ts';
import { describe, expect, it } from 'vitest';
import { aRace } from '../../race-script.ts';

function session(name: string, laps: boolean) {
  const race = aRace({ session: name, kind: name.startsWith('Race') ? 'race' : 'practice' }).start();
  if (laps) race.laps('1', 0, 100);
  else race.cross('1', 'S1', 40);
  return { manifest: race.manifest, events: race.events() };
}

const sessions = [
  session('Practice 1', true),
  session('Race 1', true),
  session('Race 2', true),
  session('Podium', false),
];
const chosen = (wanted?: string) => chooseSession(sessions, wanted)?.manifest.session;

describe('B. Files brought in', () => {
  it('[B46] of several sessions the last one with laps is meant', () => {
    expect(chosen()).toBe('Race 2');
    expect(chooseSession(sessions.slice(3))?.manifest.session).toBe('Podium');
    expect(chooseSession([])).toBeUndefined();
  });

  it('[B46] a session of a few laps beside one of many is none', () => {
    const long = aRace({ session: 'Race' }).start();
    long.laps('1', ...Array.from({ length: 102 }, (_, lap) => lap * 100));
    const big = { manifest: long.manifest, events: long.events() };
    const few = aRace({ session: 'Fastest laps' }).start().laps('1', 0, 100, 200);
    expect(chooseSession([big, { manifest: few.manifest, events: few.events() }])?.manifest.session).toBe(
      'Fastest laps',
    );
    expect(chooseSession([big, session('Fastest laps', true)])?.manifest.session).toBe('Race');
  });

  it('[B46] a name, a part of one, a kind or a number chooses another', () => {
    expect(['race 1', 'PRACTICE', 'podium', '1', 'test event, race 1'].map((name) => chosen(name))).toEqual([
      'Race 1',
      'Practice 1',
      'Podium',
      'Practice 1',
      'Race 1',
    ]);
    expect(['race', 'ace'].map((name) => chosen(name))).toEqual(['Race 2', 'Race 2']);
    expect(['none', '5', '0'].flatMap((name) => chosen(name) ?? [])).toEqual([]);
  });
});
