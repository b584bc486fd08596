// A decision: a verdict with its reasons as data. Sentences are rendered from reasons, so rewording one breaks no stored file.
import { z } from 'zod';
import { GOALS } from './goal.ts';
import { PROPERTY_IDS } from './finding.ts';

/** The verdicts with their exit codes. */
export const EXIT_CODES = {
  pass: 0,
  /** Only violations that an unexpired baseline accepts. */
  accepted: 0,
  violation: 1,
  usage: 2,
  inconclusive: 3,
  infrastructure: 4,
  'self-check': 5,
  interrupted: 130,
} as const;

/** A verdict. */
export type Verdict = keyof typeof EXIT_CODES;

/** The schema of a verdict. */
export const verdictSchema = z.enum(Object.keys(EXIT_CODES) as [Verdict, ...Verdict[]]);

/** So few chances need no share: one that is undecided would be more than one in ten. */
const SHARED_CHANCES_MIN = 10;

/** What must be true of the evidence for a pass. Data, and stored with the evidence, so that any later step decides the same. */
export const demandsSchema = z.strictObject({
  /** The least number of times each observed property must have been exercised. */
  propertyMinimum: z.int().min(0),
  /** The share of a property's chances that may be undecided, where it had ten or more. */
  undecidedShareMax: z.number().min(0).max(1),
  /** The least number of receipts for each kind of fault that was planned. */
  faultMinimum: z.int().min(0),
  /** The share of planned runs that may be discarded because their observers were disturbed. */
  discardedShareMax: z.number().min(0).max(1),
  /** Properties of the catalogue that must have been judged. */
  required: z.array(z.enum(PROPERTY_IDS)),
  /** Goals that must have been reached at least once. */
  goals: z.array(z.enum(GOALS)),
});

/** What must be true of the evidence for a pass. */
export type Demands = z.infer<typeof demandsSchema>;

/** Whether a property was undecided in more of its chances than may be. */
export function isTooOftenUndecided(
  { exercised, undecided }: { readonly exercised: number; readonly undecided: number },
  { undecidedShareMax }: Demands,
): boolean {
  const chances = exercised + undecided;
  return chances >= SHARED_CHANCES_MIN && undecided > undecidedShareMax * chances;
}

/** One reason for a verdict. */
export const reasonSchema = z.strictObject({
  /** A stable code, for example `property-exercised-too-rarely`. */
  code: z.string(),
  /** What the reason is about: a property, a fault, a goal, a gate, a run; empty when the code says it all. */
  subject: z.string(),
  /** The numbers that the sentence gives, by name. */
  numbers: z.record(z.string(), z.number()),
  /** The lane whose evidence is meant, where several were decided together. */
  lane: z.exactOptional(z.enum(['live', 'sim'])),
});

/** One reason for a verdict. */
export type Reason = z.infer<typeof reasonSchema>;

/**
 * What is asked of the runs themselves, as reasons against it; none means that it held. V1, non-vacuity: properties, faults and goals had their
 * chance. V2, soundness of the observers: none was lost, and few were disturbed.
 */
export const metaSchema = z.strictObject({ V1: z.array(reasonSchema), V2: z.array(reasonSchema) });

/** What is asked of the runs themselves. */
export type Meta = z.infer<typeof metaSchema>;

/** The schema of a decision. */
export const decisionSchema = z.strictObject({ verdict: verdictSchema, reasons: z.array(reasonSchema) });

/** A verdict with the reasons for it. */
export type Decision = z.infer<typeof decisionSchema>;
