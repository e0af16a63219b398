const MAGIC: readonly (readonly [bytes: string, reason: string])[] = [
  ['%PDF', 'a PDF: ask the timing company for its CSV or JSON'],
  ['Rar!', 'packed as RAR: unpack it first, or pack it as ZIP'],
  ['7z\u00BC\u00AF', 'packed as 7-Zip: unpack it first, or pack it as ZIP'],
  ['BZh', 'packed with bzip2: unpack it first, or pack it with gzip'],
  ['\u00FD7zXZ', 'packed with xz: unpack it first, or pack it with gzip'],
  ['\u00D0\u00CF\u0011\u00E0', 'an old Office document: save the table as CSV'],
];

/** Why no format knows a file that begins so: a guess at what it is, and what would help. */
export function whyUnknown(head: Uint8Array): string {
  const start = Buffer.from(head.subarray(0, 512)).toString('latin1');
  const known = MAGIC.find(([bytes]) => start.startsWith(bytes));
  if (known !== undefined) return known[1];
  if (start.slice(257, 262) === 'ustar') return 'a tar archive: unpack it first, or pack it as ZIP';
  if (/^\s*(?:\u00EF\u00BB\u00BF)?<(?:!doctype html|html)/i.test(start)) {
    return 'a web page, not a file of timing: download the file itself';
  }
  return head.includes(0) ? 'binary data of no known format' : 'no file of a known format';
}
