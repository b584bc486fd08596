// Shrinks a violating case on the lane itself: fewer deviations first, then simpler scenarios, as many candidates at once as the lane has
// room for. On a deterministic lane the same case always shrinks to the same.
import { fingerprintsOf } from '../evidence/fingerprint.ts';
import type { Executor } from '../execution/executor.ts';
import type { Case } from '../formats/case.ts';
import type { Counterexample } from '../formats/counterexample.ts';
import { placeAnew } from './place-anew.ts';
import { type CaseOutcome, type CaseRun, runOnce, type RunContext } from './run-case.ts';
import { runInOrder } from './run-in-order.ts';
import { shrinkCandidates } from './shrink-candidates.ts';

/** What shrinking needs beside its executor and oracle. */
export interface ShrinkOptions extends RunContext {
  /** The violating run. */
  readonly run: CaseRun;
  /** What a smaller run must show as well: with any other finding it would be a counterexample to another bug. */
  readonly fingerprint: string;
  readonly bounds?: ShrinkBounds | undefined;
  /** Called after each candidate, with how many have been tried so far. */
  readonly onTried?: ((tried: number) => void) | undefined;
}

/** How long shrinking may go on: in time, half a minute unless given on a lane of real processes, and in candidates on a deterministic one. */
export interface ShrinkBounds {
  readonly timeMs?: number | undefined;
  readonly tries?: number | undefined;
}

/** The smallest violating run that was found, and how it was found. */
export interface Shrunk {
  readonly run: CaseRun;
  readonly tried: number;
  readonly kept: number;
  readonly stopped: Exclude<Counterexample['shrinking']['stopped'], 'not-run'>;
  /** What candidates showed beside or instead of it, each with its first run. */
  readonly met: readonly Met[];
}

/** A finding that was met on the way. */
export interface Met {
  readonly fingerprint: string;
  readonly run: CaseRun;
}

/** A live candidate takes seconds, a simulated one less than a millisecond, so the two lanes are bounded by what each has little of. */
const LIVE_TIME_MAX_MS = 30_000;
const DETERMINISTIC_TRIES_MAX = 6_000;

/** A race of real processes may be lost once, so a candidate that did not violate gets a second try before the best is called minimal. */
const LIVE_TRIES_EACH = 2;

/** A race may also be won once, so a candidate that violated must do so again in one of so many more runs. */
const LIVE_AGAIN = 2;

/** How many cases are tried, in one shrinking, whose decisions are made at other places. */
const PLACED_TRIES_MAX = 4_000;

/**
 * Greedy rounds: all simpler cases of the best one so far, the boldest first; the first that violates is the next best. When none does,
 * the best is minimal.
 */
export async function shrink(options: ShrinkOptions): Promise<Shrunk> {
  const rounds = new Rounds(options);
  const timeMs = options.bounds?.timeMs ?? (options.executor.isDeterministic ? undefined : LIVE_TIME_MAX_MS);
  const deadline = timeMs === undefined ? undefined : setTimeout(() => rounds.stop('time'), timeMs);
  const interrupt = (): void => rounds.stop('interrupted');
  options.signal?.addEventListener('abort', interrupt);
  if (options.signal?.aborted === true) interrupt();
  try {
    return await descend(options.run, rounds);
  } finally {
    clearTimeout(deadline);
    options.signal?.removeEventListener('abort', interrupt);
  }
}

async function descend(run: CaseRun, rounds: Rounds): Promise<Shrunk> {
  let best = run;
  let kept = 0;
  for (;;) {
    const smaller = (await rounds.firstSmaller(best.case)) ?? (await rounds.firstPlacedAnew(best.case));
    if (smaller === undefined) {
      return { run: best, tried: rounds.tried, kept, stopped: rounds.stopped ?? 'minimal', met: rounds.met };
    }
    best = smaller;
    kept += 1;
  }
}

/** A run takes as its deviations those that it reached, so the ones that no longer come up in a simpler scenario fall away by themselves. */
function smallerCases({ scenario, deviations }: Case, { refusal }: Pick<Executor, 'refusal'>): Case[] {
  const all = [
    ...deviations.map((_, index) => ({ scenario, deviations: deviations.toSpliced(index, 1) })),
    ...shrinkCandidates(scenario).map((simpler) => ({ scenario: simpler, deviations })),
  ];
  return all.filter((smaller) => refusal(smaller) === undefined);
}

/** Runs rounds of candidates against what they must break, until it is stopped. */
class Rounds {
  tried = 0;
  /** Why no further candidate may run, or undefined while they may. */
  stopped: 'interrupted' | 'time' | undefined;
  readonly #options: ShrinkOptions;
  readonly #met = new Map<string, CaseRun>();
  /** How often each candidate, as JSON, was tried. */
  readonly #tries = new Map<string, number>();
  #underWay: readonly AbortController[] = [];
  /** How many cases were tried with decisions at other places. */
  #placed = 0;

