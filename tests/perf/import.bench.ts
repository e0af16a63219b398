import { importAlKamel } from '@pitboard/server/sources/al-kamel/import-al-kamel.ts';
import { AL_KAMEL_RACES, NO_REAL_DATA, readReal, realDataFolder } from '../real/real-data.ts';
import { type Figure, medianOf, timed } from './figure.ts';

const ROUNDS = 5;
/** What a file is read in by Node. */
const CHUNK = 65_536;

/** Importing the laps of a real 24-hour race from memory. Empty where its folder is not at hand. */
export function importFigures(): Figure[] {
  if (realDataFolder === undefined) {
    process.stderr.write(`alKamel24hImportMs ${NO_REAL_DATA}\n`);
    return [];
  }
  const [name] = AL_KAMEL_RACES[2].files;
  const text = readReal(`alkamel/${name}`);
  const chunks = Array.from({ length: Math.ceil(text.length / CHUNK) }, (_, index) =>
    text.slice(index * CHUNK, (index + 1) * CHUNK),
  );
  let events = 0;
  const times = Array.from({ length: ROUNDS }, () =>
    timed(() => {
      events = importAlKamel([{ name, chunks }]).events.length;
    }),
  );
  const how = `a real race of 24 hours, ${(text.length / 1e6).toFixed(1)} MB, ${events.toLocaleString('en')} events, median of ${ROUNDS} rounds`;
  return [{ name: 'alKamel24hImportMs', value: Math.round(medianOf(times)), unit: 'ms', bar: { atMost: 1500 }, how }];
}
