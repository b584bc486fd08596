// The counterexample: a case that violates, after shrinking, with the history that shows it.
import { z } from 'zod';
import { canonicalJson } from '../platform/canonical-json.ts';
import { anomalySchema } from './anomaly.ts';
import { caseSchema } from './case.ts';
import type { DocumentKind } from './document.ts';
import { explanationSchema } from './explanation.ts';
import { findingSchema } from './finding.ts';
import { historySchema } from './history.ts';
import { readReplayToken } from './replay-token.ts';
import { cameAfterSchema } from './runs-before.ts';

const fields = z.strictObject({
  format: z.literal('onesend.counterexample/3'),
  /** What is broken and the beginning of the case's hash, for example `S1-0a1b2c3d`. */
  id: z.string(),
  /** What it shows, without ids, times and counts: equal ones are one bug for all that a search can tell. */
  fingerprint: z.exactOptional(z.string()),
  system: z.string(),
  lane: z.enum(['live', 'sim']),
  case: caseSchema,
  findings: z.array(findingSchema),
  /** The anomaly that the run ended in, where it is not a property that is violated. */
  anomaly: z.exactOptional(anomalySchema),
  history: historySchema,
  /** Present if a fresh process does not show it: the system keeps state, and it came after these runs of the same process. */
  after: z.exactOptional(cameAfterSchema),
  /** On the sim lane: the line that replays the run. */
  token: z.exactOptional(z.string()),
  /** What shrinking did: candidates tried, candidates that violated still, and why it stopped. */
  shrinking: z.strictObject({
    tried: z.int(),
    kept: z.int(),
    stopped: z.enum(['minimal', 'time', 'interrupted', 'not-run']),
    original: caseSchema,
    /** The run as it was found, where shrinking changed it. */
    originalHistory: z.exactOptional(historySchema),
  }),
  /** How often it was made again as it stands, how often it violated, and how many different histories that gave. */
  confirmation: z.exactOptional(
    z.strictObject({ tries: z.int().min(1), violated: z.int().min(0), histories: z.int().min(1) }),
  ),
  explanation: z.exactOptional(explanationSchema),
});

/** The schema of a counterexample. A case that is not the one of its own history and token was altered. */
export const counterexampleSchema = fields
  .refine(({ findings, anomaly }) => findings.length > 0 || anomaly !== undefined, 'neither findings nor an anomaly')
  .superRefine((stored, context) => {
    if (!isOfHistory(stored))
      context.addIssue({ code: 'custom', path: ['case'], message: 'differs from its own history' });
    if (!isOfToken(stored)) context.addIssue({ code: 'custom', path: ['case'], message: 'differs from its own token' });
  });

type Fields = z.infer<typeof fields>;

/** On the sim lane the scenario of a history lists what was decided after its own faults. */
function isOfHistory({ case: { scenario, deviations }, history, lane, system }: Fields): boolean {
  const own = { ...history.scenario, faults: history.scenario.faults.slice(0, scenario.faults.length) };
  const decided = history.scenario.faults.length - scenario.faults.length;
  return (
    history.lane === lane &&
    history.system === system &&
    (deviations.length > 0 ? lane === 'sim' : decided === 0) &&
    canonicalJson(own) === canonicalJson(scenario)
  );
}

function isOfToken({ case: { scenario, deviations }, system, token }: Fields): boolean {
  if (token === undefined) return true;
  try {
    return canonicalJson(readReplayToken(token)) === canonicalJson({ system, case: { scenario, deviations } });
  } catch {
    return false;
  }
}

/** A counterexample. */
export type Counterexample = z.infer<typeof counterexampleSchema>;

/** The counterexample as a document. */
export const counterexampleDocument: DocumentKind<Counterexample> = {
  format: 'onesend.counterexample/3',
  schema: counterexampleSchema,
};
