// Shrinks a violating run of the sim lane: fewer deviations first, then a simpler scenario. Runs are repeatable, so each candidate is
// tried once, and the same run always shrinks to the same.
import type { Oracle } from '../../evidence/oracle.ts';
import { shrinkCandidates } from '../../runner/shrink-candidates.ts';
import type { MadeRun, MakeRun, RunRecipe } from './made-run.ts';
import { triage } from './triage.ts';

/** What shrinking needs. */
export interface ShrinkRunOptions {
  readonly make: MakeRun;
  readonly oracle: Oracle;
  readonly recipe: RunRecipe;
  /** What a smaller run must come to as well: the violation of this property, or anomaly of this kind. */
  readonly broken: string;
  readonly mostTries?: number | undefined;
  /** Ends it with the smallest run so far. */
  readonly signal?: AbortSignal | undefined;
}

/** The smallest run that was found. */
export interface ShrunkRun {
  readonly run: MadeRun;
  readonly tried: number;
  readonly kept: number;
  readonly stopped: 'minimal' | 'time';
}

const MOST_TRIES = 2_000;

/** Shrinks greedily until nothing smaller violates, or so many candidates were tried. */
export async function shrinkRun(options: ShrinkRunOptions): Promise<ShrunkRun> {
  const { make, oracle, recipe, broken, mostTries = MOST_TRIES, signal } = options;
  let best = await make({ scenario: recipe.scenario, deviations: recipe.deviations });
  let tried = 0;
  let kept = 0;
  const isCut = (): boolean => tried >= mostTries || signal?.aborted === true;
  const firstViolating = async (candidates: Iterable<RunRecipe>): Promise<MadeRun | undefined> => {
    for (const { scenario, deviations } of candidates) {
      if (isCut()) return undefined;
      tried += 1;
      const run = await make({ scenario, deviations });
      if (triage(run, oracle).broken.includes(broken)) return run;
    }
    return undefined;
  };
  for (;;) {
    const smaller = await firstViolating(smallerRuns(best));
    if (smaller === undefined) return { run: best, tried, kept, stopped: isCut() ? 'time' : 'minimal' };
    best = smaller;
    kept += 1;
  }
}

/** A run takes as its deviations those that it reached, so what no longer comes up in a simpler scenario falls away by itself. */
function* smallerRuns({ scenario, deviations }: MadeRun): Generator<RunRecipe> {
  for (let index = 0; index < deviations.length; index += 1) {
    yield { scenario, deviations: deviations.toSpliced(index, 1) };
  }
  for (const simpler of shrinkCandidates(scenario)) yield { scenario: simpler, deviations };
}
