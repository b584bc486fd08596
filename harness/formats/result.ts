// results.json: the result of a certification, with the complete evidence of each lane.
import { z } from 'zod';
import { anomalySchema } from './anomaly.ts';
import { appliedBaselineSchema } from './baseline.ts';
import { reasonSchema, verdictSchema } from './decision.ts';
import { confirmationSchema } from './counterexample.ts';
import type { DocumentKind } from './document.ts';
import { findingSchema } from './finding.ts';
import { vantagesSchema } from './vantages.ts';
import { sabotageRowSchema } from './sabotage.ts';
import { laneResultSchema } from './lane-result.ts';

const lane = z.enum(['live', 'sim']);

/** The schema of the summary of a saved counterexample. */
export const counterexampleSummarySchema = z.strictObject({
  /** Its id; that of a counterexample is what it violates and 8 hex digits of a hash, for example `S1-0a1b2c3d`. */
  id: z.string(),
  lane,
  /** The path of the file; of a counterexample, relative to the output folder. */
  file: z.string(),
  findings: z.array(findingSchema),
  anomaly: z.exactOptional(anomalySchema),
  fingerprint: z.exactOptional(z.string()),
  /** Present if a fresh process does not show it: the slot or worker that showed it, and how many runs that one had made before. */
  after: z.exactOptional(z.strictObject({ slot: z.int(), run: z.int() })),
  /** How often the case violated when it was run again. */
  confirmation: z.exactOptional(confirmationSchema),
  messages: z.int(),
  /** The number of faults and deviations. */
  faults: z.int(),
  /** On the sim lane: the replay token, one line that replays the run. */
  token: z.exactOptional(z.string()),
});

/** The summary of a saved counterexample. */
export type CounterexampleSummary = z.infer<typeof counterexampleSummarySchema>;

/** The schema of the result of one certification. */
export const resultSchema = z.strictObject({
  format: z.literal('onesend.result/3'),
  verdict: verdictSchema,
  reasons: z.array(reasonSchema),
  /** The system that was run, and the SHA-256 of its description, in hexadecimal. */
  system: z.strictObject({ name: z.string(), sha256: z.string() }),
  /** The results of the lanes, in the order in which they ran. The evidence of one lane does not count for the other. */
  lanes: z.array(laneResultSchema).min(1),
  /** Requested lanes that cannot run this system, so the claim does not cover them. `no-assembly`: the system is only described. */
  unavailable: z.array(z.strictObject({ lane, code: z.literal('no-assembly') })),
  versions: z.record(z.string(), z.string()),
  seed: z.int(),
  startedAt: z.string(),
  durationMs: z.number(),
  timings: z.record(z.string(), z.number()),
  /** The vantages of the system: what the rig can observe of it. */
  vantages: vantagesSchema,
  readings: z.record(z.string(), z.string()),
  /** Faults that cannot happen to the system by its description, by kind or label: no run had them. */
  absent: z.array(z.string()),
  /** The outcome of each wire mutant; absent if no wire mutants were run. */
  sabotage: z.exactOptional(z.array(sabotageRowSchema)),
  /** The baseline that was used for the decision, if there was one. */
  baseline: z.exactOptional(appliedBaselineSchema),
  /** The counterexamples that were saved, lane by lane; those of the corpus first. */
  counterexamples: z.array(counterexampleSummarySchema),
});

/** The result of one certification. */
export type Result = z.infer<typeof resultSchema>;

/** The result as a document. */
export const resultDocument: DocumentKind<Result> = { format: 'onesend.result/3', schema: resultSchema };
