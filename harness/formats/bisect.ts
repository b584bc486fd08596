// What `onesend bisect --json` prints: which commit brought a failure in, and what was tried to find it.
import { z } from 'zod';
import type { DocumentKind } from './document.ts';
import { findingSchema } from './finding.ts';
import { historySchema } from './history.ts';

/** A commit as its author made it. */
export const commitSchema = z.strictObject({
  commit: z.string(),
  author: z.string(),
  date: z.string(),
  subject: z.string(),
});

/** A commit as its author made it. */
export type Commit = z.infer<typeof commitSchema>;

/** The outcome of a replay at one commit: it was fixed there, it was the same failure, or there was no result. */
export const bisectStepSchema = z.strictObject({
  ...commitSchema.shape,
  outcome: z.enum(['good', 'bad', 'skipped']),
  /** One sentence: what the replay said, or why there was none. */
  message: z.string(),
});

/** The outcome of a replay at one commit. */
export type BisectStep = z.infer<typeof bisectStepSchema>;

/** The schema of a bisection. */
export const bisectSchema = z.strictObject({
  format: z.literal('onesend.bisect/1'),
  /**
   * `found`: one commit brought it in. `open`: it is one of several, since some could not be tested. `ends`: the good or the bad end is not
   * what it was said to be, so nothing was searched.
   */
  outcome: z.enum(['found', 'open', 'ends']),
  /** One sentence. */
  message: z.string(),
  /** The counterexample that was replayed. */
  file: z.string(),
  system: z.string(),
  good: z.string(),
  bad: z.string(),
  /** What was replayed, in that order. */
  steps: z.array(bisectStepSchema),
  /** The commits that may be the first bad one, the newest first; one where it was found. */
  candidates: z.array(commitSchema),
  /** What the run at the first bad commit showed. */
  findings: z.exactOptional(z.array(findingSchema)),
  history: z.exactOptional(historySchema),
});

/** The outcome of a bisection. */
export type BisectReport = z.infer<typeof bisectSchema>;

/** The bisection as a document. */
export const bisectDocument: DocumentKind<BisectReport> = { format: 'onesend.bisect/1', schema: bisectSchema };
