// Canonical JSON (RFC 8785): one text for one value, so that a hash is about the content and not about the order of keys.
import canonicalizeModule from 'canonicalize';

// The package is CommonJS and types itself as an ES module: at run time the default import is the function itself.
// oxlint-disable-next-line typescript/no-unsafe-type-assertion
const canonicalize = canonicalizeModule as unknown as (value: unknown) => string | undefined;

/** The canonical text of a JSON value. Throws for what JSON cannot hold. */
export function canonicalJson(value: unknown): string {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError('expected a JSON value, found undefined');
  return text;
}
