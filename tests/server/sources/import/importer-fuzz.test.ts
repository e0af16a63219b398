import { gzipSync } from 'node:zlib';
import { createImporter } from '@pitboard/server/sources/import/importer.ts';
import type { RaceFormat } from '@pitboard/server/sources/import/race-format.ts';
import { formatRecording } from '@pitboard/shared/protocol/recording.ts';
import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { aManifest, someEvents } from '../../../builders.ts';
import { lapSheet } from '../al-kamel/sheet-builder.ts';
import { fuzzFormat } from '../fuzz.ts';
import { LAPS } from './import-files.ts';

/** All formats behind their recognition, as whoever brings files in meets them. */
const anyFormat: RaceFormat = {
  id: 'any',
  title: 'any',
  recognises: () => true,
  open: () => createImporter(),
};
const recording = formatRecording(aManifest(), someEvents(300));

/** Ten cars, 160 laps: no line of a file has to come twice. */
const longSheet = lapSheet(
  Array.from({ length: 1600 }, (_, index) => {
    const lap = 1 + Math.floor(index / 10);
    const car = String(1 + (index % 10));
    return { car, lap, lapTime: '1:40.000', elapsed: timeText(lap * 100), sectors: ['30.000', '40.000', '30.000'] };
  }),
);

function timeText(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}:${String(seconds % 60).padStart(2, '0')}.000`;
}

describe('B. Files brought in', () => {
  it('[B1] spoilt text of several formats at once does no harm', () => {
    const samples = [
      { name: 'laps.csv', content: longSheet },
      { name: 'race.jsonl', content: formatRecording(aManifest(), someEvents(1600)) },
    ];
    const report = fuzzFormat(anyFormat, { samples });
    expect(report.races).toBeGreaterThan(report.refused);
    expect(report.skipped).toBeGreaterThan(0);
  }, 180_000);

  it('[B3] spoilt archives do no harm', () => {
    const samples = [
      { name: 'race.jsonl.gz', content: gzipSync(recording) },
      { name: 'race.zip', content: zipSync({ 'laps.csv': strToU8(LAPS), 'race.jsonl': strToU8(recording) }) },
    ];
    const report = fuzzFormat(anyFormat, { samples, lines: 20_000 });
    expect(report.races).toBeGreaterThan(0);
    expect(report.refused + report.skipped).toBeGreaterThan(0);
  }, 180_000);
});
