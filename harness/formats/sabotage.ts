// What `onesend sabotage` says: which wire mutants the rig sees on a pair of systems, and by what.
import { z } from 'zod';
import { verdictSchema, type Verdict } from './decision.ts';
import type { DocumentKind } from './document.ts';
import { PROPERTY_IDS } from './finding.ts';

/**
 * The outcomes. `seen`: one of its own properties is violated, and its marker is in that very run. `surprise`: other properties alone are.
 * `blind`: its marker is there, and no property is violated. `not-reached`: no marker, so nothing can be said. `broken-baseline`: the same
 * scenario violates a property without it. `not-applicable`: it cannot be done to this pair, or what it breaks is not judged there.
 */
export const SABOTAGE_OUTCOMES = [
  'seen',
  'surprise',
  'blind',
  'not-reached',
  'broken-baseline',
  'not-applicable',
] as const;

/** An outcome. */
export type SabotageOutcome = (typeof SABOTAGE_OUTCOMES)[number];

/** Where a saboteur stands. */
export const SABOTAGE_PLACES = ['client', 'service', 'legacy-provider', 'service-provider', 'database'] as const;

/** The schema of one row. */
export const sabotageRowSchema = z.strictObject({
  id: z.string(),
  name: z.string(),
  /** What is done, in one clause. */
  does: z.string(),
  at: z.enum(SABOTAGE_PLACES),
  /** The properties of which one must name it. */
  breaks: z.array(z.enum(PROPERTY_IDS)),
  outcome: z.enum(SABOTAGE_OUTCOMES),
  /** What was violated: its own properties; of a surprise the others, and of a broken baseline those of the baseline. */
  namedBy: z.array(z.string()),
  /** Runs that were made with it. */
  runs: z.int(),
  durationMs: z.number(),
  /** What the outcome does not say by itself; empty otherwise. */
  note: z.string(),
});

/** One row of the table. */
export type SabotageRow = z.infer<typeof sabotageRowSchema>;

/** The schema of the table. */
export const sabotageSchema = z.strictObject({
  format: z.literal('onesend.sabotage/1'),
  verdict: verdictSchema,
  system: z.string(),
  mutants: z.array(sabotageRowSchema),
});

/** What `onesend sabotage --json` prints. */
export type SabotageReport = z.infer<typeof sabotageSchema>;

/** The table as a document. */
export const sabotageDocument: DocumentKind<SabotageReport> = { format: 'onesend.sabotage/1', schema: sabotageSchema };

/** How many of those that apply were seen, a surprise among them. */
export interface SabotageCount {
  readonly seen: number;
  readonly applicable: number;
}

/** Counts the rows of a table. */
export function countSabotage(rows: readonly Pick<SabotageRow, 'outcome'>[]): SabotageCount {
  const counted = rows.filter(({ outcome }) => outcome !== 'not-applicable');
  const seen = counted.filter(({ outcome }) => outcome === 'seen' || outcome === 'surprise');
  return { seen: seen.length, applicable: counted.length };
}

/** A mutant that took effect unseen is a fault of the rig or of the description; of one that showed nothing, nothing can be said. */
export function sabotageVerdict(rows: readonly Pick<SabotageRow, 'outcome'>[]): Verdict {
  if (rows.some(({ outcome }) => outcome === 'blind')) return 'self-check';
  const { seen, applicable } = countSabotage(rows);
  return seen === applicable ? 'pass' : 'inconclusive';
}
