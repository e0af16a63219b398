import type { TrackFlag } from '../domain/flag.ts';

export type Locale = 'en' | 'de';

/** Every flag has its word in both languages; a new flag does not compile without. */
export const FLAG_WORDS: Readonly<Record<Locale, Readonly<Record<TrackFlag, string>>>> = {
  en: {
    green: 'Green flag',
    yellow: 'Yellow flag',
    'double-yellow': 'Double yellow flag',
    'slow-zone': 'Slow zone',
    'virtual-safety-car': 'Virtual safety car',
    'full-course-yellow': 'Full-course yellow',
    'code-60': 'Code 60',
    'safety-car': 'Safety car',
    red: 'Red flag',
    white: 'White flag',
    chequered: 'Chequered flag',
  },
  de: {
    green: 'Grüne Flagge',
    yellow: 'Gelbe Flagge',
    'double-yellow': 'Doppelt Gelb',
    'slow-zone': 'Langsamzone',
    'virtual-safety-car': 'Virtuelles Safety-Car',
    'full-course-yellow': 'Full-Course-Yellow',
    'code-60': 'Code 60',
    'safety-car': 'Safety-Car',
    red: 'Rote Flagge',
    white: 'Weiße Flagge',
    chequered: 'Zielflagge',
  },
};
