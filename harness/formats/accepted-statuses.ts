// The HTTP statuses that count as a success: as the author of a description writes them, and as ranges in a history.
import { z } from 'zod';

/** Statuses as an author writes them: single statuses, or ranges such as `200-299`. */
export const statusesSchema = z
  .array(
    z.union([
      z.int().min(100).max(599),
      z.string().regex(/^[1-5]\d\d-[1-5]\d\d$/, "expected a status or a range such as '200-299'"),
    ]),
  )
  .min(1);

/** Statuses as ranges, each a pair of its first and its last status. */
export const statusRangesSchema = z.array(z.tuple([z.int(), z.int()]));

/** Ranges of statuses, first and last included. */
export type StatusRanges = z.infer<typeof statusRangesSchema>;

/** The default. It includes redirects: the rig never follows one, so the redirect itself is the answer. */
const DEFAULT_RANGES: StatusRanges = [[100, 399]];

/** The ranges of the statuses that an author listed; 100 to 399 if the author listed none. */
export function acceptedStatuses(accepts?: z.infer<typeof statusesSchema>): StatusRanges {
  if (accepts === undefined) return DEFAULT_RANGES;
  return accepts.map((accepted) => {
    const [from = 0, until = from] = String(accepted).split('-').map(Number);
    return [from, until];
  });
}

/** Whether a status is in one of the ranges. Null means that there was no answer, and is in no range. */
export function isAcceptedStatus(ranges: StatusRanges, status: number | null): boolean {
  return status !== null && ranges.some(([from, until]) => from <= status && status <= until);
}
