import type { Entry } from '@pitboard/shared/protocol/manifest.ts';
import { inventedDriver, inventedTeam } from './invented-names.ts';

export type EnduranceClass = {
  readonly id: string;
  readonly name: string;
  readonly colour: string;
  readonly cars: number;
  readonly firstNumber: number;
  /** Lap time of the quickest car, and how far the slowest is behind it. */
  readonly paceMs: number;
  readonly paceSpreadMs: number;
  readonly models: readonly EnduranceModel[];
};

/** A thirsty car is a quick one: over the day the stops even it out. */
export type EnduranceModel = {
  readonly make: string;
  readonly model: string;
  readonly tankLaps: number;
  /** Against the others of the class. */
  readonly paceMs: number;
};

/** Invented, like all names of this race. */
export const ENDURANCE_CLASSES: readonly EnduranceClass[] = [
  {
    id: 'prototype',
    name: 'Prototype',
    colour: '#e05a47',
    cars: 12,
    firstNumber: 2,
    paceMs: 204_000,
    paceSpreadMs: 2000,
    models: [
      { make: 'Halden', model: 'P-19', tankLaps: 12, paceMs: 0 },
      { make: 'Corvara', model: 'T3 Hybrid', tankLaps: 13, paceMs: 450 },
      { make: 'Meridiane', model: 'LH', tankLaps: 11, paceMs: -530 },
      { make: 'Kestrel', model: 'K9', tankLaps: 12, paceMs: 0 },
    ],
  },
  {
    id: 'light',
    name: 'Light Prototype',
    colour: '#4a8fe0',
    cars: 16,
    firstNumber: 21,
    paceMs: 213_500,
    paceSpreadMs: 3500,
    models: [
      { make: 'Orlan', model: '07', tankLaps: 11, paceMs: 0 },
      { make: 'Ligny', model: 'JS', tankLaps: 12, paceMs: 530 },
    ],
  },
  {
    id: 'gt',
    name: 'Grand Touring',
    colour: '#47b36b',
    cars: 32,
    firstNumber: 50,
    paceMs: 230_500,
    paceSpreadMs: 5000,
    models: [
      { make: 'Albion', model: 'Vantor GT3', tankLaps: 13, paceMs: 0 },
      { make: 'Falke', model: 'Sturm GT3', tankLaps: 13, paceMs: 0 },
      { make: 'Sirocco', model: 'V10 GT3', tankLaps: 12, paceMs: -450 },
      { make: 'Northwood', model: 'Stallion GT3', tankLaps: 14, paceMs: 380 },
      { make: 'Kuroda', model: 'RX GT3', tankLaps: 13, paceMs: 0 },
    ],
  },
];

const CREW_SIZE = 3;

/** A car with its place in its class, 0 for the quickest. */
export type EnduranceCar = {
  readonly entry: Entry;
  readonly class: EnduranceClass;
  readonly model: EnduranceModel;
  readonly rank: number;
};

/** The field, quickest class first. */
export function enduranceField(): EnduranceCar[] {
  const field: EnduranceCar[] = [];
  for (const group of ENDURANCE_CLASSES) {
    for (let rank = 0; rank < group.cars; rank++) {
      const model = group.models[rank % group.models.length] as EnduranceModel;
      field.push({ entry: createEntry(group, rank, { model, index: field.length }), class: group, model, rank });
    }
  }
  return field;
}

function createEntry(
  group: EnduranceClass,
  rank: number,
  { model, index }: { readonly model: EnduranceModel; readonly index: number },
): Entry {
  const drivers = Array.from({ length: CREW_SIZE }, (_, seat) => inventedDriver(index * CREW_SIZE + seat, seat));
  return {
    car: String(group.firstNumber + rank),
    team: inventedTeam(index),
    make: model.make,
    model: model.model,
    class: group.id,
    drivers,
    ...(drivers[0] !== undefined && { startingDriver: drivers[0].id }),
  };
}
