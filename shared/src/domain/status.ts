export const SESSION_KINDS = ['race', 'qualifying', 'practice', 'warm-up'] as const;
export type SessionKind = (typeof SESSION_KINDS)[number];

export const SESSION_PHASES = ['scheduled', 'formation', 'running', 'suspended', 'finished', 'closed'] as const;
export type SessionPhase = (typeof SESSION_PHASES)[number];

/** What a car is doing now. `retired` is an event of the race; DNF is a result after it. */
export type CarStatus =
  | 'on-grid'
  | 'running'
  | 'in-pit'
  | 'stopped'
  | 'retired'
  | 'finished'
  | 'did-not-start'
  | 'disqualified';

/** How a car stands in a classification. */
export type ResultStatus = 'classified' | 'not-classified' | 'did-not-finish' | 'did-not-start' | 'disqualified';
