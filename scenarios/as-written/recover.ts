// The runbook has no recovery: messages that a lost answer or a dead process left unfinished stay unfinished.
import type { Context, RecoveryReport } from '../../src/contract/parts.ts';

/** Does nothing, and reports that nothing is pending. */
export function recover(_context: Context): Promise<RecoveryReport> {
  return Promise.resolve({ surfaced: 0, settled: 0, reentered: 0, pending: 0 });
}
