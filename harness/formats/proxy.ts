// What `onesend proxy --json` prints once its API listens.
import { z } from 'zod';
import type { DocumentKind } from './document.ts';

/** The schema of the proxy's address. */
export const proxySchema = z.strictObject({
  format: z.literal('onesend.proxy/1'),
  /** Where the API listens. */
  url: z.string(),
  port: z.int().min(1).max(65_535),
});

/** Where the fault proxy listens. */
export type ProxyReport = z.infer<typeof proxySchema>;

/** The proxy's address as a document. */
export const proxyDocument: DocumentKind<ProxyReport> = { format: 'onesend.proxy/1', schema: proxySchema };
