import { cleanText } from './cells.ts';

type Family = 'text' | 'numeric' | 'delta' | 'time';
type Column = { readonly headings: readonly string[]; readonly means: RegExp; readonly family: Family };

/** Type names of a family; a type that is not known fits every column. */
const FAMILIES: Readonly<Record<Family, readonly string[]>> = {
  text: ['text', 'class'],
  numeric: ['numeric', 'number'],
  delta: ['delta'],
  time: ['time', 'laptime'],
};
const KNOWN_TYPES = new Set(Object.values(FAMILIES).flat());

/** By the headings of the common timing format, and by the descriptions that stand with them. */
const COLUMNS = {
  car: { headings: ['num', 'no', 'no.', 'nr', '#'], means: /^car number\b/, family: 'text' },
  state: { headings: ['state'], means: /^state$/, family: 'text' },
  class: { headings: ['class', 'cls'], means: /^(?:car )?class$/, family: 'text' },
  team: { headings: ['team'], means: /^team(?: name)?$/, family: 'text' },
  driver: { headings: ['driver'], means: /^driver(?: name)?$/, family: 'text' },
  model: { headings: ['car'], means: /^car (?:type|model|make)/, family: 'text' },
  laps: { headings: ['laps', 'lap'], means: /^laps? (?:completed|count)/, family: 'numeric' },
  gap: { headings: ['gap'], means: /^gap to (?:the )?leader/, family: 'delta' },
  interval: { headings: ['int', 'interval'], means: /^interval to (?:the )?car (?:in front|ahead)/, family: 'delta' },
  last: { headings: ['last'], means: /^last lap(?: ?time)?$/, family: 'time' },
  best: { headings: ['best'], means: /^best lap(?: ?time)?$/, family: 'time' },
  pits: { headings: ['pits', 'stops'], means: /^pit ?stops?/, family: 'numeric' },
} as const satisfies Record<string, Column>;

export type ColumnName = keyof typeof COLUMNS;
/** Where each column stands; a service has some of them. */
export type Columns = ReadonlyMap<ColumnName, number>;

const MOST_COLUMNS = 200;

/** Reads a column specification: `[heading, type, description?]` each. A heading whose type contradicts it is another. */
export function columnsOf(spec: unknown): Columns {
  const stated = (Array.isArray(spec) ? spec : []).slice(0, MOST_COLUMNS).map((column: unknown) => {
    const [heading, type, description] = (Array.isArray(column) ? column : [column]).map((part: unknown) =>
      typeof part === 'string' ? cleanText(part, 80).toLowerCase() : '',
    );
    return { heading: heading ?? '', type: type ?? '', description: description ?? '' };
  });
  const columns = new Map<ColumnName, number>();
  for (const [name, column] of Object.entries(COLUMNS) as [ColumnName, Column][]) {
    const fits = ({ type }: { readonly type: string }) =>
      !KNOWN_TYPES.has(type) || FAMILIES[column.family].includes(type);
    const byHeading = stated.findIndex((each) => fits(each) && column.headings.includes(each.heading));
    const place =
      byHeading < 0 ? stated.findIndex((each) => fits(each) && column.means.test(each.description)) : byHeading;
    if (place >= 0) columns.set(name, place);
  }
  return columns;
}
