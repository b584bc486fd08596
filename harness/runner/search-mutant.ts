// Searches a case that kills a mutant. The bounded search and random runs each end at the first run that violates one of the mutant's own
// properties; both cases are shrunk, and the smaller one is returned.
import type { Oracle } from '../evidence/oracle.ts';
import type { Executor } from '../execution/executor.ts';
import type { SearchSpace, TaskResult, TaskRunner, Violation } from '../execution/search-space.ts';
import type { Case } from '../formats/case.ts';
import { brokenBy, type PropertyId } from '../formats/finding.ts';
import type { MutantRow } from '../formats/mutants.ts';
import type { Mutant } from './mutant.ts';
import { runCase } from './run-case.ts';
import { shrink } from './shrink.ts';
import { weightOf } from './shrink-candidates.ts';

/** What searching a killing case needs, on one lane: the two spaces, and the mutant's runner and executor. */
export interface MutantSearch<Task, Result extends TaskResult> {
  readonly ladder: SearchSpace<Task, Result>;
  readonly random: SearchSpace<Task, Result>;
  readonly runner: TaskRunner<Task, Result>;
  readonly executor: Executor;
  readonly oracle: Oracle;
  readonly signal?: AbortSignal;
  /** Called with the number of runs that were made so far. */
  onRuns?(runs: number): void;
}

/** The outcome of both searches. */
export interface MutantFound {
  readonly search: NonNullable<MutantRow['search']>;
  /** The smaller of the shrunk cases; undefined if neither search found one. */
  readonly smallest: Case | undefined;
}

/** The first violation of a wanted property in a space, and how many runs were made up to it. */
interface Hunt {
  readonly runs: number;
  readonly found?: { readonly violation: Violation; readonly fingerprint: string };
}

/** Searches both spaces and shrinks what they found. */
export async function searchMutant<Task, Result extends TaskResult>(
  mutant: Mutant,
  search: MutantSearch<Task, Result>,
): Promise<MutantFound> {
  const ladder = await hunt(search.ladder, { ...search, wanted: mutant.breaks });
  const random = await hunt(search.random, { ...search, wanted: mutant.breaks });
  const cases: Case[] = [];
  for (const { found } of [ladder, random]) {
    if (found !== undefined) cases.push(await shrunk(found, search));
  }
  const [smallest] = cases.toSorted((a, b) => sizeOf(a) - sizeOf(b));
  return { search: { ladder: effortOf(ladder), random: effortOf(random) }, smallest };
}

async function hunt<Task, Result extends TaskResult>(
  space: SearchSpace<Task, Result>,
  {
    runner,
    signal,
    wanted,
    onRuns,
  }: Pick<MutantSearch<Task, Result>, 'runner' | 'signal' | 'onRuns'> & { readonly wanted: readonly PropertyId[] },
): Promise<Hunt> {
  let runs = 0;
  for (const stage of space.stages()) {
    for (const task of stage.tasks()) {
      signal?.throwIfAborted();
      const result = await runner.run(task);
      for (const violation of result.violations) {
        const fingerprint = violation.fingerprints.find((each) => wanted.some((own) => own === brokenBy(each)));
        if (fingerprint === undefined) continue;
        return { runs: runs + (violation.ordinal ?? result.runs - 1) + 1, found: { violation, fingerprint } };
      }
      runs += result.runs;
      onRuns?.(runs);
      stage.onResult?.(result, task);
    }
    stage.onEnd?.();
  }
  return { runs };
}

async function shrunk(
  { violation, fingerprint }: NonNullable<Hunt['found']>,
  { executor, oracle, signal }: Pick<MutantSearch<unknown, TaskResult>, 'executor' | 'oracle' | 'signal'>,
): Promise<Case> {
  const run = await runCase({ executor, oracle }, violation.case);
  if (run.kind !== 'judged') return violation.case;
  return (await shrink({ executor, oracle, signal, run, fingerprint })).run.case;
}

/** The weight of a case; a deviation weighs as much as a message. */
function sizeOf({ scenario, deviations }: Case): number {
  return weightOf(scenario) + deviations.length * 100;
}

function effortOf({ runs, found }: Hunt): MutantFound['search']['ladder'] {
  return { runs, isFound: found !== undefined };
}
