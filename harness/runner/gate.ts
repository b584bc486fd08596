// A gate: scenarios, and a question about their histories. The runner runs them on any lane and reports the answer.
import type { Readings } from '../../src/contract/readings.ts';
import { applyBaseline } from '../evidence/acceptance.ts';
import { decide, GATE_DEMANDS } from '../evidence/decide.ts';
import { addFingerprint, addProblem, emptyEvidence, foldGate, foldRun } from '../evidence/fold.ts';
import { mergeEvidence } from '../evidence/merge.ts';
import type { Baseline } from '../formats/baseline.ts';
import type { Counterexample } from '../formats/counterexample.ts';
import { EXIT_CODES } from '../formats/decision.ts';
import type { Evidence } from '../formats/evidence.ts';
import { gateFingerprint, type GateOutcome, type GateReport } from '../formats/gate.ts';
import type { History } from '../formats/history.ts';
import type { Vantage } from '../formats/vantages.ts';
import type { Scenario } from '../formats/scenario.ts';
import { type GateJudgement, judgeGate, type GateRun } from './gate-judgement.ts';
import { counterexamplesOf } from './counterexample.ts';
import { rankOf } from './findings.ts';
import { type RunContext, runCase } from './run-case.ts';

/** One gate of the runbook. */
export interface Gate {
  /** The number that `onesend gate` takes. */
  readonly id: string;
  readonly title: string;
  readonly source: GateOutcome['source'];
  /** The section of the runbook it belongs to. */
  readonly section: string;
  readonly expected: string;
  /** What to do when it does not find what it expects. */
  readonly nextAction: string;
  /** The vantages that it needs: if the system lacks one, the gate is NOT OBSERVED. */
  readonly vantages: readonly Vantage[];
  readonly scenarios: readonly Scenario[];
  /** Answers its question by the histories of its scenarios, which are in the order of the scenarios. */
  judge(histories: readonly History[]): GateJudgement;
}

/** What running gates needs in addition to an executor and an oracle. */
export interface GateRunOptions extends RunContext {
  readonly system: string;
  /** The readings of the runbook that the system chooses. */
  readonly readings: Readings;
  /** The accepted violations, the file that lists them, and the day of the run in UTC. */
  readonly baseline?: (Pick<Baseline, 'accepted'> & { readonly file: string; readonly day: string }) | undefined;
  /** The command line that runs one gate again. */
  replayLine(gate: Gate): string;
  /** The command line that replays and draws a counterexample, where counterexamples are kept. */
  drawLine?(counterexample: Counterexample): string;
  onOutcome?(outcome: GateOutcome): void;
  /** Called with the counterexamples of each violating run, one for each fingerprint, and the gate that made it. */
  onViolating?(found: readonly Counterexample[], gate: Gate): void;
}

/** Runs gates concurrently, as far as the lane has slots; the report has them in their order. */
export async function runGates(gates: readonly Gate[], options: GateRunOptions): Promise<GateReport> {
  const { baseline } = options;
  const ran = await Promise.all(gates.map((gate) => runGate(gate, options)));
  const evidence = emptyEvidence();
  for (const each of ran) mergeEvidence(evidence, each.evidence);
  if (options.signal?.aborted === true) addProblem(evidence, 'interrupted', '');
  return {
    format: 'onesend.gates/3',
    ...decide(evidence, GATE_DEMANDS, options.baseline),
    system: options.system,
    readings: { ...options.readings },
    lane: options.executor.lane,
    gates: ran.map(({ outcome }) => outcome),
    demands: GATE_DEMANDS,
    evidence,
    ...(baseline === undefined ? {} : { baseline: applyBaseline(baseline, { ...baseline, evidence: [evidence] }) }),
  };
}

/** The exit code of `onesend gate` for this report. */
export function gatesExitCode(report: GateReport): number {
  return EXIT_CODES[report.verdict];
}

async function runGate(
  gate: Gate,
  options: GateRunOptions,
): Promise<{ readonly outcome: GateOutcome; readonly evidence: Evidence }> {
  const started = performance.now();
  const runs = await Promise.all(gate.scenarios.map((scenario) => runOrRefusal(scenario, options)));
  const evidence = emptyEvidence();
  for (const [index, run] of runs.entries()) foldGateRun(evidence, run, gate.scenarios[index]?.name ?? gate.id);
  const found = runs.map((run) => counterexamplesIn(run, options));
  for (const each of found) if (each.length > 0) options.onViolating?.(each, gate);
  const [first] = found.flat().toSorted((a, b) => rankOf(a.fingerprint) - rankOf(b.fingerprint));
  const { measured = [], isOwnFailure, received, nextActions, ...judgement } = judgeGate(gate, runs);
  foldGate(evidence, gate.id, judgement.outcome);
  if (isOwnFailure) addFingerprint(evidence, gateFingerprint(gate.id));
  const { id, title, source, section, expected } = gate;
  const outcome: GateOutcome = {
    id,
    title,
    source,
    section,
    expected,
    ...judgement,
    runs: gate.scenarios.map(({ name }) => name),
    received: [...received],
    nextActions: [...nextActions],
    ...(judgement.outcome === 'fail' ? { fingerprints: Object.keys(evidence.fingerprints ?? {}).toSorted() } : {}),
    measured: measured.map(({ what, ms }) => ({ what, ms: Math.round(ms) })),
    replay: options.replayLine(gate),
    ...(first === undefined || options.drawLine === undefined ? {} : { draw: options.drawLine(first) }),
    durationMs: Math.round(performance.now() - started),
  };
  options.onOutcome?.(outcome);
  return { outcome, evidence };
}

async function runOrRefusal(scenario: Scenario, options: GateRunOptions): Promise<GateRun> {
  const tried = { scenario, deviations: [] };
  const refusal = options.executor.refusal(tried);
  return refusal === undefined ? runCase(options, tried) : { kind: 'refused', ...refusal };
}

function counterexamplesIn(run: GateRun, { system, executor: { lane } }: GateRunOptions): Counterexample[] {
  return run.kind === 'judged' && run.judgement.broken.length > 0 ? counterexamplesOf(run, { system, lane }) : [];
}

function foldGateRun(evidence: Evidence, run: GateRun, name: string): void {
  if (run.kind === 'refused') return;
  evidence.runs.planned += 1;
  if (run.kind === 'stopped') return;
  if (run.kind === 'infrastructure') {
    addProblem(evidence, 'infrastructure', `scenario '${name}': ${run.message}`);
    return;
  }
  const { judgement, case: ran, isRetried } = run;
  foldRun(evidence, {
    judgement,
    deviations: ran.deviations,
    isRetried,
    isRandom: false,
    where: () => `scenario '${name}'`,
  });
}
