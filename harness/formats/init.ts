// What `onesend init --json` prints.
import { z } from 'zod';
import type { DocumentKind } from './document.ts';

/** The schema of the report of `onesend init`. */
export const initSchema = z.strictObject({
  format: z.literal('onesend.init/1'),
  /** The files that were written. */
  files: z.array(z.string()),
  /** What the author has to check in them, each with the path of its field. */
  checks: z.array(z.string()),
  /** The commands to run next. */
  next: z.array(z.string()),
});

/** What `onesend init` wrote, and what to do next. */
export type InitReport = z.infer<typeof initSchema>;

/** The report of `onesend init` as a document. */
export const initDocument: DocumentKind<InitReport> = { format: 'onesend.init/1', schema: initSchema };
