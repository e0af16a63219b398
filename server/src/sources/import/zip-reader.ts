import { crc32 } from 'node:zlib';
import { cleanFileName, isSystemFile } from './file-name.ts';
import { createInflateReader } from './inflate-reader.ts';
import type { FileReader } from './race-format.ts';
import { packedDataOf, readZipDirectory, type ZipMember } from './zip-directory.ts';

const SLICE_BYTES = 1_000_000;
/** Formats that read an archive whole may have a file for each second of a day. */
const MOST_LISTED = 500_000;
const STORED = 0;
const DEFLATED = 8;

type ZipHandlers = {
  readonly mostMembers: number;
  /** Who reads the archive as one file of a format, if anybody; asked with the names of its files. */
  readonly wholeReader: (members: readonly string[]) => FileReader | undefined;
  /** Who reads a file of the archive. */
  readonly memberReader: (name: string) => FileReader;
  /** Called with the sizes of one file so far before more of it is handed over; may throw. */
  readonly onGrowth: (packedBytes: number, unpackedBytes: number) => void;
  /** The archive, or a file in it, cannot be unpacked, or only in part. */
  readonly onProblem: (member: string | undefined, reason: string) => void;
};

/** Takes in a zip archive; its files are read once it is whole, for the directory stands at its end. */
export function createZipReader(handlers: ZipHandlers): FileReader {
  const chunks: Uint8Array[] = [];
  return {
    write: (bytes) => {
      // The giver may use its buffer again.
      chunks.push(Uint8Array.prototype.slice.call(bytes));
    },
    end: () => {
      const archive = Buffer.concat(chunks.splice(0));
      readArchive(archive, handlers);
    },
  };
}

function readArchive(archive: Buffer, handlers: ZipHandlers): void {
  const { mostMembers, wholeReader, memberReader, onProblem } = handlers;
  const directory = readZipDirectory(archive, MOST_LISTED);
  if (directory === undefined) return onProblem(undefined, 'a damaged archive: its directory cannot be read');
  const packedBytes = directory.reduce((sum, member) => sum + member.packedBytes, 0);
  // Files that lie upon each other make a small archive of any size.
  if (packedBytes > archive.length) return onProblem(undefined, 'a damaged archive: its files overlap');
  const members = directory.filter(({ name }) => !/[/\\]$/.test(name) && !isSystemFile(name));
  if (members.length === 0) return onProblem(undefined, 'an archive without files');
  const whole = wholeReader(members.map(({ name }) => name));
  if (whole !== undefined) {
    writeSlices(archive, whole);
    whole.end();
    return;
  }
  if (directory.length > mostMembers) return onProblem(undefined, `an archive of more than ${mostMembers} files`);
  for (const member of members) {
    const name = cleanFileName(member.name);
    const packed = packedDataOf(archive, member);
    const reason = packed === undefined ? 'damaged: the archive does not hold it' : whyClosed(member);
    if (packed === undefined || reason !== undefined) onProblem(name, reason ?? '');
    else readMember(packed, member, { ...handlers, target: memberReader(name), name });
  }
}

function whyClosed({ method, isEncrypted }: ZipMember): string | undefined {
  if (isEncrypted) return 'locked with a password';
  return method === STORED || method === DEFLATED ? undefined : 'packed in a way that is not known here: use plain ZIP';
}

type MemberTarget = ZipHandlers & { readonly target: FileReader; readonly name: string };

function readMember(packed: Buffer, member: ZipMember, { target, name, onGrowth, onProblem }: MemberTarget): void {
  let checksum = 0;
  let isDamaged = false;
  const checked: FileReader = {
    write: (bytes) => {
      checksum = crc32(bytes, checksum);
      target.write(bytes);
    },
    end: () => target.end(),
  };
  const onDamage = (reason: string): void => {
    isDamaged = true;
    onProblem(name, reason);
  };
  const reader =
    member.method === STORED
      ? checked
      : createInflateReader({ method: 'deflate', target: checked, onGrowth, onDamage });
  writeSlices(packed, reader);
  reader.end();
  if (!isDamaged && checksum !== member.checksum) onProblem(name, 'damaged: its content does not fit its check sum');
}

function writeSlices(bytes: Buffer, reader: FileReader): void {
  for (let from = 0; from < bytes.length; from += SLICE_BYTES) reader.write(bytes.subarray(from, from + SLICE_BYTES));
}
