import { createRmonitorSpeaker } from '@pitboard/server/sources/rmonitor/rmonitor-speaker.ts';
import { openSpeakerServer } from '@pitboard/server/sources/rmonitor/rmonitor-speaker-server.ts';
import { speechOfRace } from '@pitboard/server/sources/rmonitor/rmonitor-speaker-speech.ts';
import type { Simulation } from '@pitboard/server/sources/simulator-source.ts';
import { CutProxy } from '../../cut-proxy.ts';

/** A timing computer that tells a race in RMonitor when it is asked to, at the end of a cable. */
export type SpeakingComputer = {
  /** Of the near end of the cable. */
  readonly address: string;
  readonly cable: CutProxy;
  /** @param share of the race that is over then, 0 to 1 */
  speakUntil(share: number): void;
  close(): Promise<void>;
};

/** Some heartbeats after the run is closed. */
const AFTER_END_MS = 2000;

export async function openSpeakingComputer(race: Simulation): Promise<SpeakingComputer> {
  const speech = speechOfRace(createRmonitorSpeaker(race));
  const computer = await openSpeakerServer({ host: '127.0.0.1', port: 0, welcome: () => speech.welcome() });
  const cable = await CutProxy.start(computer.port);
  const lengthMs = speech.endMs + AFTER_END_MS - speech.startMs;
  return {
    address: cable.url.replace('http:', 'rmonitor:'),
    cable,
    speakUntil: (share) => computer.send(speech.advance(speech.startMs + lengthMs * share)),
    close: async () => {
      cable.close();
      await computer.close();
    },
  };
}
