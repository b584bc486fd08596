// results.json: what a certification leaves behind, with the evidence of each lane whole.
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

/** What a result says of a counterexample that was saved. */
export const counterexampleSummarySchema = z.strictObject({
  id: z.string(),
  lane,
  /** Relative to the output folder. */
  file: z.string(),
  findings: z.array(findingSchema),
  anomaly: z.exactOptional(anomalySchema),
  fingerprint: z.exactOptional(z.string()),
  /** Present if a fresh process does not show it: the slot or worker that it came up in, and how many runs that had made before. */
  after: z.exactOptional(z.strictObject({ slot: z.int(), run: z.int() })),
  /** How often it came out again. */
  confirmation: z.exactOptional(confirmationSchema),
  messages: z.int(),
  /** Faults and deviations. */
  faults: z.int(),
  /** On the sim lane: the line that replays the run. */
  token: z.exactOptional(z.string()),
});

/** What a result says of a counterexample. */
export type CounterexampleSummary = z.infer<typeof counterexampleSummarySchema>;

/** The schema of the result of one certification. */
export const resultSchema = z.strictObject({
  format: z.literal('onesend.result/3'),
  verdict: verdictSchema,
  reasons: z.array(reasonSchema),
  system: z.strictObject({ name: z.string(), sha256: z.string() }),
  /** In the order in which they ran. Evidence of one lane is no evidence of the other. */
  lanes: z.array(laneResultSchema).min(1),
  /** Lanes that were asked for and cannot run this system, which narrows the claim: `no-assembly` is a system that is only described. */
  unavailable: z.array(z.strictObject({ lane, code: z.literal('no-assembly') })),
  versions: z.record(z.string(), z.string()),
  seed: z.int(),
  startedAt: z.string(),
  durationMs: z.number(),
  timings: z.record(z.string(), z.number()),
  /** What the system lets be seen. */
  vantages: vantagesSchema,
  readings: z.record(z.string(), z.string()),
  /** Faults that the system is declared not to have, by kind or label: they were planned nowhere. */
  absent: z.array(z.string()),
  /** What happened to the wire mutants, where the pair was made to look broken. */
  sabotage: z.exactOptional(z.array(sabotageRowSchema)),
  /** The baseline that it was decided by, where one was read. */
  baseline: z.exactOptional(appliedBaselineSchema),
  /** The counterexamples that were saved, those of each lane with the smallest first. */
  counterexamples: z.array(counterexampleSummarySchema),
});

/** The result of one certification. */
export type Result = z.infer<typeof resultSchema>;

/** The result as a document. */
export const resultDocument: DocumentKind<Result> = { format: 'onesend.result/3', schema: resultSchema };
