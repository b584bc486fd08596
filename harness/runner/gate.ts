// A gate: scenarios with a question about what they left behind. The runner runs them on any lane and words the answer.
import { decide, GATE_DEMANDS } from '../evidence/decide.ts';
import { addProblem, emptyEvidence, foldGate, foldRun } from '../evidence/fold.ts';
import { mergeEvidence } from '../evidence/merge.ts';
import { EXIT_CODES } from '../formats/decision.ts';
import type { Evidence } from '../formats/evidence.ts';
import type { GateOutcome, GateReport } from '../formats/gate.ts';
import type { History } from '../formats/history.ts';
import type { Scenario } from '../formats/scenario.ts';
import { type CaseOutcome, type RunContext, runCase } from './run-case.ts';

/** What a gate says of the histories of its scenarios, in their order. */
export interface GateJudgement {
  readonly outcome: GateOutcome['outcome'];
  /** What was seen, in one sentence. */
  readonly received: string;
}

/** One gate of the runbook. */
export interface Gate {
  /** The number that `onesend gate` takes. */
  readonly id: string;
  readonly title: string;
  readonly source: GateOutcome['source'];
  /** The section of the runbook it belongs to. */
  readonly section: string;
  readonly expected: string;
  /** What to do when it fails. */
  readonly nextAction: string;
  readonly scenarios: readonly Scenario[];
  judge(histories: readonly History[]): GateJudgement;
}

/** What running gates needs besides an executor and an oracle. */
export interface GateRunOptions extends RunContext {
  readonly system: string;
  /** The command line that runs one gate again. */
  replayLine(gate: Gate): string;
  onOutcome?(outcome: GateOutcome): void;
}

/** Runs gates at once, as far as the lane has room; outcomes come in the order of the gates. */
export async function runGates(gates: readonly Gate[], options: GateRunOptions): Promise<GateReport> {
  const ran = await Promise.all(gates.map((gate) => runGate(gate, options)));
  const evidence = emptyEvidence();
  for (const each of ran) mergeEvidence(evidence, each.evidence);
  if (options.signal?.aborted === true) addProblem(evidence, 'interrupted', '');
  return {
    format: 'onesend.gates/2',
    ...decide(evidence, GATE_DEMANDS),
    system: options.system,
    lane: options.executor.lane,
    gates: ran.map(({ outcome }) => outcome),
    demands: GATE_DEMANDS,
    evidence,
  };
}

/** The exit code of a gate report. */
export function gatesExitCode(report: GateReport): number {
  return EXIT_CODES[report.verdict];
}

async function runGate(
  gate: Gate,
  options: GateRunOptions,
): Promise<{ readonly outcome: GateOutcome; readonly evidence: Evidence }> {
  const started = performance.now();
  const ended = await Promise.all(gate.scenarios.map((scenario) => runCase(options, { scenario, deviations: [] })));
  const evidence = emptyEvidence();
  evidence.runs.planned = ended.length;
  for (const [index, outcome] of ended.entries())
    foldOutcome(evidence, outcome, gate.scenarios[index]?.name ?? gate.id);
  const doubts = ended.flatMap(doubtsAbout);
  const judgement: GateJudgement =
    doubts.length > 0
      ? { outcome: 'inconclusive', received: [...new Set(doubts)].join('; ') }
      : gate.judge(ended.flatMap((outcome) => (outcome.kind === 'judged' ? [outcome.judgement.history] : [])));
  foldGate(evidence, gate.id, judgement.outcome);
  const { id, title, source, section, expected, nextAction } = gate;
  const outcome: GateOutcome = {
    id,
    title,
    source,
    section,
    expected,
    nextAction: judgement.outcome === 'fail' ? nextAction : 'none',
    ...judgement,
    replay: options.replayLine(gate),
    durationMs: Math.round(performance.now() - started),
  };
  options.onOutcome?.(outcome);
  return { outcome, evidence };
}

function foldOutcome(evidence: Evidence, outcome: CaseOutcome, name: string): void {
  if (outcome.kind === 'stopped') return;
  if (outcome.kind === 'infrastructure') {
    addProblem(evidence, 'infrastructure', `scenario '${name}': ${outcome.message}`);
    return;
  }
  const { judgement, case: ran, isRetried } = outcome;
  foldRun(evidence, {
    judgement,
    deviations: ran.deviations,
    isRetried,
    isRandom: false,
    where: () => `scenario '${name}'`,
  });
}

/** Why a run cannot answer a gate's question, one sentence each. */
function doubtsAbout(outcome: CaseOutcome): string[] {
  switch (outcome.kind) {
    case 'stopped':
      return ['the run was interrupted'];
    case 'infrastructure':
      return [outcome.message];
    case 'judged':
      return [
        ...outcome.judgement.observerProblems,
        ...outcome.judgement.missingReceipts.map((fault) => `fault '${fault}' left no receipt`),
      ];
  }
}
