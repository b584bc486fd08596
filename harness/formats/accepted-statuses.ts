// Which statuses of HTTP are a success, as a description says it and as a history keeps it.
import { z } from 'zod';

/** Statuses as an author writes them: single ones, or ranges such as `200-299`. */
export const statusesSchema = z
  .array(
    z.union([
      z.int().min(100).max(599),
      z.string().regex(/^[1-5]\d\d-[1-5]\d\d$/, "expected a status or a range such as '200-299'"),
    ]),
  )
  .min(1);

/** The same as ranges, each with its first and its last status. */
export const statusRangesSchema = z.array(z.tuple([z.int(), z.int()]));

/** Ranges of statuses. */
export type StatusRanges = z.infer<typeof statusRangesSchema>;

/** What is a success unless a description says otherwise: a redirect is an answer, which is never followed. */
const UNLESS_SAID: StatusRanges = [[100, 399]];

/** The statuses of a success. */
export function acceptedStatuses(accepts?: z.infer<typeof statusesSchema>): StatusRanges {
  if (accepts === undefined) return UNLESS_SAID;
  return accepts.map((accepted) => {
    const [from = 0, until = from] = String(accepted).split('-').map(Number);
    return [from, until];
  });
}

/** Whether a status is in one of the ranges; null, which stands for no answer, never is. */
export function isAcceptedStatus(ranges: StatusRanges, status: number | null): boolean {
  return status !== null && ranges.some(([from, until]) => from <= status && status <= until);
}
