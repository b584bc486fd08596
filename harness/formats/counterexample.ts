// The counterexample: a case that violates a property or ends in an anomaly, after shrinking, with the history that shows it.
import { z } from 'zod';
import { canonicalJson, sha256 } from '../platform/canonical-json.ts';
import { anomalySchema } from './anomaly.ts';
import { type Case, caseSchema } from './case.ts';
import type { DocumentKind } from './document.ts';
import { explanationSchema } from './explanation.ts';
import { brokenBy, findingSchema, PROPERTY_IDS } from './finding.ts';
import { historyHash, historySchema, storedHistorySchema, withCurrentEvents } from './history.ts';
import { readReplayToken } from './replay-token.ts';
import { cameAfterSchema } from './runs-before.ts';

const originSchema = z.strictObject({
  /** The versions of Onesend, Node and the platform. */
  versions: z.record(z.string(), z.string()),
  /** The commit of the repository that contains the system; it ends in `-dirty` if files differed from the commit. */
  commit: z.exactOptional(z.string()),
  /** The seed of the search; a replay never uses it. */
  seed: z.exactOptional(z.int()),
  startedAt: z.string(),
});

/** The run of Onesend that found a counterexample. */
export type Origin = z.infer<typeof originSchema>;

/** The schema of the runs that repeat the final case of a counterexample. A run whose observers were disturbed does not count. */
export const confirmationSchema = z.strictObject({
  /** Runs of the same case. */
  tries: z.int().min(1),
  /** Runs that violated. */
  violated: z.int().min(0),
  /** How many different histories the runs had. */
  histories: z.int().min(1),
});

const fields = z.strictObject({
  format: z.literal('onesend.counterexample/3'),
  /** What is violated, and 8 hex digits of a SHA-256, for example `S1-0a1b2c3d`. The same violation of the same case has the same id. */
  id: z.string(),
  /** The violation without ids, times and counts. Violations with equal fingerprints count as one bug. */
  fingerprint: z.string(),
  system: z.string(),
  lane: z.enum(['live', 'sim']),
  case: caseSchema,
  findings: z.array(findingSchema),
  /** The anomaly that the run ended in, if the counterexample is about an anomaly and not about a property. */
  anomaly: z.exactOptional(anomalySchema),
  /** How often the run exercised each property, and how often it left the property undecided. Properties with neither are left out. */
  judged: z.exactOptional(
    z.partialRecord(z.enum(PROPERTY_IDS), z.strictObject({ exercised: z.int().min(0), undecided: z.int().min(0) })),
  ),
  history: storedHistorySchema,
  /** The SHA-256 of the events of the history, in hexadecimal. A replay on the sim lane has the same hash. */
  historyHash: z.string(),
  /** Present if a fresh process does not show the violation: the system keeps state, and the same process had made these runs before. */
  after: z.exactOptional(cameAfterSchema),
  /** On the sim lane: the replay token, one line that replays the run. */
  token: z.exactOptional(z.string()),
  /** What shrinking did: how many candidates it tried, how many it kept, and why it stopped. */
  shrinking: z.strictObject({
    /** Candidates that were run. */
    tried: z.int(),
    /** Candidates that violated and became the next case to shrink. */
    kept: z.int(),
    stopped: z.enum(['minimal', 'time', 'interrupted', 'not-run']),
    original: caseSchema,
    /** The history of the run as it was found; only if shrinking changed the case. */
    originalHistory: z.exactOptional(historySchema),
  }),
  /** How often the case violated when it was run again; a counterexample that did not violate every time is flaky. */
  confirmation: z.exactOptional(confirmationSchema),
  explanation: z.exactOptional(explanationSchema),
  /** The run of Onesend that found it. */
  origin: z.exactOptional(originSchema),
});

/** The schema of a counterexample. It refuses one whose parts contradict each other, because such a file was altered. */
export const counterexampleSchema = fields
  .refine(({ findings, anomaly }) => findings.length > 0 || anomaly !== undefined, 'neither findings nor an anomaly')
  .superRefine((stored, context) => {
    if (!isOfHistory(stored))
      context.addIssue({ code: 'custom', path: ['case'], message: 'differs from its own history' });
    if (!isOfToken(stored)) context.addIssue({ code: 'custom', path: ['case'], message: 'differs from its own token' });
    if (stored.historyHash !== historyHash(stored.history))
      context.addIssue({ code: 'custom', path: ['historyHash'], message: 'differs from the hash of its own history' });
    if (stored.id !== counterexampleId(stored))
      context.addIssue({ code: 'custom', path: ['id'], message: 'differs from the hash of what it names' });
  })
  .overwrite(withCurrentHistory);

type Fields = z.infer<typeof fields>;

/**
 * Gives the tables in the history their current names, and computes the hash again. Id and fingerprint stay as they are, because other
 * documents refer to the counterexample by them.
 */
function withCurrentHistory(stored: Fields): Fields {
  const history = withCurrentEvents(stored.history);
  return { ...stored, history, historyHash: historyHash(history) };
}

const ID_DIGITS = 8;

/**
 * The id of a counterexample: what it violates, and the first 8 hex digits of the SHA-256 of the canonical JSON (RFC 8785) of system, lane,
 * case and fingerprint. The same violation of the same case has the same id in every run.
 */
export function counterexampleId({
  system,
  lane,
  case: { scenario, deviations },
  fingerprint,
}: Pick<Fields, 'system' | 'lane' | 'fingerprint'> & { readonly case: Case }): string {
  const hash = sha256(canonicalJson({ system, lane, case: { scenario, deviations }, fingerprint }));
  return `${brokenBy(fingerprint)}-${hash.slice(0, ID_DIGITS)}`;
}

/**
 * Whether the case is that of the history. On the sim lane the history's scenario also lists, at the end, faults that the simulator
 * decided.
 */
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

/** A case that violates, with the history that shows it. */
export type Counterexample = z.infer<typeof counterexampleSchema>;

/** The counterexample as a document. */
export const counterexampleDocument: DocumentKind<Counterexample> = {
  format: 'onesend.counterexample/3',
  schema: counterexampleSchema,
};
