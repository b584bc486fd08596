// One SMS, and the words that both systems use for its outcome.

/** The two systems that can hold the authority and call the provider. Also the names of their processes and of their database roles. */
export type Role = 'legacy' | 'service';

/** Both roles, for code that treats them alike. */
export const ROLES = ['legacy', 'service'] as const;

/** One SMS to send, with the uuid that the entry point made. */
export interface Message {
  readonly messageUuid: string;
  readonly tenantId: number;
  readonly recipient: string;
  readonly body: string;
  readonly provider: string;
}

/**
 * What the service reports about one message. `duplicate`: it was accepted before this request. `in_progress`: it is not finished, or the
 * service does not hold the authority over the uuid. `conflict`: the uuid belongs to another payload, so nothing was or will be sent for
 * this request. The runbook's word `failed` is read as `rejected`.
 */
export const STATUSES = ['accepted', 'duplicate', 'rejected', 'in_progress', 'unknown', 'conflict'] as const;

/** The status of one message in a batch response and in the logs. */
export type Status = (typeof STATUSES)[number];

/** The outcome of one provider call. `unknown` is indefinite: it is not known whether the provider accepted the message. */
export type Delivery =
  | { readonly kind: 'accepted'; readonly providerMessageId: string }
  | { readonly kind: 'rejected'; readonly reason: string }
  | { readonly kind: 'unknown'; readonly reason: string };
