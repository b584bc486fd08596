// A digest of a history: two runs with the same one went the same way.
import type { History } from '../formats/history.ts';
import { sha256 } from '../platform/canonical-json.ts';

/** The SHA-256 of all events of a history, in hexadecimal. Equal hashes mean that nothing went differently. */
export function historyHash({ events }: Pick<History, 'events'>): string {
  return sha256(JSON.stringify(events));
}
