import { describeProblems } from '@pitboard/shared/protocol/parse.ts';
import { z } from 'zod';

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
  return {
    port: PORT,
    host: HOST,
    dataDir: PITBOARD_DATA,
    ingestToken: PITBOARD_INGEST_TOKEN,
    origins: PITBOARD_ORIGINS,
  };
}
