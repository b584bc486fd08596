// A decision: a verdict with its reasons as data. Sentences are rendered from the reasons, so a new wording breaks no stored file.
import { z } from 'zod';
import { GOALS } from './goal.ts';
import { PROPERTY_IDS } from './finding.ts';

/** The verdicts, each with its exit code. */
export const EXIT_CODES = {
  pass: 0,
  // There are violations, and an unexpired baseline accepts all of them.
  accepted: 0,
  violation: 1,
  usage: 2,
  inconclusive: 3,
  infrastructure: 4,
  'self-check': 5,
  interrupted: 130,
} as const;

/** A verdict; its exit code is in `EXIT_CODES`. */
export type Verdict = keyof typeof EXIT_CODES;

/** The schema of a verdict. */
export const verdictSchema = z.enum(Object.keys(EXIT_CODES) as [Verdict, ...Verdict[]]);

/** With fewer chances than these no share is demanded: a single undecided chance would already be more than one in ten. */
const SHARED_CHANCES_MIN = 10;

/** The schema of the demands on evidence for a pass. They are stored with the evidence, so that a later step makes the same decision. */
export const demandsSchema = z.strictObject({
  /** How often each observed property must have been exercised, at least. */
  propertyMinimum: z.int().min(0),
  /** The largest share, from 0 to 1, of a property's chances that can stay undecided; only for properties with ten or more chances. */
  undecidedShareMax: z.number().min(0).max(1),
  /** How many receipts each kind of fault that was planned must have, at least. */
  faultMinimum: z.int().min(0),
  /** The largest share, from 0 to 1, of planned runs that can be discarded because their observers were disturbed. */
  discardedShareMax: z.number().min(0).max(1),
  /** The properties that must have been judged. */
  required: z.array(z.enum(PROPERTY_IDS)),
  /** The goals that must have been reached at least once. */
  goals: z.array(z.enum(GOALS)),
});

/** The demands on evidence for a pass. */
export type Demands = z.infer<typeof demandsSchema>;

/** Whether more of a property's chances stayed undecided than the demands allow. */
export function isTooOftenUndecided(
  { exercised, undecided }: { readonly exercised: number; readonly undecided: number },
  { undecidedShareMax }: Demands,
): boolean {
  const chances = exercised + undecided;
  return chances >= SHARED_CHANCES_MIN && undecided > undecidedShareMax * chances;
}

/** The schema of one reason for a verdict. */
export const reasonSchema = z.strictObject({
  /** A stable code; docs/verdicts.md explains the codes of reasons, such as `property-exercised-too-rarely`. */
  code: z.string(),
  /** What the code is about: a property, a fault, a goal, a gate or a run; empty if the code needs no subject. */
  subject: z.string(),
  /** The numbers in the sentence, by name. */
  numbers: z.record(z.string(), z.number()),
  /** What was not known in an undecided chance, for example; only of the code `property-undecided`. */
  example: z.exactOptional(z.string()),
  /** The lane: `sim` or `live`. A reason names its lane only if several lanes were decided together. */
  lane: z.exactOptional(z.enum(['live', 'sim'])),
});

/** One reason for a verdict, as data. */
export type Reason = z.infer<typeof reasonSchema>;

/** The codes of what cuts a run short. Beside a worse verdict they are further reasons, which say that not everything was tried. */
const CUT_SHORT: ReadonlySet<string> = new Set(['interrupted', 'infrastructure']);

/** Whether a reason says that the run was cut short. */
export function isCutShort({ code }: Pick<Reason, 'code'>): boolean {
  return CUT_SHORT.has(code);
}

/**
 * The two demands on the runs themselves, each with the reasons why it did not hold; an empty list means that it held. V1, non-vacuity:
 * properties were exercised, faults took effect and goals were reached. V2, soundness of the observers: none was lost, and few were
 * disturbed.
 */
export const metaSchema = z.strictObject({ V1: z.array(reasonSchema), V2: z.array(reasonSchema) });

/** Why V1 and V2, the demands on the runs themselves, did not hold. */
export type Meta = z.infer<typeof metaSchema>;

/** The schema of a decision. */
export const decisionSchema = z.strictObject({ verdict: verdictSchema, reasons: z.array(reasonSchema) });

/** A verdict with the reasons for it. */
export type Decision = z.infer<typeof decisionSchema>;
