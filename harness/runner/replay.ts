// Replays a stored case: runs it again, and decides whether its violation is still there.
import { fingerprintsOf } from '../evidence/fingerprint.ts';
import { firstProblem } from '../evidence/judge.ts';
import { demandPlayable } from '../execution/refusal.ts';
import type { Executor } from '../execution/executor.ts';
import type { Case } from '../formats/case.ts';
import type { Verdict } from '../formats/decision.ts';
import { PROPERTIES } from '../formats/finding.ts';
import { historyHash, type History } from '../formats/history.ts';
import type { ReplayOutcome } from '../formats/replay.ts';
import { countOf } from '../history/counted-words.ts';
import { deviationWords } from './deviation-words.ts';
import { type CaseOutcome, type CaseRun, runCase, type RunContext } from './run-case.ts';
import { runInOrder } from './run-in-order.ts';

/** The outcome of a replay, and the run that decided it; `run` is undefined if no run did. */
export interface Replay {
  readonly outcome: ReplayOutcome;
  /** The verdict, which decides the exit code of the command. */
  readonly verdict: Verdict;
  /** One sentence. */
  readonly message: string;
  /** The deviations of the case that did not come up in the run, and its faults that took no effect, one sentence each. */
  readonly missing: readonly string[];
  readonly run: CaseRun | undefined;
  /** Whether the run shows the expected fingerprint; undefined if none was expected, or nothing is violated. */
  readonly isSame?: boolean | undefined;
}

/** What a replay needs in addition to its executor and oracle. */
export interface ReplayOptions extends RunContext {
  readonly case: Case;
  /** What was violated: a property, or the kind of an anomaly. Without it, any violation is FAILED. */
  readonly expected?: string | undefined;
  /** The fingerprint of the violation. It distinguishes the same violation from another one of the same property. */
  readonly fingerprint?: string | undefined;
  /** The stored history: for FIXED, the faults that took effect in it must take effect again. */
  readonly history?: History | undefined;
  readonly foundOn?: Executor['lane'] | undefined;
  /** Whether the case was found in a process with earlier runs, and is replayed in processes without them. */
  readonly lacksRunsBefore?: boolean | undefined;
}

/** How often real processes run the case: their races have different outcomes, so the worst of three attempts counts. */
const LIVE_ATTEMPTS = 3;

/** How often a deterministic lane runs the case: if the second run differs from the first, the rig cannot be trusted. */
const DETERMINISTIC_ATTEMPTS = 2;

/** How many runs one replay makes; they run at once if the lane has enough slots. */
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

/** The end of the message if the case was found on the other lane, where decisions and races differ, so that the outcome shows less. */
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

/** The outcome of runs that violate nothing: FIXED if one of them has every deviation and fault that the violation needed, else STALE. */
function withoutViolation(runs: readonly CaseRun[], options: ReplayOptions): Replay {
  const { isDeterministic } = options.executor;
  const message = isDeterministic ? 'no finding in the same run' : `not seen in ${countOf(runs.length, 'replay')}`;
  const tried = runs.map((run) => ({ run, missing: missingIn(run, options) }));
  const [best = { run: undefined, missing: [] }] = tried.toSorted((a, b) => a.missing.length - b.missing.length);
  const isStale = best.missing.length > 0;
  return {
    outcome: isStale ? 'STALE' : 'FIXED',
    verdict: isStale ? 'inconclusive' : 'pass',
    message: isStale || isDeterministic ? withMissing(message, best.missing) : `${message}; ${RACE}`,
    ...best,
  };
}

/** What limits the outcome FIXED on real processes. */
const RACE = 'a race can stay unseen by chance';

/** Why fresh processes cannot show a repair: they did not show the violation when it was found, either. */
const NOT_AFTER_RUNS =
  'no finding in fresh processes, but it was found in one that had made other runs before, which are not known';

/** Why a replay has no usable outcome. */
type Doubt = Pick<Replay, 'verdict' | 'message'>;

const STOPPED: Doubt = { verdict: 'interrupted', message: 'it was stopped before it ran' };

function error(doubt: Doubt): Replay {
  return { outcome: 'ERROR', ...doubt, missing: [], run: undefined };
}

/** Why the rig cannot be trusted with these runs, in one sentence; undefined if it can. */
function mistrustOf(runs: readonly CaseRun[], isDeterministic: boolean): string | undefined {
  const hashes = new Set(isDeterministic ? runs.map(({ judgement }) => historyHash(judgement.history)) : []);
  if (hashes.size > 1) return 'the run gave another history when it was repeated';
  return runs.map(({ judgement }) => firstProblem(judgement, 'self-check')).find((problem) => problem !== undefined)
    ?.message;
}

/** Why an outcome without a violation does not show that the case is fixed; undefined if it can show that. */
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

/** What a run violates: its properties with their names, or the message of its anomaly. */
function brokenIn({ judgement }: CaseRun): string {
  const anomaly = firstProblem(judgement, 'violation');
  if (anomaly !== undefined) return anomaly.message;
  const names: Readonly<Record<string, string>> = PROPERTIES;
  return judgement.broken.map((property) => `${property} ${names[property] ?? ''}`).join(', ');
}

/** What the violation needed and this run lacks: deviations that did not come up, and faults that took no effect. */
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
