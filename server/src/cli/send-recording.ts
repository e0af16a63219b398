import { gzipSync } from 'node:zlib';
import { importAnswerSchema, importRefusalSchema } from '@pitboard/shared/protocol/import.ts';
import { formatRecording } from '@pitboard/shared/protocol/recording.ts';
import { UsageError } from '../config.ts';
import type { ImportedRace } from '../sources/import/imported-race.ts';
import { findToken } from './token.ts';

type Target = { readonly to: string; readonly token: string | undefined };

/** Brings a race to a server as a recording, and tells where it is to be seen. */
export async function sendRecording(race: ImportedRace, { to, token }: Target): Promise<void> {
  const found = await knownToken(token);
  const headers: Record<string, string> = { 'content-type': 'application/gzip' };
  if (found !== undefined) headers.authorization = `Bearer ${found}`;
  const url = new URL('/api/import?name=recording.jsonl.gz', to);
  const body = gzipSync(formatRecording(race.manifest, race.events));
  const response = await fetch(url, { method: 'POST', headers, body }).catch((error: Error) => {
    throw new Error(`cannot reach ${to}: ${(error.cause as Error | undefined)?.message ?? error.message}`);
  });
  const answer: unknown = await response.json().catch(() => undefined);
  if (!response.ok) throw new Error(problemOf(answer) ?? `the server answered ${response.status}`);
  for (const { id, known } of importAnswerSchema.parse(answer).sessions) {
    console.error(`${new URL(`/session/${id}`, to).href}${known ? ' (was there already)' : ''}`);
  }
}

/** Without a token the server may still take what comes from its own machine. */
async function knownToken(given: string | undefined): Promise<string | undefined> {
  try {
    return await findToken(given);
  } catch (error) {
    if (error instanceof UsageError) return undefined;
    throw error;
  }
}

function problemOf(answer: unknown): string | undefined {
  const refusal = importRefusalSchema.safeParse(answer);
  return refusal.success ? refusal.data.message : undefined;
}
