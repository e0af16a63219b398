import { parseManifest, parseRaceEvent } from '@pitboard/shared/protocol/parse.ts';
import type { RaceEvent } from '@pitboard/shared/protocol/race-event.ts';
import { createBaku2014 } from '@pitboard/simulator/scenarios/baku-2014.ts';
import { findScenario, SCENARIOS } from '@pitboard/simulator/scenarios/catalogue.ts';
import { simulateRace } from '@pitboard/simulator/simulate-race.ts';
import { describe, expect, it } from 'vitest';
import { grouped, passingsOf } from './passings.ts';

const CLOSEST_MS = 200;

function byCar(events: readonly RaceEvent[]) {
  return grouped(passingsOf(events), 'car');
}

describe('Simulator', () => {
  it('[X36] the same seed gives the same events, another seed others', () => {
    const run = (seed: number) => JSON.stringify(simulateRace(createBaku2014(), { seed }).events);
    expect(run(7)).toBe(run(7));
    expect(run(8)).not.toBe(run(7));
  });

  it('[X37] the catalogue finds its scenarios by id, and nothing else', () => {
    for (const offer of SCENARIOS) expect(findScenario(offer.id)).toBe(offer);
    expect(findScenario('monza')).toBeUndefined();
  });
});

describe.each(SCENARIOS.map((offer) => offer.id))('Scenario %s', (id) => {
  const scenario = findScenario(id)?.create();
  if (scenario === undefined) throw new Error(`no scenario ${id}`);
  const { manifest, events } = simulateRace(scenario, { seed: 3 });
  const loops = manifest.circuit.loops.map((loop) => loop.id);

  it('[X38] every event and the manifest pass their schemas', () => {
    expect(parseManifest(manifest)).toMatchObject({ ok: true });
    const problems = events.map((event) => parseRaceEvent(event)).filter((parsed) => !parsed.ok);
    expect(problems).toEqual([]);
  });

  it('[X39] events stand in order of time and count from 1 without a hole', () => {
    expect(events.every((event, index) => event.seq === index + 1)).toBe(true);
    expect(events.every((event, index) => event.atMs >= (events[index - 1]?.atMs ?? event.atMs))).toBe(true);
  });

  it('[X40] every car crosses the loops in their order, later each time, the start line as lap 0', () => {
    const cars = byCar(events);
    expect(cars.size).toBe(scenario.cars.length);
    for (const passings of cars.values()) {
      expect(passings.map((passing) => passing.loop)).toEqual(passings.map((_, index) => loops[index % loops.length]));
      expect(passings.map((passing) => passing.lapNumber)).toEqual(
        passings.map((_, index) => (index === 0 ? 0 : undefined)),
      );
      expect(passings.every((passing, index) => index === 0 || passing.atMs > (passings[index - 1]?.atMs ?? 0))).toBe(
        true,
      );
    }
  });

  it('[X41] no lap is faster than the circuit allows', () => {
    const minimumMs = manifest.circuit.minimumLapMs ?? 0;
    for (const passings of byCar(events).values()) {
      const lines = passings.filter((passing) => passing.loop === 'SF').slice(1);
      const lapsMs = lines.slice(1).map((line, index) => line.atMs - (lines[index]?.atMs ?? 0));
      for (const lapMs of lapsMs) expect(lapMs).toBeGreaterThan(minimumMs);
    }
  });

  it('[X42] on the track two cars never cross a loop closer than a fifth of a second', () => {
    const onTrack = passingsOf(events).filter((passing) => !passing.inPitLane && passing.lapNumber !== 0);
    for (const passings of grouped(onTrack, 'loop').values()) {
      const apartMs = passings.slice(1).map((passing, index) => passing.atMs - (passings[index]?.atMs ?? 0));
      expect(Math.min(...apartMs)).toBeGreaterThanOrEqual(CLOSEST_MS);
    }
  });

  it('[X43] a visit to the pits runs from entry over the line in the lane to the exit', () => {
    const steps = new Map<string, string[]>();
    for (const event of events) {
      const inLane = event.type === 'passing' && event.inPitLane;
      if (event.type !== 'pit-entry' && event.type !== 'pit-exit' && event.type !== 'pit-stationary' && !inLane)
        continue;
      steps.set(event.car, [...(steps.get(event.car) ?? []), event.type]);
    }
    const visit = /^(pit-entry passing( pit-stationary)? pit-exit ?)*(pit-entry passing)?$/;
    for (const list of steps.values()) expect(list.join(' ')).toMatch(visit);
  });

  it('[X44] the chequered flag falls with the leader at the line, and who took it is home', () => {
    const flag = events.find((event) => event.type === 'flag-changed' && event.flag === 'chequered');
    const atFlag = passingsOf(events).find((passing) => passing.seq > (flag?.seq ?? 0));
    expect(atFlag).toMatchObject({ atMs: flag?.atMs, loop: 'SF' });
    expect(flag?.atMs).toBeGreaterThanOrEqual(manifest.distance?.durationMs ?? Number.POSITIVE_INFINITY);
    for (const passings of byCar(events).values()) {
      const home = passings.filter((passing) => passing.loop === 'SF' && passing.atMs >= (flag?.atMs ?? 0));
      expect(home.length).toBeLessThanOrEqual(1);
      if (home[0] !== undefined) expect(passings.at(-1)).toBe(home[0]);
    }
  });

  it('[X45] the session runs from formation to closed', () => {
    const phases = events.filter((event) => event.type === 'session-phase').map((event) => event.phase);
    expect(phases.join(' ')).toMatch(/^formation running( suspended running)* finished closed$/);
    expect(events.at(-1)).toMatchObject({ type: 'session-phase', phase: 'closed' });
  });
});

describe('Positions', () => {
  const plain = simulateRace(createBaku2014(), { seed: 5 });
  const dense = simulateRace(createBaku2014(), { seed: 5, positionsHz: 2 });
  const positions = dense.events.filter((event) => event.type === 'position');

  it('[X46] come only when asked for, and change nothing else', () => {
    const withoutSeq = (events: readonly RaceEvent[]) =>
      events.filter((event) => event.type !== 'position').map(({ seq: _, ...fact }) => fact);
    expect(plain.events.some((event) => event.type === 'position')).toBe(false);
    expect(withoutSeq(dense.events)).toEqual(withoutSeq(plain.events));
  });

  it('[X47] come at the rate asked for while a car is between two loops', () => {
    const leader = positions.filter((position) => position.car === '1' && position.atMs < 60_000);
    expect(leader).toHaveLength(120);
  });

  it('[X48] pass their schema, and no car teleports', () => {
    const last = new Map<string, { atMs: number; lapFraction: number }>();
    for (const position of positions) {
      expect(parseRaceEvent(position).ok).toBe(true);
      const lapFraction = position.lapFraction ?? Number.NaN;
      const before = last.get(position.car);
      const movedMetres = (((lapFraction - (before?.lapFraction ?? lapFraction) + 1.01) % 1) - 0.01) * 3864;
      const passedMs = position.atMs - (before?.atMs ?? position.atMs);
      expect(movedMetres).toBeGreaterThan(-2);
      expect(movedMetres).toBeLessThan(2 + passedMs * 0.08);
      last.set(position.car, { atMs: position.atMs, lapFraction });
    }
  });
});
