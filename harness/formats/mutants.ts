// What `onesend mutants --json` prints: which mutants the rig kills, which properties or gates kill them, and the case that shows it.
import { z } from 'zod';
import { caseSchema } from './case.ts';
import { verdictSchema } from './decision.ts';
import type { DocumentKind } from './document.ts';
import { PROPERTY_IDS } from './finding.ts';

/**
 * The outcomes. `killed`: one of its own properties, or its gate, failed in a run that contains its marker. `equivalent`: it changes
 * nothing that can be observed. `other-lane`: it cannot show on this lane. `surprise`: only other properties failed. `survived`: the run
 * contains its marker, and what it must violate held. `not-reached`: no run contains its marker, so nothing is known. `broken-baseline`:
 * the reference fails on the same case.
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

/** The outcome of one mutant. */
export type MutantOutcome = (typeof MUTANT_OUTCOMES)[number];

/** How many runs a search made: up to the first that shows the mutant or, if `isFound` is false, all of them. */
const effortSchema = z.strictObject({ runs: z.int(), isFound: z.boolean() });

/** The schema of the row of one mutant. */
export const mutantRowSchema = z.strictObject({
  id: z.string(),
  name: z.string(),
  /** Its own properties: those that its sabotage violates. */
  breaks: z.array(z.enum(PROPERTY_IDS)),
  /** The lanes on which it can show; empty if no scenario can show it. */
  lanes: z.array(z.enum(['sim', 'live'])),
  outcome: z.enum(MUTANT_OUTCOMES),
  /** What failed because of it: its own properties, or its gate; of a surprise, the other properties. */
  namedBy: z.array(z.string()),
  /** The size of the case that was judged; null if there is no case. */
  size: z.strictObject({ messages: z.int(), faults: z.int(), deviations: z.int() }).nullable(),
  /** The case that was judged, for a replay; null if there is no case. */
  case: caseSchema.nullable(),
  /** How many runs were made, including those of a search. */
  runs: z.int(),
  durationMs: z.number(),
  /** A remark on the outcome; empty if there is none. */
  note: z.string(),
  /** How many runs a new search needed: the bounded search (`ladder`), and random runs (`random`). */
  search: z.exactOptional(z.strictObject({ ladder: effortSchema, random: effortSchema })),
});

/** The row of one mutant. */
export type MutantRow = z.infer<typeof mutantRowSchema>;

/** The schema of the table of mutants. */
export const mutantsSchema = z.strictObject({
  format: z.literal('onesend.mutants/1'),
  verdict: verdictSchema,
  lane: z.enum(['live', 'sim']),
  mutants: z.array(mutantRowSchema),
});

/** What `onesend mutants --json` prints. */
export type MutantsReport = z.infer<typeof mutantsSchema>;

/** The table of mutants as a document. */
export const mutantsDocument: DocumentKind<MutantsReport> = { format: 'onesend.mutants/1', schema: mutantsSchema };

/** Outcomes with which nothing is wrong. */
const GOOD: ReadonlySet<MutantOutcome> = new Set<MutantOutcome>(['killed', 'equivalent', 'other-lane']);

/** Whether an outcome is as it should be: the rig killed the mutant, or does not have to on this lane. */
export function isGoodOutcome(outcome: MutantOutcome): boolean {
  return GOOD.has(outcome);
}
