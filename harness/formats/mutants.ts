// What `onesend mutants` says: which mutants the rig kills, by what, and with how small a counterexample.
import { z } from 'zod';
import { caseSchema } from './case.ts';
import { verdictSchema } from './decision.ts';
import type { DocumentKind } from './document.ts';
import { PROPERTY_IDS } from './finding.ts';

/**
 * The outcomes. `killed`: one of its own properties, or its gate, named it, and its marker is in that very run. `surprise`: other
 * properties alone did. `survived`: its marker is there, and what must name it did not. `not-reached`: no marker, so nothing can be said.
 * `broken-baseline`: the reference is refused on the same case.
 */
export const MUTANT_OUTCOMES = [
  'killed',
  'equivalent',
  'other-lane',
  'surprise',
  'survived',
  'not-reached',
  'broken-baseline',
] as const;

/** An outcome. */
export type MutantOutcome = (typeof MUTANT_OUTCOMES)[number];

/** How many runs a search made up to the first that shows the mutant, or without finding it. */
const effortSchema = z.strictObject({ runs: z.int(), isFound: z.boolean() });

/** The schema of one row. */
export const mutantRowSchema = z.strictObject({
  id: z.string(),
  name: z.string(),
  /** Its own properties. */
  breaks: z.array(z.enum(PROPERTY_IDS)),
  /** The lanes on which it can show; none where what shows it is no scenario. */
  lanes: z.array(z.enum(['sim', 'live'])),
  outcome: z.enum(MUTANT_OUTCOMES),
  /** What named it: its own properties or its gate; of a surprise, the others. */
  namedBy: z.array(z.string()),
  /** The size of the case that was judged; null where there was none. */
  size: z.strictObject({ messages: z.int(), faults: z.int(), deviations: z.int() }).nullable(),
  /** The case itself, for a replay. */
  case: caseSchema.nullable(),
  /** Runs that were made, those of a search included. */
  runs: z.int(),
  durationMs: z.number(),
  /** What the outcome does not say by itself; empty otherwise. */
  note: z.string(),
  /** What a search anew cost, by the bounded search and by random runs. */
  search: z.exactOptional(z.strictObject({ ladder: effortSchema, random: effortSchema })),
});

/** One row of the table. */
export type MutantRow = z.infer<typeof mutantRowSchema>;

/** The schema of the table. */
export const mutantsSchema = z.strictObject({
  format: z.literal('onesend.mutants/1'),
  verdict: verdictSchema,
  lane: z.enum(['live', 'sim']),
  mutants: z.array(mutantRowSchema),
});

/** What `onesend mutants --json` prints. */
export type MutantsReport = z.infer<typeof mutantsSchema>;

/** The table as a document. */
export const mutantsDocument: DocumentKind<MutantsReport> = { format: 'onesend.mutants/1', schema: mutantsSchema };

/** Outcomes with which nothing is wrong. */
const GOOD: ReadonlySet<MutantOutcome> = new Set<MutantOutcome>(['killed', 'equivalent', 'other-lane']);

/** Whether an outcome says that the rig sees this mutant, or need not. */
export function isGoodOutcome(outcome: MutantOutcome): boolean {
  return GOOD.has(outcome);
}
