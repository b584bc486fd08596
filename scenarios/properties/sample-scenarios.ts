// Generated scenarios, narrowed to those that exercise a family of properties.
import * as fc from 'fast-check';
import type { Fault } from '../../harness/formats/fault.ts';
import type { Scenario } from '../../harness/formats/scenario.ts';
import { scenarioArbitrary } from '../../harness/generators/scenario-arbitrary.ts';

/** A delay that is certainly longer than the budget. */
const LATE_MS = 700;

/** A window that certainly lasts until the legacy app has given up the call of an early entry. */
const LONG_MS = 1_500;

/** The service waits for a provider that takes no longer than this. */
const SLOW_MS = 900;

/** For later entries, a short window of a fault may already be over. */
const EARLY_MS = 300;

/** Whether a scenario is of some kind. */
export type ScenarioPredicate = (scenario: Scenario) => boolean;

/**
 * `count` scenarios under one seed: in turn two of each kind and one of any kind, because an unexpected scenario may violate too. They are
 * taken in turn and not at random, so that every seed has every kind.
 */
export function sampleScenarios(
  kinds: readonly ScenarioPredicate[],
  { seed, count }: { seed: number; count: number },
): Scenario[] {
  const turn: readonly fc.Arbitrary<Scenario>[] = [
    ...[...kinds, ...kinds].map((isOfKind) => scenarioArbitrary.filter(isOfKind)),
    scenarioArbitrary,
  ];
  const turns = turn.map((arbitrary, place) => {
    const numRuns = Math.ceil((count - place) / turn.length);
    return numRuns > 0 ? fc.sample(fc.noBias(arbitrary), { seed: seed + place, numRuns }) : [];
  });
  return Array.from(
    { length: count },
    (_, index) => turns[index % turn.length]?.[Math.floor(index / turn.length)],
  ).filter((scenario) => scenario !== undefined);
}

/** Whether a tenant with enough quota enters at least `messages` messages in this mode, early in the run, and never flips. */
export function enters(scenario: Scenario, mode: string | null, messages = 1): boolean {
  const { steps } = scenario;
  return scenario.tenants.some(
    (tenant) =>
      tenant.mode === mode &&
      tenant.quota >= messages &&
      !steps.some((step) => step.kind === 'flip' && step.tenant === tenant.key) &&
      steps.some(
        (step) =>
          step.kind === 'entry' &&
          step.tenant === tenant.key &&
          step.messages >= messages &&
          step.atMs > 0 &&
          step.atMs < EARLY_MS,
      ),
  );
}

/** Whether the scenario runs the reconciliation. */
export function reconciles({ steps }: Scenario): boolean {
  return steps.some(({ kind }) => kind === 'reconcile');
}

/** Whether a tenant flips its mode. */
export function flips({ steps }: Scenario): boolean {
  return steps.some(({ kind }) => kind === 'flip');
}

/** Whether there is exactly one fault, and `isMeant` holds for it. */
export function hasOnly(scenario: Scenario, isMeant: (fault: Fault) => boolean): boolean {
  return scenario.faults.length === 1 && scenario.faults.every(isMeant);
}

/** A fault under which the service sends and its answer is late or lost. */
export function losesAnswer(fault: Fault): boolean {
  if (fault.kind === 'latency') return fault.stream === 'downstream' && fault.latencyMs >= LATE_MS;
  return (fault.kind === 'reset' || fault.kind === 'blackhole') && fault.stream === 'downstream';
}

/** A fault that refuses connections to the service until the legacy app must have fallen back. */
export function isRefused(fault: Fault): boolean {
  return fault.kind === 'refuse' && fault.untilMs >= LONG_MS;
}

/** A fault under which the service may answer before its provider does, so that recovery settles the message. */
export function isSlow(fault: Fault): boolean {
  return (
    fault.kind === 'provider' && fault.system === 'service' && fault.outcome === 'slow' && fault.delayMs <= SLOW_MS
  );
}

/** A fault under which the service's provider does not accept, or its acceptance is lost. */
export function isProviderFailure(fault: Fault): boolean {
  return fault.kind === 'provider' && fault.system === 'service' && fault.outcome !== 'slow';
}
