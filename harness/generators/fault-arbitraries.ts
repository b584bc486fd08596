// The arbitrary of single faults: one of any kind that systems meet outside the rig's gates. Each kind's own file says how it is drawn.
import * as fc from 'fast-check';
import { type Fault, FAULT_DEFINITIONS } from '../faults/catalogue.ts';
import type { FaultDraft } from '../faults/definition.ts';

/** One fault of any kind that is drawn at random, before it knows the campaigns of its scenario. */
export const faultDraftArbitrary: fc.Arbitrary<FaultDraft<Fault>> = fc.oneof(
  ...FAULT_DEFINITIONS.flatMap(({ random }) =>
    random === undefined || random.weight === 0 ? [] : [{ weight: random.weight, arbitrary: random.drafts }],
  ),
);
