// What `onesend explain --json` prints.
import { z } from 'zod';
import type { DocumentKind } from './document.ts';

/** The schema of the explanations. */
export const explainSchema = z.strictObject({
  format: z.literal('onesend.explain/1'),
  entries: z.array(
    z.strictObject({
      id: z.string(),
      /** What kind of word it is: a property, a fault, a goal and so on. */
      kind: z.string(),
      /** Its name; empty if the id is the name. */
      title: z.string(),
      summary: z.string(),
      facts: z.array(z.tuple([z.string(), z.string()])),
      /** The page of the documentation, relative to the package. */
      page: z.string(),
    }),
  ),
});

/** The entries of the guide that match a word. */
export type ExplainReport = z.infer<typeof explainSchema>;

/** The explanations as a document. */
export const explainDocument: DocumentKind<ExplainReport> = { format: 'onesend.explain/1', schema: explainSchema };
