// The baseline: violations of a system that its owners accept until a day, each by its fingerprint. A person writes it, and a run only reads it.
import { z } from 'zod';
import type { DocumentKind } from './document.ts';
import { withCurrentWords } from './renamed-tables.ts';

/** The words that a person replaces: a baseline that still has them is refused. */
export const TEMPLATE_WORDS = {
  reason: 'WRITE HERE why this may stay until then',
  ticket: 'WRITE HERE where its repair is tracked',
  by: 'WRITE HERE who accepts it',
} as const;

/** One violation that is accepted. */
export const acceptanceSchema = z.strictObject({
  /** What it shows, as a counterexample and a result say it. */
  fingerprint: z.string().min(1).overwrite(withCurrentWords),
  /** What it violates, which is the beginning of its fingerprint: a property, the kind of an anomaly, or `gate` and its number. */
  property: z.string().min(1),
  /** Why it may stay. */
  reason: z.string().min(1),
  /** Where its repair is tracked. */
  ticket: z.string().min(1),
  /** The last day on which it is accepted, in UTC, such as `2027-01-31`. */
  until: z.iso.date('expected a day such as 2027-01-31'),
  /** Who accepts it. */
  by: z.string().min(1),
});

/** One violation that is accepted. */
export type Acceptance = z.infer<typeof acceptanceSchema>;

const fields = z.strictObject({
  format: z.literal('onesend.baseline/1'),
  /** The name of the system: what is accepted of one is not accepted of another. */
  system: z.string().min(1),
  accepted: z.array(acceptanceSchema),
});

/** One fingerprint is in one entry, under the property that it begins with. */
const unfinishedSchema = fields.superRefine(({ accepted }, context) => {
  const known = new Set<string>();
  for (const [index, { fingerprint, property }] of accepted.entries()) {
    const complain = (field: string, message: string): void =>
      context.addIssue({ code: 'custom', path: ['accepted', index, field], message });
    if (known.has(fingerprint)) complain('fingerprint', `stands here twice: '${fingerprint}'`);
    if (fingerprint !== property && !fingerprint.startsWith(`${property}: `))
      complain('property', `expected what the fingerprint begins with, found '${property}'`);
    known.add(fingerprint);
  }
});

/** The schema of a baseline that a run may read: a person has written what the template leaves open. */
export const baselineSchema = unfinishedSchema.superRefine(({ accepted }, context) => {
  for (const [index, entry] of accepted.entries()) {
    for (const [field, template] of Object.entries(TEMPLATE_WORDS) as [keyof typeof TEMPLATE_WORDS, string][]) {
      if (entry[field] !== template && entry[field].trim() !== '') continue;
      const message = `expected words of your own, found ${entry[field] === template ? 'those of the template' : 'none'}`;
      context.addIssue({ code: 'custom', path: ['accepted', index, field], message });
    }
  }
});

/** A baseline. */
export type Baseline = z.infer<typeof baselineSchema>;

/** The baseline as a document. */
export const baselineDocument: DocumentKind<Baseline> = { format: 'onesend.baseline/1', schema: baselineSchema };

/** A baseline as it is written: what a person has to say may still be open. */
export const unfinishedBaselineDocument: DocumentKind<Baseline> = {
  format: 'onesend.baseline/1',
  schema: unfinishedSchema,
};

/**
 * What happened to an acceptance in a run. `accepted`: its violation was met. `expired`: it was met after its last day, and counts.
 * `unobserved`: it was not met, which is no evidence of a repair.
 */
export const ACCEPTANCE_STATES = ['accepted', 'expired', 'unobserved'] as const;

/** A baseline as a run was decided by it: the day of the run in UTC, and what happened to each acceptance. */
export const appliedBaselineSchema = z.strictObject({
  file: z.string(),
  day: z.iso.date(),
  accepted: z.array(z.strictObject({ ...acceptanceSchema.shape, state: z.enum(ACCEPTANCE_STATES) })),
});

/** A baseline as a run was decided by it. */
export type AppliedBaseline = z.infer<typeof appliedBaselineSchema>;

/** What a decision takes of a baseline: the acceptances, and the day that it is made on. */
export interface Acceptances {
  readonly day: string;
  readonly accepted: readonly Acceptance[];
}

/** The day of a moment in ISO 8601, in UTC. */
export function dayOf(moment: string): string {
  return new Date(moment).toISOString().slice(0, 10);
}

/** The acceptance of a fingerprint, expired or not. */
export function acceptanceOf<A extends Acceptance>(
  fingerprint: string,
  baseline: { readonly accepted: readonly A[] } | undefined,
): A | undefined {
  const current = withCurrentWords(fingerprint);
  return baseline?.accepted.find((each) => each.fingerprint === current);
}

/** Whether a fingerprint is accepted on the day of the decision. */
export function isAccepted(fingerprint: string, baseline: Acceptances | undefined): boolean {
  const acceptance = acceptanceOf(fingerprint, baseline);
  return acceptance !== undefined && baseline !== undefined && baseline.day <= acceptance.until;
}
