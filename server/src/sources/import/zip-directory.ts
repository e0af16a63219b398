/** One file in a zip archive, as its directory tells it: unchecked, and hostile until proven otherwise. */
export type ZipMember = {
  readonly name: string;
  /** 0: as it is, 8: deflate. */
  readonly method: number;
  readonly isEncrypted: boolean;
  readonly packedBytes: number;
  readonly checksum: number;
  /** Of its local header, from the start of the archive. */
  readonly at: number;
};

const END = 0x06054b50;
const END_64 = 0x06064b50;
const LOCATOR_64 = 0x07064b50;
const ENTRY = 0x02014b50;
const LOCAL = 0x04034b50;
const END_BYTES = 22;
const ENTRY_BYTES = 46;
const LOCAL_BYTES = 30;
const LONGEST_COMMENT = 65_535;
const EXTRA_64 = 1;
const FULL_16 = 0xffff;
const FULL_32 = 0xffffffff;

/**
 * The directory of a zip archive, at most `limit` members of it; `undefined` where it has none that can be read. By
 * the ZIP application note (APPNOTE 4.3), zip64 included.
 */
export function readZipDirectory(archive: Buffer, limit: number): readonly ZipMember[] | undefined {
  const end = findEnd(archive);
  if (end === undefined) return undefined;
  const members: ZipMember[] = [];
  let at = end.directoryAt;
  while (members.length < Math.min(end.count, limit)) {
    if (at + ENTRY_BYTES > archive.length || archive.readUInt32LE(at) !== ENTRY) return undefined;
    const [nameBytes, extraBytes, commentBytes] = [28, 30, 32].map((offset) => archive.readUInt16LE(at + offset));
    const extraAt = at + ENTRY_BYTES + (nameBytes ?? 0);
    members.push(memberAt(archive, at, archive.subarray(extraAt, extraAt + (extraBytes ?? 0))));
    at = extraAt + (extraBytes ?? 0) + (commentBytes ?? 0);
  }
  return members;
}

/** The packed bytes of a member; `undefined` where the archive does not hold them. */
export function packedDataOf(archive: Buffer, { at, packedBytes }: ZipMember): Buffer | undefined {
  if (at + LOCAL_BYTES > archive.length || archive.readUInt32LE(at) !== LOCAL) return undefined;
  const from = at + LOCAL_BYTES + archive.readUInt16LE(at + 26) + archive.readUInt16LE(at + 28);
  return from + packedBytes > archive.length ? undefined : archive.subarray(from, from + packedBytes);
}

/** The end record stands last, before a comment of unknown length. */
function findEnd(archive: Buffer): { readonly directoryAt: number; readonly count: number } | undefined {
  const earliest = Math.max(0, archive.length - END_BYTES - LONGEST_COMMENT);
  for (let at = archive.length - END_BYTES; at >= earliest; at--) {
    if (archive.readUInt32LE(at) !== END) continue;
    const count = archive.readUInt16LE(at + 10);
    const directoryAt = archive.readUInt32LE(at + 16);
    return count === FULL_16 || directoryAt === FULL_32 ? findEnd64(archive, at) : { directoryAt, count };
  }
  return undefined;
}

function findEnd64(
  archive: Buffer,
  endAt: number,
): { readonly directoryAt: number; readonly count: number } | undefined {
  const locatorAt = endAt - 20;
  if (locatorAt < 0 || archive.readUInt32LE(locatorAt) !== LOCATOR_64) return undefined;
  const at = Number(archive.readBigUInt64LE(locatorAt + 8));
  if (at + 56 > archive.length || archive.readUInt32LE(at) !== END_64) return undefined;
  return { count: Number(archive.readBigUInt64LE(at + 32)), directoryAt: Number(archive.readBigUInt64LE(at + 48)) };
}

function memberAt(archive: Buffer, at: number, extra: Buffer): ZipMember {
  const flags = archive.readUInt16LE(at + 8);
  const nameAt = at + ENTRY_BYTES;
  const name = archive.subarray(nameAt, nameAt + archive.readUInt16LE(at + 28));
  const sizes = { unpacked: archive.readUInt32LE(at + 24), packed: archive.readUInt32LE(at + 20) };
  const localAt = archive.readUInt32LE(at + 42);
  const wide = wideNumbers(extra);
  if (sizes.unpacked === FULL_32) wide();
  return {
    name: decodeName(name),
    method: archive.readUInt16LE(at + 10),
    isEncrypted: (flags & 1) === 1,
    packedBytes: sizes.packed === FULL_32 ? wide() : sizes.packed,
    checksum: archive.readUInt32LE(at + 16),
    at: localAt === FULL_32 ? wide() : localAt,
  };
}

/** The numbers of the zip64 field, one a call, in the order in which the entry lacks them; beyond the end none fits. */
function wideNumbers(extra: Buffer): () => number {
  let at = 0;
  while (at + 4 <= extra.length && extra.readUInt16LE(at) !== EXTRA_64) at += 4 + extra.readUInt16LE(at + 2);
  at += 4;
  return () => {
    const found = at + 8 <= extra.length ? Number(extra.readBigUInt64LE(at)) : Number.MAX_SAFE_INTEGER;
    at += 8;
    return found;
  };
}

/** Most archives write UTF-8, whether they say so or not. */
function decodeName(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return bytes.toString('latin1');
  }
}
