// Decides the outcome of a gate. The findings of the checkers come before the gate's own question, so that no gate passes if its run
// violates.
import { firstProblem } from '../evidence/judge.ts';
import type { Fault } from '../formats/fault.ts';
import { PROPERTIES } from '../formats/finding.ts';
import type { GateOutcome } from '../formats/gate.ts';
import type { History } from '../formats/history.ts';
import type { Vantage } from '../formats/vantages.ts';
import { eventsOf } from '../history/events-of.ts';
import type { CaseOutcome, CaseRun } from './run-case.ts';

/** What a gate concludes from its histories. */
export interface GateJudgement {
  readonly outcome: GateOutcome['outcome'];
  /** What was seen, in one sentence. */
  readonly received: string;
  /** The times that were judged, in milliseconds. */
  readonly measured?: GateOutcome['measured'];
}

/** The outcome of one scenario of a gate; `refused`: the lane cannot play it. */
export type GateRun = CaseOutcome | { readonly kind: 'refused'; readonly message: string };

/** The question of a gate: the vantages that it needs, and how histories answer it. */
export interface GateQuestion {
  readonly vantages: readonly Vantage[];
  judge(histories: readonly History[]): GateJudgement;
}

/** The outcome of a gate, and whether its own question failed; its runs can violate properties too. */
export interface JudgedGate extends GateJudgement {
  readonly isOwnFailure: boolean;
}

/** Decides the outcome of a gate by its runs. */
export function judgeGate(gate: GateQuestion, runs: readonly GateRun[]): JudgedGate {
  const { answer, ...judgement } = judgeAll(gate, runs);
  return { ...judgement, isOwnFailure: answer?.outcome === 'fail' };
}

/** A crash of a checker counts more than a violation, and a violation more than any other doubt, as in every verdict. */
function judgeAll(gate: GateQuestion, runs: readonly GateRun[]): GateJudgement & { readonly answer?: GateJudgement } {
  const judged = runs.filter((run) => run.kind === 'judged');
  const crashes = judged.flatMap(({ judgement }) => firstProblem(judgement, 'self-check')?.message ?? []);
  if (crashes.length > 0) return { outcome: 'inconclusive', received: inOneLine(crashes) };
  const violations = judged.flatMap(violationsIn);
  const doubts = runs.flatMap(doubtsAbout);
  const unobserved = runs.flatMap((run) => unobservedIn(run, gate));
  const hasAnswer = doubts.length === 0 && unobserved.length === 0;
  const answer = hasAnswer ? gate.judge(judged.map(({ judgement }) => judgement.history)) : undefined;
  if (violations.length > 0) {
    const own = answer?.outcome === 'fail' ? [answer.received] : [];
    return { ...answer, outcome: 'fail', received: inOneLine([...own, ...violations]), ...(answer && { answer }) };
  }
  if (doubts.length > 0) return { outcome: 'inconclusive', received: inOneLine(doubts) };
  if (answer !== undefined) return { ...answer, answer };
  return { outcome: 'not-observed', received: inOneLine(unobserved) };
}

function inOneLine(sentences: readonly string[]): string {
  return [...new Set(sentences)].join('; ');
}

/** What a run violates: one sentence for each property, or its anomaly. */
function violationsIn({ judgement }: CaseRun): string[] {
  const anomaly = firstProblem(judgement, 'violation');
  if (anomaly !== undefined) return [anomaly.message];
  const first = new Map(judgement.findings.toReversed().map((finding) => [finding.property, finding]));
  return judgement.broken.flatMap((broken) =>
    [...first.values()].flatMap(({ property, message }) =>
      property === broken ? [`${property} ${PROPERTIES[property]} is violated: ${message}`] : [],
    ),
  );
}

/** Why a run cannot answer a gate's question, one sentence each. */
function doubtsAbout(run: GateRun): string[] {
  switch (run.kind) {
    case 'refused':
      return [];
    case 'stopped':
      return ['the run was interrupted'];
    case 'infrastructure':
      return [run.message];
    case 'judged': {
      const { judgement } = run;
      const problem = firstProblem(judgement, 'inconclusive');
      return [
        ...judgement.observerProblems,
        ...(problem === undefined || judgement.observerProblems.length > 0 ? [] : [problem.message]),
        ...judgement.missingReceipts.map((fault) => `fault '${fault}' left no receipt`),
      ];
    }
  }
}

/** Faults that the rig plants as rows or data. A system without a place for them does not get them, so its gate shows nothing. */
const PLANTED: ReadonlySet<Fault['kind']> = new Set<Fault['kind']>(['breaker-open', 'missing-uuid', 'tamper']);

/** Why this run cannot show what the gate is about, one sentence each. */
function unobservedIn(run: GateRun, { vantages }: GateQuestion): string[] {
  if (run.kind === 'refused') return [run.message];
  if (run.kind !== 'judged') return [];
  const { history, receipts } = run.judgement;
  const { faults, steps } = history.scenario;
  const hidden = vantages.filter((vantage) => !history.vantages.includes(vantage));
  const idle = receipts.filter(({ state }, index) => state === 'idle' && PLANTED.has(faults[index]?.kind ?? 'latency'));
  const lacksReport =
    steps.some(({ kind }) => kind === 'reconcile') && eventsOf(history, 'reconciliation').length === 0;
  return [
    ...hidden.map((vantage) => `the system does not show its ${vantage}`),
    ...idle.map(({ kind }) => `the fault '${kind}' could not be planted`),
    ...(lacksReport ? ['the system has no reconciliation'] : []),
  ];
}
