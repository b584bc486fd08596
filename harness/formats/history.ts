// The history of one run: the only thing checkers read.
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

/** The bounds that judge the system under the noise of the lane, in milliseconds. In the sim they are all exact. */
export const tolerancesSchema = z.strictObject({
  /** The promised bound of a call to the service. */
  budgetMs: z.number(),
  /** A timeout counts as a fallback cause from here on. */
  timeoutCauseFromMs: z.number(),
  /** A wait between this and the bound above may have been a timeout: that cannot be seen from outside the process. */
  timeoutDoubtFromMs: z.number(),
  /** A call may last this much longer than its budget. */
  budgetEpsilonMs: z.number(),
  /** An overrun between the bound above and this may have been the machine's: that cannot be seen from outside the process. */
  budgetDoubtMs: z.number(),
  /** How much later a user may be answered in SHADOW than in OFF. */
  shadowEpsilonMs: z.number(),
  /** How soon after the entry, faults healed, a fallback send must have come. */
  livenessMs: z.number(),
  /** How much longer than it says a wait inside a system may take on a busy machine. */
  noiseMs: z.number(),
});

/** The times of the system, in milliseconds, that say how long a fault may be felt after its end, and what it does when. */
export const timingsSchema = z.strictObject({
  /** How long a system waits for its provider. */
  providerTimeoutMs: z.number(),
  /** How long a claim that went no further keeps others away. */
  leaseMs: z.number(),
  /** How long a breaker that opened refuses all calls; 0 for a system without one. */
  breakerProbeAfterMs: z.number(),
  /** How long after the acknowledgement of a flip an entry may still follow the flag before it. */
  flagStalenessMs: z.number(),
  /** How many failures within how long open a breaker; 0 for a system that does not say. */
  breakerFailures: z.int(),
  breakerWindowMs: z.number(),
  /** How many calls may probe a breaker at once; 0 for a system that does not say. */
  breakerProbes: z.int(),
  /** Rows younger than this are left out of a reconciliation. */
  reconcileGraceMs: z.number(),
});

/** The times of a system. */
export type Timings = z.infer<typeof timingsSchema>;

/** The tolerances of one lane. */
export type Tolerances = z.infer<typeof tolerancesSchema>;

/** The schema of a history as it was stored, whose events have the stored hash. */
export const storedHistorySchema = z.strictObject({
  format: z.literal('onesend.history/4'),
  scenario: scenarioSchema,
  lane: z.enum(['live', 'sim']),
  system: z.string(),
  vantages: vantagesSchema,
  readings: readingsSchema,
  /** The statuses by which the legacy app says that it took a campaign. */
  accepted: statusRangesSchema,
  tolerances: tolerancesSchema,
  timings: timingsSchema,
  /** The scenario's tenants as they were in this run: id, provider account, units at the start. Without accounts of their own: null. */
  tenants: z.array(
    z.strictObject({ key: z.string(), tenantId: z.int(), account: z.nullable(z.string()), quota: z.int() }),
  ),
  /** The scenario's items as they were in this run: each recipient with its body belongs to one item only. */
  items: z.array(
    z.strictObject({
      item: z.string(),
      campaign: z.string(),
      tenant: z.string(),
      recipient: z.string(),
      body: z.string(),
      /** Its tenant's account at its provider, where that is not the first one. */
      account: z.exactOptional(z.string()),
    }),
  ),
  /** The names of the database roles of the two systems, and of the rig's own, whose writes are no system's. */
  roles: z.strictObject({ legacy: z.string(), service: z.string(), rig: z.string() }),
  events: z.array(eventSchema),
});

/** The schema of a history: what is read has today's names of tables. */
export const historySchema = storedHistorySchema.overwrite(withCurrentEvents);

/** The history with today's names of tables. */
export function withCurrentEvents(history: History): History {
  return { ...history, events: history.events.map(withCurrentNames) };
}

/** The ordered, observed events of one run, with what is needed to read them. */
export type History = z.infer<typeof storedHistorySchema>;

/**
 * The SHA-256 of the canonical JSON (RFC 8785) of all events of a history, in hexadecimal. Equal hashes mean that nothing went differently, be
 * a history just made or read from a file.
 */
export function historyHash({ events }: Pick<History, 'events'>): string {
  return sha256(canonicalJson(events));
}

/** The history as a document. */
export const historyDocument: DocumentKind<History> = { format: 'onesend.history/4', schema: historySchema };
