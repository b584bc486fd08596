// The type of a stratum: one small scenario that every full plan holds.
import type { Fault } from '../formats/fault.ts';
import type { Step, Tenant } from '../formats/scenario.ts';

/** One stratum. `variant` chooses among its numbers, so that its rounds differ. */
export interface Stratum {
  readonly title: string;
  build(variant: number): { readonly tenants: Tenant[]; readonly steps: Step[]; readonly faults: Fault[] };
}
