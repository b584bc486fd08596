// Shrinks a violating scenario on the lane itself, trying as many simpler ones at once as there are slots, within a time limit.
import type { Scenario } from '../formats/scenario.ts';
import type { Counterexample } from '../formats/result.ts';
import type { JudgedRun } from './judged-run.ts';
import { runPool } from './pool.ts';
import { runOnce, type RunContext } from './run-scenario.ts';
import { shrinkCandidates } from './shrink-candidates.ts';

/** What shrinking needs beside its lane and oracle. */
export interface ShrinkOptions extends RunContext {
  /** A run with at least one finding; the property of the first one is what a candidate must violate too. */
  readonly run: JudgedRun;
  readonly maxTimeMs?: number | undefined;
  /** Called after each candidate, with how many have been tried so far. */
  readonly onTried?: ((tried: number) => void) | undefined;
}

/** The smallest violating run that was found, and how it was found. */
export interface Shrunk {
  readonly run: JudgedRun;
  readonly tried: number;
  readonly kept: number;
  readonly stopped: Exclude<Counterexample['shrinking']['stopped'], 'not-run'>;
}

const MAX_TIME_MS = 30_000;

/**
 * Greedy rounds: all simpler scenarios of the best one so far, the boldest first; the boldest that violates is the next best. When none
 * does, each gets a second try, since a race may be lost once; when none does again, the best is called minimal.
 */
export async function shrink(options: ShrinkOptions): Promise<Shrunk> {
  const rounds = new Rounds(options);
  const deadline = setTimeout(() => rounds.stop('time'), options.maxTimeMs ?? MAX_TIME_MS);
  const interrupt = (): void => rounds.stop('interrupted');
  options.signal?.addEventListener('abort', interrupt);
  if (options.signal?.aborted === true) interrupt();
  if (options.maxTimeMs === 0) rounds.stop('time');
  try {
    return await descend(options.run, rounds);
  } finally {
    clearTimeout(deadline);
    options.signal?.removeEventListener('abort', interrupt);
  }
}

async function descend(run: JudgedRun, rounds: Rounds): Promise<Shrunk> {
  const tries = new Map<string, number>();
  let best = run;
  let kept = 0;
  for (;;) {
    const candidates = shrinkCandidates(best.history.scenario);
    const fresh = candidates.filter((candidate) => !tries.has(JSON.stringify(candidate)));
    const success =
      (await rounds.firstViolating(fresh, tries)) ?? (await rounds.firstViolating(onceTried(candidates, tries), tries));
    if (success === undefined) return { run: best, tried: rounds.tried, kept, stopped: rounds.stopped ?? 'minimal' };
    best = success;
    kept += 1;
  }
}

function onceTried(candidates: readonly Scenario[], tries: ReadonlyMap<string, number>): Scenario[] {
  return candidates.filter((candidate) => (tries.get(JSON.stringify(candidate)) ?? 0) < 2);
}

/** Runs rounds of candidates against one target property, until it is stopped. */
class Rounds {
  tried = 0;
  /** Why no further candidate may run, or undefined while they may. */
  stopped: 'interrupted' | 'time' | undefined;
  readonly #options: ShrinkOptions;
  readonly #property: string;
  #underWay: readonly AbortController[] = [];

  constructor(options: ShrinkOptions) {
    const [finding] = options.run.findings;
    if (finding === undefined) throw new RangeError('only a run with a finding can be shrunk');
    this.#options = options;
    this.#property = finding.property;
  }

  stop(reason: 'interrupted' | 'time'): void {
    this.stopped ??= reason;
    for (const run of this.#underWay) run.abort();
  }

  /** The run of the first candidate, in their order, that violates. Candidates behind one that violates are cut short. */
  async firstViolating(candidates: readonly Scenario[], tries: Map<string, number>): Promise<JudgedRun | undefined> {
    const { lane, oracle, onTried } = this.#options;
    const controllers = candidates.map(() => new AbortController());
    this.#underWay = controllers;
    let best: { readonly index: number; readonly run: JudgedRun } | undefined;
    await runPool({
      jobs: candidates,
      capacity: lane.capacity,
      isEnough: () => this.stopped !== undefined,
      run: (candidate, index) => runOnce({ lane, oracle, signal: controllers[index]?.signal }, candidate),
      onResult: (outcome, candidate, index) => {
        if (outcome.kind === 'stopped') return;
        const key = JSON.stringify(candidate);
        tries.set(key, (tries.get(key) ?? 0) + 1);
        this.tried += 1;
        onTried?.(this.tried);
        if (outcome.kind !== 'judged' || index > (best?.index ?? Infinity) || !this.#violates(outcome.run)) return;
        best = { index, run: outcome.run };
        for (const behind of controllers.slice(index + 1)) behind.abort();
      },
    });
    return best?.run;
  }

  #violates(run: JudgedRun): boolean {
    return run.findings.some((finding) => finding.property === this.#property);
  }
}
