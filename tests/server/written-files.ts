import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import { temporaryFolder } from './test-server.ts';

/** A folder of its own for every test of a file, and a way to write into it: `write` returns the path. */
export function folderForEachTest(): { readonly path: string; write(name: string, text: string): string } {
  let folder: ReturnType<typeof temporaryFolder>;
  beforeEach(() => {
    folder = temporaryFolder();
  });
  afterEach(() => folder.remove());
  return {
    get path() {
      return folder.path;
    },
    write: (name, text) => {
      const path = join(folder.path, name);
      writeFileSync(path, text);
      return path;
    },
  };
}
