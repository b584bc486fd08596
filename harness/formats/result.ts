// results.json, the counterexample and the certificate: what a run leaves behind.
import { z } from 'zod';
import type { DocumentKind } from './document.ts';
import { findingSchema } from './finding.ts';
import { goalEvidenceSchema } from './goal.ts';
import { historySchema } from './history.ts';
import { scenarioSchema } from './scenario.ts';
import { faultEvidenceSchema, propertyEvidenceSchema } from './verdict.ts';

const verdict = z.enum(['pass', 'violation', 'usage', 'inconclusive', 'infrastructure', 'self-check', 'interrupted']);

/** What no healthy system is in and no property speaks of, in a sentence: a deadlock, a promise that failed unheard. */
const anomalySchema = z.strictObject({ kind: z.string(), message: z.string() });

/** A scenario that violates, after shrinking, with the history that shows it. */
export const counterexampleSchema = z
  .strictObject({
    format: z.literal('onesend.counterexample/1'),
    id: z.string(),
    system: z.string(),
    lane: z.enum(['live', 'sim']),
    scenario: scenarioSchema,
    findings: z.array(findingSchema),
    anomaly: z.exactOptional(anomalySchema),
    history: historySchema,
    /** On the sim lane: the line that replays the run, and how many decisions went otherwise in it. */
    replay: z.exactOptional(z.strictObject({ token: z.string(), deviations: z.int().min(0) })),
    /** What shrinking did: candidates tried, candidates that violated still, and why it stopped. */
    shrinking: z.strictObject({
      tried: z.int(),
      kept: z.int(),
      stopped: z.enum(['minimal', 'time', 'interrupted', 'not-run']),
      original: scenarioSchema,
    }),
  })
  .refine(({ findings, anomaly }) => findings.length > 0 || anomaly !== undefined, 'neither findings nor trouble');

/** A counterexample. */
export type Counterexample = z.infer<typeof counterexampleSchema>;

/** The counterexample as a document. */
export const counterexampleDocument: DocumentKind<Counterexample> = {
  format: 'onesend.counterexample/1',
  schema: counterexampleSchema,
};

/** One cell of the coverage table: a property, under a mode, while a fault bit (`none` without one). */
const cellSchema = z.strictObject({
  property: z.string(),
  mode: z.string(),
  fault: z.string(),
  exercised: z.int(),
  violations: z.int(),
});

const scenarioCounts = z.strictObject({
  planned: z.int(),
  completed: z.int(),
  random: z.int(),
  retried: z.int(),
  discarded: z.int(),
});

/** What the sim lane did: the evidence of its own, since a property that it exercised is not thereby exercised in live processes. */
export const explorationSchema = z.strictObject({
  /** Why it could not run, and then nothing else here means anything: the claim is narrowed to the live lane. */
  notAvailable: z.exactOptional(z.string()),
  verdict,
  scenarios: scenarioCounts,
  /** All placements of exactly so many deviations in runs of so many messages. `planned` is null where nobody knows. */
  rungs: z.array(
    z.strictObject({
      messages: z.int(),
      deviations: z.int(),
      planned: z.int().nullable(),
      run: z.int(),
      pruned: z.int(),
    }),
  ),
  swarm: z.strictObject({ planned: z.int(), run: z.int() }),
  properties: z.array(propertyEvidenceSchema),
  goals: z.array(goalEvidenceSchema),
  /** How many runs were made a second time and compared. */
  compared: z.int(),
  /** Equal for equal explorations, on any number of workers. */
  digest: z.string(),
  durationMs: z.number(),
});

/** What the sim lane did. */
export type ExplorationResult = z.infer<typeof explorationSchema>;

/** The result of one certification. */
export const resultSchema = z.strictObject({
  format: z.literal('onesend.result/1'),
  verdict,
  reasons: z.array(z.string()),
  system: z.strictObject({ name: z.string(), sha256: z.string() }),
  lane: z.enum(['live', 'sim', 'both']),
  infrastructure: z.record(z.string(), z.string()),
  versions: z.record(z.string(), z.string()),
  seed: z.int(),
  startedAt: z.string(),
  durationMs: z.number(),
  /** Scenarios, properties, faults and cells are those of the live lane where it ran. */
  scenarios: scenarioCounts,
  timings: z.record(z.string(), z.number()),
  readings: z.record(z.string(), z.string()),
  properties: z.array(propertyEvidenceSchema),
  faults: z.array(faultEvidenceSchema),
  cells: z.array(cellSchema),
  /** Present where the sim lane was asked for. */
  exploration: z.exactOptional(explorationSchema),
  /** Paths of the saved counterexamples relative to the output folder, first the smallest. */
  counterexamples: z.array(
    z.strictObject({
      id: z.string(),
      file: z.string(),
      findings: z.array(findingSchema),
      anomaly: z.exactOptional(anomalySchema),
      messages: z.int(),
      faults: z.int(),
      replay: z.exactOptional(z.string()),
    }),
  ),
});

/** The result of one certification. */
export type Result = z.infer<typeof resultSchema>;

/** The result as a document. */
export const resultDocument: DocumentKind<Result> = { format: 'onesend.result/1', schema: resultSchema };

/** The certificate: what may be claimed, under which assumptions, and within which bounds. */
export const certificateSchema = z.strictObject({
  format: z.literal('onesend.certificate/1'),
  verdict,
  /** Hashes of what was certified: the system's description and the files of its code. */
  certified: z.strictObject({ system: z.string(), sha256: z.string(), files: z.record(z.string(), z.string()) }),
  result: resultSchema,
  assumptions: z.array(z.string()),
  /** The bounds of the claim, in sentences. */
  claim: z.array(z.string()),
  /** Properties that could not be observed. */
  notObserved: z.array(z.string()),
  /** SHA-256 of the canonical JSON (RFC 8785) of everything above. */
  digest: z.string(),
});

/** The certificate of one run. */
export type Certificate = z.infer<typeof certificateSchema>;

/** The certificate as a document. */
export const certificateDocument: DocumentKind<Certificate> = {
  format: 'onesend.certificate/1',
  schema: certificateSchema,
};
