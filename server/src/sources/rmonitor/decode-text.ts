const windows = new TextDecoder('windows-1252');
const unicode = new TextDecoder('utf-8', { fatal: true });

/**
 * The text of a line that was read byte by byte: timing computers write Windows-1252, relays on the web UTF-8. What is
 * valid UTF-8 is taken for it. A byte order mark is dropped.
 */
export function decodeText(bytes: string): string {
  // Plain ASCII, as nearly every line is.
  if (!/[\u0080-\u00ff]/.test(bytes)) return bytes;
  const raw = Buffer.from(bytes, 'latin1');
  try {
    return unicode.decode(raw);
  } catch {
    return windows.decode(raw);
  }
}

/** Bytes as text, one letter each: lines can be cut before their encoding is known. */
export function textOfBytes(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}
