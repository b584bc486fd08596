// What `onesend demo --json` prints.
import { z } from 'zod';
import type { DocumentKind } from './document.ts';
import { historySchema } from './history.ts';

const sends = z.int().min(0);

/** The schema of the demo. */
export const demoSchema = z.strictObject({
  format: z.literal('onesend.demo/2'),
  /** Whether the demo succeeded: the runbook as written sent the message twice, the repaired protocol once. */
  isShown: z.boolean(),
  sends: z.strictObject({ asWritten: sends, reference: sends }),
  /** The history of each run. */
  histories: z.strictObject({ asWritten: historySchema, reference: historySchema }),
  /** The path of the page; absent if it could not be written. */
  page: z.exactOptional(z.string()),
});

/** The outcome of the demo. */
export type DemoReport = z.infer<typeof demoSchema>;

/** The demo as a document. */
export const demoDocument: DocumentKind<DemoReport> = { format: 'onesend.demo/2', schema: demoSchema };
