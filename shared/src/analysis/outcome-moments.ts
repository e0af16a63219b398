import type { StatusChange } from '../race/race-history.ts';
import type { Moment } from './moment.ts';
import { NOTHING, placeImportance, type Scene, type Teller } from './moment-scene.ts';

/** An incident explains a retirement that follows within this time. */
const EXPLAINS_MS = 600_000;

/** Retirements, cars that do not start, disqualifications. */
export const tellOutcome: Teller = ({ kind, item }, scene) => {
  // [M3] Said again: no news.
  if (kind !== 'out' || item.from === item.to) return NOTHING;
  const { atMs, car, outcome, to } = item;
  const facts = { atMs, driver: scene.driver(car), reason: outcome?.reason };
  const cars = outcome?.otherCar === undefined ? [car] : [car, outcome.otherCar];
  if (to === 'did-not-start') return [{ kind: to, importance: 2, cars, ...facts }];
  if (to === 'disqualified') return [{ kind: 'disqualification', importance: 3, cars, ...facts }];
  return [{ ...retirement(item, scene), ...facts, cars }];
};

function retirement({ atMs, car, outcome }: StatusChange, scene: Scene) {
  const { incident, lap } = scene.car(car);
  // Where it was before it slowed down.
  const position = lap?.position ?? 0;
  const isRecent = incident !== undefined && atMs - incident.atMs <= EXPLAINS_MS;
  const importance = outcome?.otherCar !== undefined || (position > 0 && placeImportance(position) > 1) ? 3 : 2;
  return {
    kind: 'retirement',
    importance,
    lap: outcome?.lap ?? 0,
    position,
    isExplained: isRecent && isSaid(outcome?.reason, incident.text),
  } satisfies Partial<Moment>;
}

/** [M3] True when most of the words of a reason stand in a text already. */
function isSaid(reason: string | undefined, text: string): boolean {
  const words = wordsOf(reason ?? '');
  const said = new Set(wordsOf(text));
  return words.length > 0 && words.filter((word) => said.has(word)).length >= 0.7 * words.length;
}

function wordsOf(text: string): readonly string[] {
  return text.toLowerCase().match(/[\p{L}\d]{4,}/gu) ?? [];
}
