// certificate.json: what may be claimed from a result, under which assumptions, and within which bounds.
import { z } from 'zod';
import { reasonSchema } from './decision.ts';
import type { DocumentKind } from './document.ts';
import { catalogueStateSchema } from './property-catalogue.ts';
import { resultSchema } from './result.ts';

/** What every claim rests on and no run of the rig can show. */
export const ASSUMPTIONS = [
  'one-durable-database',
  'separate-database-roles',
  'no-other-sender',
  'provider-does-not-repeat',
  'production-is-what-was-hashed',
  'not-injected',
] as const;

/** One statement of the claim, as data: a stable code, what it is about, and its numbers. */
export const claimSchema = reasonSchema;

/** One statement of a claim. */
export type ClaimSentence = z.infer<typeof claimSchema>;

/** The schema of a certificate. */
export const certificateSchema = z.strictObject({
  format: z.literal('onesend.certificate/3'),
  /** Hashes of what was certified: the system's description and the files of its code. */
  certified: z.strictObject({ system: z.string(), sha256: z.string(), files: z.record(z.string(), z.string()) }),
  /** The result with its verdict and all evidence. */
  result: resultSchema,
  assumptions: z.array(z.enum(ASSUMPTIONS)),
  /** What follows from the result. Sentences are rendered from it. */
  claims: z.array(claimSchema),
  /** What happened to each property of the catalogue. */
  properties: z.array(catalogueStateSchema),
  /** SHA-256 of the canonical JSON (RFC 8785) of everything above. */
  digest: z.string(),
});

/** The certificate of one run. */
export type Certificate = z.infer<typeof certificateSchema>;

/** The certificate as a document. */
export const certificateDocument: DocumentKind<Certificate> = {
  format: 'onesend.certificate/3',
  schema: certificateSchema,
};
