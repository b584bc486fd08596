// The faults of a scenario in documents. harness/faults defines each kind in a file of its own.
import { z } from 'zod';
import { type FaultKind, FAULTS } from '../faults/catalogue.ts';

export type { Fault } from '../faults/catalogue.ts';

type Schema = (typeof FAULTS)[FaultKind]['schema'];

/** The schema of one fault of any kind. */
export const faultSchema = z.discriminatedUnion(
  'kind',
  Object.values(FAULTS).map(({ schema }) => schema) as [Schema, ...Schema[]],
);
