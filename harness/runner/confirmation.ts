// Confirms counterexamples by running them again. A deterministic lane must have the same history every time. Real processes can lose a
// race; then the counterexample is flaky, and states how often it violated.
import { fingerprintsOf } from '../evidence/fingerprint.ts';
import { isWorthRerun } from '../evidence/judge.ts';
import type { Violation } from '../execution/search-space.ts';
import type { Counterexample } from '../formats/counterexample.ts';
import { historyHash } from '../formats/history.ts';
import { FRESH } from '../formats/runs-before.ts';
import { startDeadline } from '../platform/deadline.ts';
import { type CaseOutcome, runCase, type RunContext } from './run-case.ts';
import { runInOrder } from './run-in-order.ts';

/** How often a counterexample is run again on each kind of lane. */
const DETERMINISTIC_TRIES = 10;
const LIVE_TRIES = 5;

/** How often it is run again in fresh processes: starting one takes as long as hundreds of runs. */
const FRESH_TRIES = 2;

/** The time for confirming all counterexamples of real processes together, in the order in which they were kept. */
const LIVE_TIME_MS = 20_000;

/** What confirming needs. `liveTimeMs` replaces the default time for counterexamples of real processes. */
export interface ConfirmOptions extends RunContext {
  readonly liveTimeMs?: number | undefined;
}

/** Confirms counterexamples in place. On a deterministic lane, returns one sentence for each counterexample whose runs differ. */
export async function confirmEach(counterexamples: Counterexample[], options: ConfirmOptions): Promise<string[]> {
  return options.executor.isDeterministic
    ? confirmDeterministic(counterexamples, options)
    : confirmLive(counterexamples, options);
}

async function confirmDeterministic(counterexamples: Counterexample[], options: ConfirmOptions): Promise<string[]> {
  const doubts: string[] = [];
  // No signal: a counterexample that was kept is confirmed even after an interruption.
  const context = { ...options, signal: undefined };
  for (const [index, stored] of counterexamples.entries()) {
    // Both were repeated before they were kept, and are expensive to repeat: one needs its earlier runs, and the other never ends by
    // itself.
    if (stored.after !== undefined || stored.anomaly?.kind === 'livelock') continue;
    const tries = new Tries(stored);
    await repeat(tries, DETERMINISTIC_TRIES, context);
    // A system that keeps state can behave differently in a process that has made other runs, so fresh processes decide.
    const fresh = tries.isSame ? tries : new Tries(stored);
    if (!tries.isSame) await repeat(fresh, FRESH_TRIES, { ...context, after: FRESH });
    if (!fresh.isSame) doubts.push(`${stored.id}: ${fresh.same} of ${fresh.count} replays gave the same history`);
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

/** Whether a violation of real processes comes up again in one of at most five replays. A violation that needs earlier runs can fail this. */
export async function comesUpAgain(
  { case: found, fingerprints }: Pick<Violation, 'case' | 'fingerprints'>,
  context: RunContext,
): Promise<boolean> {
  for (let tries = 0; tries < LIVE_TRIES; tries += 1) {
    const outcome = await runCase(context, found);
    if (outcome.kind === 'stopped') return false;
    if (outcome.kind === 'judged' && fingerprintsOf(outcome.judgement).some((each) => fingerprints.includes(each)))
      return true;
  }
  return false;
}

/** Confirms by real processes: all tries of the first counterexample begin before those of the next. */
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

/** Counts the outcomes of the tries of one counterexample. */
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

  /** Counts a try, unless it has no usable outcome. Returns true, since more tries are wanted. */
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
