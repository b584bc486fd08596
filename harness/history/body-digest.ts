// How a history names the text of a message: by a digest, so that a batch of long texts stays a short event.
import { hash } from 'node:crypto';

/** The first 16 hex digits of the text's SHA-256: 64 bits tell any two texts of one run apart. */
export function bodyDigestOf(body: string): string {
  return hash('sha256', body, 'hex').slice(0, 16);
}
