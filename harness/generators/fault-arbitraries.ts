// The arbitrary of single faults, of every kind except those that only gates use. The file of each kind defines how it is drawn.
import * as fc from 'fast-check';
import { type Fault, FAULT_DEFINITIONS } from '../faults/catalogue.ts';
import type { FaultDraft } from '../faults/definition.ts';

/** Draws one fault; its `among` makes it a fault for the campaigns of a scenario. */
export const faultDraftArbitrary: fc.Arbitrary<FaultDraft<Fault>> = fc.oneof(
  ...FAULT_DEFINITIONS.flatMap(({ random }) =>
    random === undefined || random.weight === 0 ? [] : [{ weight: random.weight, arbitrary: random.drafts }],
  ),
);
