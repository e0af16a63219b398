import { formatCaptureEntry, formatCaptureHeader } from '@pitboard/server/sources/capture/capture-lines.ts';
import { pitboardCapture } from '@pitboard/server/sources/capture/import-capture.ts';
import { createRmonitorSpeaker } from '@pitboard/server/sources/rmonitor/rmonitor-speaker.ts';
import { describe, expect, it } from 'vitest';
import { aManifest, numbered, someFacts } from '../../../builders.ts';
import { fuzzFormat } from '../fuzz.ts';

/** A small race as it would have been recorded, a connection lost in the middle. */
function aCapture(): string {
  const facts = someFacts(120).map((fact) => ({ ...fact, atMs: fact.atMs * 6 }));
  const speaker = createRmonitorSpeaker({ manifest: aManifest(), events: numbered(facts) }, { imsa: true });
  let text = formatCaptureHeader({
    protocol: 'rmonitor',
    address: 'rmonitor://10.0.0.7',
    startedEpochMs: 1_900_000_000_000,
  });
  text += formatCaptureEntry({ kind: 'opened', atMs: 0 });
  for (let atMs = 0; atMs < speaker.endMs; atMs += 700) {
    const said = speaker
      .advance(atMs)
      .map((line) => `${line}\r\n`)
      .join('');
    text += formatCaptureEntry({ kind: 'piece', atMs, bytes: Buffer.from(said) });
    if (atMs === 210_000) text += formatCaptureEntry({ kind: 'closed', atMs, reason: 'cut' });
  }
  return text;
}

describe('U. Sources at run time', () => {
  it('[U43] a spoilt capture throws nothing, and what comes of it is a race', () => {
    const content = aCapture();
    const report = fuzzFormat(pitboardCapture, { samples: [{ name: 'race.jsonl', content }] });
    expect(report.races).toBeGreaterThan(20);
    expect(report.skipped).toBeGreaterThan(1000);
  }, 240_000);
});
