/** No command has as many fields; a track map comes nearest. */
const MOST_FIELDS = 400;

/**
 * The fields of a line: separated by commas, spaces beside them dropped, text in double quotes, which may hold commas. A
 * quote that is not closed ends with the line.
 */
export function splitFields(line: string): readonly string[] {
  if (!line.includes('"')) return line.split(',', MOST_FIELDS).map((field) => field.trim());
  const fields: string[] = [];
  let from = 0;
  while (from <= line.length && fields.length < MOST_FIELDS) {
    const to = endOfField(line, from);
    fields.push(unquote(line.slice(from, to)));
    from = to + 1;
  }
  return fields;
}

function endOfField(line: string, from: number): number {
  let at = from;
  while (at < line.length) {
    const comma = line.indexOf(',', at);
    const end = comma < 0 ? line.length : comma;
    const quote = line.indexOf('"', at);
    if (quote < 0 || quote >= end) return end;
    const closing = line.indexOf('"', quote + 1);
    if (closing < 0) return line.length;
    at = closing + 1;
  }
  return line.length;
}

/** Spaces within the quotes are kept: they fill a flag or a name up, and are dropped where the field is read. */
function unquote(field: string): string {
  return field.includes('"') ? field.replaceAll('"', '').trim() : field.trim();
}
