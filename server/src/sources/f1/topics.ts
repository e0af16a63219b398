import { entriesOf } from './state-tree.ts';

/** The topics that are read, in the order in which those of one moment are taken in: the session before its cars. */
export const READ_TOPICS = [
  'SessionInfo',
  'DriverList',
  'SessionData',
  'SessionStatus',
  'TrackStatus',
  'LapCount',
  'ExtrapolatedClock',
  'TimingAppData',
  'TyreStintSeries',
  'TimingData',
  'RaceControlMessages',
  'WeatherData',
  'Position.z',
] as const;
export type ReadTopic = (typeof READ_TOPICS)[number];

/** Topics that add nothing to those. */
const OTHER_TOPICS = [
  'ArchiveStatus',
  'AudioStreams',
  'CarData.z',
  'ChampionshipPrediction',
  'ContentStreams',
  'CurrentTyres',
  'DriverRaceInfo',
  'DriverScore',
  'Heartbeat',
  'LapSeries',
  'OvertakeSeries',
  'PitLaneTimeCollection',
  'PitStop',
  'PitStopSeries',
  'PositionOverview',
  'RcmSeries',
  'SPFeed',
  'SessionInfoFeed',
  'TeamRadio',
  'TimingDataF1',
  'TimingStats',
  'TlaRcm',
  'TopThree',
  'TyreStints',
  'WeatherDataSeries',
];

const RANKS: ReadonlyMap<string, number> = new Map(READ_TOPICS.map((topic, rank) => [topic, rank]));
const KNOWN: ReadonlySet<string> = new Set([...READ_TOPICS, ...OTHER_TOPICS]);

export function isReadTopic(topic: string): topic is ReadTopic {
  return RANKS.has(topic);
}

export function isTopic(topic: string): boolean {
  return KNOWN.has(topic) || KNOWN.has(plainTopic(topic));
}

/** Any topic may come packed: the name of what is in `TimingData.z`. Of `Position.z` the packing is part of the name. */
export function plainTopic(topic: string): string {
  return topic.endsWith('.z') && !KNOWN.has(topic) ? topic.slice(0, -2) : topic;
}

type OfTopic = { readonly topic: string };

/** Negative where messages of one moment are taken in in this order. */
export function byRank(one: OfTopic, other: OfTopic): number {
  return (RANKS.get(one.topic) ?? RANKS.size) - (RANKS.get(other.topic) ?? RANKS.size);
}

/** The topic that a file is named after: `TimingData.jsonStream`; `undefined` where it bears no such name. */
export function topicOfName(name: string): string | undefined {
  const stem = /([^/\\]*?)\.json(?:stream|l)?(?:\.txt)?$/i.exec(name)?.[1];
  if (stem === undefined) return undefined;
  const names = [stem, stem.replace(/\.z$/i, '')].map((name) => name.toLowerCase());
  return [...KNOWN].find((topic) => names.includes(topic.toLowerCase()));
}

const SESSION_STATUSES = new Set(['Inactive', 'Started', 'Aborted', 'Finished', 'Finalised', 'Ends']);

/** The topic that a message is of, by what is in it; `undefined` where that tells nothing. */
export function topicOfData(data: unknown): ReadTopic | undefined {
  const fields = new Map(entriesOf(data));
  const has = (...keys: readonly string[]) => keys.some((key) => fields.has(key));
  if (has('Meeting')) return 'SessionInfo';
  if (has('StatusSeries', 'Series')) return 'SessionData';
  if (has('Messages')) return 'RaceControlMessages';
  if (has('CurrentLap', 'TotalLaps')) return 'LapCount';
  if (has('Remaining', 'Extrapolating')) return 'ExtrapolatedClock';
  if (has('AirTemp', 'TrackTemp', 'Rainfall')) return 'WeatherData';
  if (has('SessionPart', 'NoEntries')) return 'TimingData';
  if (has('Status'))
    return SESSION_STATUSES.has(String(fields.get('Status'))) ? 'SessionStatus' : trackStatusOf(fields);
  if (has('Stints') && entriesOf(fields.get('Stints')).length > 0) return 'TyreStintSeries';
  return has('Lines') ? topicOfLines(fields.get('Lines')) : topicOfDrivers(fields);
}

function trackStatusOf(fields: ReadonlyMap<string, unknown>): ReadTopic | undefined {
  return /^[1-7]$/.test(String(fields.get('Status'))) ? 'TrackStatus' : undefined;
}

function topicOfLines(lines: unknown): ReadTopic | undefined {
  for (const [, row] of entriesOf(lines)) {
    const keys = new Set(entriesOf(row).map(([key]) => key));
    if (keys.has('Stints') || keys.has('GridPos')) return 'TimingAppData';
    if (['Sectors', 'GapToLeader', 'NumberOfLaps', 'InPit', 'LastLapTime'].some((key) => keys.has(key))) {
      return 'TimingData';
    }
  }
  return undefined;
}

function topicOfDrivers(fields: ReadonlyMap<string, unknown>): ReadTopic | undefined {
  const isDriver = (row: unknown) => entriesOf(row).some(([key]) => key === 'Tla' || key === 'BroadcastName');
  return [...fields.values()].some(isDriver) ? 'DriverList' : undefined;
}
