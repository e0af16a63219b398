import { UNKNOWN_CIRCUIT } from '@pitboard/shared/domain/names.ts';
import type { SessionKind } from '@pitboard/shared/domain/status.ts';
import type { Manifest, SessionUpdate } from '@pitboard/shared/protocol/manifest.ts';
import { parseDuration, parseUtc } from './f1-values.ts';
import { cleanText } from './session-scope.ts';
import { type Tree, textAt, treeAt } from './state-tree.ts';

const LONGEST_NAME = 120;
const LOOPS: Manifest['circuit']['loops'] = [
  { id: 'SF', kind: 'finish' },
  { id: 'S1', kind: 'sector' },
  { id: 'S2', kind: 'sector' },
];

/** What holds of every session of this feed, before it says more. */
export function baseManifest(): Manifest {
  return {
    event: 'Formula 1',
    series: 'Formula 1',
    session: 'Session',
    kind: 'race',
    circuit: { name: UNKNOWN_CIRCUIT, loops: LOOPS },
    classes: [],
    grid: [],
    championships: [],
    orderAuthority: 'feed',
    // Nine tenths of the winner's laps, rounded down, make a car classified; the order of the feed has its decisions in it.
    rules: { classifiedShare: 0.9, officialOrder: 'feed' },
    dataNotes: [
      {
        subject: 'crossings',
        kind: 'information',
        text: 'Lap times are official. When a car was at a loop follows from them and from the messages: exact among the cars, within a tenth of a second or so of the clock.',
      },
    ],
    entries: [],
  };
}

/** What `SessionInfo` says of the session. */
export function sessionUpdateOf(info: Tree): SessionUpdate {
  const meeting = treeAt(info, 'Meeting');
  const event = nameAt(meeting, 'Name');
  const session = nameAt(info, 'Name');
  const startEpochMs = plannedStartOf(info);
  const season = /^(\d{4})-/.exec(textAt(info, 'StartDate'))?.[1];
  return {
    kind: kindOf(info),
    ...(event === undefined ? {} : { event }),
    ...(session === undefined ? {} : { session }),
    ...(season === undefined || Number(season) < 1890 || Number(season) > 2200 ? {} : { season: Number(season) }),
    ...(startEpochMs === undefined ? {} : { startEpochMs }),
    ...(kindOf(info) === 'race' ? { startType: 'standing' } : {}),
    circuit: circuitOf(meeting),
  };
}

function circuitOf(meeting: Tree): Manifest['circuit'] {
  const location = nameAt(meeting, 'Location');
  const country = nameAt(treeAt(meeting, 'Country'), 'Name');
  return {
    name: nameAt(treeAt(meeting, 'Circuit'), 'ShortName') ?? location ?? UNKNOWN_CIRCUIT,
    ...(location === undefined ? {} : { location }),
    ...(country === undefined ? {} : { country }),
    loops: LOOPS,
  };
}

/** A sprint is a race, and so are the sessions that a state leaves open. */
export function kindOf(info: Tree): SessionKind {
  switch (textAt(info, 'Type').toLowerCase()) {
    case 'qualifying':
      return 'qualifying';
    case 'practice':
      return 'practice';
    default:
      return 'race';
  }
}

/** The planned start by the wall clock: the date is local. */
export function plannedStartOf(info: Tree): number | undefined {
  const localMs = parseUtc(textAt(info, 'StartDate'));
  const offset = textAt(info, 'GmtOffset');
  const offsetMs = parseDuration(offset.replace(/^-/, ''));
  if (localMs === undefined || offsetMs === undefined) return undefined;
  const epochMs = localMs - (offset.startsWith('-') ? -offsetMs : offsetMs);
  return epochMs >= 0 ? epochMs : undefined;
}

/** Tells one session from another; '' where the feed says too little. */
export function sessionKeyOf(info: Tree): string {
  const key = textAt(info, 'Path') || textAt(info, 'Key');
  return key.replace(/[^A-Za-z0-9]+/g, '-').slice(0, LONGEST_NAME);
}

function nameAt(tree: Tree, key: string): string | undefined {
  return cleanText(textAt(tree, key), LONGEST_NAME);
}
