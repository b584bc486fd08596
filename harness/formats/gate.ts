// The runbook's gates as documents: what was expected, what was received, and what to do next, for people and for programs.
import { z } from 'zod';
import { appliedBaselineSchema } from './baseline.ts';
import { demandsSchema, reasonSchema, verdictSchema } from './decision.ts';
import type { DocumentKind } from './document.ts';
import { evidenceSchema } from './evidence.ts';

/**
 * The outcomes of a gate. `not-observed`: what it is about could not be planted, has no endpoint, or cannot be seen from the vantages that
 * the system offers.
 */
export const GATE_OUTCOMES = ['pass', 'fail', 'inconclusive', 'not-observed'] as const;

/** The outcome of one gate. */
export const gateOutcomeSchema = z.strictObject({
  id: z.string(),
  /** The words after `PASS: ` or `FAIL: `. */
  title: z.string(),
  /** Whether the runbook words this gate or Onesend adds it. */
  source: z.enum(['runbook', 'onesend']),
  outcome: z.enum(GATE_OUTCOMES),
  expected: z.string(),
  received: z.string(),
  /** The times that the gate judged, in milliseconds, with what they are of. */
  measured: z.array(z.strictObject({ what: z.string(), ms: z.number() })),
  /** The section of the runbook the gate belongs to. */
  section: z.string(),
  /** A command line that runs this gate again. */
  replay: z.string(),
  nextAction: z.string(),
  durationMs: z.number(),
  /** What it failed by: the fingerprints of its runs, and its own where its question failed. */
  fingerprints: z.exactOptional(z.array(z.string())),
});

/** The outcome of one gate. */
export type GateOutcome = z.infer<typeof gateOutcomeSchema>;

/** The schema of a gate report. */
export const gateReportSchema = z.strictObject({
  format: z.literal('onesend.gates/2'),
  verdict: verdictSchema,
  reasons: z.array(reasonSchema),
  system: z.string(),
  /** How the system reads the runbook, as in a result. */
  readings: z.record(z.string(), z.string()),
  lane: z.enum(['live', 'sim']),
  gates: z.array(gateOutcomeSchema),
  demands: demandsSchema,
  /** What all runs of the gates show, and how each gate came out. */
  evidence: evidenceSchema,
  /** The baseline that they were decided by, where one was read. */
  baseline: z.exactOptional(appliedBaselineSchema),
});

/** What `onesend gate --json` prints. */
export type GateReport = z.infer<typeof gateReportSchema>;

/** The gate report as a document. */
export const gateReportDocument: DocumentKind<GateReport> = { format: 'onesend.gates/2', schema: gateReportSchema };

/** The fingerprint of a gate that failed by its own question. */
export function gateFingerprint(id: string): string {
  return `gate ${id}`;
}
