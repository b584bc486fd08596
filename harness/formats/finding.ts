// The ids and names of the properties, and what a checker reports about one history.
import { z } from 'zod';
import type { History } from './history.ts';
import type { Vantage } from './vantages.ts';

/** The properties, each with the name under which output prints it. */
export const PROPERTIES = {
  S1: 'AtMostOnce',
  S2: 'SingleAuthority',
  S3: 'Fenced',
  S4: 'ModeConformance',
  S5: 'DryRunPurity',
  S6: 'UuidOnce',
  S7: 'Writers',
  S8: 'LogTruth',
  S9: 'QuotaOnce',
  S10: 'Conservation',
  S11: 'TruthfulDuplicate',
  S12: 'TruthfulTerminal',
  S13: 'ShadowTransparency',
  S14: 'Budget',
  S15: 'Breaker',
  S16: 'ModePinning',
  S17: 'ReconciliationIsTrue',
  S18: 'PayloadBound',
  S19: 'BatchBijection',
  S20: 'DurableBeforeEffect',
  S21: 'LogEvidence',
  S22: 'TenantIsolation',
  S23: 'Admission',
  S24: 'TruthfulUser',
  L1: 'Terminal',
  L2: 'NoFaultNoDoubt',
  L3: 'FallbackWorks',
  L4: 'NoLazyUnknown',
  L5: 'Convergence',
  L6: 'BreakerCloses',
  L7: 'ClaimsEnd',
  L8: 'FlipsConverge',
} as const;

/** The id of a property. */
export type PropertyId = keyof typeof PROPERTIES;

/** All property ids, in the order of the reports. */
export const PROPERTY_IDS = Object.keys(PROPERTIES) as [PropertyId, ...PropertyId[]];

/** The schema of one finding. */
export const findingSchema = z.strictObject({
  property: z.enum(PROPERTY_IDS),
  /** One sentence: what was seen that must not be. */
  message: z.string(),
  /** The items that violate the property. */
  items: z.array(z.string()),
  /** The `seq` of the events that show it, in order. */
  witnesses: z.array(z.int()),
});

/** One violation with its witnesses. */
export type Finding = z.infer<typeof findingSchema>;

/** What a fingerprint is a violation of: a property, or the kind of an anomaly. */
export function brokenBy(fingerprint: string): string {
  return fingerprint.split(':', 1)[0] ?? fingerprint;
}

/** What one checker reports about one history. `exercised` counts the chances to violate the property that the checker could decide. */
export interface CheckResult {
  readonly property: PropertyId;
  readonly exercised: number;
  readonly findings: readonly Finding[];
  /** The chances that it could not decide, one sentence each: the order across observers or the cause of an event is unknown. */
  readonly undecided: readonly string[];
}

/** A property as a pure function over a history. */
export interface Checker {
  readonly property: PropertyId;
  /** What it must be able to see; in a history that lacks one of them, the property is NOT OBSERVED. */
  readonly vantages: readonly Vantage[];
  check(history: History): CheckResult;
}
