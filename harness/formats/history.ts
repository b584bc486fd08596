// The history of one run: the observed events, with what is needed to interpret them. It is the only input of the checkers.
import { z } from 'zod';
import type { Readings } from '../../src/contract/readings.ts';
import { canonicalJson, sha256 } from '../platform/canonical-json.ts';
import { statusRangesSchema } from './accepted-statuses.ts';
import type { DocumentKind } from './document.ts';
import { eventSchema } from './event.ts';
import { withCurrentNames } from './renamed-tables.ts';
import { scenarioSchema } from './scenario.ts';
import { vantagesSchema } from './vantages.ts';

const readingsSchema = z.strictObject({
  shadowBilling: z.enum(['none', 'legacy']),
  fallbackBilling: z.enum(['charged', 'free']),
  offBilling: z.enum(['charged', 'free']),
  unknownMode: z.enum(['OFF', 'reject']),
  redelivery: z.enum(['idempotent', 'resends']),
  fallbackLog: z.enum(['message', 'batch']),
  negativeBalance: z.enum(['never', 'allowed']),
  shadowReconciliation: z.literal('exclude-dry-runs'),
  timeout: z.literal('compete-for-authority'),
} satisfies { readonly [K in keyof Readings]: z.ZodType<Readings[K]> });

/** Bounds for judging times, in milliseconds, with allowances for the noise of the lane. On the sim lane they are exact. */
export const tolerancesSchema = z.strictObject({
  /** The budget of a call to the service: how long the legacy app promises to wait for it, at most. */
  budgetMs: z.number(),
  /** A wait of this length or longer counts as a timeout, which is a cause for a fallback. */
  timeoutCauseFromMs: z.number(),
  /** A wait between this and `timeoutCauseFromMs` was possibly a timeout; an observer outside the process cannot know. */
  timeoutDoubtFromMs: z.number(),
  /** How much longer than its budget a call is allowed to take. */
  budgetEpsilonMs: z.number(),
  /** An overrun between `budgetEpsilonMs` and this was possibly caused by the machine; an observer outside the process cannot know. */
  budgetDoubtMs: z.number(),
  /** How much later than in OFF a user is allowed to be answered in SHADOW. */
  shadowEpsilonMs: z.number(),
  /** How soon after the entry the provider must have accepted a fallback send, if no fault disturbs the legacy app or its provider. */
  livenessMs: z.number(),
  /** How much longer than configured a wait inside a system can take on a busy machine. */
  noiseMs: z.number(),
});

/** Times of the system, in milliseconds: how long a fault can have effects after its end, and when the system acts. */
export const timingsSchema = z.strictObject({
  /** How long a system waits for an answer of its provider. */
  providerTimeoutMs: z.number(),
  /** How long an unfinished claim of the authority blocks other claims. */
  leaseMs: z.number(),
  /** How long a breaker refuses all calls after it has opened; 0 for a system without breakers. */
  breakerProbeAfterMs: z.number(),
  /** How long after a flip was acknowledged entries are allowed to use the previous mode. */
  flagStalenessMs: z.number(),
  /** How many failures within `breakerWindowMs` open a breaker; 0 if the system does not say. */
  breakerFailures: z.int(),
  breakerWindowMs: z.number(),
  /** How many calls are allowed to probe a breaker at once; 0 if the system does not say. */
  breakerProbes: z.int(),
  /** A reconciliation ignores rows that are younger than this. */
  reconcileGraceMs: z.number(),
});

/** The times of a system, in milliseconds. */
export type Timings = z.infer<typeof timingsSchema>;

/** The tolerances of one lane, in milliseconds. */
export type Tolerances = z.infer<typeof tolerancesSchema>;

/** The schema of a history exactly as it was stored, so that a stored hash of its events can be checked. */
export const storedHistorySchema = z.strictObject({
  format: z.literal('onesend.history/4'),
  scenario: scenarioSchema,
  lane: z.enum(['live', 'sim']),
  system: z.string(),
  vantages: vantagesSchema,
  readings: readingsSchema,
  /** The HTTP statuses with which the legacy app says that it accepted a campaign, as ranges. */
  accepted: statusRangesSchema,
  tolerances: tolerancesSchema,
  timings: timingsSchema,
  /** The tenants of the scenario as they were in this run: their ids, provider accounts, and units at the start. */
  tenants: z.array(
    z.strictObject({ key: z.string(), tenantId: z.int(), account: z.nullable(z.string()), quota: z.int() }),
  ),
  /** In a history: all items of the scenario; no two have the same recipient and text. In a finding: the items that it is about. */
  items: z.array(
    z.strictObject({
      item: z.string(),
      campaign: z.string(),
      tenant: z.string(),
      recipient: z.string(),
      body: z.string(),
      /** The account at the provider. Of a tenant: null if it has no account. Of an item: only if it is not its tenant's first account. */
      account: z.exactOptional(z.string()),
    }),
  ),
  /** The names of the database roles of the two systems and of the rig. */
  roles: z.strictObject({ legacy: z.string(), service: z.string(), rig: z.string() }),
  events: z.array(eventSchema),
});

/** The schema of a history. Reading gives tables with older names their current names. */
export const historySchema = storedHistorySchema.overwrite(withCurrentEvents);

/** Gives the tables in the events their current names. */
export function withCurrentEvents(history: History): History {
  return { ...history, events: history.events.map(withCurrentNames) };
}

/** The ordered, observed events of one run, with what is needed to interpret them. */
export type History = z.infer<typeof storedHistorySchema>;

/**
 * The SHA-256 of the canonical JSON (RFC 8785) of all events of a history, in hexadecimal. Two runs with equal hashes had the same events.
 * A history has the same hash after it was written to a file and read again.
 */
export function historyHash({ events }: Pick<History, 'events'>): string {
  return sha256(canonicalJson(events));
}

/** The history as a document. */
export const historyDocument: DocumentKind<History> = { format: 'onesend.history/4', schema: historySchema };
