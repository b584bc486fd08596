// The step of a check that tries the reconciliation: its answer must be readable, and must report a row that the rig removes.
import type { Action } from '../../formats/action.ts';
import type { History } from '../../formats/history.ts';
import type { SystemDescription } from '../../formats/system-description.ts';
import type { LaneContext } from '../scenario-run.ts';
import type { Slot } from '../slot.ts';
import * as read from './read-run.ts';
import { judgedRun } from './judged-run.ts';
import { RECONCILE_SCENARIO } from './scenarios.ts';
import { withAnswer } from './slot-steps.ts';
import { tryStep } from './tries.ts';
import { isOk, ok, type StepResult } from './walk.ts';

/** The longest grace for young rows with which the check removes a row. With a longer grace the check would wait too long. */
const GRACE_MS_MAX = 2_000;

/** How to try the reconciliation. */
export interface ReconcileTrial {
  readonly reconcile: Action;
  /** The run of a message in each mode. */
  readonly history: History;
  readonly context: LaneContext;
  /** Whether each message was sent by the system of its mode. If not, a removed row proves nothing. */
  readonly sends: boolean;
}

/** Judges the reconciliation in the run of all modes, and tries it in a run with a removed row. */
export async function checkReconciliation(
  slot: Slot,
  { reconcile, history, context, sends }: ReconcileTrial,
): Promise<StepResult> {
  const answered = read.reconciliation(history);
  if (answered.outcome === 'failed') return withAnswer(slot, reconcile, answered);
  const obstacle = sends ? whyNotRemoved(slot.description) : 'a message was not sent by the system of its mode';
  if (obstacle !== undefined) return ok(`${answered.finding}; no row was removed: ${obstacle}`);
  // On a busy machine the legacy app can fall back, and the run proves nothing.
  const result = await tryStep(() =>
    judgedRun(slot, { scenario: RECONCILE_SCENARIO, context, judge: read.removedRow }),
  );
  return isOk(result) ? ok(`${answered.finding}; then ${result.finding}`) : withAnswer(slot, reconcile, result);
}

/** Why the rig cannot remove a row that the reconciliation would have to report; undefined if it can. */
function whyNotRemoved({ identity, timings }: SystemDescription): string | undefined {
  if (identity === 'wire') return 'uuids are known only from the wire';
  return timings.reconcileGraceMs > GRACE_MS_MAX
    ? `rows younger than ${timings.reconcileGraceMs} ms are ignored`
    : undefined;
}
