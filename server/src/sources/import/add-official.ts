import type { RaceFact } from '@pitboard/shared/protocol/race-event.ts';
import type { OfficialCar } from '@pitboard/shared/race/official-result.ts';
import type { Imported, ImportedRace, Skipped } from './imported-race.ts';
import { officialClock } from './official-clock.ts';
import { fitOf, type OfficialFit, onOfficialClock, roadOf, withFacts, withServed } from './official-fit.ts';
import { type OfficialCarLine, officialFacts, rulesThatClassify } from './official-layer.ts';

/** Share of the winner's laps that most series ask for. */
const USUAL_SHARE = 0.7;

type Found = Pick<Imported, 'races' | 'official'>;

/** The races of several formats, each with the result of another one that fits it; results that fit none are left out. */
export function addOfficialResults(parts: readonly Found[]): {
  readonly races: readonly ImportedRace[];
  readonly skipped: Skipped;
} {
  const races = parts.flatMap((part) => part.races);
  let unused = 0;
  for (const part of parts) {
    if (part.official === undefined) continue;
    const fitting = races.flatMap((race, index) => {
      const isOwn = part.races.some((own) => own.manifest === race.manifest);
      const fit = isOwn ? undefined : fitOf(race, part.official ?? []);
      return fit === undefined ? [] : [{ index, ...fit }];
    });
    const [best] = fitting.sort((one, other) => one.lapsOff - other.lapsOff);
    if (best === undefined) unused++;
    else races[best.index] = addOfficial(withServed(onOfficialClock(best, part.official), part.official));
  }
  const reasons = unused === 0 ? {} : { 'a result that fits none of the races': unused };
  return { races, skipped: { lines: unused, reasons, examples: [] } };
}

/** The race with what the officials decided beyond what its own files tell. */
function addOfficial(fit: OfficialFit): ImportedRace {
  const { race, lines, standing, endMs } = fit;
  const { manifest, events } = race;
  const road = roadOf(fit);
  const { addedMsOf } = officialClock(lines, road);
  const facts: RaceFact[] = [...retirements(lines, standing, endMs)];
  const isFeedsOrder = (manifest.rules?.officialOrder ?? manifest.orderAuthority) === 'feed';
  const decided = officialFacts(toldAnew(lines, standing), road, { atMs: endMs, addedMsOf });
  // Where the feed's own order rules, the result is its last word, and nobody has to be put in place.
  facts.push(...decided.filter((fact) => !isFeedsOrder || !isForced(fact)));
  const order = lines.flatMap(({ car, position }) => (position === undefined ? [] : [{ car, position }]));
  order.sort((one, other) => one.position - other.position);
  const placed = order.map(({ car }) => car);
  const standingOrder = standing.flatMap(({ car, position }) => (position === undefined ? [] : [car]));
  if (isFeedsOrder && (facts.length > 0 || placed.join(' ') !== standingOrder.join(' '))) {
    facts.push({ type: 'order-reported', atMs: endMs, cars: placed });
  }
  const judged = lines.flatMap(classifyingOf(standing));
  const usualShare = manifest.rules?.classifiedShare ?? USUAL_SHARE;
  const rules = judged.length === 0 ? {} : rulesThatClassify(judged, usualShare);
  const note = { subject: 'result', kind: 'information', text: 'With the official result of another file.' } as const;
  return {
    manifest: {
      ...manifest,
      rules: { ...manifest.rules, ...rules },
      dataNotes: [...manifest.dataNotes, note].slice(-200),
    },
    events: withFacts(events, facts),
  };
}

function isForced(fact: RaceFact): boolean {
  return fact.type === 'penalty' && fact.sanction.kind === 'forced-position';
}

/** Lines without what the files of the race have said already: who is shut out there need not be so again. */
function toldAnew(lines: readonly OfficialCarLine[], standing: readonly OfficialCar[]): readonly OfficialCarLine[] {
  const statusOf = new Map(standing.map(({ car, status }) => [car, status]));
  return lines.filter(({ car, status }) => {
    const isTold = status === 'disqualified' || status === 'did-not-start';
    return !isTold || statusOf.get(car) !== status;
  });
}

/** Cars that neither the road nor its files have seen retire: at the start where they were never seen at all. */
function retirements(lines: readonly OfficialCarLine[], standing: readonly OfficialCar[], atMs: number): RaceFact[] {
  const standsOf = new Map(standing.map((line) => [line.car, line]));
  return lines.flatMap(({ car, status, reason }): RaceFact[] => {
    const stands = standsOf.get(car);
    if (status !== 'did-not-finish' || stands === undefined || stands.tookFlag) return [];
    const isUnseen = stands.laps === 0 && stands.outcome === undefined;
    if (!isUnseen && (stands.status === 'did-not-finish' || stands.outcome !== undefined)) return [];
    return [{ type: 'car-retired', atMs: isUnseen ? 0 : atMs, car, ...(reason === undefined ? {} : { reason }) }];
  });
}

function classifyingOf(standing: readonly OfficialCar[]) {
  const standsOf = new Map(standing.map((line) => [line.car, line]));
  return ({ car, status, laps }: OfficialCarLine) => {
    const stands = standsOf.get(car);
    if (stands === undefined || stands.laps === 0 || status === undefined || status === 'disqualified') return [];
    const counted = Math.min(laps ?? stands.laps, stands.laps);
    return [{ laps: counted, tookFlag: stands.tookFlag, isClassified: status === 'classified' }];
  };
}
