import { formatCaptureEntry, formatCaptureHeader } from '@pitboard/server/sources/capture/capture-lines.ts';
import { pitboardCapture } from '@pitboard/server/sources/capture/import-capture.ts';
import type { RaceFormat } from '@pitboard/server/sources/import/race-format.ts';
import { rmonitorCapture } from '@pitboard/server/sources/rmonitor/rmonitor-capture.ts';
import { describe, expect, it } from 'vitest';
import { NO_REAL_DATA, readReal, realDataFolder } from './real-data.ts';

const FILES = [
  'redmist_TestMissingLaps.txt',
  'redmist_TestStart.txt',
  'redmist_event-finish-with-reset.log',
  'sebring2009_ALMS_Session_5_-_1410-1620.txt',
];

function racesOf(format: RaceFormat, text: string) {
  const opened = format.open();
  const file = opened.open('capture');
  file.write(Buffer.from(text));
  file.end();
  return opened.finish().races;
}

/** The lines that a timing computer sent, as they would have been recorded: a second for each heartbeat. */
function recorded(lines: readonly string[]): string {
  let atMs = 0;
  const entries = lines.map((line) => {
    if (line.startsWith('$F')) atMs += 1000;
    return formatCaptureEntry({ kind: 'piece', atMs, bytes: Buffer.from(`${line}\r\n`) });
  });
  return (
    formatCaptureHeader({ protocol: 'rmonitor', address: 'rmonitor://10.0.0.7', startedEpochMs: 0 }) + entries.join('')
  );
}

describe.skipIf(realDataFolder === undefined)(`U. Sources at run time (${NO_REAL_DATA})`, () => {
  it.each(FILES)('[U43] %s gives the same race as a capture', (name) => {
    const lines = readReal(`rmonitor/${name}`)
      .split(/\r?\n/)
      .filter((line) => line.startsWith('$'));
    const raw = racesOf(rmonitorCapture, lines.map((line) => `${line}\r\n`).join(''));
    const own = racesOf(pitboardCapture, recorded(lines));
    const factsOf = (races: typeof raw) =>
      races.map(({ events }) => events.filter(({ type }) => type !== 'session-phase'));
    expect(factsOf(own)).toEqual(factsOf(raw));
    expect(raw.flatMap(({ events }) => events).length).toBeGreaterThan(100);
  });
});
