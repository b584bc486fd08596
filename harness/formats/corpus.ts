// What `onesend corpus --json` prints. The corpus holds the counterexamples that every certification of their systems replays first.
import { z } from 'zod';
import type { DocumentKind } from './document.ts';
import { replayRowSchema } from './replays.ts';

/** The schema of one entry. */
const corpusEntrySchema = z.strictObject({
  id: z.string(),
  system: z.string(),
  lane: z.enum(['live', 'sim']),
  messages: z.int(),
  /** The number of faults and deviations. */
  faults: z.int(),
  /** One sentence: what is violated. */
  shows: z.string(),
});

/** One counterexample of the corpus, summarized. */
export type CorpusEntry = z.infer<typeof corpusEntrySchema>;

/** The schema of the report. */
const corpusSchema = z.strictObject({
  format: z.literal('onesend.corpus/1'),
  folder: z.string(),
  /** The counterexamples in the corpus after the command, ordered by id. */
  entries: z.array(corpusEntrySchema),
  /** The ids that this command added. */
  added: z.array(z.string()),
  /** The ids that this command removed. */
  removed: z.array(z.string()),
  /** The outcome of each entry that was replayed. */
  replays: z.array(replayRowSchema),
});

/** The corpus after a command, and what the command changed. */
export type CorpusReport = z.infer<typeof corpusSchema>;

/** The report on a corpus as a document. */
export const corpusDocument: DocumentKind<CorpusReport> = { format: 'onesend.corpus/1', schema: corpusSchema };
