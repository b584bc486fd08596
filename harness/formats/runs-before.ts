// The runs that one process made before and beside a run. A system that keeps state between runs depends on them.
import { z } from 'zod';
import { type Case, caseSchema } from './case.ts';

const runsBeforeSchema = z.strictObject({
  /** The batches of runs that the process made before, oldest first. The runs of a batch are interleaved; a live batch is one run. */
  batches: z.array(z.array(caseSchema)),
  /** The other runs of the same batch, in order. */
  beside: z.array(caseSchema),
  /** The position of the run in its batch, from 0. */
  place: z.int().min(0),
});

/** The runs that one process made before a run and in the same batch. `place` is the position of the run in its batch, from 0. */
export interface RunsBefore {
  readonly batches: readonly (readonly Case[])[];
  readonly beside: readonly Case[];
  readonly place: number;
}

/** A process that has made no run yet. */
export const FRESH: RunsBefore = { batches: [], beside: [], place: 0 };

/** The schema of where a counterexample came up: the slot or worker, how many runs it had made before, and which of them are needed. */
export const cameAfterSchema = runsBeforeSchema.extend({ slot: z.int().min(1), run: z.int().min(0) });

/** Where a counterexample came up that a fresh process does not show: the slot or worker, from 1, and how many runs it had made before. */
export interface CameAfter extends RunsBefore {
  readonly slot: number;
  readonly run: number;
}
