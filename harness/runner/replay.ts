// Runs a stored case again and says what has become of what it broke.
import { fingerprintsOf } from '../evidence/fingerprint.ts';
import { firstProblem } from '../evidence/judge.ts';
import { demandPlayable } from '../execution/refusal.ts';
import type { Executor } from '../execution/executor.ts';
import type { Case } from '../formats/case.ts';
import type { Verdict } from '../formats/decision.ts';
import { PROPERTIES } from '../formats/finding.ts';
import { historyHash, type History } from '../formats/history.ts';
import type { ReplayOutcome } from '../formats/replay.ts';
import { deviationWords } from './deviation-words.ts';
import { type CaseOutcome, type CaseRun, runCase, type RunContext } from './run-case.ts';
import { runInOrder } from './run-in-order.ts';

/** The outcome of a replay with the run that decided it, when there is one. */
export interface Replay {
  readonly outcome: ReplayOutcome;
  /** What the outcome means for an exit code. */
  readonly verdict: Verdict;
  /** One sentence. */
  readonly message: string;
  /** The deviations and faults of the case that did not come up in the run, one sentence each. */
  readonly missing: readonly string[];
  readonly run: CaseRun | undefined;
  /** Whether the run shows the fingerprint that was expected; undefined where none was, or nothing is violated. */
  readonly isSame?: boolean | undefined;
}

/** What a replay needs beside its executor and oracle. */
export interface ReplayOptions extends RunContext {
  readonly case: Case;
  /** What was broken, when the case is a counterexample: a property, or the kind of an anomaly; without it any violation is FAILED. */
  readonly expected?: string | undefined;
  /** The fingerprint of what was broken, which separates the same failure from another of the same property. */
  readonly fingerprint?: string | undefined;
  /** The history that the case was kept with: the faults that took effect there must do so again. */
  readonly history?: History | undefined;
  readonly foundOn?: Executor['lane'] | undefined;
  /** Whether it was found in a process that had made other runs before, and is replayed in one that has not made them. */
  readonly lacksRunsBefore?: boolean | undefined;
}

/** Races of real processes come out differently, so the worst of three attempts counts. */
const LIVE_ATTEMPTS = 3;

/** A deterministic lane must have the same result twice: a run that differs the second time is no evidence. */
const DETERMINISTIC_ATTEMPTS = 2;

/** How many runs a replay makes at once on a lane that has room for them. */
export function replayAttempts(isDeterministic: boolean): number {
  return isDeterministic ? DETERMINISTIC_ATTEMPTS : LIVE_ATTEMPTS;
}

/** Replays a case on an executor. Throws a UsageError for a case that the lane refuses. */
export async function replay(options: ReplayOptions): Promise<Replay> {
  const { executor, signal } = options;
  demandPlayable(executor, [options.case]);
  const outcomes: CaseOutcome[] = [];
  await runInOrder({
    tasks: Array.from({ length: replayAttempts(executor.isDeterministic) }, () => options.case),
    capacity: executor.capacity,
    isOver: () => signal?.aborted === true,
    keepsBegun: true,
    run: (tried) => runCase(options, tried),
    onResult: (outcome) => outcomes.push(outcome) > 0,
  });
  const decided = decideReplay(outcomes, options);
  return { ...decided, message: `${decided.message}${otherLane(options)}` };
}

/** A case that was found on one lane says less on the other: what is decided there, or raced, is not the same. */
function otherLane({ foundOn, executor: { lane } }: ReplayOptions): string {
  return foundOn === undefined || foundOn === lane
    ? ''
    : `; it was found on the ${foundOn} lane and replayed on the ${lane} lane`;
}

function decideReplay(outcomes: readonly CaseOutcome[], options: ReplayOptions): Replay {
  const { expected, executor, fingerprint } = options;
  const runs = outcomes.filter((outcome) => outcome.kind === 'judged');
  const mistrust = mistrustOf(runs, executor.isDeterministic);
  if (mistrust !== undefined) return error({ verdict: 'self-check', message: mistrust });
  const violating = runs.filter(({ judgement }) => judgement.broken.length > 0);
  const isSame = ({ judgement }: CaseRun): boolean =>
    fingerprint !== undefined && fingerprintsOf(judgement).includes(fingerprint);
  const same =
    violating.find(isSame) ??
    violating.find(({ judgement }) => expected === undefined || judgement.broken.includes(expected));
  const [run = same] = same === undefined ? violating : [];
  if (run !== undefined) {
    const other = fingerprint === undefined || isSame(run) ? '' : ', in another way';
    const message = same === undefined ? `violates ${brokenIn(run)} now` : `violates still: ${brokenIn(run)}${other}`;
    const missing = missingIn(run, options);
    const outcome = same === undefined ? 'CHANGED' : 'FAILED';
    const found = { verdict: 'violation' as const, message: withMissing(message, missing), missing, run };
    return { outcome, ...found, ...(fingerprint === undefined ? {} : { isSame: isSame(run) }) };
  }
  const doubt = outcomes.length === 0 ? STOPPED : outcomes.map(doubtOf).find((found) => found !== undefined);
  if (doubt !== undefined) return error(doubt);
  if (options.lacksRunsBefore === true) return error({ verdict: 'inconclusive', message: NOT_AFTER_RUNS });
  return withoutViolation(runs, options);
}

