// How the ambiguous sentences of the runbook are read. A certificate prints the readings that it was made with.

/** The readings that a team can choose. */
export interface Readings {
  /** Whether a SHADOW send is charged: the runbook's table says no, its unchanged legacy sender says yes. */
  readonly shadowBilling: 'none' | 'legacy';
  /** Whether a fallback send in ON is charged: the mode table says yes, Invariant 4 read alone says no. */
  readonly fallbackBilling: 'charged' | 'free';
  /** Whether OFF keeps the legacy decrement: the mode table says yes, Invariant 4 read alone says no. */
  readonly offBilling: 'charged' | 'free';
  /** What happens if a tenant's flag is missing or is not a mode: the legacy app sends as in OFF, or is allowed to reject the message. */
  readonly unknownMode: 'OFF' | 'reject';
  /** Whether a campaign that is triggered again sends what was sent before a second time, under new uuids. */
  readonly redelivery: 'idempotent' | 'resends';
  /** Whether each message of a fallback has its own log line, or one line is enough for the batch. */
  readonly fallbackLog: 'message' | 'batch';
  /** Whether a tenant's units are allowed to fall below zero. */
  readonly negativeBalance: 'never' | 'allowed';
  /** How reconciliation treats SHADOW: dry runs are never compared with live sends. */
  readonly shadowReconciliation: 'exclude-dry-runs';
  /** What a timeout allows the legacy app to do: only to compete for the authority, never to send without it. */
  readonly timeout: 'compete-for-authority';
}

/** The readings that apply unless a configuration says otherwise. */
export const DEFAULT_READINGS: Readings = {
  shadowBilling: 'none',
  fallbackBilling: 'charged',
  offBilling: 'charged',
  unknownMode: 'OFF',
  redelivery: 'idempotent',
  fallbackLog: 'message',
  negativeBalance: 'never',
  shadowReconciliation: 'exclude-dry-runs',
  timeout: 'compete-for-authority',
};
