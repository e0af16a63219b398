import { describeProblems } from '@pitboard/shared/protocol/parse.ts';
import { z } from 'zod';
import { USUAL_IMPORT_MB } from './sources/import/import-limits.ts';

/** What is wrong with the environment or the command line, in words for the person who typed it. */
export class UsageError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UsageError';
  }
}

const environmentSchema = z.object({
  PORT: z.coerce.number('a port number').int().min(0).max(65_535).default(4000),
  // Only this machine, unless somebody says otherwise.
  HOST: z.string().min(1).default('127.0.0.1'),
  PITBOARD_DATA: z.string().min(1).default('data'),
  PITBOARD_INGEST_TOKEN: z.string().min(16, 'at least 16 characters').max(200).regex(/^\S+$/, 'no spaces').optional(),
  // Megabytes of one import, unpacked.
  PITBOARD_IMPORT_LIMIT_MB: z.coerce.number('a number of megabytes').min(1).max(4000).default(USUAL_IMPORT_MB),
  // `token`: behind a proxy on the same machine that does not say that it is one.
  PITBOARD_IMPORT: z.enum(['own-machine', 'token']).default('own-machine'),
  PITBOARD_ORIGINS: z
    .string()
    .default('')
    .transform((list) => list.split(',').map((origin) => origin.trim().replace(/\/$/, '')))
    .transform((origins) => origins.filter((origin) => origin !== ''))
    .refine(
      (origins) => origins.every((origin) => /^https?:\/\/[^/]+$/.test(origin)),
      'origins like https://timing.example.org, separated by commas',
    ),
});

export type Config = {
  readonly port: number;
  readonly host: string;
  readonly dataDir: string;
  /** `undefined`: one is made and kept in the data folder. */
  readonly ingestToken: string | undefined;
  /** Other web pages that may use this server. */
  readonly origins: readonly string[];
  readonly importLimitMb: number;
  /** Who may import: see `isFromOwnMachine`. */
  readonly importAccess: 'own-machine' | 'token';
};

/**
 * The settings of a server from its environment. Empty variables count as not set.
 * @throws {UsageError}
 */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const set = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const parsed = environmentSchema.safeParse(set);
  if (!parsed.success) throw new UsageError(`environment: ${describeProblems(parsed.error)}`);
  const { PORT, HOST, PITBOARD_DATA, PITBOARD_INGEST_TOKEN, PITBOARD_ORIGINS } = parsed.data;
  const { PITBOARD_IMPORT_LIMIT_MB, PITBOARD_IMPORT } = parsed.data;
  return {
    port: PORT,
    host: HOST,
    dataDir: PITBOARD_DATA,
    ingestToken: PITBOARD_INGEST_TOKEN,
    origins: PITBOARD_ORIGINS,
    importLimitMb: PITBOARD_IMPORT_LIMIT_MB,
    importAccess: PITBOARD_IMPORT,
  };
}
