// Why a counterexample violates: which of its parts it needs, at which times the outcome changes, and the nearest case that passes.
import { z } from 'zod';
import { caseSchema } from './case.ts';
import { historySchema } from './history.ts';

/** The schema of one part of a shrunk case, with the runs of the case without that part. */
export const ingredientSchema = z.strictObject({
  kind: z.enum(['message', 'fault', 'deviation', 'time', 'mode', 'flip', 'setting']),
  /** Its name in reports, for example `the fault latency downstream 700 ms`. */
  words: z.string(),
  /** `necessary`: no run without it violated. `free`: every run did. `sometimes`: some did, by chance or with some of the other values. */
  state: z.enum(['necessary', 'free', 'sometimes']),
  /** How many runs were made without it, and how many of them violated. */
  tries: z.int().min(1),
  violated: z.int().min(0),
});

const triedTimeSchema = z.strictObject({
  /** The value of the time, in milliseconds. */
  atMs: z.int(),
  tries: z.int().min(1),
  violated: z.int().min(0),
});

/** The schema of a boundary: two neighbouring values of one time, the case violates at one and passes at the other. */
export const boundarySchema = z.strictObject({
  /** What the time is, for example `the delay of answers`. */
  words: z.string(),
  fails: triedTimeSchema,
  passes: triedTimeSchema,
});

/** The schema of an explanation. */
export const explanationSchema = z.strictObject({
  ingredients: z.array(ingredientSchema),
  boundaries: z.array(boundarySchema),
  /** The passing case that differs least from the violating one, what differs, and the history of the passing case. */
  nearestPassing: z.exactOptional(z.strictObject({ words: z.string(), case: caseSchema, history: historySchema })),
  /** The first event of the violating history that the passing history does not have, and what the passing history has instead. */
  parting: z.exactOptional(
    z.strictObject({ seq: z.int(), words: z.string(), passingSeq: z.int().nullable(), passingWords: z.string() }),
  ),
});

/** Why one counterexample violates. */
export type Explanation = z.infer<typeof explanationSchema>;
