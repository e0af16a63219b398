import type { NamedFile } from './send-files.ts';

/** A season of files; whoever drops a whole disk gets no further. */
const MOST_FILES = 2000;
const DEEPEST = 8;

/** All files of a drop, those in folders too, under their paths; what systems add is passed over. */
export async function filesOfDrop(transfer: DataTransfer): Promise<readonly NamedFile[]> {
  // Both lists are empty once the event is over: they are taken before anything is waited for.
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry?.() ?? undefined);
  const plain = filesOfList(transfer.files);
  if (!entries.some((entry) => entry?.isDirectory === true)) return plain;
  const files: NamedFile[] = [];
  for (const entry of entries) if (entry !== undefined) await collect(entry, files, 0);
  return files;
}

/** The files of a form field, or of a drop without folders. */
export function filesOfList(list: FileList): readonly NamedFile[] {
  return [...list]
    .map((file) => ({ name: file.webkitRelativePath || file.name, file }))
    .filter(({ name }) => !isHidden(name))
    .slice(0, MOST_FILES);
}

async function collect(entry: FileSystemEntry, files: NamedFile[], depth: number): Promise<void> {
  if (files.length >= MOST_FILES || depth > DEEPEST || isHidden(entry.name)) return;
  if (isFile(entry)) {
    files.push({ name: entry.fullPath.replace(/^\/+/, ''), file: await fileOf(entry) });
  } else if (isFolder(entry)) {
    for (const inner of await entriesOf(entry)) await collect(inner, files, depth + 1);
  }
}

const isFile = (entry: FileSystemEntry): entry is FileSystemFileEntry => entry.isFile;
const isFolder = (entry: FileSystemEntry): entry is FileSystemDirectoryEntry => entry.isDirectory;

function fileOf(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((resolve, reject) => entry.file(resolve, reject));
}

/** A folder is read a hundred at a time, until nothing more comes. */
async function entriesOf(folder: FileSystemDirectoryEntry): Promise<readonly FileSystemEntry[]> {
  const reader = folder.createReader();
  const entries: FileSystemEntry[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (some.length === 0 || entries.length >= MOST_FILES) return entries;
    entries.push(...some);
  }
}

function isHidden(path: string): boolean {
  return path.split('/').some((part) => /^\.(?!\.?$)/.test(part) || part === '__MACOSX');
}
