// Maps the outcome of a provider call to the state that is written into the authority.
import type { Settlement } from '../contract/authority.ts';
import type { Delivery } from '../contract/message.ts';

/** The terminal state of a delivery, with the provider's message id if it was accepted. */
export function settlementOf(delivery: Delivery): { state: Settlement; providerMessageId: string | null } {
  if (delivery.kind === 'accepted') return { state: 'SENT', providerMessageId: delivery.providerMessageId };
  return { state: delivery.kind === 'rejected' ? 'NOT_SENT' : 'UNKNOWN', providerMessageId: null };
}
