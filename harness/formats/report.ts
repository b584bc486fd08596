// What `onesend report --json` prints.
import { z } from 'zod';
import type { DocumentKind } from './document.ts';

/** The schema of what `onesend report` did. */
export const reportSchema = z.strictObject({
  format: z.literal('onesend.report/1'),
  /** The path of the page. */
  page: z.string(),
  /** Whether the command asked the desktop to open the page. */
  isOpened: z.boolean(),
  /** The ids of counterexamples that the result names, and whose files could not be read. */
  missing: z.array(z.string()),
});

/** What `onesend report` did. */
export type ReportDone = z.infer<typeof reportSchema>;

/** What `onesend report` did, as a document. */
export const reportDocument: DocumentKind<ReportDone> = { format: 'onesend.report/1', schema: reportSchema };
