// The counterexample: a case that violates, after shrinking, with the history that shows it.
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
  /** Of Onesend, Node and the platform. */
  versions: z.record(z.string(), z.string()),
  /** The commit of the repository that the system lies in, with `-dirty` where files differed from it. */
  commit: z.exactOptional(z.string()),
  /** The seed of the search; a replay never uses it. */
  seed: z.exactOptional(z.int()),
  startedAt: z.string(),
});

/** Where a counterexample comes from. */
export type Origin = z.infer<typeof originSchema>;

/** How often a counterexample was made again as it stands, how often it violated, and how many different histories that gave. */
export const confirmationSchema = z.strictObject({
  tries: z.int().min(1),
  violated: z.int().min(0),
  histories: z.int().min(1),
});

const fields = z.strictObject({
  format: z.literal('onesend.counterexample/3'),
  /** What is broken, and the beginning of the SHA-256 of what it is known by: see `counterexampleId`. For example `S1-0a1b2c3d`. */
  id: z.string(),
  /** What it shows, without ids, times and counts: equal ones are one bug for all that a search can tell. */
  fingerprint: z.string(),
  system: z.string(),
  lane: z.enum(['live', 'sim']),
  case: caseSchema,
  findings: z.array(findingSchema),
  /** The anomaly that the run ended in, where it is not a property that is violated. */
  anomaly: z.exactOptional(anomalySchema),
  /** How often the run exercised each property, and how often it could not be decided; properties without a chance are left out. */
  judged: z.exactOptional(
    z.partialRecord(z.enum(PROPERTY_IDS), z.strictObject({ exercised: z.int().min(0), undecided: z.int().min(0) })),
  ),
  history: storedHistorySchema,
  /** A replay on the sim lane has the same hash: see `historyHash`. */
  historyHash: z.string(),
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
  /** One that did not violate in every try is flaky. */
  confirmation: z.exactOptional(confirmationSchema),
  explanation: z.exactOptional(explanationSchema),
  /** The run of Onesend that found it. */
  origin: z.exactOptional(originSchema),
});

/** The schema of a counterexample. One whose parts do not fit each other was altered. */
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

/** Its history with today's names of tables, and the hash of that. Its id and its fingerprint stay, since other documents name it by them. */
function withCurrentHistory(stored: Fields): Fields {
  const history = withCurrentEvents(stored.history);
  return { ...stored, history, historyHash: historyHash(history) };
}

const ID_DIGITS = 8;

/**
 * The id of a counterexample: what it breaks, and the beginning of the SHA-256 of the canonical JSON (RFC 8785) of system, lane, case and
 * fingerprint. The same violation of the same case has the same id in every run.
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
