import { readFileSync } from 'node:fs';
import { raceFactSchema } from '@pitboard/shared/protocol/race-event.ts';
import { formatRecording, parseRecording } from '@pitboard/shared/protocol/recording.ts';
import { describe, expect, it } from 'vitest';

const text = readFileSync(new URL('../../../shared/RECORDING.md', import.meta.url), 'utf8');
const example = /```jsonl\n([\s\S]*?)```/.exec(text)?.[1] ?? '';
const typeOf = (option: (typeof raceFactSchema.def.options)[number]) => option.shape.type.def.values[0] as string;
const types = raceFactSchema.def.options.map(typeOf);

describe('the document on recordings', () => {
  it('[R1] has an example that is a recording, with every kind of event in it', () => {
    const { manifest, events, tornLine } = parseRecording(example);
    expect(tornLine).toBeUndefined();
    expect(new Set(events.map(({ type }) => type))).toEqual(new Set(types));
    expect(parseRecording(formatRecording(manifest, events)).events).toEqual(events);
  });

  it.each(types)('[R1] names %s and all its fields', (type) => {
    const row = text.split('\n').find((line) => line.startsWith('|') && line.split('|')[1]?.includes(`\`${type}\``));
    const option = raceFactSchema.def.options.find((candidate) => typeOf(candidate) === type);
    const fields = Object.keys(option?.shape ?? {}).filter((field) => field !== 'atMs' && field !== 'type');
    for (const field of fields) expect(row).toContain(`\`${field}\``);
  });
});
