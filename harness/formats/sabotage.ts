// What `onesend sabotage --json` prints: which wire mutants the rig detects on a pair of systems, and by which properties.
import { z } from 'zod';
import { verdictSchema, type Verdict } from './decision.ts';
import type { DocumentKind } from './document.ts';
import { PROPERTY_IDS } from './finding.ts';

/**
 * The outcomes. `seen`: a run that contains its marker violates one of its own properties. `surprise`: such a run violates only other
 * properties. `blind`: a run contains its marker, and violates no property. `not-reached`: no run shows its effect reliably, so nothing is
 * known. `broken-baseline`: the same scenario violates a property without the wire mutant. `not-applicable`: it cannot be applied to this
 * pair, or the properties that it violates cannot be judged there.
 */
export const SABOTAGE_OUTCOMES = [
  'seen',
  'surprise',
  'blind',
  'not-reached',
  'broken-baseline',
  'not-applicable',
] as const;

/** The outcome of one wire mutant. */
export type SabotageOutcome = (typeof SABOTAGE_OUTCOMES)[number];

/** The places at which a wire mutant acts. */
export const SABOTAGE_PLACES = ['client', 'service', 'legacy-provider', 'service-provider', 'database'] as const;

/** The schema of the row of one wire mutant. */
export const sabotageRowSchema = z.strictObject({
  id: z.string(),
  name: z.string(),
  /** What the wire mutant does, in one clause. */
  does: z.string(),
  at: z.enum(SABOTAGE_PLACES),
  /** Its own properties: at least one of them must be violated. */
  breaks: z.array(z.enum(PROPERTY_IDS)),
  outcome: z.enum(SABOTAGE_OUTCOMES),
  /** The violated properties: its own; of a surprise, the others; of a broken baseline, those violated without the wire mutant. */
  namedBy: z.array(z.string()),
  /** How many runs were made with it. */
  runs: z.int(),
  durationMs: z.number(),
  /** A remark on the outcome; empty if there is none. */
  note: z.string(),
});

/** The row of one wire mutant. */
export type SabotageRow = z.infer<typeof sabotageRowSchema>;

/** The schema of the table of wire mutants. */
export const sabotageSchema = z.strictObject({
  format: z.literal('onesend.sabotage/1'),
  verdict: verdictSchema,
  system: z.string(),
  mutants: z.array(sabotageRowSchema),
});

/** What `onesend sabotage --json` prints. */
export type SabotageReport = z.infer<typeof sabotageSchema>;

/** The table of wire mutants as a document. */
export const sabotageDocument: DocumentKind<SabotageReport> = { format: 'onesend.sabotage/1', schema: sabotageSchema };

/** How many of the applicable wire mutants the rig detected; surprises count as detected. */
export interface SabotageCount {
  readonly seen: number;
  readonly applicable: number;
}

/** Counts the applicable rows of a table, and those that were detected. */
export function countSabotage(rows: readonly Pick<SabotageRow, 'outcome'>[]): SabotageCount {
  const counted = rows.filter(({ outcome }) => outcome !== 'not-applicable');
  const seen = counted.filter(({ outcome }) => outcome === 'seen' || outcome === 'surprise');
  return { seen: seen.length, applicable: counted.length };
}

/**
 * The verdict of a table. A wire mutant that took effect undetected shows a mistake of the rig or of the description: `self-check`. A wire
 * mutant that was not reached leaves the question open: `inconclusive`.
 */
export function sabotageVerdict(rows: readonly Pick<SabotageRow, 'outcome'>[]): Verdict {
  if (rows.some(({ outcome }) => outcome === 'blind')) return 'self-check';
  const { seen, applicable } = countSabotage(rows);
  return seen === applicable ? 'pass' : 'inconclusive';
}
