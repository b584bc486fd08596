// What `onesend replay --json` prints.
import { z } from 'zod';
import { verdictSchema } from './decision.ts';
import type { DocumentKind } from './document.ts';
import { findingSchema } from './finding.ts';
import { historySchema } from './history.ts';

/**
 * FAILED: it violates still. FIXED: all that it needs came up, and it violates nothing. CHANGED: it violates something else. STALE: it
 * violates nothing, and not all that it needs came up. ERROR: nothing can be said.
 */
export const REPLAY_OUTCOMES = ['FAILED', 'FIXED', 'CHANGED', 'STALE', 'ERROR'] as const;

/** How a replay came out. */
export type ReplayOutcome = (typeof REPLAY_OUTCOMES)[number];

/** The schema of a replay. */
export const replaySchema = z.strictObject({
  format: z.literal('onesend.replay/2'),
  outcome: z.enum(REPLAY_OUTCOMES),
  verdict: verdictSchema,
  /** One sentence. */
  message: z.string(),
  system: z.string(),
  /** The file or the token that was replayed. */
  file: z.string(),
  /** Where it was replayed, and where it was found if that is known. */
  lane: z.enum(['live', 'sim']),
  foundOn: z.exactOptional(z.enum(['live', 'sim'])),
  /** The deviations and faults of the case that did not come up in the run, one sentence each. */
  missing: z.array(z.string()),
  /** Whether what it violates is what the counterexample was kept for, by its fingerprint; only where it violates something. */
  isSame: z.exactOptional(z.boolean()),
  /** Present if there was a run that decided the outcome. */
  findings: z.exactOptional(z.array(findingSchema)),
  history: z.exactOptional(historySchema),
});

/** What a replay leaves behind. */
export type ReplayReport = z.infer<typeof replaySchema>;

/** The replay as a document. */
export const replayDocument: DocumentKind<ReplayReport> = { format: 'onesend.replay/2', schema: replaySchema };
