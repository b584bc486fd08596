// The scenario's steps and faults as actions in order of time, and how long to wait after the last one until nothing can be in flight.
import { definitionOf } from '../faults/catalogue.ts';
import type { FaultAction } from '../faults/definition.ts';
import type { Fault } from '../formats/fault.ts';
import type { Scenario, Step } from '../formats/scenario.ts';

/** One thing the rig does at an offset from the start. */
export type ScheduledAction =
  | FaultAction
  | { readonly kind: 'flip'; readonly atMs: number; readonly tenant: string; readonly mode: string }
  | { readonly kind: 'recover' | 'reconcile'; readonly atMs: number };

const MARGIN_MS = 500;

/** What the wait depends on. `faults` can hold more than the scenario: those that decisions of a lane were equivalent to. */
interface RestSubject {
  readonly steps: readonly Step[];
  readonly faults: readonly Fault[];
}

/** The times that the wait depends on. */
interface RestBounds {
  readonly providerTimeoutMs: number;
  readonly leastMs: number;
}

/** The actions of a scenario in order of time. Of actions at the same time, faults are applied first; others keep the scenario's order. */
export function schedule(scenario: Scenario): readonly ScheduledAction[] {
  const actions = [
    ...scenario.steps.flatMap(stepActions),
    ...scenario.faults.flatMap((fault, index) => definitionOf(fault).actions(fault, index)),
  ];
  const rank = (action: ScheduledAction): number => (action.kind === 'apply' ? 0 : 1);
  return actions.toSorted((a, b) => a.atMs - b.atMs || rank(a) - rank(b));
}

function stepActions(step: Step): ScheduledAction[] {
  switch (step.kind) {
    case 'entry':
      return [{ kind: 'trigger', atMs: step.atMs, campaign: step.campaign }];
    case 'flip':
      return [{ kind: 'flip', atMs: step.atMs, tenant: step.tenant, mode: step.mode }];
    case 'recover':
      return [step];
    case 'reconcile':
      return step.atMs === undefined ? [] : [{ kind: 'reconcile', atMs: step.atMs }];
  }
}

/** A process sends at least this number of a campaign's messages to the provider concurrently, and the others after them. */
const SENT_AT_ONCE = 8;

/**
 * How long to wait, after the last action and the last answer to a user, before loss is judged. It is the sum of the longest injected delay
 * on the way to the service, the longest stop of a process, the longest provider calls (a large campaign makes several, one after the
 * other) and a margin; never less than `leastMs`.
 */
export function quiescenceMs({ steps, faults }: RestSubject, bounds: RestBounds): number {
  let travelMs = 0;
  let processMs = 0;
  let providerMs = 0;
  for (const fault of faults) {
    const longest = definitionOf(fault).longestDelay(fault);
    travelMs = Math.max(travelMs, longest.travelMs);
    processMs = Math.max(processMs, longest.processMs);
    providerMs = Math.max(providerMs, longest.providerMs);
  }
  const messages = steps.map((step) => (step.kind === 'entry' ? step.messages : 0));
  const roundsBefore = Math.ceil(Math.max(1, ...messages) / SENT_AT_ONCE) - 1;
  const roundMs = Math.min(providerMs, bounds.providerTimeoutMs);
  const lastMs = Math.max(providerMs, bounds.providerTimeoutMs);
  return Math.max(bounds.leastMs, travelMs + processMs + roundsBefore * roundMs + lastMs + MARGIN_MS);
}
