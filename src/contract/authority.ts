// The authority over one uuid: its states, and the stored procedures. Only these procedures change a state.
import type { Role } from './message.ts';

/** CLAIMED carries a lease; SENDING does not, so that a slow provider call never frees the uuid for a second sender. */
export const AUTHORITY_STATES = ['CLAIMED', 'SENDING', 'SENT', 'NOT_SENT', 'UNKNOWN'] as const;

/** The state of one row of send_authority. */
export type AuthorityState = (typeof AUTHORITY_STATES)[number];

/** How a send can end. A message that is UNKNOWN is shown to a person and never sent again. */
export type Settlement = 'SENT' | 'NOT_SENT' | 'UNKNOWN';

/** What sa_claim returns: a grant with its epoch, `held` by another attempt, or `conflict`: the uuid is claimed for another payload. */
export type Claim =
  | { readonly kind: 'granted'; readonly epoch: number }
  | {
      readonly kind: 'held';
      readonly state: AuthorityState;
      readonly holder: Role;
      readonly providerMessageId: string | null;
    }
  | { readonly kind: 'conflict' };

/** One mismatch between sms_logs and go_sms_logs, found by joining on message_uuid only. */
export interface Mismatch {
  readonly kind: 'missing_in_go' | 'missing_in_laravel' | 'status_mismatch' | 'provider_message_id_mismatch';
  readonly messageUuid: string;
  readonly legacyValue: string | null;
  readonly serviceValue: string | null;
}

/** The arguments and results of the stored procedures. Each procedure exists as SQL and as a twin in TypeScript over Transaction. */
export interface Procedures {
  /**
   * No row yet: CLAIMED at epoch 1 and bound to the payload. Row with another payload: conflict. CLAIMED with the same token: the same
   * grant again. CLAIMED with an expired lease: taken over at epoch + 1. Anything else: held.
   */
  sa_claim: {
    arguments: {
      messageUuid: string;
      tenantId: number;
      payloadDigest: string;
      holder: Role;
      token: string;
      leaseMs: number;
    };
    result: Claim;
  };
  /** True if the row has this epoch and token and is CLAIMED, which becomes SENDING, or is SENDING already. Anything else: false. */
  sa_begin_send: { arguments: { messageUuid: string; epoch: number; token: string }; result: boolean };
  /** SENDING with this epoch becomes `state`; UNKNOWN with this epoch can still become SENT or NOT_SENT. False if nothing changed. */
  sa_settle: {
    arguments: { messageUuid: string; epoch: number; state: Settlement; providerMessageId: string | null };
    result: boolean;
  };
  /** Rows that have been SENDING for longer than `olderThanMs` become UNKNOWN; returns their uuids. */
  sa_surface: { arguments: { olderThanMs: number }; result: readonly string[] };
  /** The mismatches between rows older than the grace period. Dry runs are excluded, and NULL is compared as a value. */
  reconcile: { arguments: { graceMs: number }; result: readonly Mismatch[] };
}

/** The name of a stored procedure. */
export type ProcedureName = keyof Procedures;
