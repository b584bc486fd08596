// The verdict: one function decides, for a test, a suite, a re-check, a merge and a gate alike.
import { z } from 'zod';
import { PROPERTY_IDS } from './finding.ts';
import type { GoalEvidence } from './goal.ts';

/** The verdicts with their exit codes. */
export const EXIT_CODES = {
  pass: 0,
  violation: 1,
  usage: 2,
  inconclusive: 3,
  infrastructure: 4,
  'self-check': 5,
  interrupted: 130,
} as const;

/** A verdict. */
export type Verdict = keyof typeof EXIT_CODES;

/** What a run knows of one property, over all its scenarios. */
export const propertyEvidenceSchema = z.strictObject({
  property: z.enum(PROPERTY_IDS),
  /** False when the system does not expose the property's vantage: NOT OBSERVED narrows the claim. */
  observed: z.boolean(),
  /** How many scenarios exercised it, and how often in all. */
  scenarios: z.int(),
  exercised: z.int(),
  undecided: z.int(),
  violations: z.int(),
  /** The least `exercised` that counts as evidence. */
  minimum: z.int(),
});

/** Evidence about one property. */
export type PropertyEvidence = z.infer<typeof propertyEvidenceSchema>;

/** What a run knows of one kind of fault: how often it was planned, had traffic to bite, and left its receipt. */
export const faultEvidenceSchema = z.strictObject({
  /** For example `latency downstream`. */
  fault: z.string(),
  planned: z.int(),
  /** Left a receipt. */
  bit: z.int(),
  /** Found no traffic to bite. */
  idle: z.int(),
  /** Had traffic, and no observer saw any effect: the fault was not applied. */
  missing: z.int(),
  /** The least `bit` that counts as evidence. */
  minimum: z.int(),
});

/** Evidence about one kind of fault. */
export type FaultEvidence = z.infer<typeof faultEvidenceSchema>;

/** All that a verdict rests on. */
export interface Evidence {
  readonly scenarios: number;
  readonly properties: readonly PropertyEvidence[];
  readonly faults: readonly FaultEvidence[];
  /** Violations whose stored history was re-checked and violates still. Others do not count, and are a self-check failure. */
  readonly confirmedViolations: number;
  readonly unconfirmedViolations: number;
  readonly infrastructure: readonly string[];
  /** Scenarios whose observers report problems after their second try. */
  readonly observerTrouble: readonly string[];
  readonly selfCheck: readonly string[];
  readonly timedOut: boolean;
  readonly interrupted: boolean;
  /** What no healthy system is in and no property speaks of: a deadlock, a livelock, a promise that failed unheard. */
  readonly anomalies?: readonly string[];
  /** Runs that were too short to show anything, one sentence each. */
  readonly doubts?: readonly string[];
  /** What the runs must have reached at least once. */
  readonly goals?: readonly GoalEvidence[];
}

/** A verdict with the reasons for it, one sentence each. */
export interface Decision {
  readonly verdict: Verdict;
  readonly exitCode: number;
  readonly reasons: readonly string[];
}

/**
 * Decides: self-check before violation, before interrupted, before infrastructure, before inconclusive, before pass. An interrupted
 * run keeps the violation it found, so that Ctrl-C never turns a double send into a mere stop.
 */
export function decideVerdict(evidence: Evidence): Decision {
  const selfCheck = [...evidence.selfCheck];
  if (evidence.unconfirmedViolations > 0) {
    selfCheck.push(`${evidence.unconfirmedViolations} findings did not re-check from their stored history`);
  }
  if (selfCheck.length > 0) return decision('self-check', selfCheck);
  const violations = violationReasons(evidence);
  if (violations.length > 0) return decision('violation', violations);
  if (evidence.interrupted) return decision('interrupted', ['the run was interrupted']);
  if (evidence.infrastructure.length > 0) return decision('infrastructure', evidence.infrastructure);
  const doubts = inconclusiveReasons(evidence);
  if (doubts.length > 0) return decision('inconclusive', doubts);
  return decision('pass', ['every observed property held and was exercised']);
}

function decision(verdict: Verdict, reasons: readonly string[]): Decision {
  return { verdict, exitCode: EXIT_CODES[verdict], reasons };
}

/** From the worst to the best; the order of the rules of decideVerdict. */
const WORST_FIRST: readonly Verdict[] = [
  'self-check',
  'violation',
  'usage',
  'interrupted',
  'infrastructure',
  'inconclusive',
  'pass',
];

/** The verdict over several lanes: the worst of theirs, with the reasons of every lane that did not pass. */
export function joinDecisions(lanes: readonly { readonly lane: string; readonly decision: Decision }[]): Decision {
  const worst = WORST_FIRST.find((verdict) => lanes.some((each) => each.decision.verdict === verdict));
  if (worst === undefined) return decision('inconclusive', ['no lane ran']);
  if (worst === 'pass') return decision('pass', lanes[0]?.decision.reasons ?? []);
  const reasons = lanes.flatMap(({ lane, decision: { verdict, reasons: own } }) =>
    verdict === 'pass' ? [] : own.map((reason) => `${lane}: ${reason}`),
  );
  return decision(worst, reasons);
}

function violationReasons({ confirmedViolations, properties, anomalies = [] }: Evidence): string[] {
  if (confirmedViolations === 0) return [...anomalies];
  const broken = properties.filter((property) => property.violations > 0).map((property) => property.property);
  return [`violated: ${broken.join(', ')}`, ...anomalies];
}

function inconclusiveReasons(evidence: Evidence): string[] {
  const reasons: string[] = [];
  if (evidence.scenarios === 0) reasons.push('no scenario ran');
  if (evidence.timedOut) reasons.push('time ran out before the planned scenarios had run');
  reasons.push(...evidence.observerTrouble, ...(evidence.doubts ?? []));
  for (const { goal, reached } of evidence.goals ?? []) if (reached === 0) reasons.push(`never reached: ${goal}`);
  for (const property of evidence.properties) {
    if (property.observed && property.exercised < property.minimum) {
      reasons.push(
        `${property.property} was exercised ${property.exercised} times, at least ${property.minimum} are needed`,
      );
    }
  }
  if (evidence.properties.every((property) => !property.observed)) reasons.push('no property was observed');
  for (const fault of evidence.faults) {
    if (fault.missing > 0)
      reasons.push(`fault '${fault.fault}' had traffic and left no receipt in ${fault.missing} scenarios`);
    if (fault.bit < fault.minimum)
      reasons.push(`fault '${fault.fault}' bit ${fault.bit} times, at least ${fault.minimum} are needed`);
  }
  return reasons;
}
