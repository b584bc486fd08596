// How the ambiguous sentences of the runbook are read. A certificate prints the readings it was made under.

/** The readings a team may choose; each names the rows of the ambiguity it settles. */
export interface Readings {
  /** Whether a SHADOW send is charged: the runbook's table says no, its unchanged legacy sender says yes. */
  readonly shadowBilling: 'none' | 'legacy';
  /** Whether a fallback send in ON is charged: the mode table says yes, Invariant 4 read alone says no. */
  readonly fallbackBilling: 'charged' | 'free';
  /** Whether OFF keeps the legacy decrement: the mode table says yes, Invariant 4 read alone says no. */
  readonly offBilling: 'charged' | 'free';
  /** What a flag that is no mode, or is missing, does: the legacy app sends as in OFF, or the message may be rejected. */
  readonly unknownMode: 'OFF' | 'reject';
  /** Whether a campaign that is triggered again sends what was sent before a second time, under new uuids. */
  readonly redelivery: 'idempotent' | 'resends';
  /** What a line of the log about a fallback speaks of: the message, or the batch, of which it need not name each message. */
  readonly fallbackLog: 'message' | 'batch';
  /** Whether a tenant's units may go below zero. */
  readonly negativeBalance: 'never' | 'allowed';
  /** Which row an accepted SHADOW send is compared with in reconciliation; dry runs are never compared as live sends. */
  readonly shadowReconciliation: 'exclude-dry-runs';
  /** Whether a timeout permits a second sender, or only to compete for the authority. */
  readonly timeout: 'compete-for-authority';
}

/** The readings this project takes unless a configuration says otherwise. */
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
