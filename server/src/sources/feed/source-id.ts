import { idPart } from './feed-session-id.ts';

/** Leaves room in the id of a session for what the feed calls it. */
const LONGEST_ID = 24;

/** An id made of a name, so that a source that comes back goes on in its sessions. */
export function newSourceId(name: string, taken: ReadonlySet<string>): string {
  const base =
    idPart(name)
      .slice(0, LONGEST_ID)
      .replace(/[-.]+$/, '') || 'source';
  let id = base;
  for (let count = 2; taken.has(id); count++) id = `${base}-${count}`;
  return id;
}

/** The computer that an address names, else the kind of timing: what a source is called that nobody has named. */
export function placeOf(address: string): string {
  const url = URL.canParse(address.trim()) ? new URL(address.trim()) : undefined;
  return url?.hostname || url?.protocol || '';
}
