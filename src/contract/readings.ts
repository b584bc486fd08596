// How the ambiguous sentences of the runbook are read. A certificate prints the readings it was made under.

/** The readings a team may choose; each names the rows of the ambiguity it settles. */
export interface Readings {
  /** Whether a SHADOW send is charged: the runbook's table says no, its unchanged legacy sender says yes. */
  readonly shadowBilling: 'none' | 'legacy';
  /** Whether a fallback send in ON is charged: the mode table says yes, Invariant 4 read alone says no. */
  readonly fallbackBilling: 'charged' | 'free';
  /** Whether OFF keeps the legacy decrement: the mode table says yes, Invariant 4 read alone says no. */
  readonly offBilling: 'charged' | 'free';
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
  shadowReconciliation: 'exclude-dry-runs',
  timeout: 'compete-for-authority',
};
