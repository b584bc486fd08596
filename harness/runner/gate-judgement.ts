// Decides the outcome of a gate. The findings of the checkers come before the gate's own question, so that no gate passes if its run
// violates.
import { firstProblem } from '../evidence/judge.ts';
import type { Refusal } from '../execution/refusal.ts';
import type { GateOutcome, GateReceived } from '../formats/gate.ts';
import type { History } from '../formats/history.ts';
import type { Vantage } from '../formats/vantages.ts';
import { eventsOf } from '../history/events-of.ts';
import { ADVICE, adviceOnBroken, adviceOnIdle, adviceOnProblem, adviceOnVantage } from './gate-advice.ts';
import { rankOf } from './findings.ts';
import type { CaseOutcome, CaseRun } from './run-case.ts';

/** What a gate concludes from its histories. */
export interface GateJudgement {
  readonly outcome: GateOutcome['outcome'];
  /** What was seen, one element for each run and demand. */
  readonly received: readonly GateReceived[];
  /** The times that were judged, in milliseconds. */
  readonly measured?: GateOutcome['measured'];
}

/** The outcome of one scenario of a gate; `refused`: the lane cannot play it. */
export type GateRun = CaseOutcome | ({ readonly kind: 'refused' } & Refusal);

/** The question of a gate: the vantages that it needs, how histories answer it, and what to do if the answer is bad. */
export interface GateQuestion {
  readonly vantages: readonly Vantage[];
  readonly nextAction: string;
  judge(histories: readonly History[]): GateJudgement;
}

/** The outcome of a gate, what to do, and whether its own question failed; its runs can violate properties too. */
export interface JudgedGate extends GateJudgement {
  readonly nextActions: readonly string[];
  readonly isOwnFailure: boolean;
}

/** Something that a run shows, and what to do about it. */
interface Remark {
  readonly received: GateReceived;
  readonly advice: string;
}

/**
 * Decides the outcome of a gate by its runs. A crash of a checker counts more than a violation, and a violation more than any other doubt,
 * as in every verdict.
 */
export function judgeGate(gate: GateQuestion, runs: readonly GateRun[]): JudgedGate {
  const of = (remarksOn: (run: GateRun) => Said[]): Remark[] =>
    runs.flatMap((run, index) => remarksOn(run).map(({ advice, ...received }) => remarkOn(index, received, advice)));
  const crashes = of(crashesIn);
  if (crashes.length > 0) return concluded('inconclusive', crashes);
  const violations = of(violationsIn);
  const doubts = of(doubtsAbout);
  const unobserved = of((run) => unobservedIn(run, gate));
  const histories = runs.flatMap((run) => (run.kind === 'judged' ? [run.judgement.history] : []));
  const answer = doubts.length === 0 && unobserved.length === 0 ? gate.judge(histories) : undefined;
  if (violations.length > 0) return violated(gate, violations, answer);
  if (doubts.length > 0) return concluded('inconclusive', doubts);
  if (answer === undefined) return notObserved(unobserved);
  return { ...answer, nextActions: adviceOnAnswer(gate, answer), isOwnFailure: answer.outcome === 'fail' };
}

/** A remark without the number of its run. */
interface Said extends Omit<GateReceived, 'run'> {
  readonly advice: string;
}

function remarkOn(index: number, received: Omit<GateReceived, 'run'>, advice: string): Remark {
  return { received: { run: index + 1, ...received }, advice };
}

function concluded(outcome: GateOutcome['outcome'], remarks: readonly Remark[]): JudgedGate {
  return {
    outcome,
    received: remarks.map(({ received }) => received),
    nextActions: [...new Set(remarks.map(({ advice }) => advice))],
    isOwnFailure: false,
  };
}

function notObserved(unobserved: readonly Remark[]): JudgedGate {
  const { nextActions, ...judged } = concluded('not-observed', unobserved);
  return { ...judged, nextActions: [...nextActions, ADVICE.leaveOut] };
}

