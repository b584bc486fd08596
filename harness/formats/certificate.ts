// certificate.json: what a result allows to claim, under which assumptions, and within which bounds.
import { z } from 'zod';
import { reasonSchema } from './decision.ts';
import type { DocumentKind } from './document.ts';
import { catalogueStateSchema } from './property-catalogue.ts';
import { resultSchema } from './result.ts';

/** The assumptions of every claim. No run of the rig can show them. */
export const ASSUMPTIONS = [
  'one-durable-database',
  'separate-database-roles',
  'no-other-sender',
  'provider-does-not-repeat',
  'production-is-what-was-hashed',
  'not-injected',
] as const;

/** The schema of one statement of the claim: a stable code, its subject, and its numbers. */
export const claimSchema = reasonSchema;

/** One statement of the claim, as data; sentences are rendered from it. */
export type ClaimSentence = z.infer<typeof claimSchema>;

/** The schema of a certificate. */
export const certificateSchema = z.strictObject({
  format: z.literal('onesend.certificate/3'),
  /** What was certified: a system, the hash of its description, and the hashes of the files of its code. */
  certified: z.strictObject({
    /** The name of the system. */
    system: z.string(),
    /** The SHA-256 of the system's description, in hexadecimal. */
    sha256: z.string(),
    /** The SHA-256 of each file of the system's code, by its path. */
    files: z.record(z.string(), z.string()),
  }),
  /** The result with its verdict and all evidence. */
  result: resultSchema,
  assumptions: z.array(z.enum(ASSUMPTIONS)),
  /** The statements that follow from the result. Sentences are rendered from them. */
  claims: z.array(claimSchema),
  /** Which properties of the catalogue were judged. */
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
