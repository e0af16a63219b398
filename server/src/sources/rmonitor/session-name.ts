import type { SessionKind } from '@pitboard/shared/domain/status.ts';

const KINDS: readonly (readonly [SessionKind, RegExp])[] = [
  ['warm-up', /warm.?up/i],
  [
    'qualifying',
    /qualif|qualy|quali\b|\bq[1-4]\b|time.?trial|zeit.?training|super.?pole|hyper.?pole|shoot.?out|chrono|timed practice/i,
  ],
  [
    'practice',
    /practi[cs]e|\btest|training|\bhpde\b|\bhpdr\b|\bde\b|lapping|open (?:track|pit|lapping|session)|track.?(?:day|walk)|shake.?down|\bfp\d|\bp[1-4]\b|\bsessions?\b|\bnovices?\b|\bintermediates?\b|\badvanced\b|\binstructors?\b|freies fahren|\bturn\b|essais libres|prove libere|instruction/i,
  ],
];
/** A name that says race is one, whatever else stands in it: `Race 2 (after practice)`, `Test and Tune Race`. */
const RACE =
  /\brace\b|rennen|\bgrand prix\b|\bheat\b|\bfeature\b|\bfinale?\b|\benduro\b|endurance|\bgara\b|\bcourse\b|carrera/i;

/** A race that decides the grid of another one, and a race whose name only mentions the qualifying. */
const RACE_ALL_THE_SAME = /qualif\w*\s+(?:race|heat|rennen)\b|\brace\s*\d.*(?:\(|\bby\b|\bfrom\b|\bafter\b).*qualif/i;

/** What kind of session a run of this name is. A name that says nothing is a race: the feed ranks by laps first. */
export function kindOfRun(name: string): SessionKind {
  if (RACE.test(name) && !/race (?:pace|practice|simulation|prep)/i.test(name)) {
    return /qualif/i.test(name) && !RACE_ALL_THE_SAME.test(name) ? 'qualifying' : 'race';
  }
  return KINDS.find(([, pattern]) => pattern.test(name))?.[0] ?? 'race';
}
