// What `onesend report --json` prints.
import { z } from 'zod';
import type { DocumentKind } from './document.ts';

/** The schema of what the command did. */
export const reportSchema = z.strictObject({
  format: z.literal('onesend.report/1'),
  /** Where the page is. */
  page: z.string(),
  /** Whether the desktop was asked to open it. */
  isOpened: z.boolean(),
  /** The counterexamples that the result names and whose files could not be read. */
  missing: z.array(z.string()),
});

/** What the command did. */
export type ReportDone = z.infer<typeof reportSchema>;

/** What the command did, as a document. */
export const reportDocument: DocumentKind<ReportDone> = { format: 'onesend.report/1', schema: reportSchema };
