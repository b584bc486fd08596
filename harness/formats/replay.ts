// What `onesend replay --json` prints.
import { z } from 'zod';
import { verdictSchema } from './decision.ts';
import type { DocumentKind } from './document.ts';
import { findingSchema } from './finding.ts';
import { historySchema } from './history.ts';

/**
 * FAILED: the case shows the same violation. CHANGED: it shows another violation. FIXED: it shows no violation, although all its faults and
 * deviations came up. STALE: it shows no violation, but some of its faults or deviations did not come up. ERROR: the replay has no usable
 * result.
 */
export const REPLAY_OUTCOMES = ['FAILED', 'FIXED', 'CHANGED', 'STALE', 'ERROR'] as const;

/** The outcome of a replay. */
export type ReplayOutcome = (typeof REPLAY_OUTCOMES)[number];

/** The schema of a replay. */
export const replaySchema = z.strictObject({
  format: z.literal('onesend.replay/2'),
  outcome: z.enum(REPLAY_OUTCOMES),
  verdict: verdictSchema,
  /** One sentence. */
  message: z.string(),
  system: z.string(),
  /** The path of the file, or the token, that was replayed. */
  file: z.string(),
  /** The lane on which it was replayed. */
  lane: z.enum(['live', 'sim']),
  /** The lane on which it was found; absent if that is not known. */
  foundOn: z.exactOptional(z.enum(['live', 'sim'])),
  /** The deviations and faults of the case that did not come up in the run, one sentence each. */
  missing: z.array(z.string()),
  /** Whether the violation has the fingerprint of the counterexample; absent if there is no violation. */
  isSame: z.exactOptional(z.boolean()),
  /** The violations of the run that decided the outcome; absent if no run did. */
  findings: z.exactOptional(z.array(findingSchema)),
  /** The history of the run that decided the outcome; absent if no run did. */
  history: z.exactOptional(historySchema),
});

/** The outcome of one replay, with the run that decided it. */
export type ReplayReport = z.infer<typeof replaySchema>;

/** The replay as a document. */
export const replayDocument: DocumentKind<ReplayReport> = { format: 'onesend.replay/2', schema: replaySchema };
