import { type NewSource, type SourceList, sourceListSchema } from '@pitboard/shared/protocol/sources.ts';
import { tokenHeaders } from '../store/server-token.ts';

export type ListAnswer =
  | { readonly kind: 'list'; readonly list: SourceList }
  | { readonly kind: 'wrong-token' }
  | { readonly kind: 'gone' };

/** Why the server did not do what it was asked, by its own word for it; `gone` where it did not answer. */
export type ChangeAnswer = { readonly ok: true } | { readonly ok: false; readonly error: string };

export async function fetchSources(token: string, signal: AbortSignal): Promise<ListAnswer> {
  try {
    const response = await fetch('/api/sources', { signal, headers: tokenHeaders(token) });
    if (response.status === 401) return { kind: 'wrong-token' };
    if (!response.ok) return { kind: 'gone' };
    return { kind: 'list', list: sourceListSchema.parse(await response.json()) };
  } catch {
    return { kind: 'gone' };
  }
}

export function addSource(token: string, source: NewSource): Promise<ChangeAnswer> {
  return change('/api/sources', {
    method: 'POST',
    headers: { ...tokenHeaders(token), 'content-type': 'application/json' },
    body: JSON.stringify(source),
  });
}

export function removeSource(token: string, id: string): Promise<ChangeAnswer> {
  return change(`/api/sources/${encodeURIComponent(id)}`, { method: 'DELETE', headers: tokenHeaders(token) });
}

async function change(path: string, init: RequestInit): Promise<ChangeAnswer> {
  try {
    const response = await fetch(path, init);
    if (response.ok) return { ok: true };
    const answer: unknown = await response.json();
    const error = (answer as { readonly error?: unknown } | null)?.error;
    return { ok: false, error: typeof error === 'string' ? error : 'other' };
  } catch {
    return { ok: false, error: 'gone' };
  }
}
