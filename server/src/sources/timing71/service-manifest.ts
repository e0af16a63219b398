import { UNKNOWN_CIRCUIT } from '@pitboard/shared/domain/names.ts';
import type { Manifest } from '@pitboard/shared/protocol/manifest.ts';
import { cleanText } from './cells.ts';
import { type Columns, columnsOf } from './columns.ts';
import { isObject } from './dict-diff.ts';

/** What a service says of itself, and how its screen is laid out. */
export type ServiceManifest = {
  /** Of the series. */
  readonly name: string;
  /** Of the session: `Harbour Park - Race 1`. */
  readonly description: string;
  readonly uuid: string;
  readonly columns: Columns;
  /** Headings of the values about track and weather. */
  readonly trackData: readonly string[];
  readonly startEpochMs: number | undefined;
};

const MOST_TRACK_DATA = 50;
/** Seconds up to here, milliseconds beyond. */
const MOST_SECONDS = 1e10;
const LATEST_EPOCH_MS = 8_640_000_000_000_000;

const LAP_NOTE =
  'Made from a timing screen, frame by frame: laps without an official time are placed by the frame that showed them.';

/** `undefined` for anything that has no columns. */
export function parseServiceManifest(value: unknown): ServiceManifest | undefined {
  if (!isObject(value)) return undefined;
  const columns = columnsOf(value.colSpec);
  if (!columns.has('car')) return undefined;
  const text = (part: unknown) => (typeof part === 'string' ? cleanText(part, 120) : '');
  const headings = Array.isArray(value.trackDataSpec) ? value.trackDataSpec.slice(0, MOST_TRACK_DATA) : [];
  return {
    name: text(value.name),
    description: text(value.description),
    uuid: text(value.uuid),
    columns,
    trackData: headings.map((heading) => text(heading)),
    startEpochMs: epochMsOf(value.startTime),
  };
}

/** Older services write seconds, newer ones milliseconds. */
export function epochMsOf(time: unknown): number | undefined {
  if (typeof time !== 'number' || !(time > 0)) return undefined;
  const ms = Math.round(time > MOST_SECONDS ? time : time * 1000);
  return ms <= LATEST_EPOCH_MS ? ms : undefined;
}

/** The session as it stands before anything has happened. */
export function manifestOf(service: ServiceManifest): Manifest {
  return {
    ...namesOf(service),
    circuit: { name: UNKNOWN_CIRCUIT, loops: [{ id: 'SF', kind: 'finish' }] },
    classes: [],
    grid: [],
    championships: [],
    orderAuthority: 'feed',
    rules: { officialOrder: 'feed' },
    dataNotes: [
      { subject: 'laps', kind: 'information', text: LAP_NOTE },
      { subject: 'grid', kind: 'missing', text: 'A timing screen does not tell the grid.' },
    ],
    entries: [],
  };
}

/** What the session is called. */
export function namesOf({
  name,
  description,
}: ServiceManifest): Pick<Manifest, 'event' | 'session' | 'kind' | 'series'> {
  const at = description.lastIndexOf(' - ');
  const [event, session] = at > 0 ? [description.slice(0, at), description.slice(at + 3)] : [name, description];
  const kind = kindOf(description);
  return {
    event: event.trim() || name || description || 'Timing71',
    ...(name === '' ? {} : { series: name }),
    session: session.trim() || SESSION_NAMES[kind],
    kind,
  };
}

const SESSION_NAMES = { race: 'Race', qualifying: 'Qualifying', practice: 'Practice', 'warm-up': 'Warm-up' } as const;

/** A race unless the words say otherwise; a qualifying race is one. */
function kindOf(description: string): Manifest['kind'] {
  if (/warm.?up/i.test(description)) return 'warm-up';
  if (/qualif\w*\s+race|race\s*\d*$/i.test(description)) return 'race';
  if (/qualif|quali\b|hyperpole|superpole|pole shoot|shoot.?out|\bq[1-4]\b/i.test(description)) return 'qualifying';
  return /practi[cs]e|\bfp\s?\d|\btest(?:s|ing)?\b|\btraining\b|\bprologue\b/i.test(description) ? 'practice' : 'race';
}
