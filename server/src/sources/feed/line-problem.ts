/** What became of a line by the code that the system gives it, in words for the timekeeper. */
const WORDS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nobody listens there: is the timing switched on?',
  ECONNRESET: 'the other end cut the line',
  EHOSTUNREACH: 'there is no way to that address: is the cable in?',
  ENETUNREACH: 'there is no way to that network: is the cable in?',
  ENETDOWN: 'the network is down',
  ENOTFOUND: 'nobody knows that name',
  EAI_AGAIN: 'the name could not be looked up',
  ETIMEDOUT: 'no answer',
};

/** What libraries say where the system gave them no code. */
const PHRASES: readonly (readonly [said: RegExp, meant: string])[] = [
  [/fetch failed/i, 'cannot be reached'],
  [/socket hang up|unexpected server response/i, 'what answers there is no live timing'],
];

/** Why a line was lost, in plain words where the reason names a code of the system: `connect ECONNREFUSED 10.0.0.9:50000`. */
export function lineProblem(reason: string): string {
  const code = /\bE[A-Z_]{4,}\b/.exec(reason)?.[0] ?? '';
  if (Object.hasOwn(WORDS, code)) return WORDS[code] as string;
  return PHRASES.find(([said]) => said.test(reason))?.[1] ?? (reason || 'cannot be reached');
}
