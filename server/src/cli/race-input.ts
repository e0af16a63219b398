import type { ServedSession } from '../main.ts';
import { readRecordingFile, sessionIdOfFile } from '../recordings/recording-file.ts';
import { isScenario, simulate } from '../sources/simulator-source.ts';

/** The seed of a scenario that nobody chose one for. */
export const USUAL_SEED = 1;

/** The race of a recording file or a scenario; a torn file is told on stderr. */
export async function readRace(input: string): Promise<ServedSession> {
  if (isScenario(input)) return { id: input, ...simulate({ scenario: input, seed: USUAL_SEED }) };
  const { manifest, events, torn } = await readRecordingFile(input);
  if (torn !== undefined) console.error(`pitboard: ${torn}`);
  return { id: sessionIdOfFile(input), manifest, events };
}
