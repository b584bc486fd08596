// Where in a system's answer to the rig each value is: the counts of a round of recovery, and the mismatches of a reconciliation.
import { z } from 'zod';

/** How the logs of the two systems can differ about a message. */
export const MISMATCH_KINDS = [
  'missing_in_go',
  'missing_in_laravel',
  'status_mismatch',
  'provider_message_id_mismatch',
] as const;

/** A place in JSON: the key of an object, or a JSON pointer into it (RFC 6901; '' is the whole). */
const place = z.string();

/**
 * The place of each count, by a name that the author chooses; `pending` counts waiting work. Default: the answer is an object of counts.
 */
export const countsSchema = z.record(z.string(), place);

const kindsSchema = z
  .record(z.string(), z.enum(MISMATCH_KINDS).nullable())
  .default({})
  .describe('The meaning of each word that the system uses for a kind; mismatches of a word with null are ignored.');

/** One list of mismatches, each with its kind and its uuid. */
const oneListSchema = z.strictObject({
  list: place.default('').describe('The place of the list of mismatches.'),
  kind: place.default('kind').describe('The place of the kind in a mismatch.'),
  uuid: place.default('messageUuid').describe('The place of the uuid in a mismatch.'),
  kinds: kindsSchema,
});

/** One list for each kind. Its elements are uuids, or objects that contain a uuid. */
const listsSchema = z.strictObject({
  lists: z.partialRecord(z.enum(MISMATCH_KINDS), place).describe('The place of the list of each kind.'),
  uuid: place
    .default('')
    .describe('The place of the uuid in an element of a list; by default, the element is the uuid.'),
});

/** Lines of text. Each line that matches is a mismatch. */
const linesSchema = z.strictObject({
  lines: z
    .string()
    .refine(hasGroups, 'expected a regular expression with (?<kind>...) and (?<uuid>...)')
    .describe('A regular expression with the groups `kind` and `uuid`; each line of text that matches is a mismatch.'),
  kinds: kindsSchema,
});

function hasGroups(source: string): boolean {
  try {
    const groups = new RegExp(`${source}|`).exec('')?.groups ?? {};
    return 'kind' in groups && 'uuid' in groups;
  } catch {
    return false;
  }
}

/** Where the mismatches are in the answer. Without it, the answer is an array of `{ kind, messageUuid }`. */
export const mismatchesSchema = z.union([oneListSchema, listsSchema, linesSchema]);

/** Where the mismatches are in the answer, with defaults filled in. */
export type MismatchMapping = z.output<typeof mismatchesSchema>;

/** The default: an array of `{ kind, messageUuid }`. */
export const PLAIN_MISMATCHES: MismatchMapping = oneListSchema.parse({});