/** Runs that violate nothing show a repair only if what the violation needed came up in one of them. */
function withoutViolation(runs: readonly CaseRun[], options: ReplayOptions): Replay {
  const message = `no finding in ${options.executor.isDeterministic ? 'the same run' : `${runs.length} runs`}`;
  const tried = runs.map((run) => ({ run, missing: missingIn(run, options) }));
  const [best = { run: undefined, missing: [] }] = tried.toSorted((a, b) => a.missing.length - b.missing.length);
  const isStale = best.missing.length > 0;
  return {
    outcome: isStale ? 'STALE' : 'FIXED',
    verdict: isStale ? 'inconclusive' : 'pass',
    message: withMissing(message, best.missing),
    ...best,
  };
}

/** A fresh process did not show it when it was found either. */
const NOT_AFTER_RUNS =
  'no finding in fresh processes, but it was found in one that had made other runs before, which are not known';

/** Why nothing can be said. */
type Doubt = Pick<Replay, 'verdict' | 'message'>;

const STOPPED: Doubt = { verdict: 'interrupted', message: 'it was stopped before it ran' };

function error(doubt: Doubt): Replay {
  return { outcome: 'ERROR', ...doubt, missing: [], run: undefined };
}

/** Why the rig cannot be trusted with these runs, in one sentence. */
function mistrustOf(runs: readonly CaseRun[], isDeterministic: boolean): string | undefined {
  const hashes = new Set(isDeterministic ? runs.map(({ judgement }) => historyHash(judgement.history)) : []);
  if (hashes.size > 1) return 'the run came out differently when it was made again';
  return runs.map(({ judgement }) => firstProblem(judgement, 'self-check')).find((problem) => problem !== undefined)
    ?.message;
}

/** Why an outcome without a violation does not show that the case is fixed. */
function doubtOf(outcome: CaseOutcome): Doubt | undefined {
  if (outcome.kind === 'stopped') return STOPPED;
  if (outcome.kind === 'infrastructure') return { verdict: 'infrastructure', message: outcome.message };
  const { judgement } = outcome;
  const [missing] = judgement.missingReceipts;
  const message =
    firstProblem(judgement, 'inconclusive')?.message ??
    judgement.observerProblems[0] ??
    (missing === undefined ? undefined : `fault '${missing}' left no receipt`);
  return message === undefined ? undefined : { verdict: 'inconclusive', message };
}

/** What a run breaks: properties with their names, or its anomaly in a sentence. */
function brokenIn({ judgement }: CaseRun): string {
  const anomaly = firstProblem(judgement, 'violation');
  if (anomaly !== undefined) return anomaly.message;
  const names: Readonly<Record<string, string>> = PROPERTIES;
  return judgement.broken.map((property) => `${property} ${names[property] ?? ''}`).join(', ');
}

/** What the violation needed and this run did not meet: deviations that did not come up, faults that took no effect. */
function missingIn(run: CaseRun, { case: tried, history, oracle }: ReplayOptions): string[] {
  const met = new Set(run.case.deviations.map(deviationWords));
  const unmet = tried.deviations.map(deviationWords).filter((words) => !met.has(words));
  const stored = history === undefined ? [] : oracle.receipts(history).slice(0, tried.scenario.faults.length);
  const idle = stored.filter(({ state }, index) => state === 'bit' && run.judgement.receipts[index]?.state !== 'bit');
  return [
    ...unmet.map((words) => `${words} did not come up`),
    ...idle.map(({ kind }) => `the fault '${kind}' took no effect`),
  ];
}

function withMissing(message: string, missing: readonly string[]): string {
  return [message, ...missing].join('; ');
}
