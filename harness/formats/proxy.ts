// What `onesend proxy --json` prints once its API listens.
import { z } from 'zod';
import type { DocumentKind } from './document.ts';

/** The schema of the address of the fault proxy's API. */
export const proxySchema = z.strictObject({
  format: z.literal('onesend.proxy/1'),
  /** The URL at which the API listens. */
  url: z.string(),
  port: z.int().min(1).max(65_535),
});

/** The address at which the API of the fault proxy listens. */
export type ProxyReport = z.infer<typeof proxySchema>;

/** The address of the fault proxy's API as a document. */
export const proxyDocument: DocumentKind<ProxyReport> = { format: 'onesend.proxy/1', schema: proxySchema };
