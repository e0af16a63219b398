import { simulate } from '@pitboard/server/sources/simulator-source.ts';
import { flagOfState, stateOfFlag } from '@pitboard/server/sources/timing71/flags.ts';
import { writeTiming71Replay } from '@pitboard/server/sources/timing71/replay-writer.ts';
import { TRACK_FLAGS } from '@pitboard/shared/domain/flag.ts';
import { driverFullName } from '@pitboard/shared/format/driver-name.ts';
import type { RaceEvent } from '@pitboard/shared/protocol/race-event.ts';
import { officialResult } from '@pitboard/shared/race/official-result.ts';
import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { aManifest, aPassing, aStart } from '../../../builders.ts';
import { endOf, eventsOf, readZip } from './replay-builder.ts';

type Race = Parameters<typeof writeTiming71Replay>[0];

function written(race: Race): Buffer {
  return Buffer.concat([...writeTiming71Replay(race)]);
}

/** What an archive holds, by name, in the order in which it stands there. */
function contentOf(zip: Buffer): [name: string, content: Record<string, unknown>][] {
  return Object.entries(unzipSync(zip)).map(([name, bytes]) => [name, JSON.parse(strFromU8(bytes))]);
}

/** What must be the same on both sides of a replay. */
function outcomeOf(race: Race) {
  const view = endOf(race);
  return {
    result: officialResult(view).map((car) => ({
      car: car.car,
      position: car.position,
      status: car.status,
      laps: car.laps,
      totalTimeMs: car.totalTimeMs,
      bestLapTimeMs: car.bestLapTimeMs,
      bestLap: car.bestLap,
      pitStops: car.pitStops,
    })),
    laps: [...view.history.laps.values()]
      .flat()
      .map(({ car, lap, atMs, lapTimeMs, isInLap, isOutLap }) =>
        [car, lap, atMs, lapTimeMs, isInLap, isOutLap].join(' '),
      )
      .sort(),
  };
}

function wholeTrackFlags({ events }: { readonly events: readonly RaceEvent[] }): string[] {
  return events.flatMap((event) =>
    event.type === 'flag-changed' && event.sector === undefined && event.car === undefined ? [event.flag] : [],
  );
}

const small: Race = {
  manifest: aManifest({ startEpochMs: 1_935_316_800_400 }),
  events: [
    aStart(),
    { type: 'flag-changed' as const, atMs: 0, flag: 'green' as const },
    { type: 'race-control-message' as const, atMs: 4000, text: 'Mind the gulls', cars: ['2'] },
    { type: 'pit-entry' as const, atMs: 50_000, car: '3' },
    aPassing({ atMs: 90_123, car: '2', lapNumber: 1, lapTimeMs: 90_123 }),
    aPassing({ atMs: 91_500, car: '1', lapNumber: 1, lapTimeMs: 91_500 }),
  ].map((fact, index) => ({ seq: index + 1, ...fact })),
};

describe('Y. Timing71 and the others', () => {
  it.each(['baku-2014', 'safety-car-stops', 'lapped-finish'])(
    '[Y20] %s, written as a replay and read back, is the same race',
    (scenario) => {
      const race = simulate({ scenario, seed: 3 });
      const { races, skipped } = readZip(written(race));
      expect([races.length, skipped.lines]).toEqual([1, 0]);
      const back = races[0] as Race;
      expect(outcomeOf(back)).toEqual(outcomeOf(race));
      const flags = wholeTrackFlags(race);
      expect(wholeTrackFlags(back)).toEqual(flags.filter((flag, index) => flag !== flags[index - 1]));
      expect(back.manifest).toMatchObject({ event: race.manifest.event, session: race.manifest.session, kind: 'race' });
      const driversOf = ({ manifest }: Race) =>
        new Map(manifest.entries.map(({ car, drivers }) => [car, drivers.map(driverFullName).sort()]));
      for (const [car, drivers] of driversOf(back))
        expect(driversOf(race).get(car)).toEqual(expect.arrayContaining(drivers));
      expect(eventsOf(back as never, 'driver-changed').length).toBe(eventsOf(race as never, 'driver-changed').length);
    },
  );

  it('[Y20] every flag that can be shown has a state', () => {
    for (const flag of TRACK_FLAGS) {
      expect(flagOfState(stateOfFlag(flag))).toBe(flag === 'double-yellow' ? 'yellow' : flag);
    }
  });

  it('[Y21] a replay is a manifest, a keyframe in ten frames, and changes between', () => {
    const [[first, manifest] = ['', {}], ...frames] = contentOf(written(small));
    expect([first, manifest]).toEqual([
      'manifest.json',
      expect.objectContaining({ version: 1, startTime: 1_935_316_800, name: 'Test Event', description: 'Race' }),
    ]);
    expect(manifest.colSpec).toContainEqual(['Laps', 'numeric']);
    expect(manifest.colSpec).toContainEqual(['S3', 'time', 'Sector 3 time']);
    const names = frames.map(([name]) => name);
    expect(names.slice(0, 3)).toEqual(['01935316800.json', '01935316801i.json', '01935316805i.json']);
    expect(names.every((name, index) => /^\d{11}\.json$/.test(name) === (index % 10 === 0))).toBe(true);
    const seconds = names.map((name) => Number.parseInt(name, 10));
    expect(seconds).toEqual([...new Set(seconds)].sort((one, other) => one - other));
    // While nothing happens the clock is told every ten seconds.
    expect(Math.max(...seconds.slice(1).map((second, index) => second - (seconds[index] ?? 0)))).toBe(10);
    expect(frames[0]?.[1]).toMatchObject({
      session: { flagState: 'none', timeElapsed: 0 },
      messages: [],
      lastUpdated: 1_935_316_800_000,
    });
    expect(frames[2]?.[1]).toMatchObject({
      cars: [],
      messages: [[1_935_316_804_400, 'Race Control', 'Mind the gulls', 'raceControl', '2']],
      highlight: ['2'],
    });
    const stop = frames.find(([name]) => name === '01935316851i.json')?.[1];
    expect(stop?.cars).toEqual([['change', [2, 1], ['RUN', 'PIT']]]);
    expect(stop?.messages).toEqual([[1_935_316_850_400, 'Pits', '#3 has entered the pits', 'pit', '3']]);
  });

  it('[Y21] a race that nobody knows the day of stands on the first of its year', () => {
    const { startEpochMs: _, ...manifest } = small.manifest;
    const names = contentOf(written({ ...small, manifest: { ...manifest, season: 2031 } })).map(([name]) => name);
    expect(names[1]).toBe(`0${Date.UTC(2031, 0, 1, 12) / 1000}.json`);
  });

  it('[Y21] a race without an event is an archive that can be opened', () => {
    expect(contentOf(written({ manifest: small.manifest, events: [] })).map(([name]) => name)).toEqual([
      'manifest.json',
      '01935316800.json',
      '01935316801i.json',
    ]);
  });

  it('[Y21] a day of racing stays within the files that an archive can hold', () => {
    const day: Race = {
      ...small,
      events: [...small.events, { seq: 7, type: 'clock', atMs: 90_000_000, running: false }],
    };
    const zip = written(day);
    const [, first = '', second = ''] = contentOf(zip).map(([name]) => name);
    expect(Number.parseInt(second, 10) - Number.parseInt(first, 10)).toBe(2);
    expect(readZip(zip).races).toHaveLength(1);
  }, 120_000);
});
