// The first claim binds a uuid to a payload: tenant, recipient and text. A claim of the uuid for another payload is refused.
import { hash } from 'node:crypto';
import type { Message } from '../contract/message.ts';

/** The SHA-256 of tenant, recipient and text, in hexadecimal. */
export function payloadDigestOf({ tenantId, recipient, body }: Message): string {
  return hash('sha256', JSON.stringify([tenantId, recipient, body]), 'hex');
}
