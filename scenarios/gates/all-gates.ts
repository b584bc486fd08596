// The gates in the order of their numbers. Two are the runbook's own; the others name Onesend as their source.
import type { Gate } from '../../harness/runner/gate.ts';
import { modeTable } from './gate-00-mode-table.ts';
import { timeoutTriggersFallback } from './gate-01-timeout-triggers-fallback.ts';
import { transportFailure } from './gate-02-transport-failure.ts';
import { breakerOpen } from './gate-03-breaker-open.ts';
import { shadowIsInvisible } from './gate-04-shadow-is-invisible.ts';
import { quota } from './gate-05-quota.ts';
import { uuids } from './gate-06-uuids.ts';
import { writers } from './gate-07-writers.ts';
import { reconciliation } from './gate-08-reconciliation.ts';

/** All gates, in the order of the reports. */
export const GATES: readonly Gate[] = [
  modeTable,
  timeoutTriggersFallback,
  transportFailure,
  breakerOpen,
  shadowIsInvisible,
  quota,
  uuids,
  writers,
  reconciliation,
];
