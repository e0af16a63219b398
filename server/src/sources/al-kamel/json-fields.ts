/** A value of JSON by the names of its fields; whatever is not there, or is not what is asked for, is empty. */
export type JsonFields = {
  /** Text, or a number as text, of the first of these fields that has one. */
  text(...names: readonly string[]): string;
  is(name: string, value: boolean): boolean;
  fields(name: string): JsonFields;
  list(...names: readonly string[]): readonly JsonFields[];
};

export function jsonFields(value: unknown): JsonFields {
  const isRecord = typeof value === 'object' && value !== null && !Array.isArray(value);
  const fields = new Map<string, unknown>(isRecord ? Object.entries(value) : []);
  return {
    text: (...names) => {
      const found = names.map((name) => fields.get(name)).find((each) => /^(?:string|number)$/.test(typeof each));
      return found === undefined ? '' : String(found).trim();
    },
    is: (name, expected) => fields.get(name) === expected,
    fields: (name) => jsonFields(fields.get(name)),
    list: (...names) => {
      const found = names.map((name) => fields.get(name)).find(Array.isArray);
      return found === undefined ? [] : found.map((each: unknown) => jsonFields(each));
    },
  };
}
