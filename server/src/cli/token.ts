import { readConfig, UsageError } from '../config.ts';
import { readKeptToken } from '../gateway/auth.ts';

export const TOKEN_HELP = 'what the server wants to see (default: PITBOARD_INGEST_TOKEN, or that in the data folder)';

/**
 * The token for a server: from the command line, the environment, or the data folder of a server on this machine.
 * @throws {UsageError}
 */
export async function findToken(given: string | undefined): Promise<string> {
  const { ingestToken, dataDir } = readConfig(process.env);
  const token = given ?? ingestToken ?? (await readKeptToken(dataDir));
  if (token !== undefined) return token;
  throw new UsageError('which token? Give --token or PITBOARD_INGEST_TOKEN; the server told it at its first start');
}
