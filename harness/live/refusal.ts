// What the live lane refuses: faults that it cannot realise, and what only the sim lane performs. It never runs something else instead.
import { type Refusal, refusalOfFaults } from '../execution/refusal.ts';
import { isAbsent } from '../faults/absent.ts';
import { faultLabel } from '../faults/catalogue.ts';
import type { Case } from '../formats/case.ts';
import type { SystemDescription } from '../formats/system-description.ts';
import { refusalOfBreakers } from './described-breakers.ts';
import { refusalOfItems } from './described-items.ts';
import { LIVE_REALISERS } from './faults/realisers.ts';

const HINT = 'run it with --lane sim';

/** Why the live lane does not run a case of the system that is described so; undefined when it does. */
export function describedRefusal(description: SystemDescription, tried: Case): Refusal | undefined {
  return (
    liveRefusal(tried, description.absent) ??
    refusalOfItems(description, tried.scenario) ??
    refusalOfBreakers(description, tried.scenario)
  );
}

/** Why the live lane does not run a case of a system without these faults; undefined when it does. */
export function liveRefusal({ scenario, deviations }: Case, absent: readonly string[]): Refusal | undefined {
  const { faults, serviceInstances = 1, skewMicros = { legacy: 0, service: 0 } } = scenario;
  const received = simOnly({ serviceInstances, skewMicros, deviations: deviations.length });
  if (received !== undefined) return { message: received, hint: HINT };
  const missing = faults.find((fault) => isAbsent(fault, absent));
  if (missing !== undefined) {
    const message = `the system's description says that '${faultLabel(missing)}' cannot happen to it`;
    return { message, hint: 'leave the fault out, or take it out of `absent`' };
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
    return `expected no deviations on the live lane, where nothing decides what real processes do, received ${deviations}`;
  }
  if (serviceInstances > 1) {
    return `expected one service process on the live lane, whose slots have one each, received serviceInstances ${serviceInstances}`;
  }
  const { legacy, service } = skewMicros;
  if (legacy === 0 && service === 0) return undefined;
  return `expected clocks that are right on the live lane, whose processes share the host's clock and nothing sets it for one of them, received skewMicros ${legacy} and ${service}`;
}
