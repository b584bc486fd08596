// A history holds a digest of a message's text instead of the text, so that the event of a batch with long texts stays small.
import { hash } from 'node:crypto';

/** A cache of digests: the runs of one scenario use the same few texts again and again. */
const known = new Map<string, string>();

/** The number of texts at which the cache is emptied. */
const KNOWN_AT_MOST = 1_024;

/** The first 16 hex digits of the text's SHA-256: 64 bits are enough to distinguish the texts of one run. */
export function bodyDigestOf(body: string): string {
  const remembered = known.get(body);
  if (remembered !== undefined) return remembered;
  if (known.size === KNOWN_AT_MOST) known.clear();
  const digest = hash('sha256', body, 'hex').slice(0, 16);
  known.set(body, digest);
  return digest;
}
