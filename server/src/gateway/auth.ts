import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** True when the token that was given is the right one; takes the same time wherever they differ. */
export function isToken(given: unknown, token: string): boolean {
  return typeof given === 'string' && timingSafeEqual(digest(given), digest(token));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

/** The token of `Authorization: Bearer …`; `undefined` for any other header. */
export function bearerToken(header: string | undefined): string | undefined {
  return /^Bearer +(\S+)$/i.exec(header ?? '')?.[1];
}

/** The token that is kept in the data folder, readable by its owner only; made at the first start (`isNew`). */
export async function keptToken(dataDir: string): Promise<{ readonly token: string; readonly isNew: boolean }> {
  const kept = await readKeptToken(dataDir);
  if (kept !== undefined) return { token: kept, isNew: false };
  const token = randomBytes(24).toString('base64url');
  const file = tokenFile(dataDir);
  await mkdir(dataDir, { recursive: true });
  await writeFile(file, `${token}\n`, { mode: 0o600 });
  await chmod(file, 0o600);
  return { token, isNew: true };
}

/** The token that a server keeps in this data folder; `undefined` where there is none. */
export async function readKeptToken(dataDir: string): Promise<string | undefined> {
  const kept = (await readFile(tokenFile(dataDir), 'utf8').catch(() => '')).trim();
  return kept.length >= 16 ? kept : undefined;
}

function tokenFile(dataDir: string): string {
  return join(dataDir, 'ingest-token');
}
