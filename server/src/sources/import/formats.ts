import { alKamel } from '../al-kamel/import-al-kamel.ts';
import { pitboardCapture } from '../capture/import-capture.ts';
import { ergast } from '../ergast/ergast.ts';
import { f1Files } from '../f1/f1-files.ts';
import { hhTiming } from '../hh-timing/hh-timing.ts';
import { multiloopCapture } from '../multiloop/import-multiloop.ts';
import { pitboardRecording } from '../pitboard-recording/import-recording.ts';
import { rmonitorCapture } from '../rmonitor/rmonitor-capture.ts';
import { table } from '../table/table.ts';
import { timing71Replay } from '../timing71/timing71-replay.ts';
import type { RaceFormat } from './race-format.ts';

/** Every kind of file that can be imported. The first that recognises a file has it: the pickier ones stand first. */
export const RACE_FORMATS: readonly RaceFormat[] = [
  pitboardRecording,
  timing71Replay,
  alKamel,
  ergast,
  f1Files,
  hhTiming,
  pitboardCapture,
  multiloopCapture,
  rmonitorCapture,
  table,
];
