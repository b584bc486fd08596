// A case: a scenario with its deviations. It is the input of search, shrinking, replay and corpus, on both lanes.
import { z } from 'zod';
import { scenarioSchema } from './scenario.ts';

/** One decision of the simulated world that differs from the undisturbed run. */
export const deviationSchema = z.strictObject({
  /** The decision point, for example `answer`. */
  site: z.string().max(100),
  /** What the decision is about: a message, a call, or a process. */
  key: z.string().max(400),
  /** How many decisions this site made about this key before. */
  attempt: z.int().min(0),
  choice: z.string().max(100),
});

/** One decision of the simulated world that differs from the undisturbed run. */
export type Deviation = z.infer<typeof deviationSchema>;

/** The schema of a case. Cases of the live lane have no deviations. */
export const caseSchema = z.strictObject({
  scenario: scenarioSchema,
  deviations: z.array(deviationSchema).max(64),
});

/** A scenario with its deviations. */
export interface Case {
  readonly scenario: z.infer<typeof scenarioSchema>;
  readonly deviations: readonly Deviation[];
}
