// Runs one case on an executor and judges it. Retries a run that the rig or the machine disturbed, unless it shows a violation that counts.
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
  /** The scenario with the deviations that the run reached: this case leads to the same run again. */
  readonly case: Case;
  readonly judgement: Judgement;
  readonly anomalies: readonly Anomaly[];
  /** On a lane whose processes make several runs: the slot, and how many runs it had made before. */
  readonly place?: ObservedRun['place'];
}

/** A violating case with its run, for a lane on which another run of the case can have another outcome. */
export interface ViolatingRun extends Violation {
  readonly run: CaseRun;
}

/** The outcome of a case after all its tries. `stopped`: the signal came before there was a history. */
export type CaseOutcome =
  | (CaseRun & { readonly kind: 'judged'; readonly isRetried: boolean })
  | { readonly kind: 'infrastructure'; readonly message: string; readonly isRetried: boolean }
  | { readonly kind: 'stopped' };

/** What running and judging a case needs. */
export interface RunContext {
  readonly executor: Executor;
  readonly oracle: Oracle;
  readonly signal?: AbortSignal | undefined;
  /** With it, each case runs in a process that has made exactly these runs before; without it, in any process. */
  readonly after?: RunsBefore | undefined;
}

/** Judges the observed run of a case. */
export function judgeCase({ scenario }: Case, observed: ObservedRun, oracle: Oracle): CaseRun {
  const { deviations, anomalies, place } = observed;
  const run = { case: { scenario, deviations }, judgement: judge({ ...observed, scenario }, oracle), anomalies };
  return place === undefined ? run : { ...run, place };
}

/** Runs a case once. An executor that throws counts as a failure of the infrastructure; a ContainmentError or UsageError is thrown on. */
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

/** How often a case is run, at most: a machine that is busy for a moment should not prevent a judgement. */
const TRIES_MAX = 3;

/**
 * Runs a case, and retries it at most twice if the observers were disturbed, a fault left no receipt, or the infrastructure failed. A run
 * with a finding that counts is not retried, because a retry must not hide a violation. A deterministic lane does not retry: it would only
 * repeat itself.
 */
export async function runCase(context: RunContext, tried: Case): Promise<CaseOutcome> {
  let outcome = await runOnce(context, tried);
  if (context.executor.isDeterministic) return outcome;
  for (let tries = 1; tries < TRIES_MAX && isWorthAnotherTry(outcome); tries += 1) {
    const next = await runOnce(context, tried);
    // After a stop between two tries, the outcome of the earlier one counts.
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
    // No retry: if a system can reach the outside world, everything must stop; and a lane that refuses a case refuses it again.
    if (cause instanceof ContainmentError || cause instanceof UsageError) throw cause;
    return { kind: 'infrastructure', message: cause instanceof Error ? cause.message : String(cause) };
  }
}

// A function, because TypeScript's control-flow analysis does not know that the state changes during an await.
function isAborted(signal: AbortSignal | undefined): boolean {
  return signal?.aborted === true;
}
