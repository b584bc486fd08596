// Where the parts of an answer to the rig stand: what a round of recovery did, and what a reconciliation found.
import { z } from 'zod';

/** How two logs may differ about a message. */
export const MISMATCH_KINDS = [
  'missing_in_go',
  'missing_in_laravel',
  'status_mismatch',
  'provider_message_id_mismatch',
] as const;

/** A place in JSON: the key of an object, or a JSON pointer into it (RFC 6901; '' is the whole). */
const place = z.string();

/** Counts by names of the author's own; `pending` is what waits. Unless given, the answer is an object of counts. */
export const countsSchema = z.record(z.string(), place);

/** One list of mismatches, each with its kind and its uuid. */
const oneListSchema = z.strictObject({
  list: place.default(''),
  kind: place.default('kind'),
  uuid: place.default('messageUuid'),
  /** What the system's own words for kinds mean; null for one that is to be left out. */
  kinds: z.record(z.string(), z.enum(MISMATCH_KINDS).nullable()).default({}),
});

/** A list for each kind, of uuids or of objects that hold one. */
const listsSchema = z.strictObject({
  lists: z.partialRecord(z.enum(MISMATCH_KINDS), place),
  uuid: place.default(''),
});

/** Lines of text: each that matches is a mismatch. */
const linesSchema = z.strictObject({
  /** A regular expression with the groups `kind` and `uuid`. */
  lines: z.string().refine(hasGroups, 'expected a regular expression with (?<kind>...) and (?<uuid>...)'),
  kinds: z.record(z.string(), z.enum(MISMATCH_KINDS).nullable()).default({}),
});

function hasGroups(source: string): boolean {
  try {
    const groups = new RegExp(`${source}|`).exec('')?.groups ?? {};
    return 'kind' in groups && 'uuid' in groups;
  } catch {
    return false;
  }
}

/** Where the mismatches stand. Unless given, the answer is an array of `{ kind, messageUuid }`. */
export const mismatchesSchema = z.union([oneListSchema, listsSchema, linesSchema]);

/** Where the mismatches stand, with its defaults. */
export type MismatchMapping = z.output<typeof mismatchesSchema>;

/** The form that needs no mapping. */
export const PLAIN_MISMATCHES: MismatchMapping = oneListSchema.parse({});
