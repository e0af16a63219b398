import type { Entry } from '@pitboard/shared/protocol/manifest.ts';
import type { OfficialLine } from './imported-race.ts';
import type { OfficialCarLine } from './official-layer.ts';

/**
 * The lines whose car is entered. A number alone may be another car's in another file: where the last name or the code of
 * the driver is known on both sides and says so, it decides; each car is named once, by the first line that does.
 */
export function carsOfLines(entries: readonly Entry[], lines: readonly OfficialLine[]): readonly OfficialCarLine[] {
  const taken = new Set<string>();
  return lines.flatMap((line): OfficialCarLine[] => {
    const car = carOf(entries, line);
    if (car === undefined || taken.has(car)) return [];
    taken.add(car);
    return [{ ...line, car }];
  });
}

function carOf(entries: readonly Entry[], line: OfficialLine): string | undefined {
  const named = entries.filter((entry) => isOf(entry, line));
  const numbered = entries.find(({ car }) => car === line.car);
  if (numbered !== undefined && (named.includes(numbered) || named.length !== 1)) return numbered.car;
  return named.length === 1 ? named[0]?.car : undefined;
}

function isOf({ drivers }: Entry, { code, lastName }: OfficialLine): boolean {
  const name = plain(lastName ?? '');
  return drivers.some((driver) => {
    if (code !== undefined && driver.code !== undefined) return driver.code === code;
    // A feed may write both names in one, and the last one first.
    const words = plain(`${driver.firstName ?? ''} ${driver.lastName}`).split(' ');
    return name !== '' && name.split(' ').every((word) => words.includes(word));
  });
}

/** `Pérez` and `PEREZ` are one name. */
function plain(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
