// The baseline: violations of a system that its owners accept until a day, each named by its fingerprint. A person writes the baseline;
// runs only read it.
import { z } from 'zod';
import type { DocumentKind } from './document.ts';
import { withCurrentWords } from './renamed-tables.ts';

const DAY_MS = 86_400_000;

/** Placeholder texts that a person must replace: a run refuses a baseline that still contains one. */
export const TEMPLATE_WORDS = {
  reason: 'WRITE HERE why this may stay until then',
  ticket: 'WRITE HERE where its repair is tracked',
  by: 'WRITE HERE who accepts it',
} as const;

const DAY = 'expected a day such as 2027-01-31';

/** The schema of one accepted violation. */
export const acceptanceSchema = z.strictObject({
  /** The fingerprint of the violation, as in a counterexample and a result. */
  fingerprint: z.string().min(1).overwrite(withCurrentWords),
  /** What is violated: a property, the kind of an anomaly, or `gate` and its number. The fingerprint begins with it. */
  property: z.string().min(1),
  /** What was violated, for people: the property with its name, and one sentence. No run compares it. Older files lack it. */
  headline: z.exactOptional(z.string()),
  /** Why the violation is accepted. */
  reason: z.string().min(1),
  /** The ticket that tracks its repair. */
  ticket: z.string().min(1),
  /** The day on which a command wrote the entry, in UTC. Older files lack it. */
  since: z.exactOptional(z.iso.date(DAY)),
  /** The last day on which the violation is accepted, in UTC, such as `2027-01-31`. */
  until: z.iso.date(DAY),
  /** The person who accepts it. */
  by: z.string().min(1),
});

/** One accepted violation. */
export type Acceptance = z.infer<typeof acceptanceSchema>;

const fields = z.strictObject({
  format: z.literal('onesend.baseline/1'),
  /** The name of the system; the baseline of one system is not used for another. */
  system: z.string().min(1),
  accepted: z.array(acceptanceSchema),
});

/** Each fingerprint must be in one entry only, whose `property` is the beginning of the fingerprint. */
const unfinishedSchema = fields.superRefine(({ accepted }, context) => {
  const known = new Set<string>();
  for (const [index, { fingerprint, property }] of accepted.entries()) {
    const complain = (field: string, message: string): void =>
      context.addIssue({ code: 'custom', path: ['accepted', index, field], message });
    if (known.has(fingerprint)) complain('fingerprint', `is listed twice: '${fingerprint}'`);
    if (fingerprint !== property && !fingerprint.startsWith(`${property}: `))
      complain('property', `expected the beginning of the fingerprint, found '${property}'`);
    known.add(fingerprint);
  }
});

/** The schema of a baseline that a run can use: a person has replaced every placeholder of the template. */
export const baselineSchema = unfinishedSchema.superRefine(({ accepted }, context) => {
  for (const [index, entry] of accepted.entries()) {
    for (const [field, template] of Object.entries(TEMPLATE_WORDS) as [keyof typeof TEMPLATE_WORDS, string][]) {
      if (entry[field] !== template && entry[field].trim() !== '') continue;
      const message = `expected your own text, found ${entry[field] === template ? 'that of the template' : 'none'}`;
      context.addIssue({ code: 'custom', path: ['accepted', index, field], message });
    }
  }
});

/** A baseline, as a person writes it. */
export type Baseline = z.infer<typeof baselineSchema>;

/** The baseline as a document. */
export const baselineDocument: DocumentKind<Baseline> = { format: 'onesend.baseline/1', schema: baselineSchema };

/** A baseline that is still being written: it can contain placeholders of the template. */
export const unfinishedBaselineDocument: DocumentKind<Baseline> = {
  format: 'onesend.baseline/1',
  schema: unfinishedSchema,
};

/**
 * What happened to an accepted violation in a run. `accepted`: the run met it. `expired`: the run met it after its last day, so it counts
 * as a violation. `unobserved`: the run did not meet it, which is no evidence that it is repaired.
 */
export const ACCEPTANCE_STATES = ['accepted', 'expired', 'unobserved'] as const;

/** The baseline that was used to decide a run: its file, the day of the run in UTC, and what happened to each entry. */
export const appliedBaselineSchema = z.strictObject({
  file: z.string(),
  day: z.iso.date(),
  accepted: z.array(z.strictObject({ ...acceptanceSchema.shape, state: z.enum(ACCEPTANCE_STATES) })),
});

/** The baseline that was used to decide a run. */
export type AppliedBaseline = z.infer<typeof appliedBaselineSchema>;

/** What a decision needs of a baseline: the accepted violations, and the day of the decision in UTC. */
export interface Acceptances {
  readonly day: string;
  readonly accepted: readonly Acceptance[];
}

/** The day in UTC, such as `2027-01-31`, of a moment in ISO 8601. */
export function dayOf(moment: string): string {
  return new Date(moment).toISOString().slice(0, 10);
}

/** The day in UTC so many days after a moment. */
export function dayAfter(moment: Date, days: number): string {
  return dayOf(new Date(moment.getTime() + days * DAY_MS).toISOString());
}

/** The entry of a fingerprint, expired or not; undefined without one. Older names of tables in the fingerprint are replaced first. */
export function acceptanceOf<A extends Acceptance>(
  fingerprint: string,
  baseline: { readonly accepted: readonly A[] } | undefined,
): A | undefined {
  const current = withCurrentWords(fingerprint);
  return baseline?.accepted.find((each) => each.fingerprint === current);
}

/** Whether the baseline accepts a fingerprint on the day of the decision. */
export function isAccepted(fingerprint: string, baseline: Acceptances | undefined): boolean {
  const acceptance = acceptanceOf(fingerprint, baseline);
  return acceptance !== undefined && baseline !== undefined && baseline.day <= acceptance.until;
}
