// The scenario's steps and faults as actions in order of time, and how long to wait after them until nothing can move any more.
import type { Fault } from '../formats/fault.ts';
import type { Scenario } from '../formats/scenario.ts';

/** One thing the rig does at an offset from the start. */
export type Action =
  | { readonly kind: 'trigger'; readonly atMs: number; readonly campaign: string }
  | { readonly kind: 'flip'; readonly atMs: number; readonly tenant: string; readonly mode: string }
  | { readonly kind: 'apply'; readonly atMs: number; readonly fault: number }
  | { readonly kind: 'heal'; readonly atMs: number; readonly fault: number }
  | { readonly kind: 'crash'; readonly atMs: number; readonly process: 'legacy' | 'service' }
  | { readonly kind: 'restart'; readonly atMs: number; readonly process: 'legacy' | 'service' };

const MARGIN_MS = 500;

/** The actions of a scenario in order of time; at one time faults are applied first of all, then in the order of the scenario. */
export function schedule(scenario: Scenario): readonly Action[] {
  const actions = [
    ...scenario.steps.flatMap(stepActions),
    ...scenario.faults.flatMap((fault, index) => faultActions(fault, index)),
  ];
  const rank = (action: Action): number => (action.kind === 'apply' ? 0 : 1);
  return actions.toSorted((a, b) => a.atMs - b.atMs || rank(a) - rank(b));
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
        { kind: 'crash', atMs: fault.atMs, process: fault.process },
        { kind: 'restart', atMs: fault.atMs + fault.restartAfterMs, process: fault.process },
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
 * How long to rest, after the last action and the last answer to a user, before loss is judged: the longest injected delay on the way to
 * the service, then the longest stay at the provider, and a margin; never less than `leastMs`.
 */
export function quiescenceMs(
  faults: readonly Fault[],
  bounds: { readonly providerTimeoutMs: number; readonly leastMs: number },
): number {
  let travelMs = 0;
  let providerMs = bounds.providerTimeoutMs;
  for (const fault of faults) {
    if (fault.kind === 'latency') travelMs = Math.max(travelMs, fault.latencyMs + fault.jitterMs);
    if (fault.kind === 'provider') providerMs = Math.max(providerMs, fault.delayMs);
  }
  return Math.max(bounds.leastMs, travelMs + providerMs + MARGIN_MS);
}
