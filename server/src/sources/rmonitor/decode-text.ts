const unicode = new TextDecoder('utf-8', { fatal: true });
/** What Windows-1252 has from 0x80 to 0x9f. Some releases of Node decode that range as Latin-1. */
const WINDOWS = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

/**
 * The text of a line that was read byte by byte: timing computers write Windows-1252, relays on the web UTF-8. What is
 * valid UTF-8 is taken for it. A byte order mark is dropped.
 */
export function decodeText(bytes: string): string {
  // Plain ASCII, as nearly every line is.
  if (!/[\u0080-\u00ff]/.test(bytes)) return bytes;
  try {
    return unicode.decode(Buffer.from(bytes, 'latin1'));
  } catch {
    return bytes.replace(/[\u0080-\u009f]/g, (letter) => WINDOWS[letter.charCodeAt(0) - 0x80] as string);
  }
}

/** Bytes as text, one letter each: lines can be cut before their encoding is known. */
export function textOfBytes(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}
