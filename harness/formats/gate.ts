// What `onesend gate --json` prints: of each gate, what was expected, what was received, and what to do next.
import { z } from 'zod';
import { appliedBaselineSchema } from './baseline.ts';
import { demandsSchema, reasonSchema, verdictSchema } from './decision.ts';
import type { DocumentKind } from './document.ts';
import { evidenceSchema } from './evidence.ts';
import { PROPERTY_IDS } from './finding.ts';

/**
 * The outcomes of a gate. `not-observed`: the system lacks an endpoint or a vantage that the gate needs, or the lane refuses its scenario,
 * or its fault cannot be planted in the system.
 */
export const GATE_OUTCOMES = ['pass', 'fail', 'inconclusive', 'not-observed'] as const;

/** The schema of one thing that a gate received. */
const receivedSchema = z.strictObject({
  /** The number of the run that shows it, from 1; absent if it is about no single run. */
  run: z.exactOptional(z.number()),
  /** The property that this run violates; absent for what is no violation of a property. */
  property: z.exactOptional(z.enum(PROPERTY_IDS)),
  /** What was seen, in one sentence. */
  seen: z.string(),
});

/** One thing that a gate received: the run that shows it, and what was seen. */
export type GateReceived = z.infer<typeof receivedSchema>;

/** The schema of the outcome of one gate. */
export const gateOutcomeSchema = z.strictObject({
  id: z.string(),
  /** The text after `PASS: ` or `FAIL: `. */
  title: z.string(),
  /** Whether the gate is from the runbook or added by Onesend. */
  source: z.enum(['runbook', 'onesend']),
  outcome: z.enum(GATE_OUTCOMES),
  expected: z.string(),
  /** The names of its runs, in order. A name begins with the mode. */
  runs: z.array(z.string()),
  /** What was seen: one element for each run and demand or violated property. */
  received: z.array(receivedSchema),
  /** The times that the gate judged: what was measured, and the milliseconds. */
  measured: z.array(z.strictObject({ what: z.string(), ms: z.number() })),
  /** The section of the runbook the gate belongs to. */
  section: z.string(),
  /** A command line that runs this gate again. */
  replay: z.string(),
  /** A command line that replays and draws the first violation of its runs, where the counterexamples of the runs are kept. */
  draw: z.exactOptional(z.string()),
  /** What to do, one sentence each; empty for a pass. */
  nextActions: z.array(z.string()),
  durationMs: z.number(),
  /** The fingerprints of the violations in its runs and, if the gate did not find what it expected, its own fingerprint. */
  fingerprints: z.exactOptional(z.array(z.string())),
});

/** The outcome of one gate, with what it expected and received. */
export type GateOutcome = z.infer<typeof gateOutcomeSchema>;

/** The schema of a gate report. */
export const gateReportSchema = z.strictObject({
  format: z.literal('onesend.gates/3'),
  verdict: verdictSchema,
  reasons: z.array(reasonSchema),
  /** The name of the system that was run. */
  system: z.string(),
  /** The readings of the runbook that the system chooses; see docs/readings.md. */
  readings: z.record(z.string(), z.string()),
  lane: z.enum(['live', 'sim']),
  /** The outcome of each gate. */
  gates: z.array(gateOutcomeSchema),
  demands: demandsSchema,
  /** The evidence of all runs of the gates, with the outcome of each gate. */
  evidence: evidenceSchema,
  /** The baseline that was used for the decision, if there was one. */
  baseline: z.exactOptional(appliedBaselineSchema),
});

/** What `onesend gate --json` prints. */
export type GateReport = z.infer<typeof gateReportSchema>;

/** The gate report as a document. */
export const gateReportDocument: DocumentKind<GateReport> = { format: 'onesend.gates/3', schema: gateReportSchema };

/** The fingerprint of a gate that did not find what it expected. */
export function gateFingerprint(id: string): string {
  return `gate ${id}`;
}
