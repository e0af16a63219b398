import { type Imported, NoRaceError } from '../import/imported-race.ts';
import { createLineReader } from '../import/line-reader.ts';
import type { RaceFormat } from '../import/race-format.ts';
import { createSkipCounter } from '../import/skip-counter.ts';
import { createTextReader } from '../import/text-reader.ts';
import { type HhMessage, type HhPassing, parseHhLine } from './hh-message.ts';
import { type HhSessionData, raceOfHh } from './hh-race.ts';

const MOST_SESSIONS = 60;
const MOST_CARS = 500;
const MOST_PASSINGS = 600_000;

/** Replays of HH Timing (`.hhreplay`): a message a line, with the time at which it came. */
export const hhTiming: RaceFormat = {
  id: 'hh-timing',
  title: 'HH Timing replays',
  recognises: ({ text }) => {
    const first = text.split(/\r?\n/).find((line) => line.trim() !== '') ?? '';
    return first.length < 65_536 && typeof parseHhLine(first) !== 'string';
  },
  open: () => {
    const { skip, skipped } = createSkipCounter();
    const sessions = createSessions();
    let lastFile = '';
    return {
      open: (name) => {
        lastFile = name;
        return createTextReader(
          createLineReader({
            onTooLong: (line) => skip(name, line, 'line too long'),
            onLine: (text, line) => {
              if (text.trim() === '') return;
              const message = parseHhLine(text);
              const problem = typeof message === 'string' ? message : sessions.take(message);
              if (problem !== undefined) skip(name, line, problem);
            },
          }),
        );
      },
      finish: (): Imported => {
        const races = sessions.all().map((data) => {
          const { lost, ...race } = raceOfHh(data);
          for (let index = 0; index < lost; index++) skip(lastFile, 1, 'passing out of all time');
          return race;
        });
        if (races.length === 0) throw new NoRaceError('no passings found: the replay holds none of a car');
        return { races, skipped: skipped() };
      },
    };
  },
};

type Sessions = {
  /** Keeps a message; answers what is wrong with it, if anything. */
  take(message: HhMessage): string | undefined;
  /** Those with passings. */
  all(): readonly HhSessionData[];
};

/** Sessions by what they are called; what comes before the first name belongs to it. */
function createSessions(): Sessions {
  const sessions = new Map<string, HhSessionData>();
  const ids = new Set<string>();
  const nameless = emptySession();
  let current = nameless;

  const begin = ({ session }: Extract<HhMessage, { kind: 'session' }>): string | undefined => {
    const key = [session.series, session.event, session.session].join('\n');
    const known = sessions.get(key);
    if (known !== undefined) {
      known.session = { ...session, startMs: session.startMs ?? known.session.startMs };
      current = known;
      return undefined;
    }
    if (sessions.size === MOST_SESSIONS) return 'too many sessions';
    current = sessions.size === 0 ? nameless : emptySession();
    current.session = session;
    sessions.set(key, current);
    return undefined;
  };
  const pass = (passing: HhPassing): string | undefined => {
    // The same passing may be sent again.
    if (ids.has(passing.id)) return undefined;
    if (ids.size === MOST_PASSINGS) return 'too many passings';
    if (!current.entries.has(passing.car)) {
      if (current.entries.size === MOST_CARS) return 'too many cars';
      const { car } = passing;
      current.entries.set(car, { car, model: undefined, class: undefined, team: undefined, drivers: [] });
    }
    ids.add(passing.id);
    current.passings.push(passing);
    return undefined;
  };
  return {
    take: (message) => {
      switch (message.kind) {
        case 'session':
          return begin(message);
        case 'entry':
          if (current.entries.size === MOST_CARS && !current.entries.has(message.entry.car)) return 'too many cars';
          current.entries.set(message.entry.car, message.entry);
          return undefined;
        case 'passing':
          return pass(message.passing);
        case 'other':
          return undefined;
      }
    },
    all: () => {
      const named = [...sessions.values()];
      return (named.length === 0 ? [nameless] : named).filter(({ passings }) => passings.length > 0);
    },
  };
}

function emptySession(): HhSessionData {
  const session = { series: undefined, event: undefined, session: undefined, track: undefined, startMs: undefined };
  return { session, entries: new Map(), passings: [] };
}
