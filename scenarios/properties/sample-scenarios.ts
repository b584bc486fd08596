// The generator's scenarios, narrowed to those in which a family of properties has something to show.
import * as fc from 'fast-check';
import type { Fault } from '../../harness/formats/fault.ts';
import type { Scenario } from '../../harness/formats/scenario.ts';
import { scenarioArbitrary } from '../../harness/generators/scenario-arbitrary.ts';

/** A delay that outlasts the budget for certain. */
const LATE_MS = 700;

/** A window that is surely still open when a call of an early entry has been given up. */
const LONG_MS = 1_500;

/** A provider that takes no longer is awaited to the end. */
const SLOW_MS = 900;

/** Entries after this moment may find a window that closes early already closed. */
const EARLY_MS = 300;

/** A kind of scenario, by what makes one. */
export type ScenarioPredicate = (scenario: Scenario) => boolean;

/**
 * So many scenarios under one seed: by turns two of each kind, and one of any kind, since what a suite does not expect may be what breaks.
 * By turns and not by chance, so that no seed leaves a kind out.
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

/** Whether a tenant that can pay enters at least so many messages in this mode, early in the run, and never changes its mode. */
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

/** Whether the logs are reconciled. */
export function reconciles({ steps }: Scenario): boolean {
  return steps.some(({ kind }) => kind === 'reconcile');
}

/** Whether a tenant is flagged anew. */
export function flips({ steps }: Scenario): boolean {
  return steps.some(({ kind }) => kind === 'flip');
}

/** Whether the only fault is one of this kind. */
export function hasOnly(scenario: Scenario, isMeant: (fault: Fault) => boolean): boolean {
  return scenario.faults.length === 1 && scenario.faults.every(isMeant);
}

/** The service sends, and the legacy app does not learn of it in time. */
export function losesAnswer(fault: Fault): boolean {
  if (fault.kind === 'latency') return fault.stream === 'downstream' && fault.latencyMs >= LATE_MS;
  return (fault.kind === 'reset' || fault.kind === 'blackhole') && fault.stream === 'downstream';
}

/** The service cannot be asked, for so long that no recovery comes before the fallback is due. */
export function isRefused(fault: Fault): boolean {
  return fault.kind === 'refuse' && fault.untilMs >= LONG_MS;
}

/** The service answers before it knows what its provider says: recovery has to settle what was sent. */
export function isSlow(fault: Fault): boolean {
  return (
    fault.kind === 'provider' && fault.system === 'service' && fault.outcome === 'slow' && fault.delayMs <= SLOW_MS
  );
}

/** The service's provider does not accept what it is asked for, or does not say so. */
export function isInVain(fault: Fault): boolean {
  return fault.kind === 'provider' && fault.system === 'service' && fault.outcome !== 'slow';
}
