// How a history names the text of a message: by a digest, so that a batch of long texts stays a short event.
import { hash } from 'node:crypto';

/** The digests of texts that came up lately: runs of one scenario ask about the same few again and again. */
const known = new Map<string, string>();

/** So many texts are remembered, and then forgotten together. */
const KNOWN_AT_MOST = 1_024;

/** The first 16 hex digits of the text's SHA-256: 64 bits tell any two texts of one run apart. */
export function bodyDigestOf(body: string): string {
  const remembered = known.get(body);
  if (remembered !== undefined) return remembered;
  if (known.size === KNOWN_AT_MOST) known.clear();
  const digest = hash('sha256', body, 'hex').slice(0, 16);
  known.set(body, digest);
  return digest;
}
