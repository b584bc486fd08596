// What `onesend explain --json` prints.
import { z } from 'zod';
import type { DocumentKind } from './document.ts';

/** The schema of what the guide says. */
export const explainSchema = z.strictObject({
  format: z.literal('onesend.explain/1'),
  entries: z.array(
    z.strictObject({
      id: z.string(),
      /** A property, a fault, a goal and so on. */
      kind: z.string(),
      /** A name beside the id; empty where the id is its own name. */
      title: z.string(),
      summary: z.string(),
      facts: z.array(z.tuple([z.string(), z.string()])),
      /** The page of the documentation, relative to the package. */
      page: z.string(),
    }),
  ),
});

/** What the guide says. */
export type ExplainReport = z.infer<typeof explainSchema>;

/** What the guide says as a document. */
export const explainDocument: DocumentKind<ExplainReport> = { format: 'onesend.explain/1', schema: explainSchema };
