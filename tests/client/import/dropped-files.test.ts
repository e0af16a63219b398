import { describe, expect, test } from 'vitest';
import { filesOfDrop } from '../../../client/src/import/dropped-files.ts';

const file = (name: string): File => new File(['x'], name);

function fileEntry(fullPath: string): FileSystemEntry {
  const name = fullPath.split('/').at(-1) ?? '';
  const entry = {
    isFile: true,
    isDirectory: false,
    name,
    fullPath,
    file: (take: (f: File) => void) => take(file(name)),
  };
  return entry as unknown as FileSystemEntry;
}

/** Hands its entries out two at a time, as a browser does by the hundred. */
function folderEntry(fullPath: string, inner: readonly FileSystemEntry[]): FileSystemEntry {
  const createReader = () => {
    const left = [...inner];
    return { readEntries: (take: (some: FileSystemEntry[]) => void) => take(left.splice(0, 2)) };
  };
  const name = fullPath.split('/').at(-1) ?? '';
  return { isFile: false, isDirectory: true, name, fullPath, createReader } as unknown as FileSystemEntry;
}

function drop(entries: readonly FileSystemEntry[], files: readonly File[]): DataTransfer {
  const items = entries.map((entry) => ({ webkitGetAsEntry: () => entry }));
  return { items, files } as unknown as DataTransfer;
}

const namesOf = async (transfer: DataTransfer) => (await filesOfDrop(transfer)).map(({ name }) => name);

describe('B. Files brought in', () => {
  test('[B16] files that are dropped keep their names, and what systems add is passed over', async () => {
    const names = ['laps.csv', 'results.csv', '.DS_Store'];
    expect(
      await namesOf(
        drop(
          names.map((name) => fileEntry(`/${name}`)),
          names.map(file),
        ),
      ),
    ).toEqual(names.slice(0, 2));
  });

  test('[B16] folders are opened, with the paths of what is in them', async () => {
    const inner = ['a', 'b', 'c', 'd', 'e'].map((name) => fileEntry(`/spa/race/${name}.csv`));
    const folder = folderEntry('/spa', [
      folderEntry('/spa/race', inner),
      folderEntry('/spa/__MACOSX', [fileEntry('/spa/__MACOSX/x.csv')]),
      fileEntry('/spa/.hidden'),
    ]);
    const names = await namesOf(drop([folder, fileEntry('/weather.csv')], [file('spa'), file('weather.csv')]));
    expect(names).toEqual([...'abcde'].map((name) => `spa/race/${name}.csv`).concat('weather.csv'));
  });

  test('[B16] folders that never end are left', async () => {
    const deep = (level: number): FileSystemEntry =>
      folderEntry(`/${level}`, level === 40 ? [fileEntry('/deep.csv')] : [deep(level + 1)]);
    expect(await namesOf(drop([deep(0), fileEntry('/top.csv')], []))).toEqual(['top.csv']);
  });
});
