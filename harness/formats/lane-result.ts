// The outcome of one lane: all its evidence, the demands on it, and the decision, which any later step can derive again from the two.
import { z } from 'zod';
import { decisionSchema, demandsSchema, metaSchema } from './decision.ts';
import { evidenceSchema } from './evidence.ts';
import { replayRowSchema } from './replays.ts';

/** The schema of the result of one lane. */
export const laneResultSchema = z.strictObject({
  lane: z.enum(['live', 'sim']),
  decision: decisionSchema,
  meta: metaSchema,
  demands: demandsSchema,
  evidence: evidenceSchema,
  /** What the lane ran on: versions of database, proxy and operating system, slots or workers. */
  infrastructure: z.record(z.string(), z.string()),
  /** On the sim lane: equal for equal explorations, on any number of workers. */
  digest: z.exactOptional(z.string()),
  durationMs: z.number(),
  /** What happened to the entries of the corpus that were found on this lane, where there are any. */
  corpus: z.exactOptional(z.array(replayRowSchema)),
});

/** The outcome of one lane. */
export type LaneResult = z.infer<typeof laneResultSchema>;
