// Judges one run: what it violates, which faults took effect, and whether its observers saw well enough for that to count.
import type { Anomaly, AnomalyKind } from '../formats/anomaly.ts';
import type { ProblemCode } from '../formats/evidence.ts';
import type { Finding, PropertyId } from '../formats/finding.ts';
import type { Goal } from '../formats/goal.ts';
import type { History } from '../formats/history.ts';
import type { Scenario } from '../formats/scenario.ts';
import { eventsOf } from '../history/events-of.ts';
import { goalsReached } from '../history/goals.ts';
import type { FaultReceipt, Oracle, PropertyResult } from './oracle.ts';

/** Something wrong with a run other than a violated property. `message` is one sentence. */
export interface Problem {
  readonly code: ProblemCode;
  readonly message: string;
}

/** What all checkers, receipts and goals say of one run. */
export interface Judgement {
  readonly history: History;
  readonly properties: readonly PropertyResult[];
  /** The findings that count, in the order of the properties. Disturbed observers leave only those of `STANDS_DESPITE_PROBLEMS`. */
  readonly findings: readonly Finding[];
  readonly receipts: readonly FaultReceipt[];
  /** The labels of the faults that had traffic and left no receipt. */
  readonly missingReceipts: readonly string[];
  readonly goals: ReadonlySet<Goal>;
  /** What the observers reported about themselves, one sentence each: such a run is no evidence that a property held. */
  readonly observerProblems: readonly string[];
  /** Checkers that failed, anomalies, and observers that were lost. */
  readonly problems: readonly Problem[];
  /** What a counterexample to this run shows: the violated properties, or the kind of an anomaly. Empty for a run without findings. */
  readonly broken: readonly string[];
}

/** A history to judge, with the anomalies that the lane detected during its run. */
export interface Run {
  readonly history: History;
  readonly anomalies?: readonly Anomaly[];
  /** The scenario of the case. On the sim lane the history's own lists the faults of decisions after these; they need no receipt. */
  readonly scenario?: Scenario;
}

/**
 * Properties whose findings depend only on observed events, not on missing events or on times: two observed acceptances are two, even if
 * the observers missed other events.
 */
const STANDS_DESPITE_PROBLEMS: ReadonlySet<PropertyId> = new Set(['S1']);

/** What each kind of anomaly means for a verdict. */
const CODE_OF_ANOMALY = {
  deadlock: 'violation/deadlock',
  livelock: 'violation/livelock',
  'unhandled-rejection': 'violation/unhandled-rejection',
  egress: 'violation/egress',
  'out-of-events': 'inconclusive/out-of-events',
  'out-of-time': 'inconclusive/out-of-time',
  'failed-boot': 'inconclusive/failed-boot',
  'forbidden-call': 'self-check/forbidden-call',
  engine: 'self-check/engine',
} as const satisfies Record<AnomalyKind, ProblemCode>;

/** Judges a run. Equal runs have equal judgements, and re-checks depend on that. */
export function judge({ history, anomalies = [], scenario = history.scenario }: Run, oracle: Oracle): Judgement {
  const properties = oracle.judge(history);
  const { receipts, problems: crashes } = receiptsOf({ history, asked: scenario.faults.length }, oracle);
  for (const { property, crashed } of properties) {
    if (crashed !== undefined) {
      crashes.push({ code: 'self-check/checker-crashed', message: `the checker of ${property} failed: ${crashed}` });
    }
  }
  const reports = eventsOf(history, 'observer-problem');
  const observerProblems = reports.map(({ observer, problem, detail }) => `observer ${observer} ${problem}: ${detail}`);
  const found = properties.flatMap((property) => property.findings);
  const findings =
    reports.length === 0 ? found : found.filter((finding) => STANDS_DESPITE_PROBLEMS.has(finding.property));
  const ofRun = problemsOfRun(anomalies, crashes.length > 0);
  const lost = anomalies.length > 0 ? undefined : reports.findIndex(({ problem }) => problem !== 'stalled');
  const blindness = lost === undefined || lost === -1 ? [] : [observerLost(observerProblems[lost] ?? '')];
  const anomaly = ofRun.find(({ code }) => code.startsWith('violation/'));
  return {
    history,
    properties,
    findings,
    receipts,
    missingReceipts: receipts.filter(({ state }) => state === 'missing').map(({ kind }) => kind),
    goals: goalsReached(history),
    observerProblems,
    problems: [...crashes, ...ofRun, ...blindness],
    broken:
      anomaly === undefined
        ? [...new Set(findings.map(({ property }) => property))]
        : [anomaly.code.slice('violation/'.length)],
  };
}

/** The problems of a run's anomalies. Violations count only if nothing makes the run invalid or inconclusive, and then only the first. */
function problemsOfRun(anomalies: readonly Anomaly[], hasCrash: boolean): Problem[] {
  const problems = anomalies.map(({ kind, message }) => ({
    code: CODE_OF_ANOMALY[kind],
    message: `${kind}: ${message}`,
  }));
  const voiding = problems.filter(({ code }) => !code.startsWith('violation/'));
  if (voiding.length > 0 || hasCrash) return voiding;
  return problems.slice(0, 1);
}

function observerLost(message: string): Problem {
  return { code: 'inconclusive/observer-lost', message };
}

/** The receipts of a run. An error in them is a defect of the rig: it is reported like a checker that throws, and ends nothing else. */
function receiptsOf(
  { history, asked }: { readonly history: History; readonly asked: number },
  oracle: Oracle,
): { receipts: readonly FaultReceipt[]; problems: Problem[] } {
  // Receipts cost as much as a checker, and most scenarios of an exploration have no faults.
  if (asked === 0) return { receipts: [], problems: [] };
  try {
    return { receipts: oracle.receipts(history).slice(0, asked), problems: [] };
  } catch (cause) {
    const message = `the receipts failed: ${cause instanceof Error ? cause.message : String(cause)}`;
    return { receipts: [], problems: [{ code: 'self-check/receipts-crashed', message }] };
  }
}

/** Whether a run is worth another try: it has no finding, and its observers were disturbed or a receipt is missing. */
export function isWorthRerun({ findings, observerProblems, missingReceipts }: Judgement): boolean {
  return findings.length === 0 && (observerProblems.length > 0 || missingReceipts.length > 0);
}

/** The first problem with one of these meanings: `self-check`, `violation` or `inconclusive`. */
export function firstProblem(
  { problems }: Judgement,
  meaning: 'self-check' | 'violation' | 'inconclusive',
): Problem | undefined {
  return problems.find(({ code }) => code.startsWith(`${meaning}/`));
}
