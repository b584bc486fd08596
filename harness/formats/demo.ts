// What `onesend demo --json` prints.
import { z } from 'zod';
import type { DocumentKind } from './document.ts';
import { historySchema } from './history.ts';

const sends = z.int().min(0);

/** The schema of the demo. */
export const demoSchema = z.strictObject({
  format: z.literal('onesend.demo/2'),
  /** Whether it showed what it is there to show: two sends by the runbook as written, one by the repaired protocol. */
  isShown: z.boolean(),
  sends: z.strictObject({ asWritten: sends, reference: sends }),
  histories: z.strictObject({ asWritten: historySchema, reference: historySchema }),
  /** Where the page is; missing where it could not be written. */
  page: z.exactOptional(z.string()),
});

/** What the demo leaves behind. */
export type DemoReport = z.infer<typeof demoSchema>;

/** The demo as a document. */
export const demoDocument: DocumentKind<DemoReport> = { format: 'onesend.demo/2', schema: demoSchema };
