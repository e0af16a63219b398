const LONGEST_NAME = 120;

/**
 * The name of a file as somebody gave it, made harmless: the end of its path, `/` between the parts, without `..` and
 * control characters. For messages and as a hint at the event; never to open anything.
 */
export function cleanFileName(given: string): string {
  const parts = given
    .slice(-4 * LONGEST_NAME)
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\uFFFD]+/gu, ' ')
    .split(/[/\\]+/)
    .map((part) => part.trim())
    .filter((part) => part !== '' && part !== '.' && part !== '..' && !/^[A-Za-z]:$/.test(part));
  while (parts.length > 1 && parts.join('/').length > LONGEST_NAME) parts.shift();
  // The cut may leave half a character.
  const name = parts
    .join('/')
    .slice(-LONGEST_NAME)
    .replace(/^\p{Cs}+/u, '');
  return name === '' ? 'unnamed file' : name;
}

/** True for what systems put beside files of their own accord: hidden files, `__MACOSX`, `Thumbs.db`. */
export function isSystemFile(path: string): boolean {
  return path.split(/[/\\]/).some((part) => /^(?:\.(?!\.?$)|__MACOSX$|Thumbs\.db$|desktop\.ini$)/i.test(part));
}
