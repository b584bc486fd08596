// What a stratum is: one small scenario that is guaranteed to be in every plan.
import type { Fault } from '../formats/fault.ts';
import type { Step, Tenant } from '../formats/scenario.ts';

/** One stratum. `variant` turns its numbers, so that rounds differ. */
export interface Stratum {
  readonly title: string;
  build(variant: number): { readonly tenants: Tenant[]; readonly steps: Step[]; readonly faults: Fault[] };
}
