// A case: a scenario with its deviations. The one input of search, shrinking, replay, corpus and shards, on either lane.
import { z } from 'zod';
import { scenarioSchema } from './scenario.ts';

/** One decision of the simulated world that went otherwise than in the undisturbed run. */
export const deviationSchema = z.strictObject({
  /** The decision point, for example `answer`. */
  site: z.string().max(100),
  /** What the decision was about: a message, a call, a process. */
  key: z.string().max(400),
  /** How often this site was asked about this key before. */
  attempt: z.int().min(0),
  choice: z.string().max(100),
});

/** A deviation. */
export type Deviation = z.infer<typeof deviationSchema>;

/** The schema of a case. On the live lane a case has no deviations. */
export const caseSchema = z.strictObject({
  scenario: scenarioSchema,
  deviations: z.array(deviationSchema).max(64),
});

/** A scenario with its deviations. */
export interface Case {
  readonly scenario: z.infer<typeof scenarioSchema>;
  readonly deviations: readonly Deviation[];
}