  constructor(options: ShrinkOptions) {
    this.#options = options;
  }

  stop(reason: 'interrupted' | 'time'): void {
    this.stopped ??= reason;
    for (const run of this.#underWay) run.abort();
  }

  get met(): Met[] {
    return [...this.#met].map(([fingerprint, run]) => ({ fingerprint, run }));
  }

  /** The run of the first candidate that violates: of those not tried before, else of those that deserve another try. */
  async firstSmaller(best: Case): Promise<CaseRun | undefined> {
    const candidates = smallerCases(best, this.#options.executor);
    const fresh = candidates.filter((candidate) => this.#triesOf(candidate) === 0);
    const found = await this.#firstViolating(fresh);
    if (found !== undefined || this.#options.executor.isDeterministic) return found;
    return this.#firstViolating(candidates.filter((candidate) => this.#triesOf(candidate) < LIVE_TRIES_EACH));
  }

  /** The run of the first smaller case that violates with its decisions at other places; on a lane that decides nothing there is none. */
  async firstPlacedAnew(best: Case): Promise<CaseRun | undefined> {
    const { executor } = this.#options;
    if (executor.simpleDecisions === undefined) return undefined;
    return placeAnew(best, {
      simpleDecisions: executor.simpleDecisions,
      tryCase: (tried) => this.#tryPlaced(tried),
      violates: (outcome) => this.#violates(outcome),
    });
  }

  async #tryPlaced(tried: Case): Promise<CaseOutcome | undefined> {
    if (this.stopped !== undefined || this.#placed >= PLACED_TRIES_MAX) return undefined;
    this.#placed += 1;
    const outcome = await runOnce(this.#options, tried);
    this.#count(tried, outcome);
    return outcome;
  }

  /** The run of the first candidate, in their order, that violates. Candidates behind one that violates are cut short. */
  async #firstViolating(candidates: readonly Case[]): Promise<CaseRun | undefined> {
    const { executor } = this.#options;
    const controllers = candidates.map(() => new AbortController());
    this.#underWay = controllers;
    let first: CaseRun | undefined;
    await runInOrder({
      tasks: candidates,
      capacity: executor.capacity,
      keepsBegun: !executor.isDeterministic,
      isOver: () => this.stopped !== undefined,
      run: async (candidate, index) => {
        const outcome = await this.#runConfirmed(candidate, controllers[index]?.signal);
        if (outcome.smaller !== undefined) for (const behind of controllers.slice(index + 1)) behind.abort();
        return outcome;
      },
      onResult: ({ outcome, smaller }, candidate) => {
        if (outcome.kind !== 'stopped') this.#count(candidate, outcome);
        first ??= smaller;
        return first === undefined && this.stopped === undefined;
      },
    });
    return first;
  }

  /** Runs a candidate, and real processes once or twice more where it violated. */
  async #runConfirmed(
    candidate: Case,
    signal: AbortSignal | undefined,
  ): Promise<{ outcome: CaseOutcome; smaller?: CaseRun }> {
    const { executor, oracle, after } = this.#options;
    const run = (): Promise<CaseOutcome> => runOnce({ executor, oracle, after, signal }, candidate);
    const outcome = await run();
    if (!this.#violates(outcome)) return { outcome };
    if (executor.isDeterministic) return { outcome, smaller: outcome };
    for (let again = 0; again < LIVE_AGAIN; again += 1) {
      if (this.#violates(await run())) return { outcome, smaller: outcome };
    }
    return { outcome };
  }

  #triesOf(candidate: Case): number {
    return this.#tries.get(JSON.stringify(candidate)) ?? 0;
  }

  #count(candidate: Case, outcome: CaseOutcome): void {
    if (outcome.kind === 'judged') {
      for (const each of fingerprintsOf(outcome.judgement)) if (!this.#met.has(each)) this.#met.set(each, outcome);
    }
    this.#tries.set(JSON.stringify(candidate), this.#triesOf(candidate) + 1);
    this.tried += 1;
    const { executor, bounds, onTried } = this.#options;
    const triesMax = bounds?.tries ?? DETERMINISTIC_TRIES_MAX;
    if (executor.isDeterministic && this.tried >= triesMax) this.stopped ??= 'time';
    onTried?.(this.tried);
  }

  #violates(outcome: CaseOutcome): outcome is Extract<CaseOutcome, { kind: 'judged' }> {
    return outcome.kind === 'judged' && fingerprintsOf(outcome.judgement).includes(this.#options.fingerprint);
  }
}
