// Why a counterexample violates: what it needs, where its times change the outcome, and the nearest case that passes.
import { z } from 'zod';
import { caseSchema } from './case.ts';
import { historySchema } from './history.ts';

/** One part of a shrunk case, tried without it. */
export const ingredientSchema = z.strictObject({
  kind: z.enum(['message', 'fault', 'deviation', 'time', 'mode', 'flip', 'setting']),
  /** What reports call it, for example `the fault latency downstream 700 ms`. */
  words: z.string(),
  /** `necessary`: no try without it violated. `free`: each did. `sometimes`: some did, with one other value or by chance. */
  state: z.enum(['necessary', 'free', 'sometimes']),
  /** Runs without it, and those of them that violated still. */
  tries: z.int().min(1),
  violated: z.int().min(0),
});

const triedTimeSchema = z.strictObject({
  /** In milliseconds. */
  atMs: z.int(),
  tries: z.int().min(1),
  violated: z.int().min(0),
});

/** Two neighbouring values of one time: the case violates at one and passes at the other. */
export const boundarySchema = z.strictObject({
  /** What the time is of, for example `the answer's delay`. */
  words: z.string(),
  fails: triedTimeSchema,
  passes: triedTimeSchema,
});

/** The schema of an explanation. */
export const explanationSchema = z.strictObject({
  ingredients: z.array(ingredientSchema),
  boundaries: z.array(boundarySchema),
  /** The passing case that differs least, in what it differs, and its history. */
  nearestPassing: z.exactOptional(z.strictObject({ words: z.string(), case: caseSchema, history: historySchema })),
  /** The first event of the violating history that the passing one does not have, and what that one has instead. */
  parting: z.exactOptional(
    z.strictObject({ seq: z.int(), words: z.string(), passingSeq: z.int().nullable(), passingWords: z.string() }),
  ),
});

/** An explanation. */
export type Explanation = z.infer<typeof explanationSchema>;
