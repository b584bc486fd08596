// The faults of a scenario as they are written in documents. harness/faults says what each kind is, one file a kind.
import { z } from 'zod';
import { type FaultKind, FAULTS } from '../faults/catalogue.ts';

export type { Fault } from '../faults/catalogue.ts';

type Schema = (typeof FAULTS)[FaultKind]['schema'];

/** One fault of any kind. */
export const faultSchema = z.discriminatedUnion(
  'kind',
  Object.values(FAULTS).map(({ schema }) => schema) as [Schema, ...Schema[]],
);
