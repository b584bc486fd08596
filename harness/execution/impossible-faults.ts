// What a lane says of a kind of fault that it cannot realise, and how it refuses a scenario that asks for one: a fault that is silently
// left out would make every run look well.
import { UsageError } from '../platform/errors.ts';
import { type Fault, type FaultKind, faultLabel } from '../faults/catalogue.ts';

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

/** Throws a UsageError, before anything runs, when a lane cannot realise one of the faults. */
export function refuseImpossibleFaults(
  faults: readonly Fault[],
  { lane, realisers }: { readonly lane: 'live' | 'sim'; readonly realisers: Realisers },
): void {
  for (const fault of faults) {
    const realiser = realisers[fault.kind];
    if (!('impossible' in realiser)) continue;
    throw new UsageError(`the ${lane} lane cannot realise the fault '${faultLabel(fault)}': ${realiser.impossible}`, {
      hint: 'Run the scenario on the other lane, or leave the fault out.',
    });
  }
}
