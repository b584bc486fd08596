// .onesend/last-failed.json: the counterexamples that the last run in a project found.
import { z } from 'zod';
import type { DocumentKind } from './document.ts';

/** The schema of what failed last. */
const lastFailedSchema = z.strictObject({
  format: z.literal('onesend.last-failed/1'),
  /** The ids of counterexamples, in the order in which they were found. */
  ids: z.array(z.string()),
});

/** The ids of the counterexamples that the last run found. */
export type LastFailed = z.infer<typeof lastFailedSchema>;

/** The counterexamples of the last run as a document. */
export const lastFailedDocument: DocumentKind<LastFailed> = {
  format: 'onesend.last-failed/1',
  schema: lastFailedSchema,
};
