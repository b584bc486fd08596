// Evidence: the sum of all judgements, and the only input of the decision about a verdict. Evidence of the parts of a certification, added
// in any order and grouping, is the evidence of the whole.
import { z } from 'zod';
import type { DocumentKind } from './document.ts';
import { PROPERTY_IDS } from './finding.ts';
import { GOALS } from './goal.ts';

const count = z.int().min(0);

/** How many examples of one thing are kept: the first in alphabetical order, so that the order of merging makes no difference. */
export const EXAMPLES_MAX = 8;

/** The schema of what the runs show about one property. */
export const propertyCountsSchema = z.strictObject({
  /** False if the system lacks a vantage of the property, which is then NOT OBSERVED and not part of the claim. */
  observed: z.boolean(),
  /** How many runs exercised the property. */
  scenarios: count,
  exercised: count,
  undecided: count,
  /** What was not known in undecided chances: a few sentences, the first in alphabetical order. Missing if no chance was undecided. */
  doubts: z.exactOptional(z.array(z.string()).max(EXAMPLES_MAX)),
  violations: count,
});

/**
 * How often one kind of fault was planned, took effect by its receipt, had nothing to act on, or left no receipt although it should have.
 */
export const faultCountsSchema = z.strictObject({ planned: count, bit: count, idle: count, missing: count });

/** What can be wrong with runs apart from the violation of a property. The code, up to its slash, is the verdict that it leads to. */
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

/** How often one gate had each outcome. */
export const gateCountsSchema = z.strictObject({
  pass: count,
  fail: count,
  inconclusive: count,
  'not-observed': count,
});

/** The runs with one problem: how many, and a few examples. */
export const problemSchema = z.strictObject({ count, examples: z.array(z.string()).max(EXAMPLES_MAX) });

/** One depth of the bounded search: all placements of this number of deviations in runs of this number of messages. */
export const depthSchema = z.strictObject({
  messages: count,
  deviations: count,
  // Null for a depth that was not begun, because the runs of the depth before determine the number.
  planned: count.nullable(),
  run: count,
  /** Runs on which no further deviations were tried, because a run with the same trace was kept. */
  pruned: count,
});

/** One cell of the coverage table: how often a property was exercised and violated in one mode under one kind of fault that took effect. */
export const cellSchema = z.strictObject({ exercised: count, violations: count });

/** The cells of one mode: by kind of fault (`none` without a fault), and then by property. */
const cellRowsSchema = z.record(z.string(), z.partialRecord(z.enum(PROPERTY_IDS), cellSchema));

/** The schema of a violating case that was kept: the SHA-256 of its canonical JSON, and the lane on which it was found. */
export const violationSchema = z.strictObject({ hash: z.string(), lane: z.enum(['live', 'sim']) });

/** The schema of evidence. */
export const evidenceSchema = z.strictObject({
  format: z.literal('onesend.evidence/1'),
  runs: z.strictObject({
    planned: count,
    completed: count,
    /** Completed random runs whose observers were not disturbed: the independent trials for the bound on the rate of violations. */
    random: count,
    retried: count,
    /** Completed runs that are not counted, because their observers were disturbed. */
    discarded: count,
    /** Runs that were repeated, and whose histories were compared. */
    compared: count,
  }),
  properties: z.partialRecord(z.enum(PROPERTY_IDS), propertyCountsSchema),
  faults: z.record(z.string(), faultCountsSchema),
  /** How often each choice of the simulator was made, by `site: choice`; only on the sim lane. */
  choices: z.record(z.string(), count),
  /** The coverage table, by mode. */
  cells: z.record(z.string(), cellRowsSchema),
  goals: z.partialRecord(z.enum(GOALS), count),
  /** How often each gate had each outcome. */
  gates: z.record(z.string(), gateCountsSchema),
  /** On the sim lane: the depths of the bounded search, ordered by messages and then by deviations. */
  depths: z.array(depthSchema),
  swarm: z.strictObject({ planned: count, run: count }),
  problems: z.partialRecord(z.enum(PROBLEM_CODES), problemSchema),
  /** One violating case for each fingerprint, by a key of the fingerprint. Of several cases, the one with the smallest hash. */
  violations: z.record(z.string(), violationSchema),
  /** How many runs showed each fingerprint. A gate that did not find what it expected counts as the fingerprint `gate` with its number. */
  fingerprints: z.exactOptional(z.record(z.string(), count)),
});

/** The sum of the judgements of any number of runs. */
export type Evidence = z.infer<typeof evidenceSchema>;

/** What the runs show about one property. */
export type PropertyCounts = z.infer<typeof propertyCountsSchema>;

/** How often one kind of fault was planned, took effect, had nothing to act on, or left no receipt. */
export type FaultCounts = z.infer<typeof faultCountsSchema>;

/** How far the bounded search got at one depth. */
export type DepthCounts = z.infer<typeof depthSchema>;

/** Evidence as a document. */
export const evidenceDocument: DocumentKind<Evidence> = { format: 'onesend.evidence/1', schema: evidenceSchema };