/** Runs that violate fail the gate. What its own question found is part of the outcome, in the order of the runs. */
function violated(gate: GateQuestion, violations: readonly Remark[], answer: GateJudgement | undefined): JudgedGate {
  const isOwnFailure = answer?.outcome === 'fail';
  const { received } = concluded('fail', violations);
  const own = isOwnFailure ? answer.received : [];
  // One defect often violates several properties. The advice is about the first of them in the order of all reports.
  const [first] = violations.toSorted((a, b) => placeOf(a) - placeOf(b));
  return {
    ...answer,
    outcome: 'fail',
    received: [...own, ...received].toSorted((a, b) => (a.run ?? 0) - (b.run ?? 0)),
    nextActions: [...(isOwnFailure ? [gate.nextAction] : []), ...(first === undefined ? [] : [first.advice])],
    isOwnFailure,
  };
}

function placeOf({ received: { property } }: Remark): number {
  return rankOf(property ?? '');
}

function adviceOnAnswer({ nextAction }: GateQuestion, { outcome }: GateJudgement): readonly string[] {
  if (outcome === 'pass') return [];
  return [outcome === 'fail' ? nextAction : ADVICE.noAnswer];
}

function crashesIn(run: GateRun): Said[] {
  const crash = run.kind === 'judged' ? firstProblem(run.judgement, 'self-check') : undefined;
  return crash === undefined ? [] : [{ seen: crash.message, advice: ADVICE.crash }];
}

/** What a run violates: one sentence for each property, or its anomaly. */
function violationsIn(run: GateRun): Said[] {
  return run.kind === 'judged' ? brokenIn(run) : [];
}

function brokenIn({ judgement }: CaseRun): Said[] {
  const anomaly = firstProblem(judgement, 'violation');
  if (anomaly !== undefined) return [{ seen: anomaly.message, advice: adviceOnProblem(anomaly.code) }];
  return judgement.broken.flatMap((broken) => {
    const first = judgement.findings.find(({ property }) => property === broken);
    if (first === undefined) return [];
    const { property, message } = first;
    return [{ property, seen: message, advice: adviceOnBroken(property) }];
  });
}

/** Why a run cannot answer a gate's question, one sentence each. */
function doubtsAbout(run: GateRun): Said[] {
  switch (run.kind) {
    case 'refused':
      return [];
    case 'stopped':
      return [{ seen: 'the run was interrupted', advice: ADVICE.stopped }];
    case 'infrastructure':
      return [{ seen: run.message, advice: ADVICE.infrastructure }];
    case 'judged': {
      const { observerProblems, missingReceipts } = run.judgement;
      const problem = observerProblems.length > 0 ? undefined : firstProblem(run.judgement, 'inconclusive');
      return [
        ...observerProblems.map((seen) => ({ seen, advice: ADVICE.disturbed })),
        ...(problem === undefined ? [] : [{ seen: problem.message, advice: adviceOnProblem(problem.code) }]),
        ...missingReceipts.map((fault) => ({ seen: `fault '${fault}' left no receipt`, advice: ADVICE.disturbed })),
      ];
    }
  }
}

/** Why this run cannot show what the gate is about, one sentence each. */
function unobservedIn(run: GateRun, { vantages }: GateQuestion): Said[] {
  if (run.kind === 'refused') return [{ seen: run.message, advice: run.hint }];
  if (run.kind !== 'judged') return [];
  const { history, receipts } = run.judgement;
  const { faults, steps } = history.scenario;
  const hidden = vantages.filter((vantage) => !history.vantages.includes(vantage));
  const idle = receipts.flatMap(({ kind, state }, index) => {
    const advice = state === 'idle' ? adviceOnIdle(faults[index]?.kind) : undefined;
    return advice === undefined ? [] : [{ seen: `the fault '${kind}' could not be planted`, advice }];
  });
  const lacksReport =
    steps.some(({ kind }) => kind === 'reconcile') && eventsOf(history, 'reconciliation').length === 0;
  return [
    ...hidden.map((vantage) => ({
      seen: `the system does not show its ${vantage}`,
      advice: adviceOnVantage(vantage),
    })),
    ...idle,
    ...(lacksReport ? [{ seen: 'the system has no reconciliation', advice: adviceOnVantage('reconciliation') }] : []),
  ];
}
