// Canonical JSON (RFC 8785) and SHA-256, for the hashes and digests of documents.
import { createHash } from 'node:crypto';
import canonicalizeModule from 'canonicalize';

// The package is CommonJS and declares an ES default export; at run time the import is the function itself.
const canonicalize = canonicalizeModule as unknown as (value: unknown) => string | undefined;

/** The canonical JSON text of a plain value. Throws for a value that JSON cannot hold. */
export function canonicalJson(value: unknown): string {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError('expected a value that JSON can hold');
  return text;
}

/** SHA-256 in hexadecimal. A string is hashed as UTF-8. */
export function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}
