// Whether a counterexample comes out again as it stands. A deterministic lane must have the same history every time; real processes may
// lose a race, and then the counterexample is flaky, and says how often it showed.
import { fingerprintsOf } from '../evidence/fingerprint.ts';
import { isWorthRerun } from '../evidence/judge.ts';
import type { Counterexample } from '../formats/counterexample.ts';
import { historyHash } from '../formats/history.ts';
import { FRESH } from '../formats/runs-before.ts';
import { startDeadline } from '../platform/deadline.ts';
import { type CaseOutcome, runCase, type RunContext } from './run-case.ts';
import { runInOrder } from './run-in-order.ts';

/** How often a counterexample is made again. */
const DETERMINISTIC_TRIES = 10;
const LIVE_TRIES = 5;

/** A fresh process for each try takes as long as hundreds of runs. */
const FRESH_TRIES = 2;

/** On a lane of real processes: how long all counterexamples together may take, in the order in which they were kept. */
const LIVE_TIME_MS = 20_000;

/** What confirming needs. */
export interface ConfirmOptions extends RunContext {
  readonly liveTimeMs?: number | undefined;
}

/** Confirms counterexamples in place; answers which of a deterministic lane do not come out again as they are, and why. */
export async function confirmEach(counterexamples: Counterexample[], options: ConfirmOptions): Promise<string[]> {
  return options.executor.isDeterministic
    ? confirmDeterministic(counterexamples, options)
    : confirmLive(counterexamples, options);
}

async function confirmDeterministic(counterexamples: Counterexample[], options: ConfirmOptions): Promise<string[]> {
  const doubts: string[] = [];
  // Also after an interruption: a counterexample that was kept is confirmed in any case.
  const context = { ...options, signal: undefined };
  for (const [index, stored] of counterexamples.entries()) {
    // It was made again before it was kept: each try would take the runs before it once more, or a thread that never ends.
    if (stored.after !== undefined || stored.anomaly?.kind === 'livelock') continue;
    const tries = new Tries(stored);
    await repeat(tries, DETERMINISTIC_TRIES, context);
    // In a process that has made other runs, a system that keeps state may do otherwise.
    const fresh = tries.isSame ? tries : new Tries(stored);
    if (!tries.isSame) await repeat(fresh, FRESH_TRIES, { ...context, after: FRESH });
    if (!fresh.isSame) doubts.push(`${stored.id}: ${fresh.same} of ${fresh.count} replays came out the same`);
    counterexamples[index] = fresh.confirmed();
  }
  return doubts;
}

async function repeat(tries: Tries, times: number, options: ConfirmOptions): Promise<void> {
  await runInOrder({
    tasks: Array.from({ length: times }, () => tries.stored.case),
    capacity: options.executor.capacity,
    run: (tried) => runCase(options, tried),
    onResult: (outcome) => tries.add(outcome),
  });
}

/** The first counterexample has all its tries before the next has any. */
async function confirmLive(counterexamples: Counterexample[], options: ConfirmOptions): Promise<string[]> {
  const deadline = startDeadline(options.liveTimeMs ?? LIVE_TIME_MS, options.signal);
  const { signal } = deadline;
  const all = counterexamples.map((stored) => new Tries(stored));
  try {
    await runInOrder({
      tasks: all.flatMap((tries) => Array.from({ length: LIVE_TRIES }, () => tries)),
      capacity: options.executor.capacity,
      isOver: () => signal.aborted,
      keepsBegun: true,
      run: ({ stored }) => runCase({ ...options, signal }, stored.case),
      onResult: (outcome, tries) => tries.add(outcome),
    });
  } finally {
    deadline.clear();
  }
  for (const [index, tries] of all.entries()) counterexamples[index] = tries.confirmed();
  return [];
}

/** How the tries of one counterexample came out. */
class Tries {
  count = 0;
  violated = 0;
  /** How many had the stored history. */
  same = 0;
  readonly stored: Counterexample;
  readonly #hashes = new Set<string>();

  constructor(stored: Counterexample) {
    this.stored = stored;
  }

  /** Adds a try, unless nothing can be said of it; answers that more are wanted. */
  add(outcome: CaseOutcome): true {
    if (outcome.kind !== 'judged') return true;
    const { judgement } = outcome;
    const isShown = fingerprintsOf(judgement).includes(this.stored.fingerprint);
    if (!isShown && isWorthRerun(judgement)) return true;
    this.count += 1;
    const hash = historyHash(judgement.history);
    this.#hashes.add(hash);
    if (isShown) this.violated += 1;
    if (hash === this.stored.historyHash) this.same += 1;
    return true;
  }

  /** Whether each try had the stored history. */
  get isSame(): boolean {
    return this.count > 0 && this.same === this.count;
  }

  confirmed(): Counterexample {
    const { count: tries, violated, stored } = this;
    return tries === 0 ? stored : { ...stored, confirmation: { tries, violated, histories: this.#hashes.size } };
  }
}
