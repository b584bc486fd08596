// Runs one scenario on a lane and judges it, with more tries for what is the rig's own trouble and never the system's.
import { ContainmentError } from '../platform/errors.ts';
import type { Lane, RunOutcome } from '../execution/executor.ts';
import type { Scenario } from '../formats/scenario.ts';
import { judgeRun, isWorthRerun, type JudgedRun } from './judged-run.ts';
import type { Oracle } from '../evidence/oracle.ts';

/** How a scenario ended, all tries considered. `stopped`: the signal came before there was a history. */
export type ScenarioOutcome =
  | { readonly kind: 'judged'; readonly run: JudgedRun; readonly retried: boolean }
  | { readonly kind: 'infrastructure'; readonly message: string; readonly retried: boolean }
  | { readonly kind: 'stopped' };

/** What runs and judges a scenario. */
export interface RunContext {
  readonly lane: Lane;
  readonly oracle: Oracle;
  readonly signal?: AbortSignal | undefined;
}

/** Runs a scenario once. A lane that throws is infrastructure trouble, as one that says so. */
export async function runOnce(context: RunContext, scenario: Scenario): Promise<ScenarioOutcome> {
  const { lane, oracle, signal } = context;
  if (isAborted(signal)) return { kind: 'stopped' };
  const outcome = await runOnLane(lane, scenario, signal);
  if (outcome.kind === 'history') return { kind: 'judged', run: judgeRun(outcome.history, oracle), retried: false };
  if (isAborted(signal)) return { kind: 'stopped' };
  return { ...outcome, retried: false };
}

/** A machine that is busy for a moment is no reason to know nothing; one that is always busy is. */
const MOST_TRIES = 3;

/**
 * Runs a scenario, and again, twice at most, when the observers were troubled, a fault left no receipt, or the infrastructure failed. A
 * run with a finding that counts is never run again: a violation must not be retried away.
 */
export async function runScenario(context: RunContext, scenario: Scenario): Promise<ScenarioOutcome> {
  let outcome = await runOnce(context, scenario);
  for (let tries = 1; tries < MOST_TRIES && isWorthAnotherTry(outcome); tries += 1) {
    const next = await runOnce(context, scenario);
    // A stop between two tries must not lose what the earlier one showed.
    if (next.kind === 'stopped') return outcome;
    outcome = { ...next, retried: true };
  }
  return outcome;
}

function isWorthAnotherTry(outcome: ScenarioOutcome): boolean {
  if (outcome.kind === 'judged') return isWorthRerun(outcome.run);
  return outcome.kind === 'infrastructure';
}

async function runOnLane(lane: Lane, scenario: Scenario, signal: AbortSignal | undefined): Promise<RunOutcome> {
  try {
    return await lane.run(scenario, signal === undefined ? {} : { signal });
  } catch (cause) {
    // A way out to the world is no trouble to be tried again: everything must stop.
    if (cause instanceof ContainmentError) throw cause;
    return { kind: 'infrastructure', message: cause instanceof Error ? cause.message : String(cause) };
  }
}

// A function, because the state changes behind the back of control-flow analysis.
function isAborted(signal: AbortSignal | undefined): boolean {
  return signal?.aborted === true;
}
