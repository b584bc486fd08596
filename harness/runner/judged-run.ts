// Judges one history: what it violates, which faults bit, and whether the observers saw well enough for that to count.
import type { Finding, PropertyId } from '../formats/finding.ts';
import type { History } from '../formats/history.ts';
import { eventsOf } from '../history/events-of.ts';
import type { FaultReceipt, Oracle, PropertyResult } from '../evidence/oracle.ts';

/** A history with all that was found out about it. */
export interface JudgedRun {
  readonly history: History;
  readonly properties: readonly PropertyResult[];
  readonly receipts: readonly FaultReceipt[];
  /** The findings that count, in the order of the properties. */
  readonly findings: readonly Finding[];
  /** What the observers confess: such a run is no evidence that a property held. */
  readonly observerProblems: readonly string[];
  /** Whether an observer was lost or lost something, which is worse than having been late. */
  readonly observerLost: boolean;
  /** Faults that had traffic and left no receipt. */
  readonly missingReceipts: readonly string[];
  /** Checkers that threw, and receipts that did. */
  readonly crashes: readonly string[];
}

/**
 * Findings of these properties rest on events that were seen, never on what was not seen or on when: two acceptances that were observed
 * stay two, however much else the observers missed.
 */
const STANDS_DESPITE_PROBLEMS: ReadonlySet<PropertyId> = new Set(['S1']);

/** Judges a history. The same history gives the same judgement, which is what a re-check rests on. */
export function judgeRun(history: History, oracle: Oracle): JudgedRun {
  const properties = oracle.judge(history);
  const { receipts, crash } = receiptsOf(history, oracle);
  const confessions = eventsOf(history, 'observer-problem');
  const observerProblems = confessions.map(
    ({ observer, problem: kind, detail }) => `observer ${observer} ${kind}: ${detail}`,
  );
  const findings = properties.flatMap((property) => property.findings);
  return {
    history,
    properties,
    receipts,
    findings:
      observerProblems.length === 0
        ? findings
        : findings.filter((finding) => STANDS_DESPITE_PROBLEMS.has(finding.property)),
    observerProblems,
    observerLost: confessions.some((event) => event.problem !== 'stalled'),
    missingReceipts: receipts.filter((receipt) => receipt.state === 'missing').map((receipt) => receipt.kind),
    crashes: [
      ...crash,
      ...properties.flatMap((property) =>
        property.crashed === undefined ? [] : [`the checker of ${property.property} failed: ${property.crashed}`],
      ),
    ],
  };
}

/** Receipts that fail are a defect of the rig, to be told like a checker that fails, and never the end of a whole run. */
function receiptsOf(history: History, oracle: Oracle): { receipts: readonly FaultReceipt[]; crash: readonly string[] } {
  try {
    return { receipts: oracle.receipts(history), crash: [] };
  } catch (cause) {
    return { receipts: [], crash: [`the receipts failed: ${cause instanceof Error ? cause.message : String(cause)}`] };
  }
}

/** Whether a run shows nothing that counts and shows it badly: then it is worth another try. */
export function isWorthRerun(run: JudgedRun): boolean {
  return run.findings.length === 0 && (run.observerProblems.length > 0 || run.missingReceipts.length > 0);
}
