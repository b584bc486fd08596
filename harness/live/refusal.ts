// Decides which cases the live lane refuses: those with faults that it cannot realise or with features of the sim lane. It never runs a
// changed case instead.
import { type Refusal, refusalOfFaults } from '../execution/refusal.ts';
import { isAbsent } from '../faults/absent.ts';
import { faultLabel } from '../faults/catalogue.ts';
import type { Case } from '../formats/case.ts';
import type { SystemDescription } from '../formats/system-description.ts';
import { refusalOfBreakers } from './described-breakers.ts';
import { refusalOfItems } from './described-items.ts';
import { LIVE_REALISERS } from './faults/realisers.ts';

const HINT = 'run it with --lane sim';

/** Why the live lane refuses a case for the described system; undefined if it accepts the case. */
export function describedRefusal(description: SystemDescription, tried: Case): Refusal | undefined {
  return (
    liveRefusal(tried, description.absent) ??
    refusalOfItems(description, tried.scenario) ??
    refusalOfBreakers(description, tried.scenario)
  );
}

/** Why the live lane refuses a case for a system in which the `absent` faults cannot happen; undefined if it accepts the case. */
export function liveRefusal({ scenario, deviations }: Case, absent: readonly string[]): Refusal | undefined {
  const { faults, serviceInstances = 1, skewMicros = { legacy: 0, service: 0 } } = scenario;
  const received = simOnly({ serviceInstances, skewMicros, deviations: deviations.length });
  if (received !== undefined) return { message: received, hint: HINT };
  const missing = faults.find((fault) => isAbsent(fault, absent));
  if (missing !== undefined) {
    const field = missing.kind === 'breaker-open' ? 'it has no `openBreaker`, or `absent` names it' : 'see `absent`';
    const message = `the system's description says that '${faultLabel(missing)}' cannot happen to it (${field})`;
    const hint = 'describe what this fault needs (docs/systems.md, Absent faults), or leave the fault out';
    return { message, hint };
  }
  return refusalOfFaults(faults, { lane: 'live', realisers: LIVE_REALISERS });
}

function simOnly(asked: {
  readonly serviceInstances: number;
  readonly skewMicros: { readonly legacy: number; readonly service: number };
  readonly deviations: number;
}): string | undefined {
  const { serviceInstances, skewMicros, deviations } = asked;
  if (deviations > 0) {
    return `expected no deviations on the live lane, which cannot decide what real processes do, received ${deviations}`;
  }
  if (serviceInstances > 1) {
    return `expected one service process on the live lane, which runs one per slot, received serviceInstances ${serviceInstances}`;
  }
  const { legacy, service } = skewMicros;
  if (legacy === 0 && service === 0) return undefined;
  return `expected no clock skew on the live lane, whose processes share the host's clock, received skewMicros ${legacy} and ${service}`;
}
