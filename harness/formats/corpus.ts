// What `onesend corpus` prints: the counterexamples that every certification of their systems replays first.
import { z } from 'zod';
import type { DocumentKind } from './document.ts';
import { replayRowSchema } from './replays.ts';

/** The schema of one entry. */
const corpusEntrySchema = z.strictObject({
  id: z.string(),
  system: z.string(),
  lane: z.enum(['live', 'sim']),
  messages: z.int(),
  /** Faults and deviations. */
  faults: z.int(),
  /** What it shows, in one sentence. */
  shows: z.string(),
});

/** One entry. */
export type CorpusEntry = z.infer<typeof corpusEntrySchema>;

/** The schema of the report. */
const corpusSchema = z.strictObject({
  format: z.literal('onesend.corpus/1'),
  folder: z.string(),
  /** What is in the corpus now, in the order of the ids. */
  entries: z.array(corpusEntrySchema),
  /** The ids that this command added, and those that it removed. */
  added: z.array(z.string()),
  removed: z.array(z.string()),
  /** What happened to the entries that were replayed. */
  replays: z.array(replayRowSchema),
});

/** The state of a corpus, and what a command made of it. */
export type CorpusReport = z.infer<typeof corpusSchema>;

/** The report as a document. */
export const corpusDocument: DocumentKind<CorpusReport> = { format: 'onesend.corpus/1', schema: corpusSchema };
