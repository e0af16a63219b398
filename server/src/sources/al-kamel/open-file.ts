import type { LineReader } from '../import/line-reader.ts';
import type { SheetCollector } from './al-kamel-sheets.ts';
import { readAlKamelJson } from './time-cards.ts';

/** In characters; a day of racing has a quarter of it. */
const LONGEST_JSON = 64_000_000;

/** Reads a file into the collector: a sheet as it comes, JSON when it is whole. */
export function openAlKamelFile(collector: SheetCollector, name: string): LineReader {
  let target: LineReader | undefined;
  return {
    write: (text) => {
      const begin = text.replace(/^\uFEFF/, '').trimStart();
      if (target === undefined && begin === '') return;
      target ??= begin.startsWith('{') ? createJsonReader(collector, name) : collector.open(name);
      target.write(text);
    },
    end: () => target?.end(),
  };
}

function createJsonReader(collector: SheetCollector, name: string): LineReader {
  let parts: string[] = [];
  let length = 0;
  return {
    write: (text) => {
      length += text.length;
      if (length <= LONGEST_JSON) parts.push(text);
      else parts = [];
    },
    end: () => {
      if (length > LONGEST_JSON) {
        collector.skip(name, 1, 'too large for a file in JSON');
        return;
      }
      try {
        readAlKamelJson(collector, name, parts.join(''));
      } catch {
        collector.skip(name, 1, 'not JSON from beginning to end');
      }
    },
  };
}
