// Runs one scenario on a lane and judges it, with a second try for what is the rig's own trouble and never the system's.
import { ContainmentError } from '../formats/errors.ts';
import type { Lane, RunOutcome } from '../formats/run.ts';
import type { Scenario } from '../formats/scenario.ts';
import { judgeRun, isWorthRerun, type JudgedRun } from './judge.ts';
import type { Oracle } from './oracle.ts';

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

/**
 * Runs a scenario, and once more when the observers were troubled, a fault left no receipt, or the infrastructure failed. A run with a
 * finding that counts is never run again: a violation must not be retried away.
 */
export async function runScenario(context: RunContext, scenario: Scenario): Promise<ScenarioOutcome> {
  const first = await runOnce(context, scenario);
  if (first.kind === 'stopped') return first;
  if (first.kind === 'judged' && !isWorthRerun(first.run)) return first;
  const second = await runOnce(context, scenario);
  // A stop between the tries must not lose what the first one showed.
  return second.kind === 'stopped' ? first : { ...second, retried: true };
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
