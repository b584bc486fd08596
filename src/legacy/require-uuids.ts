// Invariant 2 at the doors of both senders: a uuid is made at the entry point or not at all.
import { RequestError } from './request-error.ts';

/** Throws when one of the uuids is missing, before anything has been sent. */
export function requireUuids(messageUuids: readonly string[]): void {
  if (messageUuids.every((messageUuid) => messageUuid !== '')) return;
  throw new RequestError(422, 'message_uuid is required for each message');
}
