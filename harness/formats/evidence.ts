// Evidence: the mergeable sum of judgements, and the only thing that a verdict is decided from. Sums of parts of a run, added in any order
// and grouping, are the evidence of the whole run.
import { z } from 'zod';
import type { DocumentKind } from './document.ts';
import { PROPERTY_IDS } from './finding.ts';
import { GOALS } from './goal.ts';

const count = z.int().min(0);

/** What the runs show about one property. */
export const propertyCountsSchema = z.strictObject({
  /** False when the system does not expose the property's vantage: NOT OBSERVED narrows the claim. */
  observed: z.boolean(),
  /** How many runs exercised it, and how often in all. */
  scenarios: count,
  exercised: count,
  undecided: count,
  violations: count,
});

/** How often one kind of fault was planned, left its receipt, found nothing to act on, or left no receipt although it should have. */
export const faultCountsSchema = z.strictObject({ planned: count, bit: count, idle: count, missing: count });

/** What can be wrong with runs, beside the violation of a property. The prefix says what it means for the verdict. */
export const PROBLEM_CODES = [
  'self-check/checker-crashed',
  'self-check/receipts-crashed',
  'self-check/not-confirmed',
  'self-check/not-repeatable',
  'self-check/deviation-not-met',
  'self-check/forbidden-call',
  'self-check/engine',
  'violation/deadlock',
  'violation/livelock',
  'violation/unhandled-rejection',
  'violation/egress',
  'interrupted',
  'infrastructure',
  'inconclusive/keeps-state',
  'inconclusive/corpus',
  'inconclusive/observer-lost',
  'inconclusive/out-of-events',
  'inconclusive/out-of-time',
  'inconclusive/failed-boot',
  'inconclusive/time-ran-out',
  'inconclusive/runs-ran-out',
] as const;

/** The code of a problem. */
export type ProblemCode = (typeof PROBLEM_CODES)[number];

/** How many examples of one problem are kept: the first ones in the order of their text, so that merging keeps the same ones. */
export const EXAMPLES_MAX = 8;

/** How often one gate came out in each way. */
export const gateCountsSchema = z.strictObject({
  pass: count,
  fail: count,
  inconclusive: count,
  'not-observed': count,
});

/** The runs with one problem: how many, and some of them. */
export const problemSchema = z.strictObject({ count, examples: z.array(z.string()).max(EXAMPLES_MAX) });

/** All placements of exactly so many deviations in runs of so many messages. `planned` is null where it is not known. */
export const depthSchema = z.strictObject({
  messages: count,
  deviations: count,
  planned: count.nullable(),
  run: count,
  /** Runs that were not deviated from further, because another run stands for them. */
  pruned: count,
});

/** One cell of the coverage table: how often a property was exercised and violated under a mode while a fault was in effect. */
export const cellSchema = z.strictObject({ exercised: count, violations: count });

/** The cells of one mode by fault (`none` without one), and within by property. */
const cellRowsSchema = z.record(z.string(), z.partialRecord(z.enum(PROPERTY_IDS), cellSchema));

/** A violating case that was kept, by the SHA-256 of its canonical JSON, and the lane it was found on. */
export const violationSchema = z.strictObject({ hash: z.string(), lane: z.enum(['live', 'sim']) });

/** The schema of evidence. */
export const evidenceSchema = z.strictObject({
  format: z.literal('onesend.evidence/1'),
  runs: z.strictObject({
    planned: count,
    completed: count,
    /** Completed random runs whose observers saw well: the independent trials. */
    random: count,
    retried: count,
    /** Completed runs that count for nothing, because their observers were disturbed. */
    discarded: count,
    /** Runs that were made a second time and compared. */
    compared: count,
  }),
  properties: z.partialRecord(z.enum(PROPERTY_IDS), propertyCountsSchema),
  faults: z.record(z.string(), faultCountsSchema),
  /** How often each choice of a decision was taken, by `site: choice`; on the sim lane only. */
  choices: z.record(z.string(), count),
  /** The coverage table, by mode. */
  cells: z.record(z.string(), cellRowsSchema),
  goals: z.partialRecord(z.enum(GOALS), count),
  /** How each gate came out. */
  gates: z.record(z.string(), gateCountsSchema),
  /** On the sim lane, in the order of messages and then of deviations. */
  depths: z.array(depthSchema),
  swarm: z.strictObject({ planned: count, run: count }),
  problems: z.partialRecord(z.enum(PROBLEM_CODES), problemSchema),
  /** One violating case for each fingerprint, by what it breaks and the beginning of its SHA-256: of several, the one with the smaller hash. */
  violations: z.record(z.string(), violationSchema),
  /** In how many runs each fingerprint came up, and each gate that failed by its own question as `gate` and its number. */
  fingerprints: z.exactOptional(z.record(z.string(), count)),
});

/** Evidence. */
export type Evidence = z.infer<typeof evidenceSchema>;

/** What evidence says about one property. */
export type PropertyCounts = z.infer<typeof propertyCountsSchema>;

/** What evidence says about one kind of fault. */
export type FaultCounts = z.infer<typeof faultCountsSchema>;

/** How far a bounded search came at one depth. */
export type DepthCounts = z.infer<typeof depthSchema>;

/** Evidence as a document. */
export const evidenceDocument: DocumentKind<Evidence> = { format: 'onesend.evidence/1', schema: evidenceSchema };
