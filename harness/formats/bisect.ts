// What `onesend bisect --json` prints: the commit that introduced a failure, and the replays that found it.
import { z } from 'zod';
import type { DocumentKind } from './document.ts';
import { findingSchema } from './finding.ts';
import { historySchema } from './history.ts';

/** The schema of a commit. */
export const commitSchema = z.strictObject({
  commit: z.string(),
  author: z.string(),
  date: z.string(),
  /** The first line of the commit's message. */
  subject: z.string(),
});

/** A commit: its hash, author, date in ISO 8601, and the first line of its message. */
export type Commit = z.infer<typeof commitSchema>;

/** The outcome of a replay at one commit. `good`: nothing is violated. `bad`: the same failure. `skipped`: no usable result. */
export const bisectStepSchema = z.strictObject({
  ...commitSchema.shape,
  outcome: z.enum(['good', 'bad', 'skipped']),
  /** One sentence: the result of the replay, or why there was no replay. */
  message: z.string(),
});

/** The outcome of a replay at one commit. */
export type BisectStep = z.infer<typeof bisectStepSchema>;

/** The schema of a bisection. */
export const bisectSchema = z.strictObject({
  format: z.literal('onesend.bisect/1'),
  /**
   * `found`: one commit introduced the failure. `open`: one of several commits did, because some could not be tested. `ends`: the commit
   * given as good is not good, or the one given as bad is not bad, so nothing was searched.
   */
  outcome: z.enum(['found', 'open', 'ends']),
  /** One sentence. */
  message: z.string(),
  /** The counterexample that was replayed. */
  file: z.string(),
  system: z.string(),
  good: z.string(),
  bad: z.string(),
  /** The replays, in the order in which they were made. */
  steps: z.array(bisectStepSchema),
  /** The commits of which one introduced the failure, newest first; if `outcome` is `found`, only that one. */
  candidates: z.array(commitSchema),
  /** The violations of the run at the first bad commit. */
  findings: z.exactOptional(z.array(findingSchema)),
  history: z.exactOptional(historySchema),
});

/** The outcome of a bisection. */
export type BisectReport = z.infer<typeof bisectSchema>;

/** The bisection as a document. */
export const bisectDocument: DocumentKind<BisectReport> = { format: 'onesend.bisect/1', schema: bisectSchema };
