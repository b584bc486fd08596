// What `onesend init --json` prints.
import { z } from 'zod';
import type { DocumentKind } from './document.ts';

/** The schema of what init wrote. */
export const initSchema = z.strictObject({
  format: z.literal('onesend.init/1'),
  /** The files that were written. */
  files: z.array(z.string()),
  /** What their author has to check, each with the path of its field. */
  checks: z.array(z.string()),
  /** The commands to go on with. */
  next: z.array(z.string()),
});

/** What init wrote. */
export type InitReport = z.infer<typeof initSchema>;

/** What init wrote, as a document. */
export const initDocument: DocumentKind<InitReport> = { format: 'onesend.init/1', schema: initSchema };
