// The runbook has no recovery: what an answer did not say, and what a process that died left behind, stays as it is.
import type { Context, RecoveryReport } from '../../src/contract/parts.ts';

/** Does nothing and has nothing left to do. */
export function recover(_context: Context): Promise<RecoveryReport> {
  return Promise.resolve({ surfaced: 0, settled: 0, reentered: 0, pending: 0 });
}
