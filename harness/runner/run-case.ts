// Runs one case on an executor and judges it, with more tries for failures of the rig's own means, which are never the system's.
import { judge, isWorthRerun, type Judgement } from '../evidence/judge.ts';
import type { Oracle } from '../evidence/oracle.ts';
import type { Executor, ObservedRun, RunOutcome } from '../execution/executor.ts';
import type { Violation } from '../execution/search-space.ts';
import type { Anomaly } from '../formats/anomaly.ts';
import type { Case } from '../formats/case.ts';
import type { RunsBefore } from '../formats/runs-before.ts';
import { ContainmentError, UsageError } from '../platform/errors.ts';

/** A case that was run and judged. */
export interface CaseRun {
  /** The scenario with the deviations that the run reached: the case that makes the same run again. */
  readonly case: Case;
  readonly judgement: Judgement;
  readonly anomalies: readonly Anomaly[];
  /** On a lane whose processes outlive runs: the slot, and how many runs it had made before. */
  readonly place?: ObservedRun['place'];
}

/** A violating case with the run that shows it, for a lane where running the case again need not show the same. */
export interface ViolatingRun extends Violation {
  readonly run: CaseRun;
}

/** How a case ended, all tries considered. `stopped`: the signal came before there was a history. */
export type CaseOutcome =
  | (CaseRun & { readonly kind: 'judged'; readonly isRetried: boolean })
  | { readonly kind: 'infrastructure'; readonly message: string; readonly isRetried: boolean }
  | { readonly kind: 'stopped' };

/** What runs and judges a case. */
export interface RunContext {
  readonly executor: Executor;
  readonly oracle: Oracle;
  readonly signal?: AbortSignal | undefined;
  /** Runs each case in a process that has run nothing but these; without it, in any process. */
  readonly after?: RunsBefore | undefined;
}

/** Judges what was observed of a case. */
export function judgeCase({ scenario }: Case, observed: ObservedRun, oracle: Oracle): CaseRun {
  const { deviations, anomalies, place } = observed;
  const run = { case: { scenario, deviations }, judgement: judge({ ...observed, scenario }, oracle), anomalies };
  return place === undefined ? run : { ...run, place };
}

/** Runs a case once. An executor that throws counts as a failure of the infrastructure, as one that says so. */
export async function runOnce(context: RunContext, tried: Case): Promise<CaseOutcome> {
  const { oracle, signal } = context;
  if (isAborted(signal)) return { kind: 'stopped' };
  const outcome = await runOn(context, tried);
  if (outcome.kind === 'history') {
    return { kind: 'judged', ...judgeCase(tried, outcome, oracle), isRetried: false };
  }
  if (isAborted(signal)) return { kind: 'stopped' };
  return { ...outcome, isRetried: false };
}

/** A machine that is busy for a moment is no reason to know nothing; one that is always busy is. */
const TRIES_MAX = 3;

/**
 * Runs a case, and again, twice at most, when the observers were disturbed, a fault left no receipt, or the infrastructure failed. A run
 * with a finding that counts is never run again: a violation must not be retried away. A deterministic lane would only repeat itself.
 */
export async function runCase(context: RunContext, tried: Case): Promise<CaseOutcome> {
  let outcome = await runOnce(context, tried);
  if (context.executor.isDeterministic) return outcome;
  for (let tries = 1; tries < TRIES_MAX && isWorthAnotherTry(outcome); tries += 1) {
    const next = await runOnce(context, tried);
    // A stop between two tries must not lose what the earlier one showed.
    if (next.kind === 'stopped') return outcome;
    outcome = { ...next, isRetried: true };
  }
  return outcome;
}

function isWorthAnotherTry(outcome: CaseOutcome): boolean {
  if (outcome.kind === 'judged') return isWorthRerun(outcome.judgement);
  return outcome.kind === 'infrastructure';
}

async function runOn({ executor, signal, after }: RunContext, tried: Case): Promise<RunOutcome> {
  try {
    return await executor.run(tried, {
      ...(signal === undefined ? {} : { signal }),
      ...(after === undefined ? {} : { after }),
    });
  } catch (cause) {
    // A way out to the world is no failure that may be tried again: everything must stop. Nor is a case that the lane refuses.
    if (cause instanceof ContainmentError || cause instanceof UsageError) throw cause;
    return { kind: 'infrastructure', message: cause instanceof Error ? cause.message : String(cause) };
  }
}

// A function, because the state changes behind the back of control-flow analysis.
function isAborted(signal: AbortSignal | undefined): boolean {
  return signal?.aborted === true;
}
