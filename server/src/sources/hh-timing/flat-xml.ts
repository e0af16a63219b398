/** An element as this reader keeps it: no order of text and elements, no namespaces. */
export type XmlElement = {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];
  readonly text: string;
};

const LONGEST = 65_536;
const DEEPEST = 8;
const MOST_ELEMENTS = 400;
const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
]);
const OPEN_TAG = /<([A-Za-z_][\w.:-]{0,100})((?:\s+[A-Za-z_][\w.:-]{0,100}\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>/y;
const CLOSE_TAG = /<\/([A-Za-z_][\w.:-]{0,100})\s*>/y;
const ASIDE = /<\?[^<>]*\?>|<!--[\s\S]*?-->/y;

/**
 * The one element of a small message of XML. `undefined` for whatever is not well-formed, too large or too deep, and for all
 * that declares a document type: entities are the five of the standard and numbers, so nothing can grow.
 */
export function parseFlatXml(xml: string): XmlElement | undefined {
  if (xml.length > LONGEST || /<!(?!--)/.test(xml)) return undefined;
  const open: Building[] = [];
  let [at, count] = [0, 0];
  let root: XmlElement | undefined;
  while (at < xml.length) {
    const next = xml.indexOf('<', at);
    const text = xml.slice(at, next < 0 ? xml.length : next);
    const holder = open.at(-1);
    if (holder !== undefined) holder.text.push(text);
    else if (text.replace(/^\uFEFF/, '').trim() !== '') return undefined;
    if (next < 0) break;
    const aside = matchAt(ASIDE, xml, next);
    const opened = aside === undefined ? matchAt(OPEN_TAG, xml, next) : undefined;
    const closed = aside === undefined && opened === undefined ? matchAt(CLOSE_TAG, xml, next) : undefined;
    const found = aside ?? opened ?? closed;
    if (found === undefined) return undefined;
    at = next + found[0].length;
    if (opened !== undefined) {
      if (root !== undefined || ++count > MOST_ELEMENTS || open.length >= DEEPEST) return undefined;
      open.push({ name: opened[1] ?? '', attributes: attributesOf(opened[2] ?? ''), children: [], text: [] });
    }
    if (closed !== undefined && open.at(-1)?.name !== closed[1]) return undefined;
    if (closed === undefined && opened?.[3] !== '/') continue;
    const element = finished(open.pop() as Building);
    const parent = open.at(-1);
    if (parent === undefined) root = element;
    else parent.children.push(element);
  }
  return open.length === 0 ? root : undefined;
}

type Building = {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: XmlElement[];
  readonly text: string[];
};

function finished({ name, attributes, children, text }: Building): XmlElement {
  return { name, attributes, children, text: decodeEntities(text.join('')).trim() };
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text) ?? undefined;
}

function attributesOf(text: string): ReadonlyMap<string, string> {
  const attributes = new Map<string, string>();
  for (const [, name = '', value = ''] of text.matchAll(/([^\s=]+)\s*=\s*("[^"]*"|'[^']*')/g)) {
    attributes.set(name, decodeEntities(value.slice(1, -1)));
  }
  return attributes;
}

/** What is no entity that is known stays as it is written. */
function decodeEntities(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([0-9a-fA-F]{1,6})|([a-z]{2,4}));/g, (whole, decimal, hex, name) => {
    if (name !== undefined) return ENTITIES.get(name) ?? whole;
    const code = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal);
    const isCharacter = code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
    return isCharacter ? String.fromCodePoint(code) : whole;
  });
}

/** A field of an element, which may stand as an attribute or as an element in it, whatever its capitals; '' where it is absent. */
export function fieldOf({ attributes, children }: XmlElement, name: string): string {
  const wanted = name.toLowerCase();
  for (const [key, value] of attributes) if (key.toLowerCase() === wanted) return value.trim();
  return children.find((child) => child.name.toLowerCase() === wanted)?.text ?? '';
}
