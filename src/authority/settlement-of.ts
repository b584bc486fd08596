// How the end of a provider call is written into the authority.
import type { Settlement } from '../contract/authority.ts';
import type { Delivery } from '../contract/message.ts';

/** The terminal state a delivery leads to, with the provider's id if there is one. */
export function settlementOf(delivery: Delivery): { state: Settlement; providerMessageId: string | null } {
  if (delivery.kind === 'accepted') return { state: 'SENT', providerMessageId: delivery.providerMessageId };
  return { state: delivery.kind === 'rejected' ? 'NOT_SENT' : 'UNKNOWN', providerMessageId: null };
}
