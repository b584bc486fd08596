// JSON as editors save it.

/** The value of JSON text, which some editors begin with a byte order mark. Throws a SyntaxError. */
export function parseJson(text: string): unknown {
  return JSON.parse(text.replace(/^\uFEFF/, ''));
}
