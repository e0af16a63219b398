/** Text for a name: without control characters, of bounded length; `undefined` where nothing is left. */
export function cleanName(text: string): string | undefined {
  const clean = text
    .replace(/\p{Cc}+/gu, ' ')
    .trim()
    .slice(0, 120);
  return clean === '' ? undefined : clean;
}

/** A name as an id: `Kévin ESTRE` → `Kevin-ESTRE`; '' where no letter is left. */
export function idOf(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .replace(/[^A-Za-z0-9._]+/g, '-')
    .replace(/^[^A-Za-z0-9]+|-+$/g, '')
    .slice(0, 64);
}

/** `Will STEVENS`, `Mike Skeen`, `Alessandro PIER GUIDI`: the last name is what stands in capitals, else all but the first word. */
export function splitName(name: string): { readonly firstName: string; readonly lastName: string } {
  const words = name.split(/\s+/);
  const capitals = words.findIndex((_, index) => index > 0 && words.slice(index).every(isInCapitals));
  const at = capitals > 0 ? capitals : Math.min(1, words.length - 1);
  return { firstName: words.slice(0, at).join(' '), lastName: words.slice(at).join(' ') };
}

function isInCapitals(word: string): boolean {
  return word.length > 1 && word === word.toUpperCase() && word !== word.toLowerCase();
}
