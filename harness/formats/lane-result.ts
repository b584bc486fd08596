// The outcome of one lane: its evidence, the demands on it, and the decision. A later step can derive the decision again from the other
// two.
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
  /** What the lane ran on: the versions of database, proxy and operating system, and the number of slots or workers. */
  infrastructure: z.record(z.string(), z.string()),
  /** On the sim lane: a hash of all its runs. Equal searches have the same digest on any number of workers. */
  digest: z.exactOptional(z.string()),
  durationMs: z.number(),
  /** The outcome of each entry of the corpus that was found on this lane; absent if there is no such entry. */
  corpus: z.exactOptional(z.array(replayRowSchema)),
});

/** The result of one lane. */
export type LaneResult = z.infer<typeof laneResultSchema>;
