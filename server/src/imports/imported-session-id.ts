import type { SessionId } from '@pitboard/shared/domain/names.ts';
import type { Manifest } from '@pitboard/shared/protocol/manifest.ts';

/** Leaves room for a number behind it. */
const LONGEST_ID = 56;

/**
 * A session id from the names of a race: `Spa 6 Hours`, `Race` → `spa-6-hours-race`, `spa-6-hours-race-2`, … A session that
 * the event names already is not named twice.
 */
export function importedSessionId(
  { event, session, season }: Pick<Manifest, 'event' | 'session' | 'season'>,
  isTaken: (id: SessionId) => boolean,
): SessionId {
  const year = season === undefined || event.includes(String(season)) ? '' : ` ${season}`;
  const isNamed = slug(event).endsWith(slug(session));
  const id = slug(`${event}${year}${isNamed ? '' : ` ${session}`}`) || 'imported-race';
  if (!isTaken(id)) return id;
  let number = 2;
  while (isTaken(`${id}-${number}`)) number++;
  return `${id}-${number}`;
}

function slug(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .replace(/ß/g, 'ss')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+/, '')
    .slice(0, LONGEST_ID)
    .replace(/-+$/, '');
}
