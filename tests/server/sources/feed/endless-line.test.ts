import { createLineReader } from '@pitboard/server/sources/import/line-reader.ts';
import { createRmonitorReader } from '@pitboard/server/sources/rmonitor/rmonitor-reader.ts';
import { describe, expect, it } from 'vitest';

describe('U. Sources at run time', () => {
  it('[U25] a line that never ends is told of once, before it ends, and the next one counts', () => {
    const told: string[] = [];
    const reader = createLineReader({
      longest: 10,
      onLine: (text, line) => told.push(`${line} ${text}`),
      onTooLong: (line) => told.push(`${line} too long`),
    });
    reader.write('one\n');
    for (let piece = 0; piece < 5; piece++) reader.write('aaaaaaaa');
    expect(told).toEqual(['1 one', '2 too long']);
    reader.write('\nthree\nbbbbbbbbbbbbbbbb\nfive\ncccccccccccccccc');
    reader.end();
    expect(told.slice(2)).toEqual(['3 three', '4 too long', '5 five', '6 too long']);
  });

  it('[U25] a timing computer that sends no end of line is said to, and is heard once it does', () => {
    const skipped: string[] = [];
    const lines: string[] = [];
    const reader = createRmonitorReader({
      session: () => undefined,
      facts: () => undefined,
      skipped: (line, _text, reason) => skipped.push(`${line} ${reason}`),
      line: (text) => lines.push(text),
    });
    const piece = new Uint8Array(65_536).fill(65);
    for (let count = 0; count < 50; count++) reader.read(piece, 0);
    expect(skipped).toEqual(['1 line too long']);
    reader.read(new TextEncoder().encode('\r\n$B,5,"Practice"\r\n'), 0);
    expect(lines).toEqual(['$B,5,"Practice"']);
    expect(skipped).toHaveLength(1);
  });
});
