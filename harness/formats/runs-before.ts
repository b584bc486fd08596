// The runs that one process made before a run and beside it: what a system that keeps state between runs depends on.
import { z } from 'zod';
import { type Case, caseSchema } from './case.ts';

const runsBeforeSchema = z.strictObject({
  /** The batches that the process made before it, oldest first. The runs of one batch go side by side; on the live lane each goes alone. */
  batches: z.array(z.array(caseSchema)),
  /** The runs of its own batch, in their order and without itself. */
  beside: z.array(caseSchema),
  /** Its own place in its batch, from 0. */
  place: z.int().min(0),
});

/** The runs that one process made before a run and beside it. */
export interface RunsBefore {
  readonly batches: readonly (readonly Case[])[];
  readonly beside: readonly Case[];
  readonly place: number;
}

/** A process that has run nothing yet. */
export const FRESH: RunsBefore = { batches: [], beside: [], place: 0 };

/** The schema of what a counterexample came after: the slot or worker, how many runs it had made before, and those that are needed. */
export const cameAfterSchema = runsBeforeSchema.extend({ slot: z.int().min(1), run: z.int().min(0) });

/** What a counterexample came after that a fresh process does not show. */
export interface CameAfter extends RunsBefore {
  readonly slot: number;
  readonly run: number;
}
