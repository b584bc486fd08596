// The schedule of a live run: the scenario's steps and faults as actions in order of time, and how long to wait after them.
import type { Fault } from '../formats/fault.ts';
import type { Scenario } from '../formats/scenario.ts';

/** One thing the rig does at an offset from the start. `prepare` actions are done before the clock of the scenario starts. */
export type Action =
  | { readonly kind: 'trigger'; readonly atMs: number; readonly campaign: string }
  | { readonly kind: 'flip'; readonly atMs: number; readonly tenant: string; readonly mode: string }
  | { readonly kind: 'apply'; readonly atMs: number; readonly fault: number }
  | { readonly kind: 'heal'; readonly atMs: number; readonly fault: number }
  | { readonly kind: 'crash'; readonly atMs: number; readonly fault: number; readonly process: 'legacy' | 'service' }
  | { readonly kind: 'restart'; readonly atMs: number; readonly fault: number; readonly process: 'legacy' | 'service' };

/** The actions of a scenario. Those that open at 0 come first of all: a toxic misses what was under way before it. */
export function schedule(scenario: Scenario): { prepare: readonly Action[]; timed: readonly Action[] } {
  const actions = [
    ...scenario.steps.flatMap(stepActions),
    ...scenario.faults.flatMap((fault, index) => faultActions(fault, index)),
  ];
  const isPreparation = (action: Action): boolean => action.kind === 'apply' && action.atMs === 0;
  return {
    prepare: actions.filter(isPreparation),
    timed: actions.filter((action) => !isPreparation(action)).toSorted((a, b) => a.atMs - b.atMs),
  };
}

function stepActions(step: Scenario['steps'][number]): Action[] {
  switch (step.kind) {
    case 'entry':
      return [{ kind: 'trigger', atMs: step.atMs, campaign: step.campaign }];
    case 'flip':
      return [{ kind: 'flip', atMs: step.atMs, tenant: step.tenant, mode: step.mode }];
    case 'reconcile':
      return [];
  }
}

function faultActions(fault: Fault, index: number): Action[] {
  switch (fault.kind) {
    case 'crash':
      return [
        { kind: 'crash', atMs: fault.atMs, fault: index, process: fault.process },
        { kind: 'restart', atMs: fault.atMs + fault.restartAfterMs, fault: index, process: fault.process },
      ];
    case 'redelivery':
      return [{ kind: 'trigger', atMs: fault.atMs, campaign: fault.campaign }];
    case 'breaker-open':
      return [{ kind: 'apply', atMs: fault.fromMs, fault: index }];
    case 'missing-uuid':
    case 'tamper':
      return [];
    default:
      return [
        { kind: 'apply', atMs: fault.fromMs, fault: index },
        { kind: 'heal', atMs: fault.untilMs, fault: index },
      ];
  }
}

/**
 * How long to wait, after the last action and the last answer to a user, until nothing can move by itself any more: the longest
 * injected delay on the way to the service, then the longest stay at the provider, and a margin; never less than `leastMs`.
 */
export function quiescenceMs(scenario: Scenario, bounds: { providerTimeoutMs: number; leastMs: number }): number {
  let travelMs = 0;
  let providerMs = bounds.providerTimeoutMs;
  for (const fault of scenario.faults) {
    if (fault.kind === 'latency') travelMs = Math.max(travelMs, fault.latencyMs + fault.jitterMs);
    if (fault.kind === 'provider') providerMs = Math.max(providerMs, fault.delayMs);
  }
  return Math.max(bounds.leastMs, travelMs + providerMs + MARGIN_MS);
}

const MARGIN_MS = 500;
