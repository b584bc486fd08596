// Why a lane cannot run a case. The rig checks this before anything runs: a fault that is silently left out would make every run look good.
import { UsageError } from '../platform/errors.ts';
import { type Fault, type FaultKind, faultLabel } from '../faults/catalogue.ts';
import type { Case } from '../formats/case.ts';

/** Why a lane cannot run a case, and what to do instead: one sentence each. */
export interface Refusal {
  readonly message: string;
  readonly hint: string;
}

/** A kind of fault that a lane cannot realise. */
export interface Impossible {
  /** Why not, as the end of a sentence: `the simulated database has no replicas`. */
  readonly impossible: string;
}

/** How a lane realises each kind of fault. */
export type Realisers = Readonly<Record<FaultKind, object | Impossible>>;

/** Whether a lane can realise a fault. */
export function canRealise(realisers: Realisers, fault: Fault): boolean {
  return !('impossible' in realisers[fault.kind]);
}

/** Why a lane refuses these faults; undefined when it can realise all of them. */
export function refusalOfFaults(
  faults: readonly Fault[],
  { lane, realisers }: { readonly lane: 'live' | 'sim'; readonly realisers: Realisers },
): Refusal | undefined {
  for (const fault of faults) {
    const realiser = realisers[fault.kind];
    if (!('impossible' in realiser)) continue;
    return {
      message: `the ${lane} lane cannot realise the fault '${faultLabel(fault)}': ${realiser.impossible}`,
      hint: 'run the scenario on the other lane, or leave the fault out',
    };
  }
  return undefined;
}

/** The part of an executor that `demandPlayable` needs. */
interface Refusing {
  refusal(tried: Case): Refusal | undefined;
}

/** Throws a UsageError for the first of these cases that the lane refuses. */
export function demandPlayable(lane: Refusing, cases: Iterable<Case>): void {
  for (const tried of cases) {
    const refused = lane.refusal(tried);
    if (refused !== undefined) {
      throw new UsageError(`scenario '${tried.scenario.name}': ${refused.message}`, { hint: refused.hint });
    }
  }
}
