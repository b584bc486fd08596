// The authority over one uuid: its states, and the procedures that are the only way to change them.
import type { Role } from './message.ts';

/** CLAIMED carries a lease; SENDING does not, so that a slow provider call never frees the uuid for a second sender. */
export const AUTHORITY_STATES = ['CLAIMED', 'SENDING', 'SENT', 'NOT_SENT', 'UNKNOWN'] as const;

/** The state of one row of send_authority. */
export type AuthorityState = (typeof AUTHORITY_STATES)[number];

/** How a send may end. UNKNOWN is surfaced to a person and never re-sent. */
export type Settlement = 'SENT' | 'NOT_SENT' | 'UNKNOWN';

/**
 * The answer of sa_claim: granted under an epoch, held by another attempt, or, in `conflict`, refused because the uuid was first claimed
 * for another payload.
 */
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

/** The stored procedures: arguments and results. Each exists as SQL text and as a twin over Transaction. */
export interface Procedures {
  /**
   * No row: CLAIMED at epoch 1, and bound to the payload. Another payload: a conflict. CLAIMED with the same token: the same grant again.
   * CLAIMED with its lease over: taken over at epoch + 1.
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
  /** CLAIMED with this epoch and token becomes SENDING; SENDING with this epoch and token stays so; anything else is refused. */
  sa_begin_send: { arguments: { messageUuid: string; epoch: number; token: string }; result: boolean };
  /** SENDING with this epoch becomes terminal; UNKNOWN with this epoch may still become SENT or NOT_SENT. */
  sa_settle: {
    arguments: { messageUuid: string; epoch: number; state: Settlement; providerMessageId: string | null };
    result: boolean;
  };
  /** SENDING for longer than this becomes UNKNOWN; answers the uuids. */
  sa_surface: { arguments: { olderThanMs: number }; result: readonly string[] };
  /** The reconciliation gate: the mismatches of rows older than the grace period, dry runs excluded, null-safe. */
  reconcile: { arguments: { graceMs: number }; result: readonly Mismatch[] };
}

/** The name of a stored procedure. */
export type ProcedureName = keyof Procedures;
