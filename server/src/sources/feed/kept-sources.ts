import { randomUUID } from 'node:crypto';
import { open, readFile, rename, rm } from 'node:fs/promises';
import { parseWith } from '@pitboard/shared/protocol/parse.ts';
import { idSchema } from '@pitboard/shared/protocol/scalars.ts';
import { z } from 'zod';

const keptSourceSchema = z.strictObject({ id: idSchema, name: z.string().max(200), address: z.string().max(500) });
const fileSchema = z.strictObject({ version: z.literal(1), sources: z.array(keptSourceSchema).max(1000) });

/** What outlives the server of a source. */
export type KeptSource = z.infer<typeof keptSourceSchema>;

/** The list of sources cannot be read; it has been set aside, and the message says where. */
export class KeptSourcesError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'KeptSourcesError';
  }
}

/**
 * The sources that a file keeps, none where there is no file.
 * @throws {KeptSourcesError}
 */
export async function readKeptSources(file: string): Promise<readonly KeptSource[]> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw new KeptSourcesError(`${file} cannot be read: ${error.message}`);
  });
  if (text === undefined) return [];
  const parsed = parseWith(fileSchema, parseJson(text));
  if (parsed.ok) return parsed.value.sources;
  const aside = `${file}.unreadable`;
  await rename(file, aside);
  throw new KeptSourcesError(
    `${file} is damaged (${parsed.problem}): it is kept as ${aside}, and no sources are taken up`,
  );
}

/** Writes all of it or nothing. Addresses can hold secrets: only the owner reads the file. */
export async function writeKeptSources(file: string, sources: readonly KeptSource[]): Promise<void> {
  const draft = `${file}.${randomUUID()}.draft`;
  try {
    const handle = await open(draft, 'wx', 0o600);
    try {
      await handle.writeFile(`${JSON.stringify({ version: 1, sources }, undefined, 2)}\n`);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(draft, file);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
