// One SMS and the fate of it, in the words both systems share.

/** Who may hold the authority and call the provider. Also the names of the two processes and of their database roles. */
export type Role = 'legacy' | 'service';

/** Both roles, for code that treats them alike. */
export const ROLES = ['legacy', 'service'] as const;

/** One SMS to be sent, after its uuid was made at the entry point. */
export interface Message {
  readonly messageUuid: string;
  readonly tenantId: number;
  readonly recipient: string;
  readonly body: string;
  readonly provider: string;
}

/**
 * What the service reports of one message. `duplicate`: it was accepted before this request. `in_progress` also stands for every
 * uuid whose authority the service does not hold. `conflict`: the uuid belongs to another payload, so nothing was or will be sent for this
 * request. The runbook's word `failed` is read as an alias of `rejected`.
 */
export const STATUSES = ['accepted', 'duplicate', 'rejected', 'in_progress', 'unknown', 'conflict'] as const;

/** The status of one message in a batch response and in the logs. */
export type Status = (typeof STATUSES)[number];

/** The outcome of one provider call. `unknown` is indefinite: the provider may or may not have accepted. */
export type Delivery =
  | { readonly kind: 'accepted'; readonly providerMessageId: string }
  | { readonly kind: 'rejected'; readonly reason: string }
  | { readonly kind: 'unknown'; readonly reason: string };
