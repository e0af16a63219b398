import { stat } from 'node:fs/promises';
import { type Command, InvalidArgumentError } from 'commander';
import { readCaptureFile } from '../sources/capture/capture-file.ts';
import { createRmonitorSpeaker } from '../sources/rmonitor/rmonitor-speaker.ts';
import { openSpeakerServer, type SpeakerServer } from '../sources/rmonitor/rmonitor-speaker-server.ts';
import { playSpeech, type Speech, speechOfCapture, speechOfRace } from '../sources/rmonitor/rmonitor-speaker-speech.ts';
import { isScenario } from '../sources/simulator-source.ts';
import { systemTimers } from '../sources/timers.ts';
import { parsePort, parseSpeed } from './options.ts';
import { readRace } from './race-input.ts';

type SpeakFlags = {
  readonly port: number;
  readonly host: string;
  readonly speed: number;
  readonly startAt?: number;
  readonly imsa?: boolean;
};

export function addSpeakCommand(program: Command): void {
  program
    .command('speak')
    .description('Speaks like a timing computer: a race in RMonitor, or a capture as it was heard, on a TCP port.')
    .argument('<race...>', 'the id of a scenario, a capture, or timing files of any known format')
    .option('--port <port>', 'port to listen on; 0 for any free one', parsePort, 50_000)
    .option('--host <host>', 'address to listen on; 0.0.0.0 for the whole network', '127.0.0.1')
    .option('--speed <factor>', 'how fast it is played', parseSpeed, 1)
    .option(
      '--start-at <time>',
      'race time to begin at, like 00:32:00 or -00:00:30; of a capture, time since its start',
      parseTime,
    )
    .option('--imsa', 'tell crossings of all loops and of the pit lane too, as in IMSA races')
    .addHelpText(
      'after',
      `
It speaks from the moment it is started, to nobody if nobody listens; who connects is told first how things stand.

Examples:
  pitboard speak baku-2014 --speed 10
  pitboard serve --source rmonitor://127.0.0.1:50000
  pitboard speak race-capture.jsonl.gz --start-at 01:10:00
  pitboard speak 23_Analysis_Race.CSV 03_Results_Race.CSV --speed 60`,
    )
    .action(speak);
}

async function speak(inputs: readonly string[], { port, host, speed, startAt, imsa }: SpeakFlags): Promise<void> {
  const speech = await speechOf(inputs, imsa);
  const server = await openServer(speech, { port, host });
  const player = playSpeech({
    speech,
    speed,
    startAtMs: startAt ?? speech.startMs,
    timers: systemTimers,
    send: (bytes) => server.send(bytes),
  });
  console.log(`Speaking on ${host}:${server.port}`);
  await new Promise<void>((resolve) => {
    process.once('SIGINT', () => resolve()).once('SIGTERM', () => resolve());
  });
  player.stop();
  await server.close();
}

async function speechOf(inputs: readonly string[], imsa: boolean | undefined): Promise<Speech> {
  const [input = ''] = inputs;
  if (isScenario(input)) return speechOfRace(createRmonitorSpeaker(await readRace(inputs), { imsa }));
  const isFolder = (await stat(input).catch(() => undefined))?.isDirectory() === true;
  const capture = inputs.length === 1 && !isFolder ? await readCaptureFile(input) : undefined;
  if (capture !== undefined) return speechOfCapture(capture.entries);
  return speechOfRace(createRmonitorSpeaker(await readRace(inputs), { imsa }));
}

type Place = { readonly port: number; readonly host: string };

function openServer(speech: Speech, { port, host }: Place): Promise<SpeakerServer> {
  const onClients = (count: number) => console.error(`${count} ${count === 1 ? 'listener' : 'listeners'}`);
  return openSpeakerServer({ host, port, welcome: speech.welcome, onClients }).catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'EADDRINUSE' ? new Error(`port ${port} is taken: choose another --port`) : error;
  });
}

function parseTime(text: string): number {
  const match = /^(-)?(?:(\d{1,3}):)?(\d{1,2}):(\d{1,2})$/.exec(text);
  if (match === null) throw new InvalidArgumentError('a time like 00:32:00.');
  const [, sign, hours = '0', minutes = '0', seconds = '0'] = match;
  const ms = ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000;
  return sign === undefined ? ms : -ms;
}
