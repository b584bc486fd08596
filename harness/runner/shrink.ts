// Shrinks a violating case by running simpler cases on its lane: first with fewer deviations, then with simpler scenarios, as many
// candidates at once as the lane has slots. On a deterministic lane the same case always shrinks to the same result.
import { fingerprintsOf } from '../evidence/fingerprint.ts';
import type { Executor } from '../execution/executor.ts';
import type { Case } from '../formats/case.ts';
import type { Counterexample } from '../formats/counterexample.ts';
import { relocateDecisions } from './relocate-decisions.ts';
import { type CaseOutcome, type CaseRun, runOnce, type RunContext } from './run-case.ts';
import { runInOrder } from './run-in-order.ts';
import { shrinkCandidates } from './shrink-candidates.ts';

/** What shrinking needs in addition to its executor and oracle. */
export interface ShrinkOptions extends RunContext {
  /** The violating run. */
  readonly run: CaseRun;
  /** The fingerprint that a smaller run must show too: with another one it would be a counterexample to another bug. */
  readonly fingerprint: string;
  readonly bounds?: ShrinkBounds | undefined;
  /** Called after each candidate, with how many have been tried so far. */
  readonly onTried?: ((tried: number) => void) | undefined;
}

/** The limits of shrinking: a time, by default half a minute for real processes; on a deterministic lane also a number of candidates. */
export interface ShrinkBounds {
  readonly timeMs?: number | undefined;
  readonly tries?: number | undefined;
}

/** The smallest violating run that was found, how many candidates were tried and kept, and why shrinking stopped. */
export interface Shrunk {
  readonly run: CaseRun;
  readonly tried: number;
  readonly kept: number;
  readonly stopped: Exclude<Counterexample['shrinking']['stopped'], 'not-run'>;
  /** All fingerprints that candidates showed, each with its first run. */
  readonly met: readonly Met[];
}

/** A fingerprint that a candidate showed, with its run. */
export interface Met {
  readonly fingerprint: string;
  readonly run: CaseRun;
}

/** The default limits. A live candidate takes seconds and a simulated one less than a millisecond, so the lanes have different limits. */
const LIVE_TIME_MAX_MS = 30_000;
const DETERMINISTIC_TRIES_MAX = 6_000;

/** How often real processes try a candidate that does not violate, before a case is called minimal: a race can be lost by chance. */
const LIVE_TRIES_EACH = 2;

/** A race can also be won by chance, so a candidate that violated must violate again in one of this number of further runs. */
const LIVE_AGAIN = 2;

/** How many cases with decisions at other places are tried in one shrinking. */
const PLACED_TRIES_MAX = 4_000;

/**
 * Shrinks in greedy rounds. Each round tries all simpler cases of the best case so far, those that remove most first; the first that
 * violates is the new best case. When none violates, the best case is minimal.
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

/** The simpler cases that the lane accepts. A run's case holds only the deviations that it reached, so the others are dropped. */
function smallerCases({ scenario, deviations }: Case, { refusal }: Pick<Executor, 'refusal'>): Case[] {
  const all = [
    ...deviations.map((_, index) => ({ scenario, deviations: deviations.toSpliced(index, 1) })),
    ...shrinkCandidates(scenario).map((simpler) => ({ scenario: simpler, deviations })),
  ];
  return all.filter((smaller) => refusal(smaller) === undefined);
}

/** Runs rounds of candidates until it is stopped. */
class Rounds {
  tried = 0;
  /** Why no further candidate runs; undefined as long as candidates run. */
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

  /** The run of the first candidate that violates: first of those not tried before, then of those that get another try. */
  async firstSmaller(best: Case): Promise<CaseRun | undefined> {
    const candidates = smallerCases(best, this.#options.executor);
    const fresh = candidates.filter((candidate) => this.#triesOf(candidate) === 0);
    const found = await this.#firstViolating(fresh);
    if (found !== undefined || this.#options.executor.isDeterministic) return found;
    return this.#firstViolating(candidates.filter((candidate) => this.#triesOf(candidate) < LIVE_TRIES_EACH));
  }

  /** The run of the first smaller case that violates with decisions at other places; undefined on a lane without decisions. */
  async firstPlacedAnew(best: Case): Promise<CaseRun | undefined> {
    const { executor } = this.#options;
    if (executor.simpleDecisions === undefined) return undefined;
    return relocateDecisions(best, {
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

  /** The run of the first candidate, in their order, that violates. Candidates after one that violates are aborted. */
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

  /** Runs a candidate. If it violates, real processes run it once or twice more to confirm it. */
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
