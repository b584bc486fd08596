// Reading JSON that came over the network, before its fields are known.

/** An object of unknown fields. */
export type Fields = Readonly<Record<string, unknown>>;

/** Whether a value read from JSON is an object. */
export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Parses a JSON object; undefined if the text is not JSON or not an object. */
export function parseFields(text: string): Fields | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isFields(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
