// A gate: scenarios with a question about what they left behind. The runner runs them on any lane and words the answer.
import type { GateOutcome, GateReport } from '../formats/gate.ts';
import type { History } from '../formats/history.ts';
import type { Scenario } from '../formats/scenario.ts';
import { EXIT_CODES, type Verdict } from '../formats/verdict.ts';
import type { JudgedRun } from './judged-run.ts';
import { type RunContext, runScenario } from './run-scenario.ts';

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

/** What running gates needs besides a lane and an oracle. */
export interface GateRunOptions extends RunContext {
  readonly system: string;
  /** The command line that runs one gate again. */
  replayLine(gate: Gate): string;
  onOutcome?(outcome: GateOutcome): void;
}

/** Runs gates at once, as far as the lane has room; outcomes come in the order of the gates. */
export async function runGates(gates: readonly Gate[], options: GateRunOptions): Promise<GateReport> {
  const outcomes = await Promise.all(gates.map((gate) => runGate(gate, options)));
  return {
    format: 'onesend.gates/1',
    verdict: gatesVerdict(outcomes, options),
    system: options.system,
    gates: outcomes,
  };
}

/** The exit code of a gate report. */
export function gatesExitCode(report: GateReport): number {
  return EXIT_CODES[report.verdict];
}

async function runGate(gate: Gate, options: GateRunOptions): Promise<GateOutcome> {
  const started = performance.now();
  const ended = await Promise.all(gate.scenarios.map((scenario) => runScenario(options, scenario)));
  const runs: JudgedRun[] = [];
  const doubts: string[] = [];
  for (const outcome of ended) {
    if (outcome.kind === 'judged') {
      runs.push(outcome.run);
      doubts.push(
        ...outcome.run.observerProblems,
        ...outcome.run.missingReceipts.map((fault) => `fault '${fault}' left no receipt`),
      );
    } else doubts.push(outcome.kind === 'stopped' ? 'the run was interrupted' : outcome.message);
  }
  const judgement: GateJudgement =
    doubts.length > 0
      ? { outcome: 'inconclusive', received: [...new Set(doubts)].join('; ') }
      : gate.judge(runs.map((run) => run.history));
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
  return outcome;
}

function gatesVerdict(outcomes: readonly GateOutcome[], options: GateRunOptions): Verdict {
  if (outcomes.some((outcome) => outcome.outcome === 'fail')) return 'violation';
  if (options.signal?.aborted === true) return 'interrupted';
  if (outcomes.length === 0 || outcomes.some((outcome) => outcome.outcome === 'inconclusive')) return 'inconclusive';
  return 'pass';
}
