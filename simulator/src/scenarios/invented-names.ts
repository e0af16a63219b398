import type { Driver } from '@pitboard/shared/protocol/manifest.ts';

// biome-ignore format: a word list reads in rows
const TEAM_NAMES = [
  'Aurora', 'Blackwater', 'Cascade', 'Drachenfels', 'Ember', 'Fjordland', 'Granite', 'Hollowell', 'Isar', 'Juniper',
  'Kaldera', 'Lodestar', 'Montane', 'Nimbus', 'Ostrava', 'Palisade', 'Quill', 'Ravensburg', 'Saltmarsh', 'Tramontana',
  'Umbra', 'Vesper', 'Westerly', 'Yarrow',
];
const TEAM_KINDS = ['Racing', 'Motorsport', 'Competition'];
// biome-ignore format: a word list reads in rows
const FIRST_NAMES = [
  'Alba', 'Anton', 'Beatriz', 'Bruno', 'Caspar', 'Clara', 'Dario', 'Elias', 'Emil', 'Fabian', 'Greta', 'Hugo', 'Ines',
  'Ivo', 'Jonas', 'Kaya', 'Lars', 'Lena', 'Luca', 'Mads', 'Marta', 'Milan', 'Nico', 'Nora', 'Oskar', 'Pavel',
  'Quentin', 'Rafael', 'Rosa', 'Sami', 'Tessa', 'Tomás', 'Ugo', 'Vera', 'Wim', 'Zoe',
];
// biome-ignore format: a word list reads in rows
const LAST_NAMES = [
  'Abendroth', 'Aldric', 'Baranek', 'Bellweather', 'Bergqvist', 'Caldera', 'Carrow', 'Castellan', 'Dahlström',
  'Delacourt', 'Dormer', 'Eckhardt', 'Elmsworth', 'Fabrizi', 'Falkenrath', 'Ferreiro', 'Galvano', 'Grünfeld',
  'Halloran', 'Haverkamp', 'Ilves', 'Iversen', 'Jansenius', 'Jurado', 'Kaspari', 'Kirkby', 'Koskela', 'Lachance',
  'Lindqvist', 'Lombardo', 'Marchetti', 'Marwood', 'Mendes', 'Nakasone', 'Nordahl', 'Novotny', 'Oakes', 'Okonjo',
  'Ormond', 'Paravel', 'Pellegrin', 'Quiroga', 'Radek', 'Rosendahl', 'Roux', 'Salvatierra', 'Sandoval', 'Schuster',
  'Takamori', 'Teixeira', 'Thorne', 'Ullman', 'Valcourt', 'Verhoeven', 'Voss', 'Wexley', 'Winter', 'Yamane', 'Zabel',
  'Zoric',
];

/** Two cars in a row are of one team. */
export function inventedTeam(index: number): string {
  return `${word(TEAM_NAMES, index >> 1)} ${word(TEAM_KINDS, (index >> 1) + Math.floor(index / 48))}`;
}

/** A driver whom nobody shares a name with, for 180 of them and more. `seat`: place in the crew. */
export function inventedDriver(index: number, seat: number): Driver {
  // The shift keeps two drivers of the same last name apart.
  const firstName = word(FIRST_NAMES, index + Math.floor(index / LAST_NAMES.length) * 11);
  const lastName = word(LAST_NAMES, index);
  const id = `${firstName}-${lastName}`.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  return { id, firstName, lastName, category: (['gold', 'silver', 'bronze'] as const)[seat] ?? 'silver' };
}

function word(list: readonly string[], index: number): string {
  return list[index % list.length] ?? '';
}
