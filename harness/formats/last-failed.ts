// .onesend/last-failed.json: which counterexamples the last run of a project found.
import { z } from 'zod';
import type { DocumentKind } from './document.ts';

/** The schema of what failed last. */
const lastFailedSchema = z.strictObject({
  format: z.literal('onesend.last-failed/1'),
  /** The ids of counterexamples, in the order in which they were found. */
  ids: z.array(z.string()),
});

/** What failed last. */
export type LastFailed = z.infer<typeof lastFailedSchema>;

/** What failed last as a document. */
export const lastFailedDocument: DocumentKind<LastFailed> = {
  format: 'onesend.last-failed/1',
  schema: lastFailedSchema,
};
