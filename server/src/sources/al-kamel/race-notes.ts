import type { Manifest } from '@pitboard/shared/protocol/manifest.ts';

type Notes = Manifest['dataNotes'];

type NotesParts = {
  readonly kind: Manifest['kind'];
  /** Codes of flags that nobody knows. */
  readonly unknownFlags: readonly string[];
  readonly deletedLaps: number;
  /** The laps, or the sheet of flags, tell the end. */
  readonly isOver: boolean;
  readonly hasFlagSheet: boolean;
  /** No lap tells a flag: the end was taken from the laps. */
  readonly isEndGuessed: boolean;
  readonly hasControlPenalties: boolean;
};

/** What has to be said of how a race of these sheets is known. */
export function raceNotes(parts: NotesParts): Notes {
  const note = (isSaid: boolean, subject: string, kind: Notes[number]['kind'], text: string): Notes =>
    isSaid ? [{ subject, kind, text }] : [];
  const { kind, unknownFlags, deletedLaps, isOver, hasFlagSheet, isEndGuessed } = parts;
  const isRace = kind === 'race';
  const unknown = unknownFlags
    .slice(0, 10)
    .join(', ')
    .replace(/\p{Cc}/gu, '');
  return [
    ...note(
      ...([!hasFlagSheet && !isEndGuessed, 'flags', 'information'] as const),
      'Each flag is shown from the first crossing of the line that saw it: estimated.',
    ),
    ...note(
      ...([isEndGuessed, 'flags', 'information'] as const),
      'The laps tell no flags: the chequered one is put where the car with the most laps ended its last one.',
    ),
    ...note(
      ...([true, 'pit lane', 'information'] as const),
      'Pit times are official; when a visit began is estimated from the sector times.',
    ),
    ...note(isRace, 'grid', 'missing', 'The files do not tell the grid.'),
    ...note(
      ...([isOver && isRace, 'retirements', 'information'] as const),
      'A car that did not take the flag is shown as retired ten minutes after it was seen last.',
    ),
    ...note(!isOver, 'session', 'missing', 'The laps end before the chequered flag.'),
    ...note(
      ...([parts.hasControlPenalties, 'penalties', 'information'] as const),
      'A penalty is shown as served on the next visit to the pit lane: the files do not tell when it was.',
    ),
    ...note(
      ...([deletedLaps > 0, 'lap times', 'information'] as const),
      `Deleted by the officials, as files say or a slower official best tells: laps, ${deletedLaps} in all.`,
    ),
    ...note(unknownFlags.length > 0, 'flags', 'missing', `Codes that are not known: ${unknown}.`),
  ];
}
