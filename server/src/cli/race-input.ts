import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { constants, createGunzip } from 'node:zlib';
import { RECORDING_FORMAT } from '@pitboard/shared/protocol/recording.ts';
import { UsageError } from '../config.ts';
import { importedSessionId } from '../imports/imported-session-id.ts';
import type { ServedSession } from '../main.ts';
import { readRecordingFile, sessionIdOfFile } from '../recordings/recording-file.ts';
import { chooseSession, sessionLabel } from '../results/choose-session.ts';
import type { ImportedRace } from '../sources/import/imported-race.ts';
import { isScenario, simulate } from '../sources/simulator-source.ts';
import { importRaceFiles } from './race-files.ts';
import { tellSkipped } from './tell-skipped.ts';

/** The seed of a scenario that nobody chose one for. */
export const USUAL_SEED = 1;
/** The header begins with the name of the format. */
const HEAD_BYTES = 2000;

export const RACE_HELP = 'a recording, the id of a scenario, or timing files and folders of any known format';

/**
 * The one race that is meant by a scenario, a recording, or timing files that belong together.
 * @param wanted name or number of a session, where the files hold several
 * @throws {UsageError} where none is called so
 */
export async function readRace(inputs: readonly string[], wanted?: string): Promise<ServedSession> {
  const [input = ''] = inputs;
  if (inputs.length === 1 && isScenario(input)) return scenarioRace(input);
  if (inputs.length === 1 && (await isRecording(input))) return recordedRace(input);
  const races = await importRaces(inputs);
  const race = chooseSession(races, wanted);
  const others = races.flatMap((other, index) => (other === race ? [] : [`${index + 1} ${sessionLabel(other)}`]));
  if (race === undefined) throw new UsageError(`there is no session called ${wanted}, but ${others.join('; ')}`);
  if (others.length > 0) console.error(`Taken: ${sessionLabel(race)}. There are also: ${others.join('; ')}`);
  return { id: importedSessionId(race.manifest, () => false), ...race };
}

/** Every race of recordings, each for itself, and of timing files, taken together; the one that `results` shows first. */
export async function readRaces(inputs: readonly string[]): Promise<readonly ServedSession[]> {
  const served: ServedSession[] = [];
  const others: string[] = [];
  for (const input of inputs) {
    if (isScenario(input)) served.push(scenarioRace(input));
    else if (await isRecording(input)) served.push(await recordedRace(input));
    else others.push(input);
  }
  if (others.length === 0) return served;
  const races = await importRaces(others);
  const first = chooseSession(races);
  const isTaken = (id: string): boolean => served.some((race) => race.id === id);
  for (const race of [...races].sort((one, other) => Number(other === first) - Number(one === first))) {
    served.push({ id: importedSessionId(race.manifest, isTaken), ...race });
  }
  return served;
}

export function scenarioRace(id: string): ServedSession {
  return { id, ...simulate({ scenario: id, seed: USUAL_SEED }) };
}

/** What is missing of a torn file is told on stderr. */
async function recordedRace(file: string): Promise<ServedSession> {
  const { manifest, events, torn } = await readRecordingFile(file);
  if (torn !== undefined) console.error(`pitboard: ${torn}`);
  return { id: sessionIdOfFile(file), manifest, events };
}

async function importRaces(inputs: readonly string[]): Promise<readonly ImportedRace[]> {
  const { races, skipped } = await importRaceFiles(inputs);
  tellSkipped(skipped);
  return races;
}

/** By its beginning, packed or not: whatever a file is called. */
async function isRecording(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => undefined);
  if (found?.isFile() !== true) return false;
  const head = await readHead(path).catch(() => '');
  return head.includes(`"${RECORDING_FORMAT}"`);
}

async function readHead(file: string): Promise<string> {
  const stream = createReadStream(file, { end: HEAD_BYTES });
  const bytes = Buffer.concat((await stream.toArray()) as Buffer[]);
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes.toString('utf8');
  const gunzip = createGunzip({ finishFlush: constants.Z_SYNC_FLUSH });
  gunzip.end(bytes);
  return Buffer.concat((await gunzip.toArray()) as Buffer[]).toString('utf8');
}
