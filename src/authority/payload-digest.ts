// What a uuid is bound to by its first claim: who is sent what on whose account. A client that uses the uuid for anything else is refused.
import { hash } from 'node:crypto';
import type { Message } from '../contract/message.ts';

/** The SHA-256 of tenant, recipient and text in hex. */
export function payloadDigestOf({ tenantId, recipient, body }: Message): string {
  return hash('sha256', JSON.stringify([tenantId, recipient, body]), 'hex');
}
