// Parses JSON as editors save it.

/** The value of JSON text, which can begin with a byte order mark. Throws a SyntaxError. */
export function parseJson(text: string): unknown {
  return JSON.parse(text.replace(/^\uFEFF/, ''));
}
