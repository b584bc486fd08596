// JSON that came over a wire, before its fields are known.

/** An object of unknown fields. */
export type Fields = Readonly<Record<string, unknown>>;

/** Whether a value read from JSON is an object. */
export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The object that the text holds; undefined when it is no JSON or no object. */
export function parseFields(text: string): Fields | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isFields(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
