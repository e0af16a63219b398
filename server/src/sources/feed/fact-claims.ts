import type { RaceFact } from '@pitboard/shared/protocol/race-event.ts';

/** What a fact says of something that has one state at a time. */
export type Claim = { readonly subject: string; readonly value: string };

/** Of a fact that states how something is, whenever that began; `undefined` for one that only says what happened. */
export function claimOf(fact: RaceFact): Claim | undefined {
  switch (fact.type) {
    case 'session-phase':
      return { subject: 'phase', value: JSON.stringify([fact.phase, fact.part, fact.cars]) };
    case 'flag-changed':
      return { subject: `flag ${fact.sector ?? ''} ${fact.car ?? ''}`, value: fact.flag };
    case 'order-reported':
      return { subject: 'order', value: JSON.stringify(fact.cars) };
    case 'gap-reported':
      return { subject: `gap ${fact.to} ${fact.car}`, value: said(fact) };
    case 'pit-entry':
    case 'pit-exit':
      return { subject: `lane ${fact.car}`, value: fact.type };
    case 'car-stopped':
    case 'car-resumed':
    case 'car-retired':
    case 'car-not-starting':
    case 'car-disqualified':
    case 'car-reinstated':
      return { subject: `outcome ${fact.car}`, value: said(fact) };
    case 'driver-changed':
    case 'tyres-changed':
    case 'best-lap-reported':
      return { subject: `${fact.type} ${fact.car}`, value: said(fact) };
    case 'clock':
    case 'weather':
      return { subject: fact.type, value: said(fact) };
    default:
      return undefined;
  }
}

/** Of a fact that names what it speaks of, so that its time does not matter. */
export function namedOf(fact: RaceFact): string | undefined {
  switch (fact.type) {
    case 'passing':
      return fact.lapNumber === undefined ? undefined : `passing ${fact.car} ${fact.loop} ${fact.lapNumber}`;
    case 'lap-invalidated':
      return `${fact.type} ${fact.car} ${fact.lapNumber}`;
    case 'penalty':
      return `${fact.type} ${fact.car} ${fact.id} ${fact.state} ${JSON.stringify(fact.sanction)}`;
    default:
      return undefined;
  }
}

/** Of a fact that a feed may tell again with all that came before it: what happened, but for the time. */
export function momentOf(fact: RaceFact): string | undefined {
  switch (fact.type) {
    case 'session-phase':
    case 'flag-changed':
    case 'pit-entry':
    case 'pit-exit':
    case 'pit-stationary':
    case 'driver-changed':
    case 'tyres-changed':
    case 'car-stopped':
    case 'car-resumed':
    case 'car-retired':
    case 'car-not-starting':
    case 'car-disqualified':
    case 'car-reinstated':
    case 'race-control-message':
    case 'incident':
    case 'weather':
    case 'clock':
    case 'order-reported':
    case 'gap-reported':
    case 'best-lap-reported':
      return said(fact);
    default:
      return undefined;
  }
}

/** A fact without its times. */
function said(fact: RaceFact): string {
  const { atMs: _atMs, ...rest } = fact;
  return JSON.stringify(rest, (key, value) => (key === 'startEpochMs' ? undefined : value));
}
