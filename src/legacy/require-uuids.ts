// Invariant 2 at the start of both senders: a uuid is made only at the entry point, so a message without one is refused.
import { RequestError } from './request-error.ts';

/** Throws RequestError if one of the uuids is blank. Senders call it before they send any message. */
export function requireUuids(messageUuids: readonly string[]): void {
  if (messageUuids.every((messageUuid) => messageUuid !== '')) return;
  throw new RequestError(422, 'message_uuid is required for each message');
}
