import type { Moment } from '../analysis/moment.ts';
import type { Manifest } from '../protocol/manifest.ts';
import { driverOf } from './driver-name.ts';
import { tellGerman } from './moment-text-de.ts';
import { tellEnglish } from './moment-text-en.ts';
import type { Locale, Names } from './moment-words.ts';

/** One sentence that a commentator could read out. */
export function momentText(moment: Moment, manifest: Manifest, locale: Locale): string {
  const names = namesOf(manifest);
  return locale === 'de' ? tellGerman(moment, names) : tellEnglish(moment, names);
}

function namesOf(manifest: Manifest): Names {
  const car = (number: string) => `#${number}`;
  return {
    car,
    driver: (driver, number) => {
      const entry = manifest.entries.find((candidate) => candidate.car === number);
      return driverOf(entry, driver)?.lastName ?? car(number);
    },
  };
}
