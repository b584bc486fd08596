// Runs a stored scenario again, and re-derives the findings of a stored history: what a counterexample claims can be checked twice.
import { isDeepStrictEqual } from 'node:util';
import { PROPERTIES, type PropertyId } from '../formats/finding.ts';
import { historySchema } from '../formats/history.ts';
import type { Counterexample } from '../formats/result.ts';
import type { Scenario } from '../formats/scenario.ts';
import type { Verdict } from '../formats/verdict.ts';
import { judgeRun, type JudgedRun } from './judged-run.ts';
import type { Oracle } from '../evidence/oracle.ts';
import { runPool } from './pool.ts';
import { runScenario, type RunContext, type ScenarioOutcome } from './run-scenario.ts';

/** FAILED: it violates still. FIXED: it does not. CHANGED: it violates something else. ERROR: nothing can be said. */
export type ReplayOutcome = 'FAILED' | 'FIXED' | 'CHANGED' | 'ERROR';

/** The outcome of a replay with the run that decided it, when there is one. */
export interface Replay {
  readonly outcome: ReplayOutcome;
  /** What the outcome means for an exit code. */
  readonly verdict: Verdict;
  /** One sentence. */
  readonly message: string;
  readonly run: JudgedRun | undefined;
}

/** What a replay needs beside its lane and oracle. */
export interface ReplayOptions extends RunContext {
  readonly scenario: Scenario;
  /** The property that was violated, when the scenario is a counterexample; without it any violation is FAILED. */
  readonly expected?: PropertyId | undefined;
  /** How often it is run, as races of real processes come out differently: the worst outcome counts. */
  readonly attempts?: number | undefined;
}

const ATTEMPTS = 3;

/** Replays a scenario on a lane. */
export async function replay(options: ReplayOptions): Promise<Replay> {
  const outcomes: ScenarioOutcome[] = [];
  await runPool({
    jobs: Array.from({ length: options.attempts ?? ATTEMPTS }, () => options.scenario),
    capacity: options.lane.capacity,
    signal: options.signal,
    run: (scenario) => runScenario(options, scenario),
    onResult: (outcome) => outcomes.push(outcome),
  });
  return decideReplay(outcomes, options.expected);
}

/** The options of a replay for a counterexample: its scenario and the property it is a counterexample to. */
export function counterexampleReplay(counterexample: Counterexample): Pick<ReplayOptions, 'scenario' | 'expected'> {
  return { scenario: counterexample.scenario, expected: counterexample.findings[0]?.property };
}

function decideReplay(outcomes: readonly ScenarioOutcome[], expected: PropertyId | undefined): Replay {
  const runs = outcomes.flatMap((outcome) => (outcome.kind === 'judged' ? [outcome.run] : []));
  const crash = runs.flatMap((run) => run.crashes)[0];
  if (crash !== undefined) return { outcome: 'ERROR', verdict: 'self-check', message: crash, run: undefined };
  const violating = runs.filter((run) => run.findings.length > 0);
  const same = violating.find((run) => expected === undefined || propertiesOf(run).includes(expected));
  if (same !== undefined)
    return { outcome: 'FAILED', verdict: 'violation', message: `violates still: ${names(same)}`, run: same };
  const [other] = violating;
  if (other !== undefined)
    return { outcome: 'CHANGED', verdict: 'violation', message: `violates ${names(other)} now`, run: other };
  const doubt = outcomes.length === 0 ? STOPPED : outcomes.map(doubtOf).find((found) => found !== undefined);
  if (doubt !== undefined) return { outcome: 'ERROR', ...doubt, run: undefined };
  return { outcome: 'FIXED', verdict: 'pass', message: `no finding in ${runs.length} runs`, run: runs[0] };
}

/** Why nothing can be said. */
type Doubt = Pick<Replay, 'verdict' | 'message'>;

const STOPPED: Doubt = { verdict: 'interrupted', message: 'it was stopped before it ran' };

/** Why an outcome without a finding does not show that the scenario is fixed. */
function doubtOf(outcome: ScenarioOutcome): Doubt | undefined {
  if (outcome.kind === 'stopped') return STOPPED;
  if (outcome.kind === 'infrastructure') return { verdict: 'infrastructure', message: outcome.message };
  const [missing] = outcome.run.missingReceipts;
  const message =
    outcome.run.observerProblems[0] ?? (missing === undefined ? undefined : `fault '${missing}' left no receipt`);
  return message === undefined ? undefined : { verdict: 'inconclusive', message };
}

function propertiesOf(run: JudgedRun): PropertyId[] {
  return [...new Set(run.findings.map((finding) => finding.property))];
}

function names(run: JudgedRun): string {
  return propertiesOf(run)
    .map((property) => `${property} ${PROPERTIES[property]}`)
    .join(', ');
}

/** Whether a stored history still shows what was found in it, and if not, why. */
export type Recheck = { readonly confirmed: true } | { readonly confirmed: false; readonly reason: string };

/**
 * Judges the stored form of a history anew, as whoever reads it later would, and compares with the findings it was kept for. Only a
 * violation that is confirmed so counts in a verdict.
 */
export function recheck(stored: Pick<Counterexample, 'history' | 'findings'>, oracle: Oracle): Recheck {
  const history = historySchema.safeParse(JSON.parse(JSON.stringify(stored.history)));
  if (!history.success) return { confirmed: false, reason: 'the stored history is not a valid document' };
  const run = judgeRun(history.data, oracle);
  const [crash] = run.crashes;
  if (crash !== undefined) return { confirmed: false, reason: crash };
  if (stored.findings.length === 0) return { confirmed: false, reason: 'no finding was stored' };
  if (!isDeepStrictEqual(run.findings, stored.findings)) {
    return { confirmed: false, reason: 'the stored history shows other findings than those stored with it' };
  }
  return { confirmed: true };
}
